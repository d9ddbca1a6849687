//! Made editions.

use std::path::Path;

use distretto_atlas::Edition;
use distretto_study::certainty::{self, Made};
use distretto_study::edition::{self, Meta};
use distretto_study::input::Study;
use distretto_study::run;
use distretto_study::stopwatch::Stopwatch;
use distretto_testkit::world::files::{WorldFiles, write};
use distretto_testkit::world::{World, WorldOptions};
use tempfile::TempDir;

/// A made country with everything, replicates included.
pub fn country() -> Edition {
    let folder = tempfile::tempdir().unwrap();
    let world = World::generate(&WorldOptions { seed: 5, zones: 900, noise: 0.4, scale: 0.2 }).unwrap();
    write(&world, folder.path(), WorldFiles { register: false, ..WorldFiles::default() }).unwrap();
    let mut study = Study::load(&folder.path().join("study.toml")).unwrap();
    study.config.areas.min_size = 200.0;
    study.config.areas.target_size = 2_000.0;
    study.config.certainty.get_or_insert_default().replicates = 12;
    run(&folder, study, true)
}

/// The edition of a study of these files.
pub fn of(files: &[(&str, &str)]) -> Edition {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let study = Study::load(&folder.path().join("study.toml")).unwrap();
    run(&folder, study, false)
}

fn run(folder: &TempDir, study: Study, replicates: bool) -> Edition {
    let mut results = run::run(study.read().unwrap(), &mut Stopwatch::silent()).unwrap();
    if replicates {
        let Made::All(sets) = certainty::replicates(&results, None, &mut ()).unwrap() else {
            unreachable!("nobody stopped it")
        };
        certainty::add(&mut results, sets).unwrap();
    }
    let out: &Path = &folder.path().join("edition");
    let meta = Meta { version: "0".into(), commit: None };
    edition::write(&results, &meta, out, false, &mut Stopwatch::silent()).unwrap();
    Edition::open("made", out).unwrap()
}
