//! Damaged files of every format give an error or a map, never a panic.

use std::path::Path;

use proptest::prelude::*;
use tempfile::tempdir;

use crate::maps::{read_code, write_all};

/// The files whose damage a reader of `path` could meet.
fn parts(path: &Path) -> Vec<std::path::PathBuf> {
    if path.extension().is_some_and(|ending| ending == "shp") {
        return ["shp", "dbf", "prj"].iter().map(|ending| path.with_extension(ending)).collect();
    }
    vec![path.to_owned()]
}

#[test]
fn a_file_cut_anywhere_is_an_error_or_the_whole_map() {
    let folder = tempdir().unwrap();
    for path in write_all(folder.path()) {
        let undamaged = read_code(&path).unwrap();
        for part in parts(&path) {
            let whole = std::fs::read(&part).unwrap();
            let steps = whole.len().min(150);
            let mut errors = 0;
            for cut in (0..steps).map(|step| step * whole.len() / steps) {
                std::fs::write(&part, &whole[..cut]).unwrap();
                match read_code(&path) {
                    Ok(read) => {
                        assert_eq!(read.features, undamaged.features, "{} cut at {cut}", part.display());
                    }
                    Err(_) => errors += 1,
                }
            }
            std::fs::write(&part, &whole).unwrap();
            // A text of a reference system may be cut in its closing brackets; a database in free pages.
            assert!(errors * 10 >= steps * 7, "{}: {errors} of {steps}", part.display());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbled_bytes_are_no_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        thread_local! {
            static MAPS: (tempfile::TempDir, Vec<(std::path::PathBuf, std::path::PathBuf, Vec<u8>)>) = {
                let folder = tempdir().unwrap();
                let parts = write_all(folder.path())
                    .into_iter()
                    .flat_map(|path| parts(&path).into_iter().map(move |part| (path.clone(), part)))
                    .map(|(path, part)| { let whole = std::fs::read(&part).unwrap(); (path, part, whole) })
                    .collect();
                (folder, parts)
            };
        }
        MAPS.with(|(_, maps)| {
            for (path, part, whole) in maps {
                let mut garbled = whole.clone();
                for (place, byte) in &changes {
                    let place = place.index(garbled.len());
                    garbled[place] = *byte;
                }
                std::fs::write(part, &garbled).unwrap();
                if let Err(error) = read_code(path) {
                    assert!(!error.to_string().is_empty());
                }
                std::fs::write(part, whole).unwrap();
            }
        });
    }
}
