//! Points put into zones.

use distretto_engine::plans::Place as At;
use distretto_engine::plans::register::Register;
use distretto_engine::{Order, write_zones};
use geo_types::{MultiPolygon, polygon};

use super::made::{Place, left_out};

fn square(x: f64) -> MultiPolygon<f64> {
    polygon![(x: x, y: 0.0), (x: x + 1.0, y: 0.0), (x: x + 1.0, y: 1.0), (x: x, y: 1.0)].into()
}

#[test]
fn points_are_in_the_zone_that_holds_them_and_on_a_border_in_the_first() {
    let text =
        "lon,lat,activity,employees\n0.5,0.5,1,1\n1,0.5,1,2\n1.5,0.5,1,4\n2,1,1,8\n5,5,1,16\n,0.5,1,32\n";
    let place = Place::new().with("units.csv", text);
    let zones = place.folder.path().join("zones-1.parquet");
    write_zones(&zones, &[("001".into(), square(0.0)), ("002".into(), square(1.0))]).unwrap();
    let register = Register {
        source: "units".into(),
        place: At::Point { lon: "lon".into(), lat: "lat".into(), zones },
        activity: "activity".into(),
        employees: Some("employees".into()),
        size_class: None,
        from: None,
        to: None,
        on: None,
        largest: false,
    };
    let (made, rows) = place.make(&Order::Register(register.clone()));
    assert_eq!(rows, ["001 1 0-9 3.0 2 2", "002 1 0-9 12.0 2 2"]);
    assert_eq!(left_out(&made), ["1 units outside every zone", "1 units without coordinates"]);
    std::fs::write(place.folder.path().join("units.csv"), "lon,lat,activity,employees\n\"10,5\",0.5,1,64\n")
        .unwrap();
    let fault = place.fault(&Order::Register(register));
    assert_eq!(fault.what, "1 rows have coordinates that are no numbers");
}

#[test]
fn zones_that_cannot_be_read_are_named() {
    let place = Place::new().with("t.csv", "x,y\n1,1\n");
    let sql = "SELECT zone_of('/nowhere/zones.parquet', CAST(x AS DOUBLE), CAST(y AS DOUBLE)) AS zone FROM t";
    let fault = place.fault(&Order::Query(sql.into()));
    assert!(fault.why.unwrap().contains("/nowhere/zones.parquet"));
}
