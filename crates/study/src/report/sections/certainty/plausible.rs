//! Nine maps that could have been: the first redraws, side by side.

use distretto_certainty::{Agreement, Replicate};
use distretto_districts::istat::Kind;
use distretto_territory::Topology;
use distretto_territory::dissolve::dissolve;
use distretto_territory::simplify::simplify;

use crate::certainty::CertaintyResults;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::network::{Ground, lines};
use crate::report::numbers::{NONE, count, decimal};
use crate::report::outline::SCALE;
use crate::report::table::{Column, Table};
use crate::report::words::plural;

/// Maps shown.
const MAPS: usize = 9;
/// Width and height of each, in pixels.
const LARGEST: [f64; 2] = [250.0, 250.0];

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    let set = found.together();
    let shown: Vec<(&Replicate, &Agreement)> = set.replicates.iter().zip(&set.agreement).take(MAPS).collect();
    html.heading("Maps that could have been");
    html.paragraph(
        "Each of these redraws is one way the figures could have come out. What most of them share is firm; what only some have is not. The \
         adjusted Rand index (ARI) says how much of the run a redraw keeps: 1 if all of it, about 0 if no more than chance would.",
    );
    let table = table(&shown);
    let ground = facts.topology.and_then(|topology| Ground::of(topology, LARGEST, |_| false));
    let Some(ground) = ground else {
        html.paragraph("The study has no borders, so these redraws are told by their numbers only.");
        table.write(html);
        return;
    };
    let coast = ground.coast();
    let number = html.next_figure();
    html.element("figure", &[("id", "plausible")], |html| {
        html.element("div", &[("class", "multiples")], |html| {
            for (replicate, agreement) in &shown {
                html.element("div", &[], |html| panel(html, &ground, &coast, replicate, agreement));
                html.line();
            }
        });
        html.element("figcaption", &[], |html| {
            html.text_in(
                "b",
                &[],
                &format!("Figure {number}. The first {}. ", plural(shown.len(), "redraw", "redraws")),
            );
            html.text("Dark lines: borders of areas");
            html.text(if found.base.judged.is_some() { "; shaded: industrial districts. " } else { ". " });
            html.text("Not chosen: they are simply the first that were drawn.");
        });
        html.details(&format!("The numbers behind figure {number}"), |html| table.write(html));
    });
    html.line();
}

/// `37 areas, 12 districts, ARI 0.78`.
fn told(replicate: &Replicate, agreement: &Agreement) -> String {
    let districts = replicate
        .districts()
        .map_or_else(String::new, |n| format!(", {}", plural(n, "district", "districts")));
    let areas = plural(replicate.areas as usize, "area", "areas");
    format!("{areas}{districts}, ARI {}", decimal(agreement.ari, 2))
}

fn table(shown: &[(&Replicate, &Agreement)]) -> Table {
    let mut table = Table::new(
        "The redraws shown",
        &[
            Column::Text("Redraw"),
            Column::Number("Areas"),
            Column::Number("Districts"),
            Column::Number("Areas of the run found again"),
            Column::Number("Zones that changed their area"),
            Column::Number("ARI against the run"),
        ],
    );
    for (replicate, agreement) in shown {
        table.row([
            count(replicate.number as f64),
            count(f64::from(replicate.areas)),
            replicate.districts().map_or_else(|| NONE.to_owned(), |n| count(n as f64)),
            count(agreement.areas_found as f64),
            count(agreement.zones_changed as f64),
            decimal(agreement.ari, 2),
        ]);
    }
    table.without_empty_columns()
}

fn panel(html: &mut Html, ground: &Ground, coast: &str, replicate: &Replicate, agreement: &Agreement) {
    let [width, height] = ground.frame.size();
    let told = told(replicate, agreement);
    let id = format!("redraw-{}", replicate.number);
    let attributes = [
        ("viewBox", format!("-8 -8 {} {}", width + 16, height + 16)),
        ("width", format!("{:.0}", f64::from(width + 16) / SCALE)),
        ("role", "img".to_owned()),
        ("aria-labelledby", id.clone()),
    ];
    let attributes: Vec<(&str, &str)> =
        attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    html.element("svg", &attributes, |html| {
        html.text_in(
            "title",
            &[("id", &id)],
            &format!("Redraw {}: a small map of its {told}", count(replicate.number as f64)),
        );
        draw(html, ground, replicate);
        html.empty("path", &[("d", coast), ("class", "outer")]);
    });
    html.text_in("p", &[], &format!("Redraw {}: {told}", count(replicate.number as f64)));
}

fn draw(html: &mut Html, ground: &Ground, replicate: &Replicate) {
    let areas = replicate.areas;
    // Zones without an area are one more group, so that the map has no holes that look like the sea.
    let group: Vec<Option<u32>> = replicate.area_of.iter().map(|&area| Some(area.min(areas))).collect();
    // Dissolved first: junctions between zones of one area are no longer in the way of simplifying.
    let Ok(own) = Topology::new(&dissolve(&ground.thin, &group, areas as usize + 1)) else { return };
    let pixel = ground.frame.metres() * SCALE;
    let thin = simplify(&own, pixel * pixel);
    let district =
        |area: u32| replicate.judged.as_ref()?.get(area as usize).map(|a| a.kind == Kind::District);
    let shaded: Vec<Option<u32>> =
        (0..=areas).map(|area| district(area).filter(|is| *is).map(|_| 0)).collect();
    for shape in dissolve(&thin, &shaded, 1).iter().flatten() {
        let path = ground.frame.outline(&ground.projection, shape).path;
        html.empty("path", &[("d", &path), ("class", "shaded")]);
    }
    let paths = lines(&thin, &ground.projection, &ground.frame, 1, |zones| (zones.len() > 1).then_some(0));
    for path in paths.iter().filter(|path| !path.is_empty()) {
        html.empty("path", &[("d", path), ("class", if areas > 300 { "border fine" } else { "border" })]);
    }
}
