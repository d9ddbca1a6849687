//! Bridges: edges without which a graph falls apart.

/// Which edges are bridges, and which nodes stay together without them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridges {
    /// Indices of the bridges, ascending.
    pub edges: Vec<u32>,
    /// For every node the number of its part: nodes of one part stay connected when any one edge is taken away.
    pub part_of: Vec<u32>,
}

/// The bridges of a graph of `nodes` nodes; edges may be parallel (then neither is a bridge) or loops (never bridges).
///
/// One depth-first search without recursion, so that long paths cannot exhaust the stack: an edge down to a node is a bridge if
/// no other edge leads from below it to above it. Source: Tarjan (1974), A note on finding the bridges of a graph, Information
/// Processing Letters 2(6), DOI 10.1016/0020-0190(74)90003-9. Cost: linear in nodes and edges.
pub fn bridges(nodes: usize, edges: &[[u32; 2]]) -> Bridges {
    const NEW: u32 = u32::MAX;
    let links = Links::new(nodes, edges.iter().copied());
    let (mut entered, mut low) = (vec![NEW; nodes], vec![NEW; nodes]);
    let mut next: Vec<usize> = links.start[..nodes].to_vec();
    let mut found = Vec::new();
    let mut clock = 0;
    // Nodes from the root down, each with the edge that led to it.
    let mut path: Vec<(u32, u32)> = Vec::new();
    for root in 0..nodes {
        if entered[root] != NEW {
            continue;
        }
        path.push((root as u32, NEW));
        (entered[root], low[root]) = (clock, clock);
        clock += 1;
        while let Some(&(node, by)) = path.last() {
            let at = node as usize;
            if next[at] < links.start[at + 1] {
                let (edge, to) = links.ends[next[at]];
                next[at] += 1;
                if edge == by {
                    continue;
                }
                let to_at = to as usize;
                if entered[to_at] == NEW {
                    (entered[to_at], low[to_at]) = (clock, clock);
                    clock += 1;
                    path.push((to, edge));
                } else {
                    low[at] = low[at].min(entered[to_at]);
                }
            } else {
                path.pop();
                if let Some(&(above, _)) = path.last() {
                    let above = above as usize;
                    if low[at] > entered[above] {
                        found.push(by);
                    }
                    low[above] = low[above].min(low[at]);
                }
            }
        }
    }
    found.sort_unstable();
    let part_of = parts(nodes, &links, &found);
    Bridges { edges: found, part_of }
}

/// Connected parts without the bridges, numbered by their first node.
fn parts(nodes: usize, links: &Links, bridges: &[u32]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut part_of = vec![NONE; nodes];
    let mut waiting = Vec::new();
    let mut parts = 0;
    for first in 0..nodes {
        if part_of[first] != NONE {
            continue;
        }
        part_of[first] = parts;
        waiting.push(first);
        while let Some(node) = waiting.pop() {
            for &(edge, to) in links.of(node) {
                if part_of[to as usize] == NONE && bridges.binary_search(&edge).is_err() {
                    part_of[to as usize] = parts;
                    waiting.push(to as usize);
                }
            }
        }
        parts += 1;
    }
    part_of
}

/// For every node its edges and where they lead, by index of the edge.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    start: Vec<usize>,
    ends: Vec<(u32, u32)>,
}

impl Links {
    pub(crate) fn new(nodes: usize, edges: impl Iterator<Item = [u32; 2]> + Clone) -> Self {
        let mut start = vec![0; nodes + 1];
        let not_loop = |ends: &[u32; 2]| ends[0] != ends[1];
        for [a, b] in edges.clone().filter(not_loop) {
            start[a as usize + 1] += 1;
            start[b as usize + 1] += 1;
        }
        for node in 0..nodes {
            start[node + 1] += start[node];
        }
        let mut ends = vec![(0, 0); start[nodes]];
        let mut next = start.clone();
        for (edge, [a, b]) in edges.enumerate().filter(|(_, ends)| not_loop(ends)) {
            for (from, to) in [(a, b), (b, a)] {
                ends[next[from as usize]] = (edge as u32, to);
                next[from as usize] += 1;
            }
        }
        Self { start, ends }
    }

    pub(crate) fn of(&self, node: usize) -> &[(u32, u32)] {
        &self.ends[self.start[node]..self.start[node + 1]]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_tail_is_a_bridge_and_a_triangle_is_none() {
        let found = bridges(5, &[[0, 1], [1, 2], [2, 0], [2, 3]]);
        assert_eq!(found.edges, [3]);
        assert_eq!(found.part_of, [0, 0, 0, 1, 2]);
    }

    #[test]
    fn parallel_edges_and_loops_are_no_bridges() {
        assert_eq!(bridges(2, &[[0, 1], [0, 1], [1, 1]]).edges, [0; 0]);
        assert_eq!(bridges(2, &[[0, 1]]).edges, [0]);
    }

    #[test]
    fn a_long_path_needs_no_deep_stack() {
        let edges: Vec<[u32; 2]> = (0..1_000_000).map(|node| [node, node + 1]).collect();
        assert_eq!(bridges(1_000_001, &edges).edges.len(), 1_000_000);
    }

    proptest! {
        #[test]
        fn a_bridge_is_what_separates_its_ends(
            edges in prop::collection::vec([0u32..8, 0u32..8], 0..16),
        ) {
            let together = |without: usize, [a, b]: [u32; 2]| {
                let mut reached = vec![a];
                while let Some(&new) = edges
                    .iter()
                    .enumerate()
                    .filter(|&(at, _)| at != without)
                    .flat_map(|(_, [x, y])| [(x, y), (y, x)])
                    .find_map(|(x, y)| (reached.contains(x) && !reached.contains(y)).then_some(y))
                {
                    reached.push(new);
                }
                reached.contains(&b)
            };
            let plain: Vec<u32> =
                (0..edges.len()).filter(|&at| !together(at, edges[at])).map(|at| at as u32).collect();
            let found = bridges(8, &edges);
            prop_assert_eq!(&found.edges, &plain);
            for (at, [a, b]) in edges.iter().enumerate() {
                let same = found.part_of[*a as usize] == found.part_of[*b as usize];
                prop_assert_eq!(same, !plain.contains(&(at as u32)));
            }
        }
    }
}
