//! A made country whose truth is known: land, towns, labour market areas, districts, commuters, firms.
//!
//! | module | concept |
//! |---|---|
//! | [`files`] | writes a world as the tables of a study, with the truth beside them |
//! | [`register`] | establishments, and the jobs table they add up to |
//! | [`micro`] | the same country row by row: units with addresses, trips, invoices |
//! | [`tour`](mod@tour) | a study tour of a few of its districts |
//! | [`activities`] | the activities of a world and the phases of its eleven manufacturing processes |
//! | [`toy`] | small worlds whose areas follow on paper |
//!
//! Same options, same world: random streams are keyed by seed, purpose and zone, never by order.

pub mod activities;
mod commuting;
mod economy;
pub mod files;
mod grid;
pub mod micro;
mod names;
mod projection;
pub mod register;
mod settlement;
mod stream;
mod terrain;
pub mod tour;
pub mod toy;

use distretto_flows::Row;
use rand_distr::{Distribution, StandardNormal};

use activities::Industry;
use stream::{Purpose, stream};

/// What world to make.
#[derive(Debug, Clone, PartialEq)]
pub struct WorldOptions {
    /// Same seed, same world.
    pub seed: u64,
    /// Number of zones, 1 to 300,000. From 300 on two islands lie off the coast.
    pub zones: usize,
    /// Share of commuters who do not see the borders of the planted areas, 0..=1: at 1 only size and distance
    /// decide. Sampling noise is always there: flows are whole persons.
    pub noise: f64,
    /// Employed residents as a multiple of Italy's mean of 2,378 a zone; below 1 counts shrink and sampling noise grows.
    pub scale: f64,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self { seed: 7, zones: 2000, noise: 0.1, scale: 1.0 }
    }
}

/// Why a world cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum WorldError {
    /// Too few or too many zones.
    #[error(
        "a world has 1 to {MOST_ZONES} zones, not {0}: zone codes have three digits for the province and three within it"
    )]
    Zones(usize),
    /// Noise that is no share.
    #[error("noise is a share of commuters from 0 to 1, not {0}")]
    Noise(f64),
    /// A scale that leaves nobody or too many.
    #[error("scale is between 0.01 and 100, not {0}")]
    Scale(f64),
    /// More trips than its people make in ten years.
    #[error(
        "the people of this country make at most {most} trips in ten years, not {rows}: ask for fewer, or for more zones or a larger scale"
    )]
    Trips {
        /// Asked for.
        rows: u64,
        /// What there is.
        most: u64,
    },
    /// A tour of a country without districts.
    #[error("this country has no district to tour: ask for more zones")]
    NoDistrict,
    /// The country does not fit on one plane.
    #[error("the plane of the country cannot be projected to the globe")]
    Projection,
}

/// Most zones of a world.
pub const MOST_ZONES: usize = 300_000;

/// What three digits of a code can count.
const LARGEST_NUMBER: u32 = 999;

/// A zone: a town and the land around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// Six digits: province, then number within it in the order of names.
    pub code: String,
    /// Made-up, unique.
    pub name: String,
    /// Index of its region.
    pub region: u32,
    /// Index of its planted area.
    pub area: u32,
    /// The town, kilometres east and north of the country's centre.
    pub position_km: [f64; 2],
    /// The town, longitude and latitude in degrees.
    pub lonlat: [f64; 2],
    /// Border, counter-clockwise, longitude and latitude in degrees, closed; neighbours share vertices exactly.
    pub ring: Vec<[f64; 2]>,
    /// Land, km².
    pub area_km2: f64,
    /// Residents.
    pub population: u32,
    /// Employed residents: the sum of the zone's flows.
    pub employed: u32,
}

/// What an area is, in truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AreaKind {
    /// Many small and medium firms in the phases of one process.
    District,
    /// A large plant with most of its industry.
    LargeFirm,
    /// A small town around one medium plant, too much of its industry to be a district.
    SingleFirm,
    /// Offices, shops, hotels or fields.
    Services,
}

impl AreaKind {
    /// The word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::LargeFirm => "large-firm",
            Self::SingleFirm => "single-firm",
            Self::Services => "services",
        }
    }
}

/// A planted labour market area.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Code of its core.
    pub code: String,
    /// Name of its core.
    pub name: String,
    /// Index of its core zone.
    pub core: u32,
    /// What it is.
    pub kind: AreaKind,
    /// Its main industry, where it has one.
    pub industry: Option<Industry>,
    /// Planted just on its side of a threshold of the ISTAT rule: a district whose leading plant has nearly half of its main
    /// industry, a large-firm area whose plant has little more than that, or services with nearly as much
    /// manufacturing as the nation.
    pub near_miss: bool,
    /// Share of employed residents planted to work inside the area, before noise.
    pub containment: f64,
}

/// A made country.
#[derive(Debug, Clone)]
pub struct World {
    /// What it was made from.
    pub options: WorldOptions,
    /// Names of the regions.
    pub regions: Vec<String>,
    /// Zones in the order of their codes.
    pub zones: Vec<Zone>,
    /// Planted areas in the order of their codes.
    pub areas: Vec<Area>,
    /// Commuters, by origin; every pair once, whole persons.
    pub flows: Vec<Row>,
}

