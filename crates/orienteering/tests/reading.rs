//! What the reader of instances makes of texts.

use distretto_orienteering::toptw::{self, Decimals, ReadError};

const SOUND: &str = "4 1 2 1\n0 200\n 0 0.00 0.00 0.00 0.00 0 0 0 100\n 1 3.00 4.00 10.00 7.00 1 1 1 2 90\n \
                     2 1.00 1.00 5.50 3.00 1 2 1 2 0 80\n\n";

#[test]
fn the_last_two_fields_are_the_window_whatever_the_list_before() {
    let instance = toptw::read(SOUND, None).expect("it is sound");
    assert_eq!(instance.decimals, Decimals::One);
    assert_eq!((instance.nodes[1].window.open, instance.nodes[1].window.last), (20, 900));
    assert_eq!((instance.nodes[2].window.open, instance.nodes[2].window.last), (0, 800));
    assert_eq!((instance.nodes[2].duration, instance.nodes[2].value), (55, 3));
}

#[test]
fn distances_are_rounded_down_exactly() {
    let one = toptw::read(SOUND, Some(Decimals::One)).expect("it is sound");
    assert_eq!((one.distance(0, 1), one.distance(0, 2), one.distance(1, 2)), (50, 14, 36));
    let two = toptw::read(SOUND, Some(Decimals::Two)).expect("it is sound");
    assert_eq!((two.distance(0, 1), two.distance(0, 2), two.distance(2, 1)), (500, 141, 360));
    let precise = SOUND.replace("3.00 4.00", "0.300 0.400");
    let instance = toptw::read(&precise, None).expect("it is sound");
    assert_eq!((instance.decimals, instance.distance(0, 1)), (Decimals::Two, 50));
}

#[test]
fn routes_end_when_the_depot_closes() {
    let problem = toptw::read(SOUND, None).expect("it is sound").problem(3).expect("it is sound");
    assert_eq!(problem.routes().len(), 3);
    assert_eq!((problem.routes()[0].opens, problem.routes()[0].closes), (0, 1000));
    assert_eq!(problem.sites().len(), 2);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let with = |from: &str, to: &str| toptw::read(&SOUND.replace(from, to), None);
    let told = |from: &str, to: &str| with(from, to).expect_err("it is wrong").to_string();
    assert_eq!(toptw::read("", None), Err(ReadError::Ended { line: 1, what: "the header k v N t" }));
    assert_eq!(told("4 1 2 1\n", "4 1\n"), "line 1: 2 fields, the header k v N t takes at least 4");
    assert_eq!(
        told("4 1 2 1", "4 1 many 1"),
        "line 1: the number of sites N is 'many', which is not a whole number from 0 to 65535"
    );
    assert_eq!(told("4 1 2 1", "4 1 3 1"), "line 6: 0 fields, a node i x y d S f a O C takes at least 8");
    assert_eq!(told("4 1 2 1", "4 1 9 1"), "line 6: 0 fields, a node i x y d S f a O C takes at least 8");
    assert_eq!(told("4 1 2 1", "4 1 1 1"), "line 5: there is text after the last node");
    assert_eq!(told(" 2 1.00", " 5 1.00"), "line 5: node 2 is expected, this is '5'");
    assert_eq!(
        told("3.00 4.00", "3.00 x"),
        "line 4: the coordinate y is 'x', which is not a number of at most three decimals between -1000000 and 1000000"
    );
    assert_eq!(
        told("10.00 7.00", "-10.00 7.00"),
        "line 4: the visit d is '-10.00', which is not a number of 0 to 1000000 that is whole in ticks"
    );
    assert_eq!(
        told("10.00 7.00", "10.00 7.50"),
        "line 4: the value S is '7.50', which is not a whole number of 0 to 1000000"
    );
    assert_eq!(told("1 2 90", "1 90 2"), "line 4: node 1 opens after it closes");
    assert_eq!(told("1 2 90", "1 2 NaN").split(", ").next(), Some("line 4: the closing C is 'NaN'"));
}
