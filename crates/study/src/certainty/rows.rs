//! Replicates as rows of a table, and back.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float32Builder, Float64Array, Float64Builder, Int64Array,
    ListArray, ListBuilder, RecordBatch, UInt8Builder, UInt16Builder, UInt32Builder,
};
use arrow::datatypes::{Float32Type, Float64Type, Int64Type, UInt8Type, UInt16Type, UInt32Type};
use arrow::error::ArrowError;
use distretto_certainty::rule::Parameter;
use distretto_certainty::{DrawnRule, JudgedArea, Replicate, RuleSpace, Varying};
use distretto_districts::{Kind, Test};
use distretto_regions::eu_ttwa::Mode;

/// One row a replicate. Zones without an area have none (null), and so have figures that are not known.
pub fn to_rows(replicates: &[Replicate]) -> Result<RecordBatch, ArrowError> {
    let whole = |of: &dyn Fn(&Replicate) -> i64| -> ArrayRef {
        Arc::new(replicates.iter().map(|replicate| Some(of(replicate))).collect::<Int64Array>())
    };
    let flag = |of: &dyn Fn(&Replicate) -> bool| -> ArrayRef {
        Arc::new(replicates.iter().map(|replicate| Some(of(replicate))).collect::<BooleanArray>())
    };
    let mut area_of = ListBuilder::new(UInt32Builder::new());
    let mut kind = ListBuilder::new(UInt8Builder::new());
    let mut industry = ListBuilder::new(UInt16Builder::new());
    let mut manufacturing = ListBuilder::new(Float64Builder::new());
    let mut main_industry = ListBuilder::new(Float64Builder::new());
    let mut failed = ListBuilder::new(UInt8Builder::new());
    let mut margins = ListBuilder::new(Float32Builder::new());
    for replicate in replicates {
        area_of
            .append_value(replicate.area_of.iter().map(|&area| (area != Replicate::NO_AREA).then_some(area)));
        let judged = replicate.judged.as_deref();
        let has = judged.is_some();
        for area in judged.unwrap_or_default() {
            kind.values().append_value(area.kind as u8);
            industry.values().append_option(area.main_industry);
            manufacturing.values().append_option(area.manufacturing_jobs);
            main_industry.values().append_option(area.main_industry_jobs);
            failed.values().append_value(area.failed_bits());
            for margin in area.margins {
                margins.values().append_option(margin);
            }
        }
        kind.append(has);
        industry.append(has);
        manufacturing.append(has);
        main_industry.append(has);
        failed.append(has);
        margins.append(has);
    }
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("replicate", whole(&|replicate| replicate.number as i64)),
        ("vintage", whole(&|replicate| replicate.vintage as i64)),
        ("rule", whole(&|replicate| replicate.rule.rule as i64)),
        ("reference_mode", flag(&|replicate| replicate.rule.mode == Mode::Reference)),
        ("converged", flag(&|replicate| replicate.converged)),
        ("areas", whole(&|replicate| i64::from(replicate.areas))),
    ];
    for parameter in Parameter::ALL {
        let values: Float64Array =
            replicates.iter().map(|replicate| Some(parameter.of(&replicate.rule))).collect();
        columns.push((parameter.name(), Arc::new(values)));
    }
    columns.extend([
        ("area_of_zone", Arc::new(area_of.finish()) as ArrayRef),
        ("kind_of_area", Arc::new(kind.finish())),
        ("main_industry_of_area", Arc::new(industry.finish())),
        ("manufacturing_jobs_of_area", Arc::new(manufacturing.finish())),
        ("main_industry_jobs_of_area", Arc::new(main_industry.finish())),
        ("failed_steps_of_area", Arc::new(failed.finish())),
        ("margins_of_area", Arc::new(margins.finish())),
    ]);
    RecordBatch::try_from_iter(columns)
}

