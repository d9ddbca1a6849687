//! Changes counted by hand.

use crate::made::{Made, rerun};

/// Two towns: four zones with 700 residents in work, and three with 250, of whom 40 work in the first.
const FLOWS: &str = "origin,destination,flow\n\
    a1,a1,400\na2,a1,60\na2,a2,40\na3,a1,60\na3,a3,40\na4,a1,60\na4,a4,40\n\
    b1,b1,150\nb2,b1,20\nb2,b2,10\nb3,b1,20\nb3,b3,10\nb1,a1,40\n";

const STUDY: &str = "[flows]\npath = 'flows.csv'\n[areas]\nmin_size = 100\ntarget_size = 1000\n";

#[test]
fn a_town_that_becomes_too_small_joins_the_other() {
    let made = Made::of(&[("study.toml", STUDY), ("flows.csv", FLOWS)]);
    let live = made.live();
    let own = rerun(&live, &[]).unwrap();
    assert_eq!(own.areas, 2);
    assert_eq!(own.zone_area, [0, 0, 0, 0, 1, 1, 1].map(Some));
    assert_eq!((own.districts, own.changed_residents_share, own.agreement), (None, Some(0.0), Some(1.0)));
    assert!(own.changed_residents_share.is_some_and(f64::is_sign_positive));

    let one = rerun(&live, &[("min_size", 300.0)]).unwrap();
    assert_eq!(one.areas, 1);
    assert_eq!(one.zone_area, [Some(0); 7]);
    assert_eq!(one.changed_zones, [4, 5, 6], "the larger town inherits");
    assert_eq!(one.changed_residents_share, Some(250.0 / 950.0));
    assert_eq!(one.agreement, Some(0.0), "one area says nothing of two");
    let area = &one.new_areas[0];
    assert_eq!((area.name.as_str(), area.zones, area.residents), ("a1", 7, Some(950.0)));
}
