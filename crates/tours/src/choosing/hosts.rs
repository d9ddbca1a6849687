//! All hosts, most promising first.

use super::value::Visited;
use super::worth::Worth;
use crate::tour::Tour;

/// What each host of the tour would be worth as the only visit, line by line, most points first, equal ones by code. Whether it can be visited is not
/// asked. Cost: hosts × (aims they serve + log hosts).
pub fn hosts(tour: &Tour, worth: &Worth) -> Vec<Visited> {
    let mut ranked: Vec<Visited> =
        tour.hosts.iter().flat_map(|host| worth.account(std::iter::once(host.code.as_str()))).collect();
    ranked.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.host.cmp(&b.host)));
    ranked
}
