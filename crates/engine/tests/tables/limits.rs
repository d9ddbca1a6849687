//! Memory, disk, and work that is stopped.

use distretto_engine::{Kind, Order};

use super::made::Place;

fn many() -> Place {
    let rows: String = (0..500_000u64)
        .map(|row| format!("{:016x},{}\n", row.wrapping_mul(0x9E37_79B9_7F4A_7C15), row % 7))
        .collect();
    Place::new().with("t.csv", &format!("key,n\n{rows}"))
}

#[test]
fn what_does_not_fit_into_memory_spills_to_disk() {
    let mut place = many();
    place.options.threads = Some(2);
    let sql = "SELECT key, count(*) AS n FROM t GROUP BY key";
    let whole = place.query(sql);
    place.options.memory = 30_000_000;
    place.options.spill = Some(place.folder.path().to_path_buf());
    assert_eq!(place.query(sql), whole);
    assert_eq!(whole.len(), 500_000);
}

#[test]
fn a_limit_that_is_too_small_is_said() {
    let mut place = many();
    place.options.memory = 20_000;
    let fault = place.fault(&Order::Query("SELECT key, count(*) AS n FROM t GROUP BY key".into()));
    assert_eq!((fault.kind, fault.what.as_str()), (Kind::Memory, "the memory limit is too small"));
    assert!(fault.help.unwrap().contains("`memory`"));
}

#[test]
fn work_can_be_stopped() {
    let place = many();
    let order = Order::Query("SELECT a.key FROM t a, t b, t c WHERE a.n = b.n AND b.n = c.n".into());
    let folder = place.folder.path().join("made");
    let fault = place.engine().make(&order, &folder, &mut |_| false).unwrap_err();
    assert_eq!(fault.kind, Kind::Stopped);
}
