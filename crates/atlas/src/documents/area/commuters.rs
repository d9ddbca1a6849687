//! Where the people of an area work, and where its workers live.

use serde::Serialize;
use utoipa::ToSchema;

use super::Other;
use crate::documents::index::{Flow, number, other, sum};
use crate::edition::Edition;

/// Partners shown in each direction.
const SHOWN: usize = 12;

/// Commuters of an area, persons.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaFlows {
    /// Employed residents who work here.
    pub inside: f64,
    /// All who come from other areas to work here.
    pub in_total: f64,
    /// All residents who work in other areas.
    pub out_total: f64,
    /// Where they come from, most first.
    #[serde(rename = "in")]
    pub incoming: Vec<Partner>,
    /// Where they go, most first.
    #[serde(rename = "out")]
    pub outgoing: Vec<Partner>,
}

/// An area at the other end of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Partner {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Persons.
    pub flow: f64,
}

/// The commuters of an area; `None` where the edition has no flows. Totals follow from the table `areas`, so they hold those who
/// live or work in zones without an area too.
pub(super) fn flows(edition: &Edition, area: u32) -> Option<AreaFlows> {
    let areas = edition.table("areas").filter(|_| edition.table("flows").is_some())?;
    let total = |column| number(areas, area as usize, column);
    let inside = total("inside")?;
    let index = edition.index();
    Some(AreaFlows {
        inside,
        in_total: sum([total("workers")?, -inside].into_iter()),
        out_total: sum([total("residents")?, -inside].into_iter()),
        incoming: partners(edition, area, index.incoming.of(area), |flow| flow.origin),
        outgoing: partners(edition, area, index.outgoing.of(area), |flow| flow.destination),
    })
}

/// The areas at the other end, most first, of equals in the order of their codes.
fn partners(edition: &Edition, area: u32, rows: &[u32], end: fn(&Flow) -> u32) -> Vec<Partner> {
    let flows = rows.iter().map(|&row| edition.index().flows[row as usize]);
    let mut flows: Vec<(u32, f64)> =
        flows.map(|flow| (end(&flow), flow.persons)).filter(|(other, _)| *other != area).collect();
    flows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    flows.truncate(SHOWN);
    flows.into_iter().map(|(at, flow)| Partner { area: other(edition, at), flow }).collect()
}
