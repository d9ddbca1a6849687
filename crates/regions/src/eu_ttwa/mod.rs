//! EU-TTWA: labour market areas by validity and cohesion.
//!
//! Zones start as clusters of their own. The least valid cluster ([`validity`]) gives up the member with the
//! strongest ties to the outside; it joins the cluster it has most cohesion with, if that does not become less
//! valid, else it waits on the reserve list. When every cluster is valid the reserve is attached. ISTAT calls the method
//! EURO and makes Italy's local labour systems (SLL) with it.
//!
//! | step | module |
//! |---|---|
//! | zones that cannot take part | [`zero_list`](mod@zero_list) |
//! | the validity function | [`validity`] |
//! | cohesion and candidates | `links` |
//! | the main loop | `search` |
//! | one bug of the reference that moves borders | `split` |
//! | one rare branch of the reference | `scatter` |
//! | the end: the reserve list | `attach` |
//!
//! Cost: each iteration touches the pairs of one zone and the members of one cluster; no step passes over all
//! flows. Memory: the flow table plus a few numbers a zone.
//!
//! Sources: M. Coombes, S. Bond (2008), *Travel-to-Work Areas: the 2007 review*, ONS; D. Ichim, L. Franconi, M. D'Alò,
//! G. van den Heuvel (2023), *LabourMarketAreas* 3.4 (CRAN), whose results the reference mode reproduces.

mod attach;
mod clusters;
mod links;
pub mod parameters;
mod scatter;
mod search;
mod split;
pub mod trace;
pub mod validity;
pub mod zero_list;

use std::borrow::Cow;
use std::sync::atomic::AtomicBool;

use distretto_flows::FlowTable;
use distretto_territory::Partition;

pub use parameters::{Mode, ParameterError, Parameters};
pub use trace::{Attachment, Decision, ReserveEntry, ReserveKind, Step, TracedCandidate};
pub use validity::{Totals, Validity};
pub use zero_list::{ZeroReason, ZeroZone, zero_list};

use clusters::Clusters;
use search::{End, Search};

/// How to run the method.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The four parameters.
    pub parameters: Parameters,
    /// Reference or clean.
    pub mode: Mode,
    /// Start from these areas instead of single zones; a zone without an area starts on the reserve list.
    pub start: Option<&'a Partition>,
    /// Whether to record every step.
    pub trace: bool,
    /// Looked at once an iteration: the search ends there once it is set, by another thread, and says so
    /// ([`Outcome::stopped`]).
    pub stop: Option<&'a AtomicBool>,
}

/// What the search found.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Cluster id of each zone when every cluster is valid, before the reserve is attached: `None` on the zero
    /// list, 0 on the reserve list. The id is the rank (from 1) of the zone the cluster grew from among the zones
    /// that take part; a cluster keeps it even if that zone leaves.
    pub before: Vec<Option<i64>>,
    /// The same after the reserve was attached; 0 where a zone has no link to any area.
    pub after: Vec<Option<i64>>,
    /// Zones that could not take part.
    pub zero: Vec<ZeroZone>,
    /// Ids of closed clusters too small to be an area (clean mode), ascending; their zones get no area.
    pub set_aside: Vec<i64>,
    /// The reserve list, in order of entry.
    pub entries: Vec<ReserveEntry>,
    /// The zones attached after the search, in order.
    pub attachments: Vec<Attachment>,
    /// How often each zone changed cluster during the search.
    pub moves: Vec<u32>,
    /// Number of iterations.
    pub iterations: u32,
    /// Whether every cluster became valid. `false` only if the method ran in circles (never seen) until the limit, or
    /// was stopped.
    pub converged: bool,
    /// Whether [`Options::stop`] ended it: clusters are as they were at that moment, depend on when that was, and nothing of
    /// the reserve is attached. Not a result.
    pub stopped: bool,
    /// Every step, if a trace was wanted.
    pub steps: Option<Vec<Step>>,
}

