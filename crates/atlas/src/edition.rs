//! An edition folder in memory, held to its manifest.

mod read;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use distretto_study::fault::Result;
use distretto_territory::dissolve::dissolve;
use distretto_territory::{Partition, Topology, Zones};
use geo_types::MultiPolygon;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::documents::Index;
use crate::profiles::{self, Profiles};
use crate::table::Table;

/// The borders of an edition.
#[derive(Debug, Clone)]
pub struct Borders {
    /// Shape of each zone, by zone index.
    pub shapes: Vec<Option<MultiPolygon<f64>>>,
    /// The same as shared arcs.
    pub topology: Topology,
}

/// An edition: everything it says, read once, never changed.
#[derive(Debug)]
pub struct Edition {
    /// Its name in addresses.
    pub id: String,
    /// The folder.
    pub folder: PathBuf,
    /// `manifest.json`.
    pub manifest: Value,
    /// Its tables, in the order of `datapackage.json`.
    pub tables: Vec<Table>,
    /// Codes of zones, by zone index: the rows of the table `zones`.
    pub zones: Zones,
    /// Zones to areas; an area index is a row of the table `areas`.
    pub partition: Partition,
    /// Borders, where it has shapes.
    pub borders: Option<Borders>,
    /// Hash of the manifest, which holds the hash of every file: two editions with the same are the same.
    pub hash: String,
    zone_rows: FxHashMap<String, u32>,
    profiles: OnceLock<Profiles>,
    area_shapes: OnceLock<Vec<Option<MultiPolygon<f64>>>>,
    index: OnceLock<Index>,
}

impl Edition {
    /// Reads the edition in `folder`: every table (its Parquet file) and shapes. Every file that the manifest names must have the hash it had.
    ///
    /// # Errors
    /// D0821 where there is none, D0822 where a file is missing, damaged, or not the one that the manifest names.
    pub fn open(id: &str, folder: &Path) -> Result<Self> {
        read::open(id, folder)
    }

    /// A table by name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// All that is known of each area, a row for each row of `areas`: that table with `districts`, `area_certainty` and
    /// `district_certainty`, where the edition has them. Made once.
    pub fn area_profiles(&self) -> &Table {
        &self.profiles().areas
    }

    /// All that is known of each zone, a row for each row of `zones`: that table with `zone_certainty`, where the edition has it.
    /// Made once.
    pub fn zone_profiles(&self) -> &Table {
        &self.profiles().zones
    }

    /// Every table that has an address: those of the edition and the two of profiles.
    pub fn all_tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().chain([self.area_profiles(), self.zone_profiles()])
    }

    /// Shape of each area, dissolved on shared borders, by area index; empty without borders. Made once.
    pub fn area_shapes(&self) -> &[Option<MultiPolygon<f64>>] {
        self.area_shapes.get_or_init(|| {
            let areas =
                |borders: &Borders| dissolve(&borders.topology, self.partition.as_slice(), self.areas());
            self.borders.as_ref().map(areas).unwrap_or_default()
        })
    }

    fn profiles(&self) -> &Profiles {
        self.profiles.get_or_init(|| profiles::profiles(self))
    }

    /// Title of the study.
    pub fn title(&self) -> &str {
        self.manifest["study"]["title"].as_str().unwrap_or_default()
    }

    /// Vintage of the study.
    pub fn vintage(&self) -> Option<&str> {
        self.manifest["study"]["vintage"].as_str()
    }

    /// Number of areas.
    pub fn areas(&self) -> usize {
        self.partition.areas()
    }

    /// The zone with this code: its row in `zones`.
    pub fn zone(&self, code: &str) -> Option<u32> {
        self.zone_rows.get(code).copied()
    }

    /// The area with this code: its row in `areas`.
    pub fn area(&self, code: &str) -> Option<u32> {
        self.index().area(code)
    }

    /// Where the rows of each place are. Made once.
    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self))
    }
}
