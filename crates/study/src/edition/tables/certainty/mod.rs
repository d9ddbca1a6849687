//! How sure the results are, one table a file.
//!
//! Unless a table names its set, its figures are of the replicates in which all sources vary together. Areas are those of the
//! run and are called by their codes.

mod area_certainty;
mod borders;
mod consensus;
mod convergence;
mod counts;
mod district_certainty;
mod histogram;
mod replicates;
mod sizes;
mod spread;
mod zone_certainty;

use arrow::error::ArrowError;

use crate::certainty::CertaintyResults;
use crate::edition::table::Table;
use crate::run::Results;

pub use borders::borders;
pub use consensus::ConsensusAreas;
pub use replicates::replicates;
pub use zone_certainty::zone_certainty;

/// All tables about certainty, in the order in which a reader meets them.
pub fn all(results: &Results, found: &CertaintyResults) -> Result<Vec<Table>, ArrowError> {
    let consensus = ConsensusAreas::new(results, found);
    let mut tables = vec![
        zone_certainty(results, found, &consensus)?,
        area_certainty::area_certainty(results, found)?,
        counts::counts(results, found)?,
        histogram::histogram(found)?,
        spread::spread(found)?,
        consensus::consensus(results, found, &consensus)?,
        replicates(results, &found.sets)?,
        convergence::convergence(found)?,
    ];
    if let Some(districts) = &found.districts {
        tables.insert(2, district_certainty::district_certainty(results, districts)?);
    }
    if let Some(strengths) = &found.borders {
        tables.insert(2, borders(results, found, strengths)?);
    }
    Ok(tables)
}

/// The codes and names of zones and areas, for rows.
#[derive(Clone, Copy)]
struct Named<'a>(&'a Results);

impl<'a> Named<'a> {
    fn zone(self, zone: u32) -> &'a str {
        self.0.input.zones.zones.code(zone)
    }

    fn zone_name(self, zone: u32) -> Option<&'a str> {
        self.0.input.zones.names[zone as usize].as_deref()
    }

    fn area(self, area: u32) -> &'a str {
        self.0.areas.partition.code(area)
    }

    fn area_name(self, area: u32) -> &'a str {
        &self.0.areas.names[area as usize]
    }

    /// Short name of an industry; `None` where nothing was judged.
    fn industry(self, industry: u16) -> Option<&'a str> {
        Some(self.0.districts.as_ref()?.industry_id(usize::from(industry)))
    }
}
