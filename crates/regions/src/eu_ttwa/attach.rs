//! After the search: zones of the reserve list join the area they have most cohesion with.

use std::collections::BinaryHeap;

use super::clusters::{Clusters, RESERVE};
use super::links::{Candidate, Links};
use super::trace::{Attachment, TracedCandidate};

/// Attaches reserve zones in passes from the highest zone to the lowest: each joins the area with the highest
/// cohesion, untested, and counts at once; one without a link to an area waits for the next pass, until a pass
/// attaches nobody. Zones still waiting stay in the reserve list.
///
/// A waiting zone is looked at again only after a partner was attached, which changes nothing in the result.
/// Cost: the pairs of the reserve zones, twice at most for each partner's attachment.
pub(super) fn attach_reserve(clusters: &mut Clusters, links: &mut Links) -> Vec<Attachment> {
    let mut attached = Vec::new();
    let mut waiting = vec![false; clusters.slot_of.len()];
    for &zone in clusters.members(RESERVE) {
        waiting[zone as usize] = true;
    }
    let mut pass: BinaryHeap<u32> = clusters.members(RESERVE).iter().copied().collect();
    let mut next_pass: BinaryHeap<u32> = BinaryHeap::new();
    while !pass.is_empty() {
        while let Some(zone) = pass.pop() {
            if !waiting[zone as usize] {
                continue;
            }
            links.gather(clusters, zone);
            let (best, runner_up) = links.best_two(clusters, zone);
            let Some(best) = best else { continue };
            let traced = |candidate: Candidate| TracedCandidate {
                cluster: clusters.id(candidate.slot),
                cohesion: candidate.cohesion,
            };
            attached.push(Attachment { zone, area: traced(best), runner_up: runner_up.map(traced) });
            clusters.move_zone(zone, best.slot, links);
            waiting[zone as usize] = false;
            let flows = clusters.flows;
            for (partner, _) in flows.out_of(zone).chain(flows.into_zone(zone)) {
                if waiting[partner as usize] {
                    // Lower zones are still to come in this pass.
                    if partner < zone { pass.push(partner) } else { next_pass.push(partner) }
                }
            }
        }
        std::mem::swap(&mut pass, &mut next_pass);
    }
    attached
}
