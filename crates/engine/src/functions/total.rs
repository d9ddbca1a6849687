//! Sums of whole numbers that cannot overflow.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Decimal128Array};
use arrow::datatypes::{ArrowPrimitiveType, DataType, Decimal128Type, Field, FieldRef, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use datafusion::prelude::Expr;

/// What totals are: whole numbers of 38 digits.
const TOTAL: DataType = DataType::Decimal128(38, 0);

/// `total(units)`: the sum of whole numbers, NULL where there is none. The engine's own `sum` of whole numbers wraps round beyond 63
/// bits without a word, and that of decimals costs a conversion of every row.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Total {
    signature: Signature,
}

impl Total {
    pub(super) fn new() -> Self {
        Self { signature: Signature::exact(vec![DataType::Int64], Volatility::Immutable) }
    }
}

/// The call of it in a plan.
pub(crate) fn total_expr(units: Expr) -> Expr {
    AggregateUDF::from(Total::new()).call(vec![units])
}

impl AggregateUDFImpl for Total {
    fn name(&self) -> &'static str {
        "total"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(TOTAL)
    }

    fn state_fields(&self, _: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new("total", TOTAL, true))])
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        Ok(Box::new(OfAll(OfGroups::default())))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(OfGroups::default()))
    }
}

/// Of all rows: of one group that holds them.
#[derive(Debug)]
struct OfAll(OfGroups);

impl OfAll {
    fn total(&self) -> ScalarValue {
        ScalarValue::Decimal128(self.0.0.first().copied().flatten(), 38, 0)
    }
}

impl Accumulator for OfAll {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let rows = values.first().map_or(0, Array::len);
        self.0.update_batch(values, &vec![0; rows], None, 1)
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        Ok(self.total())
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.0.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.total()])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let rows = states.first().map_or(0, Array::len);
        self.0.merge_batch(states, &vec![0; rows], 1)
    }
}

/// Of the rows of each group.
#[derive(Debug, Default)]
struct OfGroups(Vec<Option<i128>>);

impl OfGroups {
    fn add<T: ArrowPrimitiveType>(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) where
        T::Native: Into<i128>,
    {
        self.0.resize(total, None);
        for array in values {
            let units = array.as_primitive::<T>();
            let mut add = |row: usize, group: usize| {
                let sum = &mut self.0[group];
                *sum = Some(sum.unwrap_or(0) + units.values()[row].into());
            };
            if filter.is_none() && units.null_count() == 0 {
                groups.iter().enumerate().for_each(|(row, &group)| add(row, group));
                continue;
            }
            for (row, &group) in groups.iter().enumerate() {
                let counts = filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row));
                if counts && units.is_valid(row) {
                    add(row, group);
                }
            }
        }
    }

    fn emit(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        totals(emit_to.take_needed(&mut self.0))
    }
}

fn totals(sums: Vec<Option<i128>>) -> Result<ArrayRef> {
    Ok(Arc::new(Decimal128Array::from(sums).with_precision_and_scale(38, 0)?))
}

impl GroupsAccumulator for OfGroups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.add::<Int64Type>(values, groups, filter, total);
        Ok(())
    }

    fn evaluate(&mut self, emit_to: EmitTo) -> Result<ArrayRef> {
        self.emit(emit_to)
    }

    fn state(&mut self, emit_to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.emit(emit_to)?])
    }

    fn merge_batch(&mut self, values: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.add::<Decimal128Type>(values, groups, None, total);
        Ok(())
    }

    /// Each row as a group of its own.
    fn convert_to_state(&self, values: &[ArrayRef], filter: Option<&BooleanArray>) -> Result<Vec<ArrayRef>> {
        let rows = values.first().map_or(0, Array::len);
        let mut each = Self::default();
        each.add::<Int64Type>(values, &(0..rows).collect::<Vec<_>>(), filter, rows);
        Ok(vec![totals(each.0)?])
    }

    fn size(&self) -> usize {
        self.0.capacity() * size_of::<Option<i128>>()
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::Int64Array;

    use super::*;

    #[test]
    fn parts_of_a_group_add_up_to_the_whole_beyond_63_bits() {
        let array = |units: &[Option<i64>]| -> ArrayRef { Arc::new(Int64Array::from(units.to_vec())) };
        let (mut a, mut b) = (OfGroups::default(), OfGroups::default());
        a.update_batch(&[array(&[Some(i64::MAX), None, Some(-1)])], &[0, 1, 2], None, 3).unwrap();
        b.update_batch(&[array(&[Some(i64::MAX), Some(1)])], &[0, 0], None, 1).unwrap();
        let state = b.state(EmitTo::All).unwrap();
        a.merge_batch(&state, &[0], 3).unwrap();
        assert_eq!(a.0, [Some(2 * i128::from(i64::MAX) + 1), None, Some(-1)]);
    }

    #[test]
    fn nothing_has_no_total() {
        let mut all = OfAll(OfGroups::default());
        assert!(all.evaluate().unwrap().is_null());
        all.update_batch(&[Arc::new(Int64Array::from(vec![3, 4]))]).unwrap();
        assert_eq!(all.evaluate().unwrap(), ScalarValue::Decimal128(Some(7), 38, 0));
    }
}
