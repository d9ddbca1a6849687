//! One row of a table of jobs.

use crate::amount::Amount;
use crate::size::{SizeClass, SizeLabel};

/// Employees and local units of one zone, activity and size class, or a part of them: records of the same cell add up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record<'a> {
    /// Index of the zone.
    pub zone: u32,
    /// Activity code as written in the table, with or without dots.
    pub activity: &'a str,
    /// Size class of the local units.
    pub size: SizeClass,
    /// Persons employed.
    pub employees: Amount,
    /// Local units (establishments).
    pub local_units: Amount,
}

impl<'a> Record<'a> {
    /// From a count of units by size band: employees are units times the mean size of the band, *estimated* (an exact 0
    /// for the band of units that employ nobody), and missing for a label without a band or a band without a mean.
    pub fn from_band_count(zone: u32, activity: &'a str, label: SizeLabel<'_>, local_units: Amount) -> Self {
        let mean = match label {
            SizeLabel::Band(band) => band.mean,
            SizeLabel::Total | SizeLabel::Unknown => None,
        };
        let employees = match (mean, local_units) {
            (Some(0.0), _) => Amount::Observed(0.0),
            (Some(mean), Amount::Observed(units) | Amount::Estimated(units)) => {
                Amount::Estimated(units * mean)
            }
            (Some(_), Amount::Suppressed) => Amount::Suppressed,
            _ => Amount::Missing,
        };
        Self { zone, activity, size: label.class(), employees, local_units }
    }

    /// One establishment with its persons employed.
    pub fn from_establishment(zone: u32, activity: &'a str, employees: f64) -> Self {
        Self {
            zone,
            activity,
            size: SizeClass::of(employees),
            employees: Amount::Observed(employees),
            local_units: Amount::Observed(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::SizeBands;

    #[test]
    fn units_by_band_give_estimated_employees() {
        let bands = SizeBands::named("cbp").unwrap();
        let record = |label, units| Record::from_band_count(0, "311812", bands.label(label).unwrap(), units);
        let medium = record("50-99", Amount::Observed(3.0));
        assert_eq!((medium.size, medium.employees), (SizeClass::Medium, Amount::Estimated(210.0)));
        assert_eq!(medium.local_units, Amount::Observed(3.0));
        assert_eq!(record("unknown", Amount::Observed(3.0)).employees, Amount::Missing);
        assert_eq!(record("50-99", Amount::Suppressed).employees, Amount::Suppressed);
    }

    #[test]
    fn establishments_count_one_unit_each() {
        let bands = SizeBands::named("sirene").unwrap();
        let nobody = Record::from_band_count(0, "6420Z", bands.label("00").unwrap(), Amount::Observed(1.0));
        assert_eq!((nobody.employees, nobody.local_units), (Amount::Observed(0.0), Amount::Observed(1.0)));
        assert_eq!(Record::from_establishment(0, "10.1", 250.0).size, SizeClass::Large);
    }
}
