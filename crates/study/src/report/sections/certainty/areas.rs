//! Which areas hold together.

use distretto_certainty::{AreaCertainty, ZoneKind};

use super::amounts::{per_cent, times, whole};
use crate::certainty::CertaintyResults;
use crate::disclosure::Disclosed;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{count, decimal, or_none};
use crate::report::table::{Column, Table};
use crate::report::words::plural;

/// Areas in the table.
const SHOWN: usize = 15;

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    let mut areas: Vec<&AreaCertainty> = found.areas.iter().collect();
    areas.sort_by(|a, b| a.existence.total_cmp(&b.existence).then(a.area.cmp(&b.area)));
    if areas.is_empty() {
        return;
    }
    html.heading("Which areas hold together?");
    let of = |holds: fn(f64) -> bool| areas.iter().filter(|area| holds(area.existence)).count();
    html.paragraph(&format!(
        "{} of {} come back in at least nine redraws of ten, {} in fewer than half.",
        count(of(|p| p >= 0.9) as f64),
        plural(areas.len(), "area", "areas"),
        count(of(|p| p < 0.5) as f64),
    ));
    areas.retain(|area| area.existence < 1.0);
    if areas.is_empty() {
        return;
    }
    let mut table = Table::new(
        format!("The {} that come back least often", plural(areas.len().min(SHOWN), "area", "areas")),
        &[
            Column::Text("Area"),
            Column::Number("Redraws that have it"),
            Column::Number("Mean overlap with its match"),
            Column::Number("Core zones"),
            Column::Number("Share of residents in them"),
            Column::Number("Contested zones"),
            Column::Number("Zones, 80 % interval"),
        ],
    );
    // Overlaps and shares are made of residents of single zones.
    let confidential = facts.disclosed.and_then(Disclosed::flows).is_some();
    let told = |share: f64| (!confidential).then_some(share);
    for area in areas.into_iter().take(SHOWN) {
        table.row([
            facts.area_name(area.area).to_owned(),
            times(area.existence, area.replicates),
            or_none(told(area.mean_jaccard), |overlap| decimal(overlap, 2)),
            count(area.of_kind(ZoneKind::Core).zones as f64),
            or_none(told(area.of_kind(ZoneKind::Core).weight_share), per_cent),
            count(area.of_kind(ZoneKind::Contested).zones as f64),
            whole(area.size_zones.interval(0.8)),
        ]);
    }
    table.write(html);
    html.note(
        "A redraw has an area if one of its own shares more than half with it: the employed residents of the zones in both, over those of the \
         zones in either (their overlap, from 0 to 1). Intervals are over the redraws that have the area.",
    );
}
