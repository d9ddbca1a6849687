//! What two partitions of the same zones tell together: subtract one area from another, and a few zones remain.

use distretto_territory::Partition;

use crate::bridges::bridges;
use crate::contributions::Contributions;
use crate::rule::{Rule, Unsafe};

/// How an outsider comes to know the figure of some zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// What an area of the first partition has in common with one of the second.
    Common {
        /// The area of the first.
        first: u32,
        /// The area of the second.
        second: u32,
    },
    /// What an area of the first partition has outside every area of the second.
    OnlyFirst {
        /// The area.
        first: u32,
    },
    /// What an area of the second partition has outside every area of the first.
    OnlySecond {
        /// The area.
        second: u32,
    },
    /// What is left of an area of the first partition when all that is known of it by itself is subtracted.
    RestOfFirst {
        /// The area.
        first: u32,
    },
    /// The same of the second.
    RestOfSecond {
        /// The area.
        second: u32,
    },
}

/// Zones whose common figure can be computed from the two tables of areas, and is unsafe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where it comes from.
    pub known: Known,
    /// The zones, ascending; those without contributors are left out.
    pub zones: Vec<u32>,
    /// Why the figure is unsafe.
    pub reason: Unsafe,
}

/// What the areas of two partitions tell of parts of them, where both tables of area figures are published, and what of it is
/// unsafe by `rule`. `contributions` is what the figure of each zone is made of. In the order of the partitions' areas.
///
/// Every zone lies in one area of each partition, so what two areas have in common stands in two sums, and the areas and their
/// overlaps are a graph like a table. An overlap can be computed exactly if and only if it is a bridge of that graph
/// ([`crate::suppression`]): all of these are found, among them every difference of an area and those of the other partition within
/// it. Beyond that, the rest of every area is looked at when its known overlaps are subtracted. Overlaps that are a whole area of one
/// partition are published as such and no difference. Zones in no area count as overlaps of one area.
///
/// Not covered: figures of several overlaps of different areas together, sums of two differences for example; more than two
/// partitions at once; and areas whose own figures are withheld, which are taken as published. Cost: linear in zones, but for sorting
/// the overlaps.
///
/// # Panics
/// If the partitions and contributions are not over the same zones: they never come from different tables of zones.
pub fn differences(
    first: &Partition,
    second: &Partition,
    contributions: &[Contributions],
    rule: &Rule,
) -> Vec<Difference> {
    assert!(
        first.zones() == contributions.len() && second.zones() == contributions.len(),
        "partitions of {} and {} zones, contributions of {}",
        first.zones(),
        second.zones(),
        contributions.len()
    );
    let overlaps = overlaps(first, second, contributions);
    let (a, b) = (first.areas() as u32, second.areas() as u32);
    let outside = a + b;
    let edges: Vec<[u32; 2]> = overlaps
        .iter()
        .map(|overlap| [overlap.first.unwrap_or(outside), overlap.second.map_or(outside, |area| a + area)])
        .collect();
    let found = bridges((outside + 1) as usize, &edges);
    let is_bridge = |edge: usize| found.edges.binary_search(&(edge as u32)).is_ok();

    let mut of_node: Vec<Vec<usize>> = vec![Vec::new(); outside as usize];
    for (edge, ends) in edges.iter().enumerate() {
        for &node in ends.iter().filter(|&&node| node != outside) {
            of_node[node as usize].push(edge);
        }
    }
    let is_whole_area =
        |edge: usize| edges[edge].iter().any(|&node| node != outside && of_node[node as usize].len() == 1);
    let mut differences = Vec::new();
    for edge in (0..edges.len()).filter(|&edge| is_bridge(edge) && !is_whole_area(edge)) {
        let known = match (overlaps[edge].first, overlaps[edge].second) {
            (Some(first), Some(second)) => Known::Common { first, second },
            (Some(first), None) => Known::OnlyFirst { first },
            (None, Some(second)) => Known::OnlySecond { second },
            (None, None) => continue,
        };
        differences.extend(difference(known, &[edge], &overlaps, rule));
    }
    for node in 0..outside {
        let all = &of_node[node as usize];
        let rest: Vec<usize> = all.iter().copied().filter(|&edge| !is_bridge(edge)).collect();
        if rest.is_empty() || rest.len() == all.len() {
            continue;
        }
        let known = if node < a {
            Known::RestOfFirst { first: node }
        } else {
            Known::RestOfSecond { second: node - a }
        };
        differences.extend(difference(known, &rest, &overlaps, rule));
    }
    differences
}

