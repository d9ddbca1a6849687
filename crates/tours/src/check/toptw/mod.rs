//! Whether routes of a published instance of the TOPTW are feasible, and what they are worth.
//!
//! Everything is reckoned in whole thousandths: no rounding but the one that the instances prescribe.

mod instance;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use instance::{Instance, Thousandths};

/// Why routes are refused. Routes are counted from 1, as nodes are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The instance cannot be read.
    #[error("line {line} of the instance: {why}")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// There are more routes than allowed.
    #[error("{routes} routes, {allowed} are allowed")]
    TooManyRoutes {
        /// Routes.
        routes: usize,
        /// How many are allowed.
        allowed: usize,
    },
    /// A node that the instance has not.
    #[error("route {route}: there is no node {node}")]
    UnknownNode {
        /// The route.
        route: usize,
        /// The node.
        node: usize,
    },
    /// The depot is visited on the way: it begins and ends every route without being named.
    #[error("route {route}: node 0 is where routes begin and end, and is not named")]
    Depot {
        /// The route.
        route: usize,
    },
    /// A node is visited twice, on one route or on two.
    #[error("route {route}: node {node} is visited a second time")]
    Twice {
        /// The route of the second visit.
        route: usize,
        /// The node.
        node: usize,
    },
    /// A visit would start after its window closes.
    #[error("route {route}: node {node} is reached {} after it closes at {}", decimal(*by), decimal(*closes))]
    Late {
        /// The route.
        route: usize,
        /// The node.
        node: usize,
        /// When its window closes, in thousandths.
        closes: Thousandths,
        /// How long after that it is reached, in thousandths.
        by: Thousandths,
    },
    /// A route ends after the depot closes.
    #[error("route {route}: is back {} after the depot closes at {}", decimal(*by), decimal(*closes))]
    BackLate {
        /// The route.
        route: usize,
        /// When the depot closes, in thousandths.
        closes: Thousandths,
        /// How long after that the route ends, in thousandths.
        by: Thousandths,
    },
    /// The profit is not the one that is claimed.
    #[error("the profit is {counted}, {claimed} is claimed")]
    Profit {
        /// The sum of the profits of the nodes.
        counted: u64,
        /// What is claimed.
        claimed: u64,
    },
}

fn decimal(thousandths: Thousandths) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The profit of routes, each the numbers of its nodes in order without the depot (node 0) at its ends.
///
/// A route leaves the depot when that opens and is back before it closes. The way between two nodes takes their Euclidean distance, rounded
/// down to one decimal, or to two where
/// any coordinate is written with three: the instances that come from Cordeau's. A visit starts on arrival or, if that is earlier, when its
/// window opens, and no later than it closes.
///
/// # Errors
/// The first reason for which the routes are refused; see [`Refused`].
/// Cost: linear in the instance and the routes.
pub fn check(text: &str, allowed: usize, routes: &[Vec<usize>], claimed: u64) -> Result<u64, Refused> {
    let instance = Instance::read(text)?;
    if routes.len() > allowed {
        return Err(Refused::TooManyRoutes { routes: routes.len(), allowed });
    }
    let mut visited = BTreeSet::new();
    let mut counted: u64 = 0;
    for (route, nodes) in (1..).zip(routes) {
        for &node in nodes {
            if node == 0 {
                return Err(Refused::Depot { route });
            }
            let Some(known) = instance.nodes.get(node) else {
                return Err(Refused::UnknownNode { route, node });
            };
            if !visited.insert(node) {
                return Err(Refused::Twice { route, node });
            }
            counted = counted.saturating_add(known.profit);
        }
        drive(&instance, route, nodes)?;
    }
    if counted == claimed { Ok(counted) } else { Err(Refused::Profit { counted, claimed }) }
}

/// When the visits of a route start; the last is when it is back.
fn drive(instance: &Instance, route: usize, nodes: &[usize]) -> Result<Vec<Thousandths>, Refused> {
    let depot = &instance.nodes[0];
    let (mut here, mut leaves) = (depot, depot.opens);
    let mut starts = Vec::with_capacity(nodes.len() + 1);
    for &node in nodes {
        let next = &instance.nodes[node];
        let start = (leaves + instance.distance(here, next)).max(next.opens);
        if start > next.closes {
            return Err(Refused::Late { route, node, closes: next.closes, by: start - next.closes });
        }
        starts.push(start);
        (here, leaves) = (next, start + next.service);
    }
    let back = leaves + instance.distance(here, depot);
    if back > depot.closes {
        return Err(Refused::BackLate { route, closes: depot.closes, by: back - depot.closes });
    }
    starts.push(back);
    Ok(starts)
}
