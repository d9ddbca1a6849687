//! How sure a place is, in the words of an explanation.

use std::fmt::Write;

use distretto_certainty::{Frequency, ZoneKind};

use crate::certainty::CertaintyResults;
use crate::run::Results;

/// Neighbours whose borders are told.
const SHOWN: usize = 8;

pub(super) fn of_zone(text: &mut String, results: &Results, zone: u32) {
    let Some(found) = &results.certainty else { return };
    let of = &found.zones[zone as usize];
    heading(text, found);
    let all = of.of;
    let times = |share: f64, of: usize| (share * of as f64).round() as usize;
    let with = |share: f64| times(share, of.replicates);
    let area = |area: u32| {
        format!("{} ({})", results.areas.names[area as usize], results.areas.partition.code(area))
    };
    if let (Some(own), Some(membership)) = (of.area, of.membership) {
        let _ = writeln!(text, "  in {} of {all} it belongs to the area {}", with(membership), area(own));
    }
    if let Some((other, share)) = of.runner_up {
        let _ =
            writeln!(text, "  in {} of {all} to {}, the most frequent alternative", with(share), area(other));
    }
    if let Some(elsewhere) = of.elsewhere.filter(|&share| share > 0.0) {
        let _ =
            writeln!(text, "  in {} of {all} to an area that the run itself does not have", with(elsewhere));
    }
    if of.without_area > 0.0 {
        let _ = writeln!(text, "  in {} of {all} it has no area", times(of.without_area, all));
    }
    if let Some(kind) = of.kind {
        let why = match kind {
            ZoneKind::Core => "it stays where it is whatever is redrawn",
            ZoneKind::Fringe => "it mostly stays where it is",
            ZoneKind::Contested => {
                "another area claims it at least half as often, or its own keeps it seldom"
            }
        };
        let _ = writeln!(text, "  so it is {} ({why}); entropy {:.2} bits", kind.name(), of.entropy);
    }
    let mut borders: Vec<(u32, f64)> = found
        .borders
        .iter()
        .flatten()
        .filter(|border| border.a == zone || border.b == zone)
        .filter_map(|border| Some((if border.a == zone { border.b } else { border.a }, border.strength?)))
        .collect();
    if borders.is_empty() {
        return;
    }
    borders.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let _ = writeln!(text, "  its borders, by how likely they separate areas:");
    for (neighbour, strength) in borders.iter().take(SHOWN) {
        let _ = writeln!(text, "    {:>5.1} %  {}", 100.0 * strength, results.input.zones.label(*neighbour));
    }
    if borders.len() > SHOWN {
        let _ = writeln!(text, "    and {} more", borders.len() - SHOWN);
    }
}

pub(super) fn of_area(text: &mut String, results: &Results, area: u32) {
    let Some(found) = &results.certainty else { return };
    heading(text, found);
    let of = &found.areas[area as usize];
    let (all, times) = (of.replicates, (of.existence * of.replicates as f64).round());
    let _ = writeln!(text, "  in {times} of {all} an area exists that shares more than half with it");
    let kinds = ZoneKind::ALL.map(|kind| format!("{} {}", of.of_kind(kind).zones, kind.name()));
    let _ = writeln!(text, "  of its zones {}", kinds.join(", "));
    let Some(district) = found
        .districts
        .as_ref()
        .and_then(|districts| districts.areas.iter().find(|district| district.area == area))
    else {
        return;
    };
    let told = |frequency: Frequency| format!("{} of {}", frequency.times, frequency.of);
    let industry = |industry: Option<u16>| {
        let districts = results.districts.as_ref()?;
        Some(districts.industry(usize::from(industry?)).to_owned())
    };
    let main = industry(district.industry)
        .map_or_else(String::new, |name| format!(" with the main industry {name}"));
    let _ = writeln!(text, "  in {} it is an industrial district{main}", told(district.same_industry));
    if district.any_industry.times > district.same_industry.times {
        let other =
            district.other_industry.and_then(|(other, times)| Some((industry(Some(other))?, times.times)));
        let other = other
            .map_or_else(String::new, |(name, times)| format!("; otherwise most often {name} ({times})"));
        let _ =
            writeln!(text, "  in {} it is one with whatever industry{other}", told(district.any_industry));
    }
    if let Some(class) = district.class {
        let _ = writeln!(text, "  as a district of that industry it is {}", class.name().replace('_', " "));
    }
    if let Some((test, failing)) = district.weakest() {
        let _ = writeln!(
            text,
            "  where the area exists and is no district ({} times), it most often fails in step {}: {} ({} times)",
            failing.of,
            test.number(),
            test.description(),
            failing.times
        );
    }
}

fn heading(text: &mut String, found: &CertaintyResults) {
    let set = found.together();
    let names: Vec<&str> = set.varying.sources().map(distretto_certainty::Source::name).collect();
    let _ =
        writeln!(text, "\nHow sure: {} replicates ({} drawn anew)", set.replicates.len(), names.join(", "));
}
