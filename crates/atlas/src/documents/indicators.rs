//! What areas can be coloured by.

use serde::Serialize;
use utoipa::ToSchema;

use super::index::sum;
use crate::table::Table;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// People.
    Persons,
    /// Employees.
    Employees,
    /// A share, 0 to 1.
    Share,
    /// A location quotient.
    Quotient,
    /// Zones.
    Zones,
    /// Square kilometres.
    Km2,
    /// A number without unit.
    Number,
    /// Local units.
    Units,
}

/// How colours follow numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Light to dark.
    Sequential,
    /// Two colours, lightest in the middle.
    Diverging,
}

/// A column of `area_profiles` that areas can be coloured by.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Indicator {
    /// The column.
    pub id: String,
    /// What it is.
    pub description: String,
    /// What it counts.
    pub unit: Unit,
    /// How colours follow it.
    pub scale: Scale,
    /// Breaks, ascending, the same in every edition: classes are one more, open at both ends; a class holds its lower break.
    pub breaks: Vec<f64>,
    /// A colour a class.
    pub colours: Vec<&'static str>,
    /// Over all areas.
    pub national: National,
}

/// A column over all areas with a figure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct National {
    /// Areas with a figure.
    pub n: usize,
    /// Smallest.
    pub min: f64,
    /// First quartile, interpolated (type 7).
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Largest.
    pub max: f64,
    /// Sum, where adding up makes sense.
    pub total: Option<f64>,
}

use Scale::{Diverging, Sequential};

/// How the columns of one kind are shown.
struct Look {
    unit: Unit,
    scale: Scale,
    breaks: &'static [f64],
    /// Whether adding up over areas makes sense.
    adds_up: bool,
}

const fn look(unit: Unit, scale: Scale, breaks: &'static [f64], adds_up: bool) -> Look {
    Look { unit, scale, breaks, adds_up }
}

const POPULATION: Look = look(Unit::Persons, Sequential, &[1e4, 2e4, 5e4, 1e5, 2e5, 5e5], true);
const PERSONS: Look = look(Unit::Persons, Sequential, &[5e3, 1e4, 2e4, 5e4, 1e5, 2e5], true);
const EMPLOYEES: Look = look(Unit::Employees, Sequential, &[500.0, 1e3, 2e3, 5e3, 1e4, 2e4], true);
const FEWER_EMPLOYEES: Look = look(Unit::Employees, Sequential, &[100.0, 200.0, 500.0, 1e3, 2e3, 5e3], true);
const SURPLUS: Look = look(Unit::Employees, Sequential, &[100.0, 200.0, 500.0, 1e3, 2e3, 5e3], false);
const UNITS: Look = look(Unit::Units, Sequential, &[20.0, 50.0, 100.0, 200.0, 500.0, 1e3], true);
const FEW_UNITS: Look = look(Unit::Units, Sequential, &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0], true);
const ZONES: Look = look(Unit::Zones, Sequential, &[2.0, 5.0, 10.0, 20.0, 50.0, 100.0], true);
const FEW_ZONES: Look = look(Unit::Zones, Sequential, &[1.0, 2.0, 5.0, 10.0, 20.0], true);
const KM2: Look = look(Unit::Km2, Sequential, &[100.0, 200.0, 500.0, 1e3, 2e3, 5e3], true);
const CONTAINMENT: Look = look(Unit::Share, Sequential, &[0.5, 0.6, 0.7, 0.75, 0.8, 0.9], false);
const SHARE: Look = look(Unit::Share, Sequential, &[0.05, 0.25, 0.5, 0.75, 0.9], false);
/// Most areas are found again nearly always, so classes are narrow there.
const EXISTENCE: Look = look(Unit::Share, Sequential, &[0.25, 0.5, 0.75, 0.9, 0.95, 0.99], false);
const LINKS: Look = look(Unit::Share, Sequential, &[0.5, 0.6, 0.7, 0.8, 0.9, 1.0], false);
const NATIONAL_SHARE: Look = look(Unit::Share, Sequential, &[0.0005, 0.001, 0.002, 0.005, 0.01, 0.02], true);
/// Of a main industry, which the rule asks to be above 1: one side only, in steps of ratios.
const MAIN_QUOTIENT: Look = look(Unit::Quotient, Sequential, &[1.25, 1.5, 2.0, 3.0, 5.0, 10.0], false);
const VALIDITY: Look = look(Unit::Number, Sequential, &[1.0, 1.05, 1.1, 1.15, 1.2, 1.25], false);
const RATIO: Look = look(Unit::Number, Sequential, &[0.1, 0.2, 0.3, 0.4, 0.5, 0.75], false);
const BALANCE: Look = look(Unit::Number, Diverging, &[-0.25, -0.1, -0.02, 0.02, 0.1, 0.25], false);
const PERCENT: Look = look(Unit::Number, Sequential, &[10.0, 20.0, 30.0, 40.0, 50.0, 60.0], false);
const PARTNERS: Look = look(Unit::Number, Sequential, &[10.0, 20.0, 50.0, 100.0, 200.0, 500.0], false);

