//! The activities of a world: NACE Rev. 2 classes, their share of jobs, and the phases of eleven processes.

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, weighted::WeightedIndex};

use super::AreaKind;
use super::stream::{Purpose, stream};

/// The eleven manufacturing industries of the ISTAT rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Industry {
    TextilesClothing,
    LeatherFootwear,
    HouseholdGoods,
    JewelleryMusicToys,
    Food,
    Mechanics,
    Metallurgy,
    ChemicalsPlastics,
    PaperPrinting,
    TransportEquipment,
    OtherManufacturing,
}

use Industry::{
    ChemicalsPlastics, Food, HouseholdGoods, JewelleryMusicToys, LeatherFootwear, Mechanics, Metallurgy,
    OtherManufacturing, PaperPrinting, TextilesClothing, TransportEquipment,
};

impl Industry {
    /// The identifier used in files and in the grouping of the ISTAT rule.
    pub fn id(self) -> &'static str {
        match self {
            TextilesClothing => "textiles_clothing",
            LeatherFootwear => "leather_footwear",
            HouseholdGoods => "household_goods",
            JewelleryMusicToys => "jewellery_music_toys",
            Food => "food",
            Mechanics => "mechanics",
            Metallurgy => "metallurgy",
            ChemicalsPlastics => "chemicals_plastics",
            PaperPrinting => "paper_printing",
            TransportEquipment => "transport_equipment",
            OtherManufacturing => "other_manufacturing",
        }
    }
}

/// One activity of a world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Activity {
    /// NACE Rev. 2 class.
    pub code: &'static str,
    /// The manufacturing industry it belongs to.
    pub industry: Option<Industry>,
    /// The phase of the industry's process, or what the service does.
    pub phase: &'static str,
    /// Share of all jobs of the country, in thousandths, before districts are planted.
    pub share: f64,
}

const fn make(code: &'static str, industry: Industry, phase: &'static str, share: f64) -> Activity {
    Activity { code, industry: Some(industry), phase, share }
}

const fn serve(code: &'static str, phase: &'static str, share: f64) -> Activity {
    Activity { code, industry: None, phase, share }
}

