//! Invoices.

use distretto_engine::plans::Place as At;
use distretto_engine::plans::trade::{Firms, Trade};
use distretto_engine::plans::transactions::Transactions;
use distretto_engine::{Kind, Order};

use super::made::{Place, left_out};

fn invoices() -> Transactions {
    Transactions {
        source: "invoices".into(),
        seller: "seller".into(),
        buyer: "buyer".into(),
        amount: Some("amount".into()),
        date: Some("day".into()),
        product: None,
        between: None,
    }
}

fn firms() -> Firms {
    Firms {
        source: "units".into(),
        firm: "firm".into(),
        unit: Some("unit".into()),
        place: At::Zone("zone".into()),
        activity: "activity".into(),
        employees: Some("employees".into()),
        on: None,
        from: None,
        to: None,
    }
}

const INVOICES: &str = "seller,buyer,amount,day,product\n\
    f1,f2,10.10,2011-03-01,yarn\nf1,f2,0.20,2011-01-01,cloth\nf2,f1,5,2011-02-01,yarn\nf3,f3,7,2011-02-02,yarn\nf1,,1,2011-02-02,yarn\nf1,f9,3,2011-12-31,yarn\n";
// The main unit of f1 is u2, with most employees; those of f2 tie, and u3 comes first.
const UNITS: &str = "unit,firm,zone,activity,employees\nu1,f1,A,13.1,3\nu2,f1,B,13.2,30\nu4,f2,C,14.1,5\nu3,f2,D,14.2,5\nu5,f3,B,13.2,1\n";

#[test]
fn invoices_become_a_network_of_firms() {
    let place = Place::new().with("invoices.csv", INVOICES);
    let (made, rows) = place.make(&Order::Network(invoices()));
    assert_eq!(
        rows,
        [
            "f1 f2 10.3 2 2011-01-01 2011-03-01 2",
            "f1 f9 3.0 1 2011-12-31 2011-12-31 1",
            "f2 f1 5.0 1 2011-02-01 2011-02-01 1",
            "f3 f3 7.0 1 2011-02-02 2011-02-02 1",
        ]
    );
    assert_eq!(left_out(&made), ["1 transactions without a buyer"]);
    let within = Transactions { between: Some(("2011-02-01".into(), "2011-03-01".into())), ..invoices() };
    assert_eq!(
        place.make(&Order::Network(within)).1,
        [
            "f1 f2 10.1 1 2011-03-01 2011-03-01 1",
            "f2 f1 5.0 1 2011-02-01 2011-02-01 1",
            "f3 f3 7.0 1 2011-02-02 2011-02-02 1",
        ]
    );
    let by_product = Transactions { product: Some("product".into()), date: None, ..invoices() };
    let rows = place.make(&Order::Network(by_product)).1;
    assert_eq!(rows[..2], ["f1 f2 cloth 0.2 1 1", "f1 f2 yarn 10.1 1 1"]);
}

#[test]
fn ties_without_amounts_count_one_each() {
    let place = Place::new().with("invoices.csv", "seller,buyer\na,b\na,b\nb,a\n");
    let ties = Transactions { amount: None, date: None, ..invoices() };
    assert_eq!(place.make(&Order::Network(ties)).1, ["a b 2.0 2 2", "b a 1.0 1 1"]);
    let fault = Place::new()
        .with("invoices.csv", INVOICES)
        .fault(&Order::Network(Transactions { amount: Some("product".into()), ..invoices() }));
    assert_eq!(
        (fault.kind, fault.what.as_str()),
        (Kind::Value, "6 rows have amounts that are no number (or beyond a million billions)")
    );
}

#[test]
fn firms_are_where_their_main_unit_is() {
    let place = Place::new().with("invoices.csv", INVOICES).with("units.csv", UNITS);
    let network = place.folder.path().join("network");
    place.engine().make(&Order::Network(invoices()), &network, &mut |_| true).unwrap();
    let trade = |by: Trade| {
        place.make(&Order::Trade { by, network: network.clone(), firms: firms(), contributors: true })
    };
    let (made, rows) = trade(Trade::Zones);
    assert_eq!(
        rows,
        [
            "B B 7.0 1 1 1 1 7.0 7.0 7.0 - - 7.0 - - 1",
            "B D 10.3 2 1 1 1 10.3 10.3 10.3 - - 10.3 - - 2",
            "D B 5.0 1 1 1 1 5.0 5.0 5.0 - - 5.0 - - 1"
        ]
    );
    assert_eq!(left_out(&made), ["1 transactions whose buyer is not in the register"]);
    let rows = trade(Trade::Activities).1;
    assert_eq!(
        rows,
        [
            "13.2 13.2 7.0 1 1 1 1 7.0 7.0 7.0 - - 7.0 - - 1",
            "13.2 14.2 10.3 2 1 1 1 10.3 10.3 10.3 - - 10.3 - - 2",
            "14.2 13.2 5.0 1 1 1 1 5.0 5.0 5.0 - - 5.0 - - 1"
        ]
    );
}

