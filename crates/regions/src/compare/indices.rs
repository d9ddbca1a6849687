//! Indices of agreement from a contingency table.

use super::contingency::{Cell, Contingency};

/// Indices of agreement between two partitions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// Adjusted Rand index: 1 for equal partitions, about 0 for unrelated ones.
    pub ari: f64,
    /// Normalised mutual information, 2I/(H_a + H_b), 0..=1.
    pub nmi: f64,
    /// Variation of information, H_a + H_b - 2I, in nats; 0 for equal partitions.
    pub vi: f64,
    /// Homogeneity, I/H_b: whether each area of the first lies in one area of the second.
    pub homogeneity: f64,
    /// Completeness, I/H_a: whether each area of the second lies in one area of the first.
    pub completeness: f64,
    /// V-measure: harmonic mean of the two, equal to NMI.
    pub v_measure: f64,
}

/// All indices of a table. Two partitions that both put everything into one area, or that cover nothing, agree fully.
///
/// ARI: Hubert & Arabie (1985), doi:10.1007/BF01908075, with pairs weighing w_i w_j. NMI and V-measure: Rosenberg &
/// Hirschberg (2007). VI: Meila (2007), doi:10.1016/j.jmva.2006.11.013; nats.
pub fn indices(table: &Contingency) -> Indices {
    let entropy_a = entropy(table.margins_a(), table.total());
    let entropy_b = entropy(table.margins_b(), table.total());
    let joint = entropy(table.cells().map(|(_, cell)| cell), table.total());
    let mutual = (entropy_a + entropy_b - joint).max(0.0);
    let share = |whole: f64| if whole > 0.0 { (mutual / whole).min(1.0) } else { 1.0 };
    let (homogeneity, completeness) = (share(entropy_b), share(entropy_a));
    let both = homogeneity + completeness;
    Indices {
        ari: adjusted_rand(table),
        nmi: share(f64::midpoint(entropy_a, entropy_b)),
        vi: (entropy_a + entropy_b - 2.0 * mutual).max(0.0),
        homogeneity,
        completeness,
        v_measure: if both > 0.0 { 2.0 * homogeneity * completeness / both } else { 0.0 },
    }
}

/// H = -sum p ln p.
fn entropy<'a>(cells: impl Iterator<Item = &'a Cell>, total: f64) -> f64 {
    cells
        .filter(|cell| cell.weight > 0.0)
        .map(|cell| cell.weight / total)
        .map(|share| -share * share.ln())
        .sum::<f64>()
        .max(0.0)
}

/// (index - expected) / (maximum - expected) over pairs of zones that are together.
fn adjusted_rand(table: &Contingency) -> f64 {
    let together = |cells: &mut dyn Iterator<Item = &Cell>| cells.map(Cell::pairs).sum::<f64>();
    let index = together(&mut table.cells().map(|(_, cell)| cell));
    let (of_a, of_b) = (together(&mut table.margins_a()), together(&mut table.margins_b()));
    let all = table.all().pairs();
    let expected = if all > 0.0 { of_a * of_b / all } else { 0.0 };
    let maximum = f64::midpoint(of_a, of_b);
    if maximum == expected { 1.0 } else { (index - expected) / (maximum - expected) }
}

#[cfg(test)]
mod tests {
    use super::super::{Weights, compare};
    use distretto_territory::Partition;

    fn partition(codes: &[&str]) -> Partition {
        Partition::from_codes(&codes.iter().map(|code| Some(*code)).collect::<Vec<_>>())
    }

    #[test]
    fn worked_example() {
        // Six zones, {0,1,2}{3,4,5} against {0,1}{2,3}{4,5}: 2 pairs together in both, 6 and 3 in each, 15 in all.
        let found = compare(
            &partition(&["a", "a", "a", "b", "b", "b"]),
            &partition(&["x", "x", "y", "y", "z", "z"]),
            None,
        );
        let expected = 6.0 * 3.0 / 15.0;
        assert!((found.by_zones.ari - (2.0 - expected) / (4.5 - expected)).abs() < 1e-12);
        let (h_a, h_b) = (2f64.ln(), 3f64.ln());
        let joint = -(2.0 * (2.0 / 6.0) * (2.0f64 / 6.0).ln() + 2.0 * (1.0 / 6.0) * (1.0f64 / 6.0).ln());
        let mutual = h_a + h_b - joint;
        assert!((found.by_zones.nmi - 2.0 * mutual / (h_a + h_b)).abs() < 1e-12);
        assert!((found.by_zones.vi - (h_a + h_b - 2.0 * mutual)).abs() < 1e-12);
        assert!((found.by_zones.v_measure - found.by_zones.nmi).abs() < 1e-12);
        assert_eq!((found.identical, found.zones_differing, found.crosswalk.len()), (0, 2, 4));
        assert_eq!((found.by_residents, found.residents_differing), (None, None));
    }

    #[test]
    fn names_do_not_matter_and_trivial_partitions_agree() {
        let weights = Weights { residents: &[1.0, 5.0, 2.0], workers: &[0.0, 0.0, 0.0] };
        let same = compare(&partition(&["1", "1", "2"]), &partition(&["b", "b", "a"]), Some(weights));
        assert_eq!((same.by_zones.ari, same.by_residents.unwrap().nmi, same.identical), (1.0, 1.0, 2));
        assert_eq!((same.residents_differing, same.jobs_differing), (Some(0.0), None));
        let one = compare(&partition(&["1", "1"]), &partition(&["a", "a"]), None);
        assert_eq!((one.by_zones.ari, one.by_zones.nmi), (1.0, 1.0));
        let nothing = compare(&Partition::from_codes(&[None::<&str>]), &partition(&["a"]), None);
        assert_eq!((nothing.zones, nothing.zones_only), (0, [0, 1]));
    }

    #[test]
    fn whole_weights_count_as_repeated_zones_do_but_for_pairs_of_a_zone_with_itself() {
        let weights = Weights { residents: &[1.0, 2.0, 3.0], workers: &[4.0, 0.0, 0.0] };
        let found = compare(&partition(&["a", "a", "b"]), &partition(&["x", "y", "y"]), Some(weights));
        // Together in both: none. In a: 1*2, in b: 2*3, in all: 2+3+6.
        let expected = 2.0 * 6.0 / 11.0;
        assert!((found.by_residents.unwrap().ari - (0.0 - expected) / (4.0 - expected)).abs() < 1e-12);
        // a is matched with x and b with y: zone 1 differs, with 2 of 6 residents and none of the jobs.
        assert_eq!((found.zones_differing, found.residents_differing), (1, Some(2.0 / 6.0)));
        assert_eq!(found.jobs_differing, Some(0.0));
    }
}
