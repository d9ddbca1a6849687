//! Made studies with their editions.

#[path = "../common/made.rs"]
mod files;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use distretto_atlas::Edition;
use distretto_atlas::rerun::{Live, Rerun, RerunRequest};
use distretto_study::fault::Result;

pub use files::Made;

impl Made {
    /// A made country with everything and small areas, its text of `study.toml` changed before it is run.
    pub fn country(change: impl Fn(String) -> String) -> Self {
        let small = |text: String| {
            text.replace("min_size = 1000", "min_size = 300")
                .replace("target_size = 10000", "target_size = 3000")
        };
        Self::of_world(600, |text| change(small(text)))
    }

    pub fn opened(&self) -> Edition {
        Edition::open("made", &self.edition()).unwrap()
    }

    pub fn live(&self) -> Live {
        Live::open(&self.opened(), &self.study()).unwrap()
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
