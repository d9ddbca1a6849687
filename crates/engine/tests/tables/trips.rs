//! Trips.

use distretto_engine::plans::Place as At;
use distretto_engine::plans::trips::{Places, Rule, Trips};
use distretto_engine::{Kind, Order};

use super::made::{Place, left_out};

fn trips() -> Trips {
    Trips {
        source: "trips".into(),
        person: Some("person".into()),
        from: At::Zone("from".into()),
        to: At::Zone("to".into()),
        time: Some("time".into()),
        purpose: Some("purpose".into()),
        weight: None,
        purposes: vec![],
        weekdays: vec![],
        hours: None,
        rule: Rule::Trips,
        per: 1,
        persons: false,
    }
}

// 2011-10-10 is a Monday, 2011-10-15 a Saturday.
const WEEK: &str = "person,from,to,time,purpose,w\n\
    1,A,B,2011-10-10T08:00:00,work,2\n1,B,A,2011-10-10T17:30:00,home,2\n1,A,B,2011-10-11T08:10:00,work,2\n1,B,A,2011-10-11T18:00:00,home,2\n\
    1,A,C,2011-10-15T10:00:00,shop,2\n1,C,A,2011-10-15T12:00:00,home,2\n\
    2,B,B,2011-10-10T09:00:00,work,1.5\n2,B,B,2011-10-10T19:00:00,home,1.5\n\
    3,A,,2011-10-10T09:00:00,work,1\n";

#[test]
fn every_trip_counts_with_its_weight() {
    let place = Place::new().with("trips.csv", WEEK);
    let (made, rows) = place.make(&Order::Trips(trips()));
    assert_eq!(rows, ["A B 2.0 2", "A C 1.0 1", "B A 2.0 2", "B B 2.0 2", "C A 1.0 1"]);
    assert_eq!(left_out(&made), ["1 trips that end without the code of a zone"]);
    let weighted = Trips { weight: Some("w".into()), per: 2, persons: true, ..trips() };
    let rows = place.make(&Order::Trips(weighted)).1;
    assert_eq!(rows, ["A B 2.0 2 1", "A C 1.0 1 0", "B A 2.0 2 0", "B B 1.5 2 1", "C A 1.0 1 0"]);
}

#[test]
fn purposes_weekdays_and_hours_keep_trips() {
    let place = Place::new().with("trips.csv", WEEK);
    let kept = |trips: Trips| place.make(&Order::Trips(trips)).1;
    assert_eq!(kept(Trips { purposes: vec!["work".into()], ..trips() }), ["A B 2.0 2", "B B 1.0 1"]);
    assert_eq!(kept(Trips { weekdays: vec![6], ..trips() }), ["A C 1.0 1", "C A 1.0 1"]);
    assert_eq!(kept(Trips { hours: Some((8, 9)), ..trips() }), ["A B 2.0 2"]);
    // Over midnight: from 18 to before 9.
    assert_eq!(kept(Trips { hours: Some((18, 9)), ..trips() }), ["A B 2.0 2", "B A 1.0 1", "B B 1.0 1"]);
}

#[test]
fn home_and_work_are_where_most_trips_end() {
    let places = Places {
        home_hours: (16, 5),
        home_purposes: vec![],
        work_hours: (5, 15),
        work_purposes: vec![],
        at_least: 1,
    };
    let order = |places: Places, weekdays: Vec<u8>| {
        Order::Trips(Trips { rule: Rule::Places(places), weekdays, weight: Some("w".into()), ..trips() })
    };
    let place = Place::new().with("trips.csv", WEEK);
    let (made, rows) = place.make(&order(places.clone(), vec![1, 2, 3, 4, 5]));
    assert_eq!(rows, ["A B 2.0 6 1", "B B 1.5 2 1"]);
    assert_eq!(left_out(&made), ["1 trips that end without the code of a zone"]);
    // With two trips at least, the second person has neither a home nor a place of work: one person, whatever the trips.
    let (made, rows) = place.make(&order(Places { at_least: 2, ..places.clone() }, vec![]));
    assert_eq!(rows, ["A B 2.0 6 1"]);
    assert_eq!(left_out(&made), ["1 persons without a home", "1 trips that end without the code of a zone"]);
    // Only trips for work count for work.
    let strict = Places { work_purposes: vec!["shop".into()], ..places };
    assert_eq!(place.make(&order(strict, vec![])).1, ["A C 2.0 6 1"]);
}

#[test]
fn a_tie_goes_to_the_lower_code() {
    let text = "person,from,to,time,purpose\n\
        1,A,Z,2011-10-10T08:00:00,work\n1,A,B,2011-10-11T08:00:00,work\n1,B,A,2011-10-10T18:00:00,home\n";
    let places = Places {
        home_hours: (16, 5),
        home_purposes: vec![],
        work_hours: (5, 15),
        work_purposes: vec![],
        at_least: 1,
    };
    let order = Order::Trips(Trips { rule: Rule::Places(places), ..trips() });
    assert_eq!(Place::new().with("trips.csv", text).make(&order).1, ["A B 1.0 3 1"]);
}