impl World {
    /// Makes the country. Cost: n log n in zones for the land, linear in pairs for the flows.
    pub fn generate(options: &WorldOptions) -> Result<Self, WorldError> {
        if options.zones == 0 || options.zones > MOST_ZONES {
            return Err(WorldError::Zones(options.zones));
        }
        if !(0.0..=1.0).contains(&options.noise) {
            return Err(WorldError::Noise(options.noise));
        }
        if !(0.01..=100.0).contains(&options.scale) {
            return Err(WorldError::Scale(options.scale));
        }
        let mut world = populate(options)?;
        world.flows = commuting::commute(options, &world.zones, &world.areas);
        Ok(world)
    }

    /// Jobs of each zone: the sum of the flows into it.
    pub fn jobs(&self) -> Vec<u32> {
        let mut jobs = vec![0; self.zones.len()];
        for row in &self.flows {
            jobs[row.destination as usize] += row.amount as u32;
        }
        jobs
    }

    /// The flows that [`Self::flows`] are one draw of: employed residents of the origin times the probability that they work
    /// in the destination, `λ_ij` in persons, by origin; every pair that can occur once, positive, many far below 1.
    ///
    /// The flows out of a zone are multinomial: they add up to its employed residents here as there, and
    /// `λ_ij` is the mean of flow `ij` over draws with everything else of the world kept. Taken from the options, zones and
    /// areas, with the probabilities the draw used. Cost: linear in pairs that can occur, at most a few hundred a zone.
    pub fn expected_flows(&self) -> Vec<Row> {
        commuting::expect(&self.options, &self.zones, &self.areas)
    }

    /// Code of the planted area of each zone.
    pub fn truth(&self) -> Vec<&str> {
        self.zones.iter().map(|zone| self.areas[zone.area as usize].code.as_str()).collect()
    }
}

/// The country before anybody goes to work, everything in the order of codes.
fn populate(options: &WorldOptions) -> Result<World, WorldError> {
    let projection = projection::Projection::new()?;
    let land = terrain::terrain(options.seed, options.zones);
    let towns = settlement::settle(options.seed, &land);
    let count = land.sites.len();
    let names = names::names(options.seed, count);

    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| (towns.province_of[a], &names[a]).cmp(&(towns.province_of[b], &names[b])));
    let mut zone_at_site = vec![0u32; count];
    let mut zones: Vec<Zone> = Vec::with_capacity(count);
    let (mut province, mut prefix, mut number) = (u32::MAX, 0, 0);
    for (index, &site) in order.iter().enumerate() {
        zone_at_site[site] = index as u32;
        if towns.province_of[site] == province && number < LARGEST_NUMBER {
            number += 1;
        } else {
            // A new province, or a second prefix for one with more zones than three digits can count.
            (prefix, number) = (prefix + 1, 1);
        }
        province = towns.province_of[site];
        let z: f64 = StandardNormal.sample(&mut stream(options.seed, Purpose::ZoneSizes, count + site));
        let employed = ((f64::from(towns.employed[site]) * options.scale) as u32).max(1);
        zones.push(Zone {
            code: format!("{prefix:03}{number:03}"),
            name: names[site].clone(),
            region: towns.region_of[province as usize],
            area: towns.area_of[site],
            position_km: land.sites[site],
            lonlat: projection.degrees(land.sites[site])?,
            ring: projection.ring(&land.rings[site])?,
            area_km2: terrain::signed_area(&land.rings[site]),
            // 324 of 1,000 Italians were counted as commuters to work in 2011.
            population: (f64::from(employed) / 0.324 * (0.08 * z).exp()).round() as u32,
            employed,
        });
    }

    if prefix > LARGEST_NUMBER {
        return Err(WorldError::Zones(options.zones));
    }

    let mut by_code: Vec<usize> = (0..towns.cores.len()).collect();
    by_code.sort_by_key(|&area| zone_at_site[towns.cores[area]]);
    let mut rank = vec![0u32; towns.cores.len()];
    for (index, &area) in by_code.iter().enumerate() {
        rank[area] = index as u32;
    }
    let mut residents = vec![0u64; towns.cores.len()];
    for zone in &mut zones {
        zone.area = rank[zone.area as usize];
        residents[zone.area as usize] += u64::from(zone.employed);
    }
    let cores: Vec<u32> = by_code.iter().map(|&area| zone_at_site[towns.cores[area]]).collect();
    let planted = economy::plant(options.seed, &residents);
    let areas = cores
        .iter()
        .zip(planted)
        .enumerate()
        .map(|(index, (&core, economy::Planted { kind, industry, near_miss }))| Area {
            code: zones[core as usize].code.clone(),
            name: zones[core as usize].name.clone(),
            core,
            kind,
            industry,
            near_miss,
            containment: settlement::containment(options.seed, index, residents[index] as f64),
        })
        .collect();
    let regions = towns.region_capitals.iter().map(|&site| format!("{} region", names[site])).collect();
    Ok(World { options: options.clone(), regions, zones, areas, flows: Vec::new() })
}
