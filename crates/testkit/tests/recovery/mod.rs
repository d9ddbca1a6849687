//! What the methods find of a world's truth.

use std::collections::BTreeSet;
use std::error::Error;

use distretto_districts::{IstatParameters, Kind, istat};
use distretto_flows::FlowTable;
use distretto_jobs::{ClassificationId, Grouping, JobCubeBuilder, Record, System};
use distretto_regions::compare::compare;
use distretto_regions::eu_ttwa::{Options, eu_ttwa};
use distretto_territory::Partition;
use distretto_testkit::metrics::{Score, score};
use distretto_testkit::world::{AreaKind, World, WorldOptions};

fn truth(world: &World) -> Partition {
    Partition::from_codes(&world.truth().into_iter().map(Some).collect::<Vec<_>>())
}

/// Adjusted Rand index of the areas found, and how well the districts among them agree with the planted ones.
pub fn recovered(options: &WorldOptions) -> Result<(f64, Score), Box<dyn Error>> {
    let world = World::generate(options)?;
    let flows = FlowTable::from_rows(world.zones.len(), &world.flows)?;
    let found = eu_ttwa(&flows, Options::default())?.partition();
    let truth = truth(&world);
    let ari = compare(&found, &truth, &vec![1.0; world.zones.len()]).unweighted.ari;

    let mut cube = JobCubeBuilder::new(ClassificationId::NaceRev2, world.zones.len())?;
    let register = world.register();
    for zone in 0..world.zones.len() {
        for unit in register.of_zone(zone) {
            let (code, employees) = (unit.activity.code, f64::from(unit.employees));
            cube.push(&Record::from_establishment(zone as u32, code, employees))?;
        }
    }
    let cube = cube.build()?;
    let all = cube.by_area(&found, &Grouping::macro_sectors(System::Nace)?)?;
    let made = cube.by_area(&found, &Grouping::industries(System::Nace)?)?;
    let districts: BTreeSet<u32> = istat(&all, &made, &IstatParameters::default())?
        .iter()
        .filter(|verdict| verdict.kind == Kind::District)
        .map(|verdict| verdict.area)
        .collect();
    let planted: BTreeSet<u32> = world
        .areas
        .iter()
        .filter(|area| area.kind == AreaKind::District)
        .filter_map(|area| truth.area_with_code(&area.code))
        .collect();
    Ok((ari, score(truth.as_slice(), &planted, found.as_slice(), &districts)))
}
