//! Jobs redrawn.

use distretto_jobs::{JobCube, SizeClass};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

use super::JobSampling;

/// A redraw of a table of jobs.
///
/// The local units of each cell (zone, activity, size class) are Poisson with their own number as mean, and employees follow:
/// the mean size of the units of a cell stays what it is. So employees vary as sums of units do, by much where they are a few
/// large ones. Where employees are known but local units are not (or are none), units vary that many times as the employees
/// hold the mean size of their class in this table, or, where the table tells none, 5, 100 and 500 persons for small, medium
/// and large units and 5 for all others. What is not known stays unknown, and figures keep their status.
///
/// Assumes that units open and close, or are found by the census, one by one; several tables of the same jobs are redrawn
/// each for itself. Cost: linear in cells.
pub fn redraw_jobs(jobs: &JobCube, model: JobSampling, rng: &mut ChaCha8Rng) -> JobCube {
    match model {
        JobSampling::Fixed => jobs.clone(),
        JobSampling::Poisson => {
            let means = mean_sizes(jobs);
            jobs.redrawn(|cell| {
                let known =
                    [cell.local_units().known(), cell.employees().known() / means[cell.size as usize]];
                let units = known.into_iter().find(|&units| units > 0.0);
                units.map_or(1.0, |units| Poisson::new(units).map_or(1.0, |law| law.sample(rng) / units))
            })
        }
    }
}

/// Employees a local unit, by size class, in the cells where both are known.
fn mean_sizes(jobs: &JobCube) -> [f64; SizeClass::ALL.len()] {
    let mut sums = SizeClass::ALL.map(|_| (0.0, 0.0));
    for cell in jobs.cells() {
        let (employees, units) = (cell.employees().known(), cell.local_units().known());
        if employees > 0.0 && units > 0.0 {
            let sum = &mut sums[cell.size as usize];
            *sum = (sum.0 + employees, sum.1 + units);
        }
    }
    SizeClass::ALL.map(|size| match (sums[size as usize], size) {
        ((employees, units), _) if units > 0.0 => employees / units,
        (_, SizeClass::Medium) => 100.0,
        (_, SizeClass::Large) => 500.0,
        _ => 5.0,
    })
}

#[cfg(test)]
mod tests {
    use distretto_jobs::{Amount, ClassificationId, JobCubeBuilder, Record};

    use super::*;
    use crate::stream::{Purpose, stream};

    fn cube(records: &[(SizeClass, Amount, Amount)]) -> JobCube {
        let mut builder = JobCubeBuilder::new(ClassificationId::NaceRev2, records.len()).unwrap();
        for (zone, &(size, employees, local_units)) in records.iter().enumerate() {
            builder
                .push(&Record { zone: zone as u32, activity: "C13", size, employees, local_units })
                .unwrap();
        }
        builder.build().unwrap()
    }

    /// Mean and variance of employees and local units of each cell over redraws.
    fn moments(cube: &JobCube, draws: u64) -> Vec<[(f64, f64); 2]> {
        let mut sums = vec![[(0.0, 0.0); 2]; cube.cells().len()];
        for replicate in 0..draws {
            let drawn = redraw_jobs(cube, JobSampling::Poisson, &mut stream(5, Purpose::Jobs, replicate));
            for (cell, sums) in drawn.cells().iter().zip(&mut sums) {
                for (value, sum) in
                    [cell.employees().known(), cell.local_units().known()].into_iter().zip(sums)
                {
                    *sum = (sum.0 + value, sum.1 + value * value);
                }
            }
        }
        let n = draws as f64;
        sums.iter()
            .map(|cell| cell.map(|(sum, squares)| (sum / n, squares / n - (sum / n) * (sum / n))))
            .collect()
    }

    #[test]
    fn units_are_poisson_and_keep_their_mean_size() {
        use Amount::{Estimated, Missing, Observed, Suppressed};
        use SizeClass::{Large, Medium, Small, Total};
        let cube = cube(&[
            (Small, Observed(40.5), Observed(10.0)),
            (Small, Estimated(81.0), Missing),
            (Medium, Observed(250.0), Suppressed),
            (Large, Observed(1_000.0), Observed(0.0)),
            (Total, Suppressed, Observed(7.0)),
            (Small, Missing, Missing),
            (Small, Observed(0.0), Observed(3.0)),
        ]);
        let moments = moments(&cube, 20_000);
        let near = |found: f64, expected: f64, within: f64| {
            assert!((found - expected).abs() <= within * expected, "{found} is not near {expected}");
        };
        // Units, and mean size: 4.05 of the cell, 4.05 of the class, 100 and 500 by default.
        for (cell, units, size) in [(0, 10.0, 4.05), (1, 20.0, 4.05), (2, 2.5, 100.0), (3, 2.0, 500.0)] {
            let (mean, variance) = moments[cell][0];
            near(mean, units * size, 0.03);
            near(variance, units * size * size, 0.06);
        }
        near(moments[0][1].0, 10.0, 0.02);
        near(moments[0][1].1, 10.0, 0.06);
        near(moments[4][1].1, 7.0, 0.06);
        near(moments[6][1].1, 3.0, 0.06);
        assert_eq!([moments[3][1], moments[5][0], moments[5][1], moments[6][0]], [(0.0, 0.0); 4]);
        let drawn = redraw_jobs(&cube, JobSampling::Poisson, &mut stream(5, Purpose::Jobs, 1));
        for (cell, before) in drawn.cells().iter().zip(cube.cells()) {
            for (new, old) in
                [(cell.employees(), before.employees()), (cell.local_units(), before.local_units())]
            {
                assert_eq!(new.unknown_share(), old.unknown_share());
            }
        }
        let units = drawn.cells()[0].local_units().known();
        assert_eq!((units.fract(), drawn.cells()[0].employees().known()), (0.0, units * 40.5 / 10.0));
    }

    #[test]
    fn the_stream_alone_decides_and_fixed_jobs_stay() {
        let cube = cube(&[(SizeClass::Small, Amount::Observed(40.5), Amount::Observed(10.0)); 30]);
        let drawn =
            |replicate| redraw_jobs(&cube, JobSampling::Poisson, &mut stream(5, Purpose::Jobs, replicate));
        assert_eq!(drawn(1).cells(), drawn(1).cells());
        assert_ne!(drawn(1).cells(), drawn(2).cells());
        let fixed = redraw_jobs(&cube, JobSampling::Fixed, &mut stream(5, Purpose::Jobs, 1));
        assert_eq!(fixed.cells(), cube.cells());
    }
}
