//! Which area of one partition is which of the other.

use super::contingency::Contingency;

/// Two areas matched with each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaMatch {
    /// Area of the first partition.
    pub a: u32,
    /// Area of the second.
    pub b: u32,
    /// Weight in both over weight in either, in 0..=1 (Jaccard); 1 for the same zones.
    pub jaccard: f64,
}

/// A one-to-one matching of areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    pairs: Vec<AreaMatch>,
}

impl Matching {
    /// Takes pairs of areas by descending Jaccard index, each area once; of equals the lowest areas first. The same
    /// whichever partition comes first, up to such ties. Cost: m log m in pairs of overlapping areas.
    pub fn new(table: &Contingency) -> Self {
        let mut overlaps: Vec<AreaMatch> = table
            .cells()
            .map(|((a, b), cell)| {
                let either = table.of_a(a).weight + table.of_b(b).weight - cell.weight;
                AreaMatch { a, b, jaccard: if either > 0.0 { cell.weight / either } else { 0.0 } }
            })
            .collect();
        overlaps.sort_by(|x, y| y.jaccard.total_cmp(&x.jaccard).then((x.a, x.b).cmp(&(y.a, y.b))));
        let mut taken_a = std::collections::BTreeSet::new();
        let mut taken_b = std::collections::BTreeSet::new();
        let mut pairs: Vec<AreaMatch> = overlaps
            .into_iter()
            .filter(|overlap| {
                let free = !taken_a.contains(&overlap.a) && !taken_b.contains(&overlap.b);
                free && taken_a.insert(overlap.a) && taken_b.insert(overlap.b)
            })
            .collect();
        pairs.sort_by_key(|pair| pair.a);
        Self { pairs }
    }

    /// The matched pairs, by area of the first partition.
    pub fn pairs(&self) -> &[AreaMatch] {
        &self.pairs
    }

    /// The area of the second partition matched with one of the first.
    pub fn partner(&self, a: u32) -> Option<u32> {
        self.pairs.binary_search_by_key(&a, |pair| pair.a).ok().map(|at| self.pairs[at].b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use distretto_territory::Partition;

    #[test]
    fn the_best_overlaps_are_matched_first() {
        let a = Partition::from_codes(&["1", "1", "1", "2", "2"].map(Some));
        let b = Partition::from_codes(&["x", "x", "y", "y", "y"].map(Some));
        let matching = Matching::new(&Contingency::new(&a, &b, &[1.0; 5]));
        let pairs: Vec<_> = matching.pairs().iter().map(|pair| (pair.a, pair.b, pair.jaccard)).collect();
        assert_eq!(pairs, [(0, 0, 2.0 / 3.0), (1, 1, 2.0 / 3.0)]);
        assert_eq!(matching.partner(1), Some(1));
    }
}