impl Outcome {
    /// The areas, named by cluster id. Zones of the zero list, of clusters set aside, and unattached ones have none.
    pub fn partition(&self) -> Partition {
        let codes: Vec<Option<String>> = self
            .after
            .iter()
            .map(|id| {
                id.filter(|id| *id != 0 && self.set_aside.binary_search(id).is_err()).map(|id| id.to_string())
            })
            .collect();
        Partition::from_codes(&codes)
    }

    /// Zones left on the reserve list because no area is linked with them.
    pub fn not_attached(&self) -> impl Iterator<Item = u32> + '_ {
        self.after.iter().enumerate().filter(|(_, id)| **id == Some(0)).map(|(zone, _)| zone as u32)
    }
}

/// Iterations allowed per zone before the search is declared to run in circles.
const ITERATIONS_PER_ZONE: u32 = 100;

/// Delineates labour market areas.
///
/// Deterministic. Of equals: the least valid cluster is the one with the smallest id; the most outward member is the
/// lowest zone; of candidates with the same cohesion one that only receives from the zone beats one that sends to
/// it, then the highest id wins. A table in which no zone can take part gives an outcome without areas.
/// Only a search that was stopped depends on anything else.
pub fn eu_ttwa(flows: &FlowTable, options: Options) -> Result<Outcome, ParameterError> {
    options.parameters.check()?;
    let zero = zero_list(flows);
    let flows = &*taking_part(flows, &zero);
    let clusters = Clusters::new(flows, &starting_ids(flows, &zero, options.start));
    let validity = Validity::new(options.parameters, options.mode, flows.units_per_person());
    let mut search = Search::new(clusters, validity, options.mode, options.trace, options.stop);
    let limit = (flows.zones() as u32).saturating_mul(ITERATIONS_PER_ZONE).saturating_add(1_000);
    let end = search.run(limit);
    let before = search.clusters.ids();
    let attachments = match end {
        End::Stopped => Vec::new(),
        End::Valid | End::Limit => attach::attach_reserve(&mut search.clusters, &mut search.links),
    };
    let Search { clusters, entries, moves, iteration, steps, .. } = search;
    let after = clusters.ids();
    let set_aside = clusters.ids_set_aside();
    Ok(Outcome {
        before,
        after,
        zero,
        set_aside,
        entries,
        attachments,
        moves,
        iterations: iteration,
        converged: end == End::Valid,
        stopped: end == End::Stopped,
        steps,
    })
}

/// The table that the search sees: without the flows from and to zones of the zero list. Totals of areas are taken
/// from it.
pub fn taking_part<'a>(flows: &'a FlowTable, zero: &[ZeroZone]) -> Cow<'a, FlowTable> {
    if zero.is_empty() {
        return Cow::Borrowed(flows);
    }
    let mut keep = vec![true; flows.zones()];
    for zero in zero {
        keep[zero.zone as usize] = false;
    }
    Cow::Owned(flows.keeping(&keep))
}

/// Single zones numbered from 1, or the given areas: their codes where all are positive whole numbers, else their ranks.
/// A zone without an area is on the reserve list.
fn starting_ids(flows: &FlowTable, zero: &[ZeroZone], start: Option<&Partition>) -> Vec<Option<i64>> {
    let mut ids: Vec<Option<i64>> = vec![Some(0); flows.zones()];
    for zero in zero {
        ids[zero.zone as usize] = None;
    }
    if let Some(start) = start {
        let numbers: Option<Vec<i64>> =
            start.codes().iter().map(|code| code.parse().ok().filter(|&id: &i64| id > 0)).collect();
        // Codes that are numbers ascend; `7` and `07` are two areas and cannot share an id.
        let numbers = numbers
            .filter(|ids| ids.windows(2).all(|pair| pair[0] < pair[1]))
            .unwrap_or_else(|| (1..=start.areas() as i64).collect());
        for (id, area) in ids.iter_mut().zip(start.as_slice()) {
            if id.is_some() {
                *id = Some(area.map_or(0, |area| numbers[area as usize]));
            }
        }
    } else {
        for (rank, id) in ids.iter_mut().flatten().enumerate() {
            *id = rank as i64 + 1;
        }
    }
    ids
}
