//! Reruns made beforehand, for sites without a server.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use distretto_study::fault::{Code, Result};
use rayon::prelude::*;

use super::parameters::{OF_AREAS, Rules};
use super::{Axis, Grid, GridPoint, Live, Rerun, RerunRequest};

/// Steps from the study's value: sizes halve and double, as sizes are compared by their ratio; self-containments move by 0.05,
/// about as much as published delineations differ by (minimum 0.60 in Italy, 0.667 in Great Britain).
fn steps(name: &str, value: f64) -> Vec<f64> {
    if name.ends_with("_size") {
        vec![value / 2.0, value, 2.0 * value]
    } else {
        // The sum of two decimals is not always the decimal one would write.
        let decimal = |share: f64| (share * 1e6).round() / 1e6;
        let outer = [decimal(value - 0.05), decimal(value + 0.05)];
        let [low, high] = outer.map(|share| (share > 0.0 && share <= 1.0).then_some(share));
        low.into_iter().chain([value]).chain(high).collect()
    }
}

impl Live {
    /// The grid: every combination of three values of each parameter of the search, that of the study in the middle, with the
    /// study's thresholds of districts. Sizes are halved and doubled, self-containments lowered and raised by 0.05; a value outside
    /// 0 to 1 is left out, as are combinations that are no rule (a target below its minimum) or make no area at all. A study
    /// whose areas were given has no axes and one point. `progress` hears how many reruns are done, and of how many, from any thread.
    ///
    /// Reruns go side by side; the answer does not depend on how many at a time. Cost: that of 81 reruns at most.
    ///
    /// # Errors
    /// D0830 where it was stopped; else as [`Live::rerun`].
    pub fn grid(
        &self,
        stop: &AtomicBool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(Grid, Vec<Rerun>)> {
        let axes = self.axes();
        let wanted: Vec<(Vec<u32>, Rules)> = combinations(&axes)
            .into_iter()
            .filter_map(|at| self.rules.with(&request(&axes, &at)).ok().map(|rules| (at, rules)))
            .collect();
        let (done, of) = (AtomicUsize::new(0), wanted.len());
        let found = wanted.into_par_iter().map(|(at, rules)| {
            let rerun = match self.run(&rules, stop) {
                Err(fault) if fault.code == Code::NoAreas => None,
                other => Some(other?),
            };
            progress(1 + done.fetch_add(1, Ordering::Relaxed), of);
            Ok(rerun.map(|rerun| (at, rerun)))
        });
        let found: Vec<Option<(Vec<u32>, Rerun)>> = found.collect::<Result<_>>()?;
        let (at, reruns): (Vec<_>, Vec<_>) = found.into_iter().flatten().unzip();
        let point = |(n, (at, rerun)): (usize, (Vec<u32>, &Rerun))| GridPoint {
            n: n as u32,
            at,
            areas: rerun.areas,
            districts: rerun.districts,
            changed_zones: rerun.changed_zones.len() as u32,
        };
        let points = at.into_iter().zip(&reruns).enumerate().map(point).collect();
        Ok((Grid { axes, points }, reruns))
    }

    fn axes(&self) -> Vec<Axis> {
        let own = self.rules.numbers();
        let axis = |name: &str| Some(Axis { name: name.to_owned(), values: steps(name, *own.get(name)?) });
        OF_AREAS.into_iter().filter_map(axis).collect()
    }
}

/// Every combination of places on the axes, the last axis fastest.
fn combinations(axes: &[Axis]) -> Vec<Vec<u32>> {
    axes.iter().fold(vec![Vec::new()], |begun, axis| {
        let places = || 0..axis.values.len() as u32;
        begun.iter().flat_map(|at| places().map(move |place| [at.as_slice(), &[place]].concat())).collect()
    })
}

fn request(axes: &[Axis], at: &[u32]) -> RerunRequest {
    axes.iter().zip(at).map(|(axis, &place)| (axis.name.clone(), axis.values[place as usize])).collect()
}
