//! Every fault of the atlas, provoked.

use std::path::Path;

use distretto_atlas::Edition;
use distretto_atlas::assets::Assets;
use distretto_atlas::atlas::{Atlas, Mode, Named};
use distretto_atlas::server::{listen, reachable};
use distretto_study::fault::Code;

use crate::common::{Made, meta, named, open, pages};

fn code(edition: &Path) -> Code {
    Edition::open("made", edition).unwrap_err().code
}

#[test]
fn what_is_no_edition_is_none() {
    let made = Made::country();
    assert_eq!(code(&made.folder.path().join("nowhere")), Code::EditionMissing);
    assert_eq!(code(made.folder.path()), Code::EditionMissing);
    let manifest = made.edition().join("manifest.json");
    std::fs::write(&manifest, "{\"program\": {\"name\": \"other\"}}").unwrap();
    assert_eq!(code(&made.edition()), Code::EditionMissing);
    std::fs::write(&manifest, "no JSON").unwrap();
    assert_eq!(code(&made.edition()), Code::EditionMissing);
}

#[test]
fn a_file_that_is_missing_or_changed_is_told() {
    let made = Made::country();
    for name in ["areas.parquet", "areas.csv", "report.html"] {
        let file = made.edition().join(name);
        let whole = std::fs::read(&file).unwrap();
        let mut bytes = whole.clone();
        bytes[10] ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        assert_eq!(code(&made.edition()), Code::EditionDamaged, "{name}");
        std::fs::remove_file(&file).unwrap();
        assert_eq!(code(&made.edition()), Code::EditionDamaged, "{name}");
        std::fs::write(&file, &whole).unwrap();
    }
    assert!(Edition::open("made", &made.edition()).is_ok());
}

#[test]
fn names_are_parts_of_addresses() {
    let made = Made::country();
    for name in ["api", "assets", "glossary", "It", "a/b", "..", "", "-a", "è"] {
        assert_eq!(open(name, &made.edition(), Mode::Live).unwrap_err().code, Code::EditionName, "{name}");
    }
    let twice = [named("a", &made.edition()), named("a", &made.edition())];
    assert_eq!(Atlas::open(&twice, Mode::Live, meta(), None).unwrap_err().code, Code::EditionName);
    let unnamed = Named::parse(made.edition().to_str().unwrap());
    let atlas = Atlas::open(&[unnamed], Mode::Live, meta(), None).unwrap();
    assert!(!atlas.editions[0].edition.id.is_empty());
    let stray = atlas.with_studies(&[named("other", &made.study())]).unwrap_err();
    assert_eq!(stray.code, Code::EditionName);
}

#[test]
fn a_program_without_pages_says_so() {
    let made = Made::country();
    let editions = [named("made", &made.edition())];
    let without = Atlas::open(&editions, Mode::Live, meta(), Some(Assets::default())).unwrap_err();
    assert_eq!(without.code, Code::AtlasWithoutPages);
    assert!(Atlas::open(&editions, Mode::Live, meta(), Some(pages())).is_ok());
}

#[tokio::test]
async fn a_port_is_had_once() {
    let (_taken, address) = listen("127.0.0.1", 0).await.unwrap();
    assert_eq!(listen("127.0.0.1", address.port()).await.unwrap_err().code, Code::AddressTaken);
    assert!(reachable(address).is_none());
    assert_eq!(reachable(([0, 0, 0, 0], 80).into()).unwrap().code, Code::ListensToAll);
}

#[test]
fn a_study_is_that_of_its_edition() {
    let made = Made::country();
    let text = std::fs::read_to_string(made.study()).unwrap();
    std::fs::write(made.study(), text.replace("min_size = 1000", "min_size = 999")).unwrap();
    let other = made.atlas(Mode::Live).with_studies(&[named("made", &made.study())]).unwrap_err();
    assert_eq!(other.code, Code::StudyOfOtherEdition);
}
