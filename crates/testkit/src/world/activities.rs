//! The activities of a world: NACE Rev. 2 classes, their share of jobs, and the phases of eleven processes.

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

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            TextilesClothing => "textiles and clothing",
            LeatherFootwear => "leather and footwear",
            HouseholdGoods => "household goods",
            JewelleryMusicToys => "jewellery, music and toys",
            Food => "food",
            Mechanics => "mechanics",
            Metallurgy => "metallurgy",
            ChemicalsPlastics => "chemicals and plastics",
            PaperPrinting => "paper and printing",
            TransportEquipment => "transport equipment",
            OtherManufacturing => "other manufacturing",
        }
    }

    /// The phases of its process, in the order of [`ACTIVITIES`].
    pub fn phases(self) -> impl Iterator<Item = &'static str> {
        ACTIVITIES
            .iter()
            .filter(move |activity| activity.industry == Some(self))
            .map(|activity| activity.phase)
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

impl Activity {
    /// Its place in [`ACTIVITIES`].
    pub fn index(&self) -> usize {
        ACTIVITIES.iter().position(|other| other.code == self.code).unwrap_or(0)
    }
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