/// Every activity of a world. Shares are round figures near Italy's in 2011.
pub const ACTIVITIES: [Activity; 71] = [
    make("13.10", TextilesClothing, "spinning", 3.0),
    make("13.20", TextilesClothing, "weaving", 4.0),
    make("13.30", TextilesClothing, "finishing", 3.0),
    make("13.91", TextilesClothing, "knitting", 2.0),
    make("14.13", TextilesClothing, "sewing", 11.0),
    make("15.11", LeatherFootwear, "tanning", 2.0),
    make("15.12", LeatherFootwear, "leather goods", 2.5),
    make("15.20", LeatherFootwear, "shoemaking", 5.0),
    make("16.10", HouseholdGoods, "sawing", 3.0),
    make("16.21", HouseholdGoods, "panels", 2.0),
    make("31.01", HouseholdGoods, "office furniture", 3.0),
    make("31.02", HouseholdGoods, "kitchens", 4.0),
    make("31.09", HouseholdGoods, "furniture", 7.0),
    make("23.31", HouseholdGoods, "tiles", 4.0),
    make("32.12", JewelleryMusicToys, "goldsmithing", 3.0),
    make("32.13", JewelleryMusicToys, "costume jewellery", 1.0),
    make("32.20", JewelleryMusicToys, "instruments", 1.0),
    make("10.13", Food, "curing meat", 5.0),
    make("10.51", Food, "cheese", 5.0),
    make("10.71", Food, "baking", 9.0),
    make("10.73", Food, "pasta", 3.0),
    make("11.02", Food, "wine", 4.0),
    make("25.50", Mechanics, "forging", 10.0),
    make("25.61", Mechanics, "coating", 8.0),
    make("25.62", Mechanics, "machining", 19.0),
    make("25.73", Mechanics, "tools", 8.0),
    make("27.11", Mechanics, "motors", 9.0),
    make("28.22", Mechanics, "lifting gear", 9.0),
    make("28.94", Mechanics, "machines for industry", 12.0),
    make("33.12", Mechanics, "repair", 8.0),
    make("24.10", Metallurgy, "steel", 4.0),
    make("24.42", Metallurgy, "aluminium", 2.5),
    make("24.51", Metallurgy, "casting", 2.0),
    make("20.14", ChemicalsPlastics, "base chemicals", 5.0),
    make("20.30", ChemicalsPlastics, "paints", 3.0),
    make("22.19", ChemicalsPlastics, "rubber", 5.0),
    make("22.22", ChemicalsPlastics, "plastic packaging", 6.0),
    make("22.29", ChemicalsPlastics, "moulding", 5.0),
    make("17.12", PaperPrinting, "paper", 4.0),
    make("17.21", PaperPrinting, "board", 3.0),
    make("18.12", PaperPrinting, "printing", 6.0),
    make("29.10", TransportEquipment, "vehicles", 6.0),
    make("29.32", TransportEquipment, "vehicle parts", 5.0),
    make("30.12", TransportEquipment, "boats", 3.0),
    make("23.61", OtherManufacturing, "concrete goods", 3.0),
    make("32.91", OtherManufacturing, "brushes", 1.5),
    make("32.99", OtherManufacturing, "sundries", 2.0),
    serve("01.50", "farming", 8.0),
    serve("08.11", "quarrying", 3.0),
    serve("35.13", "electricity", 8.0),
    serve("38.11", "waste", 9.0),
    serve("41.20", "building", 50.0),
    serve("43.21", "installing", 45.0),
    serve("46.90", "wholesale", 80.0),
    serve("49.41", "haulage", 45.0),
    serve("62.01", "software", 30.0),
    serve("64.19", "banking", 30.0),
    serve("69.20", "accounting", 45.0),
    serve("71.12", "engineering", 30.0),
    serve("82.99", "office services", 45.0),
    serve("45.11", "motor trade", 15.0),
    serve("47.11", "food shops", 45.0),
    serve("47.71", "clothes shops", 60.0),
    serve("55.10", "hotels", 20.0),
    serve("56.10", "restaurants", 55.0),
    serve("84.11", "administration", 40.0),
    serve("85.31", "schools", 45.0),
    serve("86.10", "hospitals", 45.0),
    serve("45.20", "motor repair", 15.0),
    serve("95.29", "repair", 5.0),
    serve("96.02", "hairdressing", 17.0),
];

/// What services an area without much manufacturing lives on: the two-digit codes that are commoner there.
pub(super) const FLAVOURS: [&[&str]; 3] =
    [&["46", "62", "64", "69", "71", "82"], &["47", "55", "56"], &["01", "84", "85", "86"]];

/// Italy's 141 districts of 2011 by main industry.
const DISTRICTS: [(Industry, u32); 9] = [
    (Mechanics, 38),
    (TextilesClothing, 32),
    (HouseholdGoods, 24),
    (LeatherFootwear, 17),
    (Food, 15),
    (ChemicalsPlastics, 5),
    (JewelleryMusicToys, 4),
    (Metallurgy, 4),
    (PaperPrinting, 2),
];
const LARGE_FIRMS: [(Industry, u32); 5] =
    [(TransportEquipment, 5), (Metallurgy, 3), (ChemicalsPlastics, 3), (Mechanics, 2), (Food, 1)];
/// Share of areas that are districts (141 of 611 in Italy) and large-firm systems.
const DISTRICT_SHARE: f64 = 0.23;
const LARGE_FIRM_SHARE: f64 = 0.06;
/// Employed residents from which an area can hold a district's many firms, or a large plant.
const DISTRICT_RESIDENTS: u64 = 5000;
const LARGE_FIRM_RESIDENTS: u64 = 9000;
/// The largest cities live on services.
const CITY_SHARE: f64 = 0.03;

