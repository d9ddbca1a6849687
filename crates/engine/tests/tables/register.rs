//! Registers of establishments.

use distretto_engine::plans::Place as At;
use distretto_engine::plans::register::Register;
use distretto_engine::{Kind, Order};

use super::made::{Place, left_out};

fn units() -> Register {
    Register {
        source: "units".into(),
        place: At::Zone("zone".into()),
        activity: "activity".into(),
        employees: Some("employees".into()),
        size_class: None,
        from: None,
        to: None,
        on: None,
        largest: false,
    }
}

#[test]
fn units_add_up_by_zone_activity_and_size_class() {
    let text = "unit,zone,activity,employees\n\
                1,001,14.1,9.5\n2,001,14.1,3\n3,001,14.1,49.5\n4,001,14.1,249.9\n5,001,14.1,250\n6,002,14.1,0\n7,002,14.1,\n8,002,14.1,7\n";
    let (made, rows) = Place::new().with("units.csv", text).make(&Order::Register(units()));
    assert_eq!(
        rows,
        [
            "001 14.1 0-9 12.5 2 2",
            "001 14.1 10-49 49.5 1 1",
            "001 14.1 250+ 250.0 1 1",
            "001 14.1 50-249 249.9 1 1",
            "002 14.1 0-9 7.0 2 2",
            "002 14.1 unknown - 1 1",
        ]
    );
    assert_eq!((made.read, left_out(&made)), (8, vec![]));
}

#[test]
fn only_units_that_were_open_on_the_day_count() {
    let text = "zone,activity,employees,opened,closed\n\
                a,1,1,2000-01-01,2011-10-09\na,1,2,2000-01-01,2011-10-08\na,1,4,2011-10-09,\na,1,8,2011-10-10,\na,1,16,,\n";
    let register = Register {
        from: Some("opened".into()),
        to: Some("closed".into()),
        on: Some("2011-10-09".into()),
        ..units()
    };
    let place = Place::new().with("units.csv", text);
    assert_eq!(place.make(&Order::Register(register.clone())).1, ["a 1 0-9 5.0 2 2", "a 1 10-49 16.0 1 1"]);
    let wrong = Place::new().with("units.csv", "zone,activity,employees,opened,closed\na,1,1,soon,\n");
    let fault = wrong.fault(&Order::Register(register));
    assert_eq!(
        (fault.kind, fault.what.as_str()),
        (Kind::Value, "1 rows have `opened` that is no day (such as `2011-10-09`)")
    );
}

#[test]
fn bands_are_kept_and_their_units_counted() {
    let text = "commune;naf;band\n67001;6420Z;00\n67001;6420Z;00\n67001;6420Z;11\n";
    let register = Register {
        place: At::Zone("commune".into()),
        activity: "naf".into(),
        employees: None,
        size_class: Some("band".into()),
        ..units()
    };
    let rows = Place::new().with("units.csv", text).make(&Order::Register(register)).1;
    assert_eq!(rows, ["67001 6420Z 00 - 2 2", "67001 6420Z 11 - 1 1"]);
}

#[test]
fn units_without_a_place_or_activity_are_told_and_nonsense_stops_the_work() {
    let text = "zone,activity,employees\na,1,1\n,1,1\n  ,1,1\na,,1\n";
    let (made, rows) = Place::new().with("units.csv", text).make(&Order::Register(units()));
    assert_eq!(rows, ["a 1 0-9 1.0 1 1"]);
    assert_eq!(left_out(&made), ["1 units without an activity", "2 units without the code of a zone"]);
    for nonsense in ["-1", "many", "NaN", "inf", "1e300"] {
        let place =
            Place::new().with("units.csv", &format!("zone,activity,employees\na,1,1\na,1,{nonsense}\n"));
        let fault = place.fault(&Order::Register(units()));
        assert_eq!(
            (fault.kind, fault.what.as_str()),
            (Kind::Value, "1 rows have employees that are no number of persons (0 to a billion)")
        );
    }
}

#[test]
fn the_largest_units_of_a_cell_are_told_where_they_are_wanted() {
    let text = "zone,activity,employees\na,1,5\na,1,9\na,1,9\na,1,1.25\nb,1,3\n";
    let register = Register { largest: true, ..units() };
    let rows = Place::new().with("units.csv", text).make(&Order::Register(register)).1;
    assert_eq!(rows, ["a 1 0-9 24.25 4 4 9.0 9.0 5.0", "b 1 0-9 3.0 1 1 3.0 - -"]);
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() {
    let fault = Place::new().with("units.csv", "zone,nace\na,1\n").fault(&Order::Register(units()));
    assert_eq!((fault.kind, fault.what.as_str()), (Kind::Query, "source `units` has no column `employees`"));
    assert_eq!(fault.why.as_deref(), Some("its columns are `zone`, `nace`"));
}
