//! What the methods find of a world's truth.

use std::collections::BTreeSet;
use std::error::Error;

use distretto_districts::{AreaVerdict, IstatParameters, Kind, istat};
use distretto_flows::FlowTable;
use distretto_jobs::{ClassificationId, Grouping, JobCubeBuilder, Record, System};
use distretto_regions::compare::compare;
use distretto_regions::eu_ttwa::{Options, eu_ttwa};
use distretto_territory::Partition;
use distretto_testkit::metrics::{Score, score};
use distretto_testkit::world::{AreaKind, World, WorldOptions};

/// The planted areas.
pub fn truth(world: &World) -> Partition {
    Partition::from_codes(&world.truth().into_iter().map(Some).collect::<Vec<_>>())
}

/// The areas that EU-TTWA finds.
pub fn areas(world: &World) -> Result<Partition, Box<dyn Error>> {
    let flows = FlowTable::from_rows(world.zones.len(), &world.flows)?;
    Ok(eu_ttwa(&flows, Options::default())?.partition())
}

/// What the ISTAT rule says of each area.
pub fn districts(world: &World, areas: &Partition) -> Result<Vec<AreaVerdict>, Box<dyn Error>> {
    let mut cube = JobCubeBuilder::new(ClassificationId::NaceRev2, world.zones.len())?;
    let register = world.register();
    for zone in 0..world.zones.len() {
        for unit in register.of_zone(zone) {
            let (code, employees) = (unit.activity.code, f64::from(unit.employees));
            cube.push(&Record::from_establishment(zone as u32, code, employees))?;
        }
    }
    let cube = cube.build()?;
    let all = cube.by_area(areas, &Grouping::macro_sectors(System::Nace)?)?;
    let made = cube.by_area(areas, &Grouping::industries(System::Nace)?)?;
    Ok(istat(&all, &made, &IstatParameters::default())?)
}

/// Adjusted Rand index of the areas found, and how well the districts among them agree with the planted ones.
pub fn recovered(options: &WorldOptions) -> Result<(f64, Score), Box<dyn Error>> {
    let world = World::generate(options)?;
    let (truth, found) = (truth(&world), areas(&world)?);
    let ari = compare(&found, &truth, None).by_zones.ari;
    let is_district = |verdict: &&AreaVerdict| verdict.kind == Kind::District;
    let districts: BTreeSet<u32> =
        districts(&world, &found)?.iter().filter(is_district).map(|verdict| verdict.area).collect();
    let planted: BTreeSet<u32> = world
        .areas
        .iter()
        .filter(|area| area.kind == AreaKind::District)
        .filter_map(|area| truth.area_with_code(&area.code))
        .collect();
    Ok((ari, score(truth.as_slice(), &planted, found.as_slice(), &districts)))
}
