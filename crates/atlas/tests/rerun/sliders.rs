//! What the sliders offer is what a rerun takes.

use distretto_atlas::documents::{Offer, edition};
use distretto_study::fault::Code;

use crate::made::{Made, rerun};

#[test]
fn both_ends_of_every_slider_are_taken() {
    let made = Made::country(|text| text);
    let (folder, live) = (made.opened(), made.live());
    let sliders = edition(&Offer { edition: &folder, rerun: true, grid: false }).sliders;
    let own = rerun(&live, &[]).unwrap().parameters;
    assert_eq!(sliders.len(), own.len(), "a slider for every parameter");
    for slider in &sliders {
        assert_eq!(own[slider.name], slider.value);
        for end in [slider.min, slider.max] {
            // A target stays at or above its minimum: the other slider of a pair gives way.
            let partner = match slider.name {
                "min_sc" => Some(("target_sc", own["target_sc"].max(end))),
                "target_sc" => Some(("min_sc", own["min_sc"].min(end))),
                _ => None,
            };
            let values: Vec<(&str, f64)> = partner.into_iter().chain([(slider.name, end)]).collect();
            match rerun(&live, &values) {
                Ok(found) => assert_eq!(found.parameters[slider.name], end),
                // In so small a country no area may be so self-contained: an answer too.
                Err(fault) => assert_eq!(fault.code, Code::NoAreas, "{values:?}"),
            }
        }
    }
}
