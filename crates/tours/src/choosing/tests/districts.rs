use super::*;
use crate::choosing::{DistrictWeights, Fact, Homes, Ranked, districts, worth};

fn points(ranked: &Ranked) -> Vec<Option<i64>> {
    ranked.lines.iter().map(|line| line.points).collect()
}

/// Three districts and an area that is none. Everything is known of D1; of D2 what a run without shapes and certainty tells; D3 has no host.
fn three() -> Tour {
    let industry = |name: &str, weight| interest(Subject::Industry, name, weight);
    let phase = |name: &str, weight| interest(Subject::Phase, name, weight);
    let mut tour = tour(
        vec![
            firm("A", "D1", "tanning"),
            firm("B", "D1", "sewing"),
            firm("C", "D2", "tanning"),
            Host { consent: false, ..firm("E", "D2", "cutting") },
            firm("F", "SOMEWHERE", "tanning"),
        ],
        vec![
            Delegate {
                country: "AL".to_owned(),
                ..delegate("1", &[], vec![industry("leather", 2), phase("tanning", 4)])
            },
            delegate("2", &[], vec![industry("food", 3), phase("sewing", 3), phase("cutting", 1)]),
        ],
    );
    tour.districts = vec![
        District {
            industry: Some("leather".to_owned()),
            workers: Some(2000.4),
            // 0.45 degrees of latitude at 40° N: 49.96 km on the ellipsoid.
            middle: Some((-30.0, 40.45)),
            ..district("D1", Some(0.9))
        },
        District { industry: Some("food".to_owned()), workers: Some(8000.0), ..district("D2", None) },
        district("D3", Some(f64::NAN)),
        District { is_district: false, ..district("NONE", Some(0.1)) },
    ];
    tour
}

#[test]
fn what_speaks_for_each_district() {
    let tour = three();
    let worth = worth(&tour);
    let homes = Homes::from([("AL".to_owned(), vec!["food".to_owned(), "leather".to_owned()])]);
    let ranked = districts(&tour, &worth, &DistrictWeights::default(), &homes, |host| host.consent);
    let codes: Vec<&str> = ranked.iter().map(|ranked| ranked.code.as_str()).collect();
    assert_eq!(codes, ["D1", "D2", "SOMEWHERE", "D3"]);
    // Asked for: leather 2 (named by the Albanian, so not once more for home), food 3 + 3. Interests: 2 + 4 + 3 + 3 + 1 = 13.
    let expected = [
        // 100 × 2/8; 80 × 7/13; 40 × 0.9; 40 × 2/2; 20 × 2000/8000; 30 × 50/(50 + 50); 30 × 2/2.
        [Some(25), Some(43), Some(36), Some(40), Some(5), Some(15), Some(30)],
        // 100 × 6/8; 80 × 4/13; not reckoned; 40 × 1/2: cutting cannot be visited; 20; no middle; 30 × 1/2.
        [Some(75), Some(24), None, Some(20), Some(20), None, Some(15)],
        [None, Some(24), None, Some(20), None, None, Some(15)],
        [None, Some(0), None, None, None, None, Some(0)],
    ];
    assert_eq!(ranked.iter().map(points).collect::<Vec<_>>(), expected);
    assert_eq!(ranked.iter().map(|ranked| ranked.points).collect::<Vec<_>>(), [194, 154, 59, 0]);
    assert_eq!(ranked[2].is_district, None);
    let text: Vec<String> = ranked[1].lines.iter().map(|line| line.fact.to_string()).collect();
    assert_eq!(
        text,
        [
            "food has 6 of the 8 that is asked for in industries",
            "its hosts meet 4 of the 13 of all interests",
            "how certain it is, is not known",
            "its hosts show tanning: 1 of at most 2 phases in any district",
            "8000 persons employed, 8000 in the largest",
            "how far it is, is not known",
            "1 of 2 hosts can be visited, 2 at most in any district",
        ]
    );
}

#[test]
fn a_weight_of_nothing_leaves_its_line_out_and_ties_go_by_code() {
    let tour = three();
    let none = DistrictWeights {
        industry: 0,
        interests: 0,
        certainty: 1,
        phases: 0,
        size: 0,
        nearness: 0,
        hosts: 0,
    };
    let ranked = districts(&tour, &worth(&tour), &none, &Homes::new(), |_| true);
    // 1 × 900 / 1000 is rounded down: all have nothing.
    assert_eq!(
        ranked.iter().map(|ranked| ranked.code.as_str()).collect::<Vec<_>>(),
        ["D1", "D2", "D3", "SOMEWHERE"]
    );
    assert!(ranked.iter().all(|ranked| ranked.lines.len() == 1));
    assert_eq!(ranked[2].lines[0].fact, Fact::Certainty { per_mille: None });
}

#[test]
fn nothing_is_known_of_nothing() {
    let tour = tour(vec![host("A", Kind::Enterprise)], vec![]);
    assert!(districts(&tour, &worth(&tour), &DistrictWeights::default(), &Homes::new(), |_| true).is_empty());
}