/// Columns of `area_profiles` that make sense on a map, and how they look. Others are left out: what tells how a figure was
/// made (standard errors, numbers of replicates), ends of intervals and medians that belong to a figure, and figures of a
/// single test, which the page of an area shows side by side.
const LOOKS: [(&str, Look); 44] = [
    ("population", POPULATION),
    ("residents", PERSONS),
    ("workers", PERSONS),
    ("inside", PERSONS),
    ("zones", ZONES),
    ("km2", KM2),
    ("sc_supply_side", CONTAINMENT),
    ("sc_demand_side", CONTAINMENT),
    ("validity", VALIDITY),
    ("commuter_ratio", RATIO),
    ("home_work_ratio", BALANCE),
    ("internal_cohesion_link", LINKS),
    ("internal_cohesion_flows", PERCENT),
    ("central_zones", FEW_ZONES),
    ("links_in", PARTNERS),
    ("links_out", PARTNERS),
    ("manufacturing_jobs", EMPLOYEES),
    ("manufacturing_jobs_small", EMPLOYEES),
    ("manufacturing_jobs_medium", EMPLOYEES),
    ("manufacturing_jobs_large", EMPLOYEES),
    ("manufacturing_units", UNITS),
    ("national_share", NATIONAL_SHARE),
    ("main_industry_lq", MAIN_QUOTIENT),
    ("main_industry_surplus", SURPLUS),
    ("main_industry_jobs", FEWER_EMPLOYEES),
    ("main_industry_jobs_small", FEWER_EMPLOYEES),
    ("main_industry_jobs_medium", FEWER_EMPLOYEES),
    ("main_industry_jobs_large", FEWER_EMPLOYEES),
    ("main_industry_units", UNITS),
    ("main_industry_units_small", UNITS),
    ("main_industry_units_medium", FEW_UNITS),
    ("main_industry_units_large", FEW_UNITS),
    ("existence", EXISTENCE),
    ("mean_jaccard", EXISTENCE),
    ("core_zones", ZONES),
    ("fringe_zones", FEW_ZONES),
    ("contested_zones", FEW_ZONES),
    ("core_share", SHARE),
    ("fringe_share", SHARE),
    ("contested_share", SHARE),
    ("district_existence", SHARE),
    ("existence_any_industry", SHARE),
    ("area_exists", EXISTENCE),
    ("other_industry_share", SHARE),
];

/// Blues of ColorBrewer (Brewer 2003), light to dark.
const BLUES_6: [&str; 6] = ["#eff3ff", "#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c"];
const BLUES_7: [&str; 7] = ["#eff3ff", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#084594"];
/// Purples to oranges of ColorBrewer, which people with the common deficiencies of colour vision tell apart.
const PURPLE_ORANGE_7: [&str; 7] =
    ["#542788", "#998ec3", "#d8daeb", "#f7f7f7", "#fee0b6", "#f1a340", "#b35806"];

/// The indicators that at least one area has a figure of, in the order of [`LOOKS`]. Cost: n log n in areas for each.
pub(super) fn indicators(profiles: &Table) -> Vec<Indicator> {
    LOOKS.iter().filter_map(|(id, look)| indicator(profiles, id, look)).collect()
}

fn indicator(profiles: &Table, id: &str, look: &Look) -> Option<Indicator> {
    let field = profiles.fields.iter().find(|field| field.name == id)?;
    let values: Vec<f64> = profiles.numbers(id)?.iter().flatten().filter(|value| value.is_finite()).collect();
    Some(Indicator {
        id: id.to_owned(),
        description: field.description.clone(),
        unit: look.unit,
        scale: look.scale,
        breaks: look.breaks.to_vec(),
        colours: match (look.scale, look.breaks.len()) {
            (Diverging, _) => PURPLE_ORANGE_7.to_vec(),
            (Sequential, 5) => BLUES_6.to_vec(),
            (Sequential, _) => BLUES_7.to_vec(),
        },
        national: National::of(values, look.adds_up)?,
    })
}

impl National {
    /// `None` without a value.
    fn of(mut values: Vec<f64>, adds_up: bool) -> Option<Self> {
        let total = adds_up.then(|| sum(values.iter().copied()));
        values.sort_by(f64::total_cmp);
        let (&min, &max) = values.first().zip(values.last())?;
        let [q1, median, q3] = [0.25, 0.5, 0.75].map(|share| quantile(&values, share));
        Some(Self { n: values.len(), min, q1, median, q3, max, total })
    }
}

/// The quantile of ascending values, of which there is at least one: interpolated between the two nearest ranks (type 7 of
/// Hyndman and Fan 1996).
fn quantile(values: &[f64], share: f64) -> f64 {
    let rank = share * (values.len() - 1) as f64;
    let (below, above) = (values[rank.floor() as usize], values[rank.ceil() as usize]);
    below + (above - below) * rank.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_of_type_seven() {
        // R: quantile(c(1, 2, 4, 8), c(0.25, 0.5, 0.75))
        let national = National::of(vec![8.0, 1.0, 4.0, 2.0], true).unwrap();
        assert_eq!([national.q1, national.median, national.q3], [1.75, 3.0, 5.0]);
        assert_eq!((national.n, national.total), (4, Some(15.0)));
        let one = National::of(vec![3.0], false).unwrap();
        assert_eq!([one.min, one.q1, one.median, one.q3, one.max], [3.0; 5]);
        assert_eq!(one.total, None);
        assert_eq!(National::of(Vec::new(), true), None);
    }

    #[test]
    fn every_look_has_a_colour_a_class() {
        for (id, look) in &LOOKS {
            let colours = if look.scale == Diverging { 7 } else { look.breaks.len() + 1 };
            assert!(look.breaks.len() + 1 == colours && (6..=7).contains(&colours), "{id}");
        }
    }
}