/// Zones in the same area of both partitions.
#[derive(Debug)]
struct Overlap {
    first: Option<u32>,
    second: Option<u32>,
    zones: Vec<u32>,
    contributions: Contributions,
}

/// Every overlap that has contributors, by areas.
fn overlaps(first: &Partition, second: &Partition, contributions: &[Contributions]) -> Vec<Overlap> {
    let mut zones: Vec<(Option<u32>, Option<u32>, u32)> = (0..contributions.len() as u32)
        .filter(|&zone| !contributions[zone as usize].is_empty())
        .map(|zone| (first.area_of(zone), second.area_of(zone), zone))
        .filter(|(first, second, _)| first.is_some() || second.is_some())
        .collect();
    zones.sort_unstable();
    zones
        .chunk_by(|x, y| (x.0, x.1) == (y.0, y.1))
        .map(|zones| Overlap {
            first: zones[0].0,
            second: zones[0].1,
            zones: zones.iter().map(|zone| zone.2).collect(),
            contributions: zones.iter().map(|zone| contributions[zone.2 as usize]).sum(),
        })
        .collect()
}

fn difference(known: Known, edges: &[usize], overlaps: &[Overlap], rule: &Rule) -> Option<Difference> {
    let all: Contributions = edges.iter().map(|&edge| overlaps[edge].contributions).sum();
    let reason = rule.judge(&all)?;
    let mut zones: Vec<u32> = edges.iter().flat_map(|&edge| overlaps[edge].zones.iter().copied()).collect();
    zones.sort_unstable();
    Some(Difference { known, zones, reason })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn partition(areas: &str) -> Partition {
        let codes: Vec<Option<String>> =
            areas.chars().map(|code| (code != '.').then(|| code.to_string())).collect();
        Partition::from_codes(&codes)
    }

    fn units(counts: &[u64]) -> Vec<Contributions> {
        counts.iter().map(|&count| Contributions::persons(count)).collect()
    }

    fn found(first: &str, second: &str, counts: &[u64]) -> Vec<(Known, Vec<u32>)> {
        let differences =
            differences(&partition(first), &partition(second), &units(counts), &Rule::default());
        differences.into_iter().map(|difference| (difference.known, difference.zones)).collect()
    }

    #[test]
    fn moving_a_border_by_one_zone_tells_the_zone() {
        // A = {0, 1}, B = {2, 3} against X = {0}, Y = {1, 2, 3}: A - X is zone 1.
        let known = Known::Common { first: 0, second: 1 };
        assert_eq!(found("AABB", "XYYY", &[9, 1, 9, 9]), [(known, vec![1])]);
        assert_eq!(found("AABB", "XYYY", &[9, 5, 9, 9]), [], "five contributors may be told");
    }

    #[test]
    fn equal_partitions_tell_nothing_new() {
        assert_eq!(found("AABB", "XXYY", &[1, 1, 1, 1]), []);
    }

    #[test]
    fn a_zone_without_area_is_told_by_the_area_that_loses_it() {
        assert_eq!(found("AAB", "X.Y", &[9, 2, 9]), [(Known::OnlyFirst { first: 0 }, vec![1])]);
        assert_eq!(found("A.B", "XXY", &[9, 2, 9]), [(Known::OnlySecond { second: 0 }, vec![1])]);
    }

    #[test]
    fn zones_without_contributors_hide_nothing() {
        // A has zone 4 too, which Y has not; but it is empty.
        let known = Known::Common { first: 0, second: 1 };
        assert_eq!(found("AABBA", "XYYYZ", &[9, 1, 9, 9, 0]), [(known, vec![1])]);
    }

    #[test]
    fn a_circle_of_overlaps_tells_none_of_them_but_their_sums() {
        // Four overlaps in a circle: none can be computed.
        assert_eq!(found("AABB", "XYXY", &[1, 9, 9, 9]), []);
        // X holds all of C, which is published: the rest of X, zones 0 and 2, is known as X - C.
        let known = Known::RestOfSecond { second: 0 };
        assert_eq!(found("AABBC", "XYXYX", &[1, 9, 1, 9, 9]), [(known, vec![0, 2])]);
    }

    /// Whether the sum over these zones is a combination of the figures of areas, by elimination over a prime field.
    fn computable(first: &Partition, second: &Partition, zones: &[u32], nonempty: &[bool]) -> bool {
        const P: i64 = 2_147_483_647;
        let n = first.zones();
        let row = |holds: &dyn Fn(u32) -> bool| -> Vec<i64> {
            (0..n as u32).map(|zone| i64::from(nonempty[zone as usize] && holds(zone))).collect()
        };
        let mut rows: Vec<Vec<i64>> = (0..first.areas() as u32)
            .map(|area| row(&|zone| first.area_of(zone) == Some(area)))
            .chain((0..second.areas() as u32).map(|area| row(&|zone| second.area_of(zone) == Some(area))))
            .collect();
        let mut target = row(&|zone| zones.contains(&zone));
        let power = |mut base: i64, mut exponent: i64| {
            let mut result = 1;
            while exponent > 0 {
                if exponent & 1 == 1 {
                    result = result * base % P;
                }
                base = base * base % P;
                exponent >>= 1;
            }
            result
        };
        for column in 0..n {
            let Some(at) = rows.iter().position(|row| row[column] != 0) else { continue };
            let pivot = rows.swap_remove(at);
            let inverse = power(pivot[column], P - 2);
            for row in rows.iter_mut().chain([&mut target]) {
                let factor = row[column] * inverse % P;
                for (x, y) in row.iter_mut().zip(&pivot) {
                    *x = (*x + (P - factor) * y) % P;
                }
            }
        }
        target.iter().all(|&x| x == 0)
    }

    proptest! {
        /// What is reported can be computed, and every single overlap that can be computed and is unsafe is reported, unless it is
        /// a published area.
        #[test]
        fn elimination_finds_the_same_overlaps(
            zones in prop::collection::vec((0u8..5, 0u8..5, 0u64..5), 1..12),
        ) {
            let of = |area: u8| (area > 0).then(|| area.to_string());
            let first = Partition::from_codes(&zones.iter().map(|zone| of(zone.0)).collect::<Vec<_>>());
            let second = Partition::from_codes(&zones.iter().map(|zone| of(zone.1)).collect::<Vec<_>>());
            let contributions = units(&zones.iter().map(|zone| zone.2).collect::<Vec<_>>());
            let nonempty: Vec<bool> = zones.iter().map(|zone| zone.2 > 0).collect();
            let rule = Rule::default();
            let reported = differences(&first, &second, &contributions, &rule);
            for difference in &reported {
                prop_assert!(computable(&first, &second, &difference.zones, &nonempty), "{difference:?}");
            }
            let is_area = |zones: &[u32]| {
                let same = |partition: &Partition| partition.members().iter().any(|members| {
                    members.iter().filter(|&&zone| nonempty[zone as usize]).eq(zones.iter())
                });
                same(&first) || same(&second)
            };
            for overlap in overlaps(&first, &second, &contributions) {
                let expected = rule.judge(&overlap.contributions).is_some()
                    && !is_area(&overlap.zones)
                    && computable(&first, &second, &overlap.zones, &nonempty);
                let found = reported.iter().any(|difference| difference.zones == overlap.zones);
                prop_assert_eq!(found, expected, "{:?}", overlap);
            }
        }
    }
}
