//! Neighbour lists of numbered units.

/// For each unit `0..len` its neighbours, ascending, without itself; symmetric.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    start: Vec<u32>,
    ids: Vec<u32>,
}

impl Neighbours {
    /// From unordered pairs, in any order, repeated or not; pairs of a unit with itself are ignored.
    /// Cost: m log m for m pairs.
    pub fn from_pairs(units: usize, pairs: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut links: Vec<(u32, u32)> =
            pairs.into_iter().filter(|(a, b)| a != b).flat_map(|(a, b)| [(a, b), (b, a)]).collect();
        links.sort_unstable();
        links.dedup();
        let mut start = vec![0u32; units + 1];
        for &(unit, _) in &links {
            start[unit as usize + 1] += 1;
        }
        for unit in 0..units {
            start[unit + 1] += start[unit];
        }
        Self { start, ids: links.into_iter().map(|(_, neighbour)| neighbour).collect() }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of links, each pair counted from both sides.
    pub fn links(&self) -> usize {
        self.ids.len()
    }

    /// The neighbours of a unit, ascending.
    pub fn of(&self, unit: u32) -> &[u32] {
        &self.ids[self.range(unit)]
    }

    /// Where the neighbours of a unit stand among all links.
    pub(crate) fn range(&self, unit: u32) -> std::ops::Range<usize> {
        self.start[unit as usize] as usize..self.start[unit as usize + 1] as usize
    }

    /// Whether two units are neighbours. Cost: log of the number of neighbours.
    pub fn linked(&self, a: u32, b: u32) -> bool {
        self.of(a).binary_search(&b).is_ok()
    }

    /// The pairs `(a, b)` with `a < b`, ascending.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.len() as u32).flat_map(|a| self.of(a).iter().filter(move |&&b| a < b).map(move |&b| (a, b)))
    }

    /// The connected component of each unit within its group: components are numbered `0..` in the order of their
    /// lowest unit, links between groups do not connect, and a unit without a group has no component.
    /// Answers the component of each unit and the number of components. Cost: linear.
    pub fn components(&self, group: &[Option<u32>]) -> (Vec<Option<u32>>, usize) {
        let mut component: Vec<Option<u32>> = vec![None; self.len()];
        let mut count = 0;
        let mut open = Vec::new();
        for first in 0..self.len() as u32 {
            let of_first = group[first as usize];
            if of_first.is_none() || component[first as usize].is_some() {
                continue;
            }
            component[first as usize] = Some(count);
            open.push(first);
            while let Some(unit) = open.pop() {
                for &next in self.of(unit) {
                    if group[next as usize] == of_first && component[next as usize].is_none() {
                        component[next as usize] = Some(count);
                        open.push(next);
                    }
                }
            }
            count += 1;
        }
        (component, count as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_symmetric_sorted_and_single() {
        let chain = Neighbours::from_pairs(4, [(2, 1), (1, 0), (1, 2), (3, 3)]);
        assert_eq!(chain.of(1), [0, 2]);
        assert_eq!(chain.of(3), [0u32; 0]);
        assert_eq!(chain.pairs().collect::<Vec<_>>(), [(0, 1), (1, 2)]);
        assert!(chain.linked(2, 1) && !chain.linked(0, 2));
    }

    #[test]
    fn components_stop_at_the_border_of_a_group() {
        let chain = Neighbours::from_pairs(5, [(0, 1), (1, 2), (2, 3), (3, 4)]);
        let (component, count) = chain.components(&[Some(7), Some(7), Some(1), None, Some(7)]);
        assert_eq!(component, [Some(0), Some(0), Some(1), None, Some(2)]);
        assert_eq!(count, 3);
    }
}
