//! How long a redraw of a country takes, beside one search in it.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use distretto_certainty::sampling::{FlowSampler, MarginClass};
use distretto_certainty::stream::{Purpose, stream};
use distretto_certainty::{FlowSampling, JobSampling, sampling};
use distretto_flows::Redraw;
use distretto_jobs::{Amount, ClassificationId, JobCube, JobCubeBuilder, Record, SizeClass};
use distretto_regions::eu_ttwa::{Mode, Options, eu_ttwa};
use distretto_testkit::data;

fn redraws(criterion: &mut Criterion) {
    let Some((_, flows)) = data::flows("italy-2011/flows_work_estimated.csv.gz") else { return };
    let mut group = criterion.benchmark_group("italy-2011");
    group.sample_size(30);
    group.throughput(Throughput::Elements(flows.pairs() as u64));
    let class = |up_to, ratio| MarginClass { up_to, ratio, spread: 0.1 };
    let classes = vec![class(10.0, 1.0), class(100.0, 0.6), class(f64::INFINITY, 0.2)];
    let mut room = Redraw::new(&flows);
    group.bench_function("table alone", |bencher| bencher.iter(|| room.by_origin(&flows, |_, _| ()).pairs()));
    for (name, model) in [
        ("poisson", FlowSampling::Poisson),
        ("survey of 5 %", FlowSampling::Survey { fraction: 0.05 }),
        ("survey of 50 %", FlowSampling::Survey { fraction: 0.5 }),
        ("margins", FlowSampling::Margins { z: 1.645, classes }),
    ] {
        let Ok(sampler) = FlowSampler::new(&flows, &model, None, 1) else { continue };
        let mut replicate = 0;
        group.bench_function(format!("redraw, {name}"), |bencher| {
            bencher.iter(|| {
                replicate += 1;
                sampler.draw(&flows, &mut room, &mut stream(1, Purpose::Flows, replicate)).pairs()
            });
        });
        let drawn = sampler.draw(&flows, &mut room, &mut stream(1, Purpose::Flows, 1)).clone();
        group.bench_function(format!("search after {name}"), |bencher| {
            bencher.iter(|| eu_ttwa(&drawn, Options { mode: Mode::Clean, ..Options::default() }));
        });
    }
    group.bench_function("prepare, poisson", |bencher| {
        bencher.iter(|| FlowSampler::new(&flows, &FlowSampling::Poisson, None, 1));
    });
    group.bench_function("search", |bencher| {
        bencher.iter(|| eu_ttwa(&flows, Options { mode: Mode::Clean, ..Options::default() }));
    });
    group.finish();
}

/// 8,000 zones with 40 industries in three classes: 960,000 cells.
fn jobs() -> Option<JobCube> {
    let zones = 8_000;
    let mut builder = JobCubeBuilder::new(ClassificationId::NaceRev2, zones).ok()?;
    for zone in 0..zones as u32 {
        for activity in 0..40u32 {
            for (size, mean) in
                [(SizeClass::Small, 6.0), (SizeClass::Medium, 90.0), (SizeClass::Large, 400.0)]
            {
                let units = f64::from((zone * 7 + activity * 11) % 9 + 1);
                let record = Record {
                    zone,
                    activity: &format!("{:02}", activity + 45),
                    size,
                    employees: Amount::Observed(mean * units),
                    local_units: Amount::Observed(units),
                };
                builder.push(&record).ok()?;
            }
        }
    }
    builder.build().ok()
}

fn jobs_redrawn(criterion: &mut Criterion) {
    let Some(cube) = jobs() else { return };
    let mut group = criterion.benchmark_group("jobs");
    group.sample_size(10);
    group.throughput(Throughput::Elements(cube.cells().len() as u64));
    group.bench_function("redraw", |bencher| {
        bencher.iter(|| {
            sampling::redraw_jobs(&cube, JobSampling::Poisson, &mut stream(1, Purpose::Jobs, 1)).rows()
        });
    });
    group.finish();
}

criterion_group!(benches, redraws, jobs_redrawn);
criterion_main!(benches);
