//! How well found areas that are something (districts, say) agree with the true ones.

use std::collections::{BTreeMap, BTreeSet};

/// Precision, recall and their harmonic mean, each in 0..=1; 1 where there was nothing to find and nothing was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Share of the found that are true.
    pub precision: f64,
    /// Share of the true that were found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// Scores the `found` areas against the `true` ones: a found area hits a true one where they share more than half of
/// the zones of their union (Jaccard > 1/2, so each hits at most one). Partitions give the area of each zone, by zone
/// index; the sets name areas of the partition before them. Cost: n log n.
pub fn score(
    truth: &[Option<u32>],
    true_areas: &BTreeSet<u32>,
    partition: &[Option<u32>],
    found: &BTreeSet<u32>,
) -> Score {
    let size = |areas: &[Option<u32>]| {
        let mut size: BTreeMap<u32, usize> = BTreeMap::new();
        areas.iter().flatten().for_each(|&area| *size.entry(area).or_default() += 1);
        size
    };
    let (true_size, found_size) = (size(truth), size(partition));
    let mut shared: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (&t, &f) in truth.iter().zip(partition).filter_map(|(t, f)| t.as_ref().zip(f.as_ref())) {
        if true_areas.contains(&t) && found.contains(&f) {
            *shared.entry((t, f)).or_default() += 1;
        }
    }
    let hits = shared.iter().filter(|((t, f), both)| 3 * *both > true_size[t] + found_size[f]).count() as f64;
    let share = |of: usize| if of == 0 { 1.0 } else { hits / of as f64 };
    let (precision, recall) = (share(found.len()), share(true_areas.len()));
    let both = (true_areas.len() + found.len()) as f64;
    Score { precision, recall, f1: if both == 0.0 { 1.0 } else { 2.0 * hits / both } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_union_is_not_enough() {
        let truth = [0, 0, 0, 1, 1, 2].map(Some);
        let found = [5, 5, 6, 6, 6, 7].map(Some);
        let set = |areas: &[u32]| areas.iter().copied().collect::<BTreeSet<u32>>();
        // 0 and 5 share 2 of 3 zones; 1 and 6 share 2 of 3; 2 and 7 are the same but 7 was not found to be one.
        let score = score(&truth, &set(&[0, 2]), &found, &set(&[5, 6]));
        assert_eq!((score.precision, score.recall, score.f1), (0.5, 0.5, 0.5));
        let half = super::score(&[0, 0].map(Some), &set(&[0]), &[1, 2].map(Some), &set(&[1]));
        assert_eq!(half.f1, 0.0);
    }
}