#[test]
fn times_and_weights_that_mean_nothing_stop_the_work() {
    let text = "person,from,to,time,purpose,w\n1,A,B,yesterday,work,1\n1,A,B,2011-10-10T08:00:00,work,\n";
    let place = Place::new().with("trips.csv", text);
    let timed = place.fault(&Order::Trips(Trips { hours: Some((0, 24)), ..trips() }));
    assert_eq!(
        (timed.kind, timed.what.as_str()),
        (
            Kind::Value,
            "1 rows have times that are none of a clock (such as `2011-10-09 07:30:00`, with the offset of the place or without)"
        )
    );
    let weighted = place.fault(&Order::Trips(Trips { weight: Some("w".into()), ..trips() }));
    assert_eq!(
        (weighted.kind, weighted.what.as_str()),
        (Kind::Value, "1 rows have weights that are no number of persons (0 to a billion)")
    );
    let nobody = place.fault(&Order::Trips(Trips { person: None, persons: true, ..trips() }));
    assert_eq!(nobody.kind, Kind::Query);
}

fn at_home_and_work() -> Places {
    Places {
        home_hours: (16, 5),
        home_purposes: vec![],
        work_hours: (5, 15),
        work_purposes: vec![],
        at_least: 1,
    }
}

#[test]
fn trips_without_a_time_or_a_person_are_told() {
    let text = "person,from,to,time\n1,A,B,2011-10-10 08:00\n1,A,B,\n,A,B,2011-10-10 08:00\n1,B,A,2011-10-10 18:00\n";
    let place = Place::new().with("trips.csv", text);
    let (made, rows) = place.make(&Order::Trips(Trips { hours: Some((7, 9)), ..trips() }));
    assert_eq!(rows, ["A B 2.0 2"]);
    assert_eq!(left_out(&made), ["1 trips without a time"]);
    let persons = Trips { rule: Rule::Places(at_home_and_work()), ..trips() };
    let (made, rows) = place.make(&Order::Trips(persons));
    assert_eq!(rows, ["A B 1.0 2 1"]);
    assert_eq!(left_out(&made), ["1 trips of nobody", "1 trips without a time"]);
}

#[test]
fn hours_are_those_of_the_clock_of_the_place() {
    // Written with the offset of the place, or with a time zone: the morning is the morning.
    let text = "person,to,time\n1,B,2011-10-10T06:30:00+02:00\n1,A,2011-10-10T23:00:00+0200\n";
    let order = Order::Trips(Trips { rule: Rule::Places(at_home_and_work()), ..trips() });
    assert_eq!(Place::new().with("trips.csv", text).make(&order).1, ["A B 1.0 2 1"]);
    let zoned = |zone: &str| {
        let mut place = Place::new().with("raw.csv", "person,to,time\n1,B,1318221000\n1,A,1318280400\n");
        let query = format!(
            "SELECT person, \"to\", arrow_cast(CAST(time AS BIGINT), 'Timestamp(Second, Some(\"{zone}\"))') AS time FROM raw"
        );
        place.sources.push(distretto_engine::source::Source {
            name: "trips".into(),
            query: Some(query),
            ..Default::default()
        });
        place
    };
    assert_eq!(zoned("Europe/Rome").make(&order).1, ["A B 1.0 2 1"]);
    let utc = zoned("UTC").fault(&order);
    assert_eq!((utc.kind, utc.what.as_str()), (Kind::Query, "`time` of source `trips` is in UTC"));
    // And what it advises works.
    let mut place = zoned("UTC");
    place.sources[1].name = "utc".into();
    place.sources.push(distretto_engine::source::Source {
        name: "trips".into(),
        query: Some(
            "SELECT person, \"to\", to_local_time(time AT TIME ZONE 'Europe/Rome') AS time FROM utc".into(),
        ),
        ..Default::default()
    });
    assert_eq!(place.make(&order).1, ["A B 1.0 2 1"]);
    let z = Place::new().with("trips.csv", "person,to,time\n1,B,2011-10-10T06:30:00Z\n").fault(&order);
    assert_eq!(z.kind, Kind::Value);
}

#[test]
fn numbers_are_no_times_and_days_have_no_hours() {
    let of = |select: &str| {
        let mut place = Place::new().with("raw.csv", "person,to,time\n1,B,2011-10-10\n1,A,2011-10-15\n");
        place.sources.push(distretto_engine::source::Source {
            name: "trips".into(),
            query: Some(format!("SELECT 'A' AS \"from\", \"to\", {select} AS time FROM raw")),
            ..Default::default()
        });
        place
    };
    let timed = |hours| Order::Trips(Trips { weekdays: vec![1], hours, ..trips() });
    let number = of("20111010").fault(&timed(None));
    assert_eq!(
        (number.kind, number.what.as_str()),
        (Kind::Query, "`time` of source `trips` does not hold points in time")
    );
    for day in ["CAST(time AS DATE)", "time"] {
        assert_eq!(of(day).make(&timed(None)).1, ["A B 1.0 1"], "{day}: a weekday needs no hour");
        assert!(matches!(of(day).fault(&timed(Some((5, 9)))).kind, Kind::Query | Kind::Value), "{day}");
    }
}

#[test]
fn purposes_need_a_column() {
    let place = Place::new().with("trips.csv", WEEK);
    let places = Places { work_purposes: vec!["work".into()], ..at_home_and_work() };
    let fault = place.fault(&Order::Trips(Trips { rule: Rule::Places(places), purpose: None, ..trips() }));
    assert_eq!(fault.what, "`work_purposes` needs a column `purpose`");
}