/// The replicates in these rows; `None` if they are not rows of replicates over this many zones.
pub fn from_rows(
    batch: &RecordBatch,
    varying: Varying,
    rules: &RuleSpace,
    zones: usize,
) -> Option<Vec<Replicate>> {
    (0..batch.num_rows()).map(|row| from_row(batch, row, varying, rules, zones)).collect()
}

fn from_row(
    batch: &RecordBatch,
    row: usize,
    varying: Varying,
    rules: &RuleSpace,
    zones: usize,
) -> Option<Replicate> {
    let column = |name: &str| batch.column_by_name(name);
    let whole = |name: &str| {
        let values = column(name)?.as_primitive_opt::<Int64Type>()?;
        values.is_valid(row).then(|| values.value(row))
    };
    let flag = |name: &str| Some(column(name)?.as_boolean_opt()?.value(row));
    let list = |name: &str| -> Option<Option<ArrayRef>> {
        let lists: &ListArray = column(name)?.as_list_opt()?;
        Some(lists.is_valid(row).then(|| lists.value(row)))
    };
    let rule = usize::try_from(whole("rule")?).ok()?;
    let mut drawn = DrawnRule { rule, ..rules.rules().get(rule)?.clone() };
    drawn.mode = if flag("reference_mode")? { Mode::Reference } else { Mode::Clean };
    for parameter in Parameter::ALL {
        parameter.set(&mut drawn, column(parameter.name())?.as_primitive_opt::<Float64Type>()?.value(row));
    }
    let areas = u32::try_from(whole("areas")?).ok()?;
    let area_of: Vec<u32> = list("area_of_zone")??
        .as_primitive_opt::<UInt32Type>()?
        .iter()
        .map(|area| area.unwrap_or(Replicate::NO_AREA))
        .collect();
    let known = |&area: &u32| area == Replicate::NO_AREA || area < areas;
    if area_of.len() != zones || !area_of.iter().all(known) {
        return None;
    }
    let judged = match list("kind_of_area")? {
        None => None,
        Some(kinds) => {
            let kinds = kinds.as_primitive_opt::<UInt8Type>()?;
            let industries = list("main_industry_of_area")??;
            let industries = industries.as_primitive_opt::<UInt16Type>()?;
            let manufacturing = list("manufacturing_jobs_of_area")??;
            let manufacturing = manufacturing.as_primitive_opt::<Float64Type>()?;
            let main_industry = list("main_industry_jobs_of_area")??;
            let main_industry = main_industry.as_primitive_opt::<Float64Type>()?;
            let failed = list("failed_steps_of_area")??;
            let failed = failed.as_primitive_opt::<UInt8Type>()?;
            let margins = list("margins_of_area")??;
            let margins = margins.as_primitive_opt::<Float32Type>()?;
            let count = areas as usize;
            let lengths =
                [kinds.len(), industries.len(), manufacturing.len(), main_industry.len(), failed.len()];
            if lengths != [count; 5] || margins.len() != count * Test::ALL.len() {
                return None;
            }
            let mut judged = Vec::with_capacity(count);
            for area in 0..count {
                let jobs =
                    [manufacturing, main_industry].map(|jobs| jobs.is_valid(area).then(|| jobs.value(area)));
                let margin = |test: usize| {
                    let at = area * Test::ALL.len() + test;
                    margins.is_valid(at).then(|| margins.value(at))
                };
                judged.push(JudgedArea::from_parts(
                    *Kind::ALL.get(usize::from(kinds.value(area)))?,
                    industries.is_valid(area).then(|| industries.value(area)),
                    jobs,
                    std::array::from_fn(margin),
                    failed.value(area),
                ));
            }
            Some(judged)
        }
    };
    Some(Replicate {
        number: u64::try_from(whole("replicate")?).ok()?,
        varying,
        vintage: usize::try_from(whole("vintage")?).ok()?,
        rule: drawn,
        area_of,
        areas,
        converged: flag("converged")?,
        judged,
    })
}
