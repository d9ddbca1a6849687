//! Made studies with their editions.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use distretto_atlas::Edition;
use distretto_atlas::rerun::{Live, Rerun, RerunRequest};
use distretto_study::edition::{self, Meta};
use distretto_study::fault::Result;
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
    /// A made country with everything, its text of `study.toml` changed before it is run.
    pub fn country(change: impl Fn(String) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = World::generate(&WorldOptions { seed: 5, zones: 600, noise: 0.3, scale: 0.3 }).unwrap();
        write(&world, folder.path(), WorldFiles { register: false }).unwrap();
        let path = folder.path().join("study.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text
            .replace("min_size = 1000", "min_size = 300")
            .replace("target_size = 10000", "target_size = 3000");
        std::fs::write(&path, change(text)).unwrap();
        let made = Self { folder };
        made.run();
        made
    }

    /// A study of these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let made = Self { folder };
        made.run();
        made
    }

    pub fn study(&self) -> PathBuf {
        self.folder.path().join("study.toml")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self) {
        let results =
            run::run(Study::load(&self.study()).unwrap().read().unwrap(), &mut Stopwatch::silent()).unwrap();
        let meta = Meta { version: "0".into(), commit: None };
        edition::write(&results, &meta, &self.path("edition"), false, &mut Stopwatch::silent()).unwrap();
    }

    pub fn edition(&self) -> Edition {
        Edition::open("made", &self.path("edition")).unwrap()
    }

    pub fn live(&self) -> Live {
        Live::open(&self.edition(), &self.study()).unwrap()
    }
}

pub fn request(values: &[(&str, f64)]) -> RerunRequest {
    values.iter().map(|&(name, value)| (name.to_owned(), value)).collect()
}

/// A rerun that nobody stops, without the time it took.
pub fn rerun(live: &Live, values: &[(&str, f64)]) -> Result<Rerun> {
    let rerun = live.rerun(&request(values), &AtomicBool::new(false))?;
    assert!(rerun.seconds.is_some_and(|seconds| seconds >= 0.0));
    Ok(Rerun { seconds: None, ..rerun })
}

/// Changes a file of a study.
pub fn edit(path: &Path, change: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(path).unwrap();
    let changed = change(text.clone());
    assert_ne!(text, changed, "{}", path.display());
    std::fs::write(path, changed).unwrap();
}
