//! A made study with its edition, as files.

use std::path::PathBuf;

use distretto_study::edition::{self, Meta};
use distretto_study::input::Study;
use distretto_study::run;
use distretto_study::stopwatch::Stopwatch;
use distretto_testkit::world::files::{WorldFiles, write};
use distretto_testkit::world::{World, WorldOptions};
use tempfile::TempDir;

/// A folder with a study and its edition.
pub struct Made {
    pub folder: TempDir,
}

impl Made {
    /// A made country with borders, flows and jobs, its text of `study.toml` changed before it is run.
    pub fn of_world(zones: usize, change: impl Fn(String) -> String) -> Self {
        let made = Self { folder: tempfile::tempdir().unwrap() };
        let world = World::generate(&WorldOptions { seed: 5, zones, noise: 0.3, scale: 0.3 }).unwrap();
        write(&world, made.folder.path(), WorldFiles { register: false, ..WorldFiles::default() }).unwrap();
        std::fs::write(made.study(), change(std::fs::read_to_string(made.study()).unwrap())).unwrap();
        made.run();
        made
    }

    /// A study of these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let made = Self { folder: tempfile::tempdir().unwrap() };
        for (name, text) in files {
            std::fs::write(made.path(name), text).unwrap();
        }
        made.run();
        made
    }

    fn run(&self) {
        let input = Study::load(&self.study()).unwrap().read().unwrap();
        let results = run::run(input, &mut Stopwatch::silent()).unwrap();
        edition::write(&results, &meta(), &self.edition(), false, &mut Stopwatch::silent()).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn study(&self) -> PathBuf {
        self.path("study.toml")
    }

    pub fn edition(&self) -> PathBuf {
        self.path("edition")
    }
}

pub fn meta() -> Meta {
    Meta { version: "0".into(), commit: None }
}
