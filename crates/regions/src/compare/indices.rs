//! Indices of agreement from a contingency table.

use super::Indices;
use super::contingency::{Cell, Contingency};

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
    use super::super::compare;
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
            &[1.0; 6],
        );
        let expected = 6.0 * 3.0 / 15.0;
        assert!((found.unweighted.ari - (2.0 - expected) / (4.5 - expected)).abs() < 1e-12);
        let (h_a, h_b) = (2f64.ln(), 3f64.ln());
        let joint = -(2.0 * (2.0 / 6.0) * (2.0f64 / 6.0).ln() + 2.0 * (1.0 / 6.0) * (1.0f64 / 6.0).ln());
        let mutual = h_a + h_b - joint;
        assert!((found.unweighted.nmi - 2.0 * mutual / (h_a + h_b)).abs() < 1e-12);
        assert!((found.unweighted.vi - (h_a + h_b - 2.0 * mutual)).abs() < 1e-12);
        assert!((found.unweighted.v_measure - found.unweighted.nmi).abs() < 1e-12);
        assert_eq!((found.identical, found.zones_differing), (0, 2));
    }

    #[test]
    fn names_do_not_matter_and_trivial_partitions_agree() {
        let same = compare(&partition(&["1", "1", "2"]), &partition(&["b", "b", "a"]), &[1.0, 5.0, 2.0]);
        assert_eq!((same.unweighted.ari, same.weighted.nmi, same.identical), (1.0, 1.0, 2));
        let one = compare(&partition(&["1", "1"]), &partition(&["a", "a"]), &[1.0, 1.0]);
        assert_eq!((one.unweighted.ari, one.unweighted.nmi), (1.0, 1.0));
        let nothing = compare(&Partition::from_codes(&[None::<&str>]), &partition(&["a"]), &[1.0]);
        assert_eq!((nothing.zones, nothing.zones_only), (0, [0, 1]));
        assert_eq!(nothing.weight_differing, None);
    }

    #[test]
    fn whole_weights_count_as_repeated_zones_do_but_for_pairs_of_a_zone_with_itself() {
        let weighted = compare(&partition(&["a", "a", "b"]), &partition(&["x", "y", "y"]), &[1.0, 2.0, 3.0]);
        // Together in both: none. In a: 1*2, in b: 2*3, in all: 2+3+6.
        let expected = 2.0 * 6.0 / 11.0;
        assert!((weighted.weighted.ari - (0.0 - expected) / (4.0 - expected)).abs() < 1e-12);
    }
}
