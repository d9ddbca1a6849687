//! How long the search takes: on published tables, and on made countries of growing size.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use distretto_flows::FlowTable;
use distretto_regions::eu_ttwa::{Mode, Options, eu_ttwa};
use distretto_testkit::data;
use distretto_testkit::world::{World, WorldOptions};

const MODES: [(&str, Mode); 2] = [("reference", Mode::Reference), ("clean", Mode::Clean)];

fn published(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    group.sample_size(20);
    for (name, table) in [
        ("sardinia-2001", "sardinia-2001/flows.csv"),
        ("italy-2011", "italy-2011/flows_work_estimated.csv.gz"),
    ] {
        let Some((_, flows)) = data::flows(table) else { continue };
        group.throughput(Throughput::Elements(flows.pairs() as u64));
        for (mode_name, mode) in MODES {
            group.bench_with_input(BenchmarkId::new(name, mode_name), &flows, |bencher, flows| {
                bencher.iter(|| eu_ttwa(flows, Options { mode, ..Options::default() }));
            });
        }
    }
    group.finish();
}

fn worlds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search of a world");
    group.sample_size(10);
    for zones in [1_000, 3_000, 10_000] {
        let Ok(world) = World::generate(&WorldOptions { zones, ..WorldOptions::default() }) else { continue };
        let Ok(flows) = FlowTable::from_rows(world.zones.len(), &world.flows) else { continue };
        group.throughput(Throughput::Elements(flows.pairs() as u64));
        group.bench_with_input(BenchmarkId::new("clean", zones), &flows, |bencher, flows| {
            bencher.iter(|| eu_ttwa(flows, Options::default()));
        });
    }
    group.finish();
}

criterion_group!(benches, published, worlds);
criterion_main!(benches);