/// Trade of these invoices between these units.
fn trade(
    invoices_text: &str,
    units: &str,
    order: Transactions,
    firms: Firms,
    by: Trade,
) -> Result<(Vec<String>, Vec<String>), distretto_engine::EngineError> {
    let place = Place::new().with("invoices.csv", invoices_text).with("units.csv", units);
    let network = place.folder.path().join("network");
    place.engine().make(&Order::Network(order), &network, &mut |_| true).unwrap();
    let (made, rows) = place.try_make(&Order::Trade { by, network, firms, contributors: false })?;
    Ok((rows, left_out(&made)))
}

#[test]
fn zone_and_activity_are_of_one_unit_and_of_the_day() {
    let ties = Transactions { amount: None, date: None, ..invoices() };
    let tie = "seller,buyer\nx,y\n";
    // The main unit of x is in no zone, y's main unit was closed in 2000.
    let units = "unit,firm,zone,activity,employees,opened,closed\nu1,x,,13,100,,\nu2,x,B,14,1,,\n\
        u3,y,A,15,100,1990-01-01,2000-12-31\nu4,y,C,16,5,1995-01-01,\n";
    let on_day = Firms {
        on: Some("2011-10-09".into()),
        from: Some("opened".into()),
        to: Some("closed".into()),
        ..firms()
    };
    let of = |firms: Firms, by| trade(tie, units, ties.clone(), firms, by).unwrap();
    let (rows, told) = of(on_day.clone(), Trade::Zones);
    assert!(rows.is_empty(), "{rows:?}");
    assert_eq!(told, ["1 transactions of a seller whose main unit is in no zone"]);
    assert!(of(on_day, Trade::Activities).0[0].starts_with("13 16 1.0"));
    assert!(of(firms(), Trade::Activities).0[0].starts_with("13 15 1.0"));
}

#[test]
fn employees_that_mean_nothing_stop_trade() {
    let ties = Transactions { amount: None, date: None, ..invoices() };
    let units = "unit,firm,zone,activity,employees\nu1,x,A,13,-9\nu2,y,A,13,1\n";
    let fault = trade("seller,buyer\nx,y\n", units, ties, firms(), Trade::Zones).unwrap_err();
    assert_eq!(fault.what, "1 rows have employees that are no number of persons (0 to a billion)");
}

#[test]
fn a_pair_of_firms_is_one_whatever_the_products() {
    let by_product = Transactions { product: Some("product".into()), date: None, ..invoices() };
    let (rows, _) = trade(INVOICES, UNITS, by_product, firms(), Trade::Zones).unwrap();
    assert_eq!(rows[1], "B D 10.3 2 1 2");
}

#[test]
fn transactions_without_a_day_are_told_where_days_count() {
    let text = "seller,buyer,amount,day\na,b,1,2011-01-05\na,b,2,\n";
    let within = Transactions { between: Some(("2011-01-01".into(), "2011-12-31".into())), ..invoices() };
    let (made, rows) = Place::new().with("invoices.csv", text).make(&Order::Network(within));
    assert_eq!(rows, ["a b 1.0 1 2011-01-05 2011-01-05 1"]);
    assert_eq!(left_out(&made), ["1 transactions without a day"]);
}

#[test]
fn sums_do_not_wrap() {
    let text =
        "seller,buyer,amount\na,b,900000000000000\n".to_owned() + &"a,b,900000000000000\n".repeat(10_999);
    let mut place = Place::new().with("raw.csv", &text);
    place.sources.push(distretto_engine::source::Source {
        name: "invoices".into(),
        query: Some("SELECT seller, buyer, CAST(amount AS BIGINT) AS amount FROM raw".into()),
        ..Default::default()
    });
    let rows = place.make(&Order::Network(Transactions { date: None, ..invoices() })).1;
    assert_eq!(rows, ["a b 9.9e18 11000 11000"]);
}

/// Two firms sell to one, one of them gives back; sizes are without signs, and what cannot be counted is never little.
#[test]
fn both_sides_of_trade_are_counted_with_the_largest_of_each() {
    let invoices_of = "seller,buyer,amount,day\nf1,f3,7,2011-01-01\nf1,f3,1,2011-01-01\nf2,f3,-5,2011-01-01\nf3,f1,10000000000000,2011-01-01\n";
    let units = "unit,firm,zone,activity,employees\nu1,f1,A,13.1,3\nu2,f2,A,13.1,3\nu3,f3,B,13.2,30\n";
    let place = Place::new().with("invoices.csv", invoices_of).with("units.csv", units);
    let network = place.folder.path().join("network");
    place.engine().make(&Order::Network(invoices()), &network, &mut |_| true).unwrap();
    let rows = place.make(&Order::Trade { by: Trade::Zones, network, firms: firms(), contributors: true }).1;
    assert_eq!(rows[0], "A B 3.0 3 2 2 1 13.0 3.0 8.0 5.0 - 3.0 - - 3");
    let fields: Vec<f64> = rows[1].split(' ').filter_map(|field| field.parse().ok()).collect();
    assert!(fields[7] > 9.1e12 && fields[8] > 9.1e12, "{rows:?}");
}
