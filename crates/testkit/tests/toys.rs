//! The search finds in each toy world what follows on paper, in both readings of the method.

use distretto_flows::FlowTable;
use distretto_regions::compare::compare;
use distretto_regions::eu_ttwa::{Mode, Options, eu_ttwa};
use distretto_territory::Partition;
use distretto_testkit::world::toy;

#[test]
fn toys_come_out_as_on_paper() {
    for toy in toy::all() {
        let flows = FlowTable::from_rows(toy.zones.len(), &toy.rows).unwrap();
        let expected = Partition::from_codes(&toy.expected);
        for mode in [Mode::Clean, Mode::Reference] {
            let found = eu_ttwa(&flows, Options { mode, ..Options::default() }).unwrap().partition();
            let same = compare(&found, &expected, None);
            assert_eq!(same.zones_only, [0, 0], "{} ({mode:?}): zones with an area", toy.name);
            assert_eq!([found.areas(), same.identical], [expected.areas(); 2], "{} ({mode:?})", toy.name);
        }
    }
}
