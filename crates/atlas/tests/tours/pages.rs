//! The shell of the pages, and the site without tours.

use std::sync::atomic::AtomicBool;

use distretto_atlas::address::all_addresses;
use distretto_atlas::atlas::{Atlas, Mode};
use distretto_atlas::server::tours::Tours;
use distretto_atlas::site;
use distretto_desk::store::{Store, StorePlace};
use distretto_study::fault::Code;

use crate::common::{Made, meta, open, pages};
use crate::desk::{Desk, Reader};

#[tokio::test]
async fn the_shell_is_the_same_for_every_tour_and_says_that_there_are_some() {
    let desk = Desk::open().await;
    let nobody = Reader::default();
    for (path, root) in [("/tours/", "../"), ("/tours/brindisi/", "../../"), ("/tours/a/b/c", "../../../")] {
        let page = desk.get(&nobody, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("data-tours=\"true\""), "{path}");
        assert!(page.text().contains(&format!("src=\"{root}assets/index-1.js\"")), "{path}");
        assert!(page.header("content-security-policy").contains("script-src 'self'"));
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!page.text().contains("Puglia"));
    }
    assert_eq!(desk.get(&nobody, "/tours").await.header("location"), "/tours/");
    assert!(desk.get(&nobody, "/").await.text().contains("data-tours=\"true\""));
}

#[test]
fn a_static_site_has_no_tours() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let made = Made::country();
    let out = made.folder.path().join("site");
    let place = StorePlace::File(made.folder.path().join("tours.db"));
    let store = runtime.block_on(Store::open_or_make(&place)).unwrap();
    let atlas = made.atlas(Mode::Static).with_tours(Tours::new(store));
    let addresses = all_addresses(&atlas);
    assert!(addresses.iter().all(|address| !address.path(&atlas).contains("tours")));
    site::write(&atlas, &out, false, &AtomicBool::new(false), &|_, _| {}).unwrap();
    assert!(!out.join("tours").exists());
    assert!(!std::fs::read_to_string(out.join("index.html")).unwrap().contains("data-tours"));
}

#[test]
fn no_edition_can_be_called_tours() {
    let made = Made::country();
    assert_eq!(open("tours", &made.edition(), Mode::Live).unwrap_err().code, Code::EditionName);
    let none = Atlas::open(&[], Mode::Live, meta(), Some(pages())).unwrap();
    assert!(none.tours.is_none());
}
