//! A temporary folder with the files of a study.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Write;

use distretto_study::fault::Fault;
use distretto_study::input::Input;
use tempfile::TempDir;

pub struct Folder(pub TempDir);

impl Folder {
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self(folder)
    }

    pub fn load(&self) -> Result<Input, Box<Fault>> {
        Input::load(&self.0.path().join("study.toml"))
    }
}

#[allow(dead_code, reason = "not every test file packs files")]
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
