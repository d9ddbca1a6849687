//! A rerun that is stopped says so, and soon.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use distretto_study::fault::Code;

use crate::made::{Made, request};

#[test]
fn a_rerun_told_to_stop_gives_no_answer() {
    let live = Made::country(|text| text).live();
    let stop = AtomicBool::new(true);
    assert_eq!(live.rerun(&request(&[]), &stop).unwrap_err().code, Code::AtlasBusy);
    assert_eq!(live.grid(&stop, &|_, _| ()).unwrap_err().code, Code::AtlasBusy);
    stop.store(false, Ordering::Relaxed);
    assert!(live.rerun(&request(&[]), &stop).is_ok());
}

#[test]
fn it_stops_while_it_runs() {
    let live = Made::country(|text| text).live();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let busy = scope.spawn(|| {
            loop {
                if let Err(fault) = live.rerun(&request(&[]), &stop) {
                    return fault.code;
                }
            }
        });
        std::thread::sleep(Duration::from_millis(50));
        let told = Instant::now();
        stop.store(true, Ordering::Relaxed);
        assert_eq!(busy.join().unwrap(), Code::AtlasBusy);
        assert!(told.elapsed() < Duration::from_secs(2), "{:?}", told.elapsed());
    });
}