/// Decides what each area is from its employed residents.
pub(super) fn plant(seed: u64, residents: &[u64]) -> Vec<(AreaKind, Option<Industry>)> {
    let mut rng = stream(seed, Purpose::Kinds, 0);
    let mut plan = vec![(AreaKind::Services, None); residents.len()];
    let mut by_size: Vec<usize> = (0..residents.len()).collect();
    by_size.sort_by_key(|&area| (std::cmp::Reverse(residents[area]), area));
    let count = |share: f64| (share * residents.len() as f64).round() as usize;
    let mut open: Vec<usize> = by_size.split_off(count(CITY_SHARE).min(by_size.len()));
    open.shuffle(&mut rng);
    for (kind, share, least, industries) in [
        (AreaKind::LargeFirm, LARGE_FIRM_SHARE, LARGE_FIRM_RESIDENTS, &LARGE_FIRMS[..]),
        (AreaKind::District, DISTRICT_SHARE, DISTRICT_RESIDENTS, &DISTRICTS[..]),
    ] {
        let (large_enough, small): (Vec<usize>, Vec<usize>) =
            open.into_iter().partition(|&area| residents[area] >= least);
        let chosen = &large_enough[..count(share).min(large_enough.len())];
        open = large_enough[chosen.len()..].iter().copied().chain(small).collect();
        for &area in chosen {
            let law = WeightedIndex::new(industries.iter().map(|&(_, weight)| weight));
            let pick = law.map_or(0, |law| law.sample(&mut rng));
            plan[area] = (kind, Some(industries[pick].0));
        }
    }
    plan
}

/// Share of the jobs of an area in each activity, in the order of [`ACTIVITIES`]; sums to 1.
pub(super) fn mix(seed: u64, area: usize, kind: AreaKind, industry: Option<Industry>) -> Vec<f64> {
    let mut rng = stream(seed, Purpose::Economy, area);
    let (manufacturing, main) = match kind {
        AreaKind::District => (rng.random_range(0.4..0.52), rng.random_range(0.5..0.68)),
        AreaKind::LargeFirm => (rng.random_range(0.37..0.5), rng.random_range(0.5..0.68)),
        AreaKind::Services => (rng.random_range(0.07..0.17), 0.0),
    };
    // A third of manufacturing is mechanics everywhere: where it is the main industry, it is more than elsewhere.
    let main = if industry == Some(Mechanics) { f64::min(main + 0.12, 0.75) } else { main };
    let flavour = (kind == AreaKind::Services).then(|| FLAVOURS[rng.random_range(0..FLAVOURS.len())]);
    let mut mix: Vec<f64> = ACTIVITIES
        .iter()
        .map(|activity| {
            let liked = flavour.is_some_and(|codes| codes.contains(&&activity.code[..2]));
            activity.share * rng.random_range(0.8..1.25) * if liked { 1.5 } else { 1.0 }
        })
        .collect();
    let rescale = |mix: &mut [f64], group: &dyn Fn(&Activity) -> bool, total: f64| {
        let sum: f64 = ACTIVITIES.iter().zip(&*mix).filter(|(a, _)| group(a)).map(|(_, share)| share).sum();
        for (_, share) in ACTIVITIES.iter().zip(mix).filter(|(a, _)| group(a)) {
            *share *= total / sum;
        }
    };
    rescale(&mut mix, &|a| a.industry.is_none(), 1.0 - manufacturing);
    if industry.is_some() {
        rescale(&mut mix, &|a| a.industry == industry, manufacturing * main);
        rescale(&mut mix, &|a| a.industry.is_some() && a.industry != industry, manufacturing * (1.0 - main));
    } else {
        rescale(&mut mix, &|a| a.industry.is_some(), manufacturing);
    }
    mix
}
