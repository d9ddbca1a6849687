//! Reruns made beforehand.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use distretto_atlas::rerun::{Grid, Live, Rerun};

use crate::made::{Made, rerun};

fn grid(live: &Live) -> (Grid, Vec<Rerun>) {
    live.grid(&AtomicBool::new(false), &|_, _| ()).unwrap()
}

#[test]
fn every_point_is_a_rerun_of_its_own() {
    let made = Made::country(|text| text);
    let live = made.live();
    let (grid, reruns) = grid(&live);
    let axes: Vec<(&str, &[f64])> =
        grid.axes.iter().map(|axis| (axis.name.as_str(), axis.values.as_slice())).collect();
    assert_eq!(
        axes,
        [
            ("min_size", [150.0, 300.0, 600.0].as_slice()),
            ("target_size", &[1500.0, 3000.0, 6000.0]),
            ("min_sc", &[0.55, 0.6, 0.65]),
            ("target_sc", &[0.7, 0.75, 0.8]),
        ]
    );
    assert_eq!((grid.points.len(), reruns.len()), (81, 81));
    assert!(grid.points.windows(2).all(|pair| pair[0].at < pair[1].at), "the last axis fastest");
    let middle = grid.points.iter().find(|point| point.at == [1, 1, 1, 1]).unwrap();
    assert_eq!((middle.n, middle.changed_zones), (40, 0));
    for (n, (point, found)) in grid.points.iter().zip(&reruns).enumerate() {
        assert_eq!(point.n as usize, n);
        assert_eq!((point.areas, point.districts), (found.areas, found.districts));
        assert_eq!(point.changed_zones as usize, found.changed_zones.len());
        if n % 20 == 0 {
            let values: Vec<(&str, f64)> = axes
                .iter()
                .zip(&point.at)
                .map(|((name, values), &at)| (*name, values[at as usize]))
                .collect();
            assert_eq!(*found, rerun(&live, &values).unwrap());
        }
    }
}

#[test]
fn combinations_that_are_no_rule_are_left_out() {
    let made = Made::country(|text| {
        text.replace("target_size = 3000", "target_size = 700")
            .replace("min_sc = 0.60", "min_sc = 0.7")
            .replace("target_sc = 0.75", "target_sc = 0.97")
    });
    let (grid, reruns) = grid(&made.live());
    // 150, 300, 600 against 350, 700, 1400: 600 is above 350. 0.97 + 0.05 is no share.
    assert_eq!(grid.axes[3].values, [0.92, 0.97]);
    assert_eq!(grid.points.len(), 8 * 3 * 2);
    assert_eq!(reruns.len(), grid.points.len());
    assert!(grid.points.iter().all(|point| point.at[..2] != [2, 0]));
    assert!(grid.points.iter().enumerate().all(|(n, point)| point.n as usize == n));
}

#[test]
fn it_does_not_depend_on_threads_and_tells_how_far_it_is() {
    let live = Made::country(|text| text).live();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let together = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
    let heard = Mutex::new(Vec::new());
    let first = alone.install(|| grid(&live));
    let second = together.install(|| {
        live.grid(&AtomicBool::new(false), &|done, of| heard.lock().unwrap().push((done, of))).unwrap()
    });
    assert_eq!(first, second);
    let mut heard = heard.into_inner().unwrap();
    heard.sort_unstable();
    assert_eq!(heard, (1..=81).map(|done| (done, 81)).collect::<Vec<_>>());
}

#[test]
fn given_areas_have_one_point() {
    let given =
        "[areas]\npartition = { path = 'truth_areas.csv', columns = { zone = 'zone', area = 'area' } }\n";
    let (grid, reruns) = grid(&Made::country(|text| text.replace("[areas]\n", given)).live());
    assert_eq!((grid.axes.len(), grid.points.len(), reruns.len()), (0, 1, 1));
    assert_eq!(grid.points[0].changed_zones, 0);
}
