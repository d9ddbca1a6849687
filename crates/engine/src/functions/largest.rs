//! The three largest amounts of a group.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StructArray};
use arrow::datatypes::{DataType, Field, FieldRef, Fields, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use datafusion::prelude::Expr;

/// How many amounts are kept.
const KEPT: usize = 3;
/// No amount: amounts are 0 or more.
const NONE: i64 = -1;

/// `largest(amount)`: the three largest amounts, descending, as `largest_1` to `largest_3`; NULL where there are fewer. Amounts are
/// whole and not negative (millionths of something, as a rule); others and NULL are passed over. Ties are all counted.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Largest {
    signature: Signature,
}

impl Largest {
    pub(super) fn new() -> Self {
        Self { signature: Signature::exact(vec![DataType::Int64], Volatility::Immutable) }
    }
}

/// The call of it in a plan.
pub(crate) fn largest_expr(amount: Expr) -> Expr {
    AggregateUDF::from(Largest::new()).call(vec![amount])
}

fn fields() -> Fields {
    (1..=KEPT).map(|rank| Field::new(format!("largest_{rank}"), DataType::Int64, true)).collect()
}

type Kept = [i64; KEPT];

fn take(kept: &mut Kept, amount: i64) {
    let mut amount = amount;
    for place in kept {
        if amount > *place {
            std::mem::swap(place, &mut amount);
        }
    }
}

fn columns(groups: &[Kept]) -> Vec<ArrayRef> {
    let column = |rank: usize| -> ArrayRef {
        Arc::new(
            groups
                .iter()
                .map(|kept| Some(kept[rank]).filter(|&amount| amount != NONE))
                .collect::<Int64Array>(),
        )
    };
    (0..KEPT).map(column).collect()
}

impl AggregateUDFImpl for Largest {
    fn name(&self) -> &'static str {
        "largest"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Struct(fields()))
    }

    fn state_fields(&self, _: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(fields().iter().cloned().collect())
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(OfAll([NONE; KEPT])))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(OfGroups(Vec::new())))
    }
}

/// Of all rows.
#[derive(Debug)]
struct OfAll(Kept);

impl Accumulator for OfAll {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        for array in values {
            array.as_primitive::<Int64Type>().iter().flatten().for_each(|amount| take(&mut self.0, amount));
        }
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        Ok(ScalarValue::Struct(Arc::new(StructArray::new(fields(), columns(&[self.0]), None))))
    }

    fn size(&self) -> usize {
        size_of_val(self)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(self
            .0
            .iter()
            .map(|&amount| ScalarValue::Int64(Some(amount).filter(|&amount| amount != NONE)))
            .collect())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.update_batch(states)
    }
}

/// Of the rows of each group.
#[derive(Debug)]
struct OfGroups(Vec<Kept>);

impl OfGroups {
    fn take_in(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) {
        self.0.resize(total, [NONE; KEPT]);
        for array in values {
            let amounts = array.as_primitive::<Int64Type>();
            for (row, &group) in groups.iter().enumerate() {
                let counts = filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row));
                if counts && amounts.is_valid(row) {
                    take(&mut self.0[group], amounts.value(row));
                }
            }
        }
    }

    fn emit(&mut self, emit_to: EmitTo) -> Vec<Kept> {
        emit_to.take_needed(&mut self.0)
    }
}

impl GroupsAccumulator for OfGroups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.take_in(values, groups, filter, total);
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        Ok(Arc::new(StructArray::new(fields(), columns(&self.emit(emit_to)), None)))
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(columns(&self.emit(emit_to)))
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.take_in(values, groups, None, total);
        Ok(())
    }

    /// Each row as a group of its own.
    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, Array::len);
        let mut each = Self(Vec::new());
        each.take_in(values, &(0..rows).collect::<Vec<_>>(), filter, rows);
        Ok(columns(&each.0))
    }

    fn size(&self) -> usize {
        self.0.capacity() * size_of::<Kept>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_largest_stay_and_ties_are_all_counted() {
        let mut kept = [NONE; KEPT];
        for amount in [5, 9, 9, 1, 7] {
            take(&mut kept, amount);
        }
        assert_eq!(kept, [9, 9, 7]);
    }

    #[test]
    fn parts_of_a_group_add_up_to_the_whole() {
        let array = |amounts: &[i64]| -> ArrayRef { Arc::new(Int64Array::from(amounts.to_vec())) };
        let mut whole = OfGroups(Vec::new());
        whole.update_batch(&[array(&[4, 8, 2, 6])], &[0, 0, 1, 0], None, 2).unwrap();
        let (mut a, mut b) = (OfGroups(Vec::new()), OfGroups(Vec::new()));
        a.update_batch(&[array(&[4, 2])], &[0, 1], None, 2).unwrap();
        b.update_batch(&[array(&[8, 6])], &[0, 0], None, 1).unwrap();
        let state = b.state(EmitTo::All).unwrap();
        a.merge_batch(&state, &[0], 2).unwrap();
        assert_eq!(a.0, whole.0);
        assert_eq!(a.0, [[8, 6, 4], [2, NONE, NONE]]);
    }
}
