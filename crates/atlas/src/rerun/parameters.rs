//! Numbers by name as rules.

use std::collections::BTreeMap;

use distretto_study::config::{Areas, Districts};
use distretto_study::fault::{Code, Fault, Result, listed};
use distretto_study::run::areas::parameters;

use super::RerunRequest;

/// Names of the parameters of the search, as in `[areas]`.
pub(super) const OF_AREAS: [&str; 4] = ["min_size", "target_size", "min_sc", "target_sc"];

/// Names of the thresholds of the rule, as in `[districts]`.
const OF_DISTRICTS: [&str; 5] =
    ["sector_lq", "industry_lq", "sme_share", "single_medium_ratio", "min_industry_employees"];

/// The rules of a rerun.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rules {
    /// How areas are made; `None` where they are given.
    pub areas: Option<Areas>,
    /// How they are judged; `None` without jobs.
    pub districts: Option<Districts>,
}

impl Rules {
    /// These rules with some of their numbers changed.
    pub fn with(&self, request: &RerunRequest) -> Result<Self> {
        let mut rules = self.clone();
        for (name, &value) in request {
            match rules.slot(name) {
                Some(slot) => *slot = value,
                None => return Err(self.no_such(name)),
            }
        }
        if let Some(areas) = &rules.areas {
            areas.check().map_err(|fault| refused(&fault))?;
            let search = parameters(areas).check();
            search.map_err(|error| refused(&Fault::new(Code::AreaParameters, error.to_string())))?;
        }
        if let Some(districts) = &rules.districts {
            districts.check().map_err(|fault| refused(&fault))?;
        }
        Ok(rules)
    }

    /// Every number that can be changed, by name.
    pub fn numbers(&self) -> BTreeMap<String, f64> {
        let mut rules = self.clone();
        let names = OF_AREAS.into_iter().chain(OF_DISTRICTS);
        names.filter_map(|name| Some((name.to_owned(), *rules.slot(name)?))).collect()
    }

    fn slot(&mut self, name: &str) -> Option<&mut f64> {
        if OF_AREAS.contains(&name) {
            let areas = self.areas.as_mut()?;
            return Some(match name {
                "min_size" => &mut areas.min_size,
                "target_size" => &mut areas.target_size,
                "min_sc" => &mut areas.min_sc,
                _ => &mut areas.target_sc,
            });
        }
        let districts = self.districts.as_mut()?;
        Some(match name {
            "sector_lq" => &mut districts.sector_lq,
            "industry_lq" => &mut districts.industry_lq,
            "sme_share" => &mut districts.sme_share,
            "single_medium_ratio" => &mut districts.single_medium_ratio,
            "min_industry_employees" => &mut districts.min_industry_employees,
            _ => return None,
        })
    }

    fn no_such(&self, name: &str) -> Box<Fault> {
        let why = match name {
            name if OF_AREAS.contains(&name) => {
                "the areas of this edition were given, not searched for".into()
            }
            name if OF_DISTRICTS.contains(&name) => {
                "this edition has no jobs, so no district is sought".into()
            }
            _ => format!("a rerun takes {}", listed(&self.numbers().into_keys().collect::<Vec<_>>(), 9)),
        };
        Fault::new(Code::AtlasQuery, format!("`{name}` cannot be changed here")).because(why)
    }
}

/// A rule that the study itself could not have.
fn refused(fault: &Fault) -> Box<Fault> {
    Fault::new(Code::AtlasQuery, fault.what.clone()).hint("`docs/study.md` says what each parameter may be")
}
