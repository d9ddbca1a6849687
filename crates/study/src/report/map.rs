//! The map of areas and districts.

use std::fmt::Write as _;

use distretto_districts::istat::Kind;

use super::colours::{self, Fill, SEQUENCE};
use super::dots;
use super::facts::{District, Facts, kind_title};
use super::html::Html;
use super::labels::{Placed, Wanted, place};
use super::numbers::{NONE, count, or_none, percent};
use super::outline::{self, LARGEST, Outline, SCALE, Sheet};
use super::svg::{Anchor, Figure, label, line, rectangle, round_step};
use super::table::{Column, Table};
use super::words::{capital, listed, plural};

/// Width of the map with its margins, in units of the drawing.
pub(super) const WIDTH: i32 = (LARGEST[0] * SCALE) as i32;
/// The name of the figure.
const ID: &str = "map";
/// Names on the map.
pub(super) const NAMES: usize = 18;
/// Areas up to which each outline tells its name where the pointer rests.
const TOLD: usize = 2_500;
/// Rows of the table behind the map.
const ROWS: usize = 300;
/// Lower ends of the classes of self-containment; the same in every report, so that maps can be compared.
const CLASSES: [(f64, &str); 5] = [
    (0.0, "below 60 %"),
    (0.6, "60 to 70 %"),
    (0.7, "70 to 80 %"),
    (0.8, "80 to 90 %"),
    (0.9, "90 % and more"),
];

/// What areas of one fill are, and which.
struct Class {
    fill: Fill,
    title: String,
    areas: Vec<u32>,
}

pub(super) fn write(html: &mut Html, facts: &Facts<'_>) {
    let outlined = facts.topology.and_then(|topology| outline::sheet(topology, &facts.areas.partition));
    let borders = outlined.is_some();
    let Some(sheet) = outlined.or_else(|| dots::sheet(&places(facts))) else {
        html.paragraph("The study has neither borders nor central points of zones, so there is no map.");
        return;
    };
    let classes = if facts.districts.is_some() { by_kind(facts) } else { by_containment(facts) };
    let unseen = sheet.areas.iter().filter(|outline| outline.is_none()).count();
    let (title, description) = title(facts, &classes);
    let mut caption = match facts.districts {
        Some(_) if facts.districts().is_empty() => "Greys: areas that are no districts. The largest areas are named.".to_owned(),
        Some(_) => "Colours and stripes: main industry of a district; greys: areas that are no districts. The districts \
                    with most jobs in their main industry are named."
            .to_owned(),
        None => "Self-containment: the smaller of supply side (share of employed residents who work in their area) and \
                 demand side (share of jobs held by residents of the area). The largest areas are named."
            .to_owned(),
    };
    caption.push_str(if borders {
        " Lambert azimuthal equal-area projection; neighbours share their simplified borders."
    } else {
        " The study has no borders: circles stand at the main zone of each area, their surface in proportion to its employed \
         residents. Lambert azimuthal equal-area projection."
    });
    if unseen > 0 {
        let what = if borders { "borders" } else { "a central point" };
        let _ = write!(caption, " {} without {what} cannot be shown.", plural(unseen, "area", "areas"));
    }
    let legend = legend_height(&classes, sheet.without.is_some());
    let [width, height] = sheet.size;
    let full = WIDTH.max(width);
    let shift = (full - width) / 2;
    let figure = Figure {
        id: ID,
        title: &title,
        description: &description,
        caption: &caption,
        size: [full, height + legend as i32],
        scale: SCALE,
        behind: vec![table(facts, &classes)],
    };
    figure.write(html, |html| {
        let mut fills: Vec<Fill> = classes.iter().map(|class| class.fill).collect();
        fills.extend(sheet.without.as_ref().map(|_| Fill::Hatched));
        colours::define(html, ID, &fills, SCALE);
        html.element("g", &[("transform", &format!("translate({shift} 0)"))], |html| {
            draw_areas(html, facts, &sheet, &classes);
        });
        draw_names(html, facts, &sheet, shift);
        draw_legend(html, &sheet, &classes, f64::from(height) + 24.0 * SCALE);
    });
}

/// The central point of the main zone of each area, and its employed residents.
fn places(facts: &Facts<'_>) -> Vec<dots::Place> {
    let point = |zone: &u32| facts.zones.points.get(*zone as usize).copied().flatten();
    let size = |area: u32| facts.statistics(area).map_or(1.0, |statistics| statistics.residents);
    (0..).zip(&facts.areas.main_zones).map(|(area, zone)| (point(zone), size(area))).collect()
}

fn by_kind(facts: &Facts<'_>) -> Vec<Class> {
    let districts = facts.districts();
    let mut classes: Vec<Class> = facts
        .industries()
        .into_iter()
        .map(|(industry, _)| Class {
            fill: colours::of_industry(facts.industry(industry).0, industry),
            title: facts.industry_short(industry).to_owned(),
            areas: districts.iter().filter(|d| d.industry == industry).map(|d| d.area).collect(),
        })
        .collect();
    for (kind, _) in facts.kinds().into_iter().filter(|&(kind, n)| kind != Kind::District && n > 0) {
        let areas =
            (0..facts.number_of_areas() as u32).filter(|&area| facts.kind(area) == Some(kind)).collect();
        classes.push(Class { fill: colours::of_kind(kind), title: capital(kind_title(kind)[1]), areas });
    }
    classes
}

/// The smaller of the two self-containments of an area.
fn containment(facts: &Facts<'_>, area: u32) -> Option<f64> {
    let statistics = facts.statistics(area)?;
    Some(statistics.sc_supply_side?.min(statistics.sc_demand_side?))
}

fn by_containment(facts: &Facts<'_>) -> Vec<Class> {
    let areas = 0..facts.number_of_areas() as u32;
    let class_of = |area: u32| {
        containment(facts, area)
            .map(|share| CLASSES.iter().rposition(|(low, _)| share >= *low).unwrap_or_default())
    };
    let mut classes: Vec<Class> = CLASSES
        .iter()
        .enumerate()
        .map(|(at, (_, title))| Class {
            fill: Fill::Plain(SEQUENCE[at]),
            title: format!("Self-containment {title}"),
            areas: areas.clone().filter(|&area| class_of(area) == Some(at)).collect(),
        })
        .collect();
    let unknown: Vec<u32> = areas.filter(|&area| class_of(area).is_none()).collect();
    classes.push(Class { fill: Fill::Hatched, title: "Self-containment not known".into(), areas: unknown });
    classes.retain(|class| !class.areas.is_empty());
    classes
}

fn title(facts: &Facts<'_>, classes: &[Class]) -> (String, String) {
    let parts: Vec<String> =
        classes.iter().map(|class| format!("{}: {}", class.title, count(class.areas.len() as f64))).collect();
    let title = match facts.districts {
        Some(_) => "Labour market areas and industrial districts by main industry",
        None => "Labour market areas by self-containment",
    };
    let areas = plural(facts.number_of_areas(), "labour market area", "labour market areas");
    (title.into(), format!("A map of {areas}. Number of areas by class: {}.", listed(&parts)))
}

fn draw_areas(html: &mut Html, facts: &Facts<'_>, sheet: &Sheet, classes: &[Class]) {
    let borders = if facts.districts.is_some() { "areas kinds" } else { "areas shares" };
    let width = if facts.number_of_areas() > 800 { "0.9" } else { "1.7" };
    let attributes = [("class", borders), ("stroke-width", width), ("fill-rule", "evenodd")];
    html.element("g", &attributes, |html| {
        if let Some(without) = &sheet.without {
            html.empty("path", &[("d", &without.path), ("fill", &Fill::Hatched.paint(ID))]);
        }
        for class in classes {
            html.element("g", &[("fill", &class.fill.paint(ID))], |html| {
                for &area in &class.areas {
                    let Some(Some(Outline { path, .. })) = sheet.areas.get(area as usize) else { continue };
                    if facts.number_of_areas() > TOLD {
                        html.empty("path", &[("d", path)]);
                    } else {
                        html.element("path", &[("d", path)], |html| {
                            html.text_in(
                                "title",
                                &[],
                                &format!("{}: {}", facts.area_name(area), class.title),
                            );
                        });
                    }
                }
            });
            html.line();
        }
    });
}

fn draw_names(html: &mut Html, facts: &Facts<'_>, sheet: &Sheet, shift: i32) {
    let districts = facts.districts();
    let areas: Vec<u32> = if districts.is_empty() {
        facts.areas_by_size()
    } else {
        districts.iter().map(|district| district.area).collect()
    };
    let wanted: Vec<Wanted<'_>> = areas
        .into_iter()
        .filter_map(|area| {
            let outline = sheet.areas.get(area as usize)?.as_ref()?;
            let [x, y] = outline.middle;
            Some(Wanted { text: facts.area_name(area), at: [x + f64::from(shift), y] })
        })
        .take(4 * NAMES)
        .collect();
    let size = [f64::from(sheet.size[0] + 2 * shift), f64::from(sheet.size[1])];
    write_names(html, &wanted, size);
}

/// The first of these names that find room.
pub(super) fn write_names(html: &mut Html, wanted: &[Wanted<'_>], size: [f64; 2]) {
    html.element("g", &[("class", "names")], |html| {
        for Placed { text, point, at, anchor } in place(wanted, size, 12.0 * SCALE, NAMES) {
            let [x, y] = point.map(|place| format!("{place:.0}"));
            html.empty("circle", &[("cx", &x), ("cy", &y), ("r", "7")]);
            label(html, at.map(f64::round), anchor, "name", text);
        }
    });
    html.line();
}

fn legend_height(classes: &[Class], without: bool) -> f64 {
    let entries = classes.len() + usize::from(without);
    (60.0 + 20.0 * entries.div_ceil(2) as f64) * SCALE
}

fn draw_legend(html: &mut Html, sheet: &Sheet, classes: &[Class], top: f64) {
    draw_scale(html, sheet.size[0], sheet.metres, top);
    let mut entries: Vec<(Fill, String)> = classes
        .iter()
        .map(|class| (class.fill, format!("{} ({})", class.title, count(class.areas.len() as f64))))
        .collect();
    entries.extend(sheet.without.as_ref().map(|_| (Fill::Hatched, "Zones without an area".to_owned())));
    let rows = entries.len().div_ceil(2).max(1);
    let half = f64::from(WIDTH) * 0.54;
    for (at, (fill, title)) in entries.iter().enumerate() {
        let x = if at / rows == 0 { 0.0 } else { half };
        let y = top + (24.0 + 20.0 * (at % rows) as f64) * SCALE;
        let paint = fill.paint(ID);
        rectangle(html, [x + 2.0, y], [16.0 * SCALE, 12.0 * SCALE], &[("fill", &paint), ("class", "swatch")]);
        label(html, [x + 22.0 * SCALE, y + 10.5 * SCALE], Anchor::Start, "key", title);
    }
}

/// A bar of a round number of kilometres, about a fifth of a map of this width, of which a unit is so many metres.
pub(super) fn draw_scale(html: &mut Html, width: i32, unit: f64, top: f64) {
    let metres = round_step(f64::from(width) * unit / 7.0);
    let length = (metres / unit).round();
    let text = if metres >= 1_000.0 {
        format!("{} km", count(metres / 1_000.0))
    } else {
        format!("{} m", count(metres))
    };
    let tick = 4.0 * SCALE;
    line(html, [4.0, top], [length, top], "bar");
    line(html, [4.0, top - tick], [4.0, top + tick], "bar");
    line(html, [length, top - tick], [length, top + tick], "bar");
    label(html, [length + 8.0 * SCALE, top + 4.0 * SCALE], Anchor::Start, "key", &text);
}

/// Every district, or the number of areas by class where there are none.
fn table(facts: &Facts<'_>, classes: &[Class]) -> Table {
    let districts = facts.districts();
    if districts.is_empty() {
        let mut table = Table::new("Areas by class", &[Column::Text("Class"), Column::Number("Areas")]);
        for class in classes {
            table.row([class.title.clone(), count(class.areas.len() as f64)]);
        }
        return table;
    }
    let caption = match districts.len() {
        all @ 0..=ROWS => format!("{}, by jobs in the main industry", plural(all, "district", "districts")),
        all => format!(
            "The first {ROWS} of {} districts by jobs in the main industry; all are in districts.csv",
            count(all as f64)
        ),
    };
    district_table(facts, caption, districts.iter().take(ROWS))
}

/// Districts with what there is to know about each.
pub(super) fn district_table<'d, 'f: 'd>(
    facts: &Facts<'f>,
    caption: String,
    districts: impl Iterator<Item = &'d District<'f>>,
) -> Table {
    let mut table = Table::new(
        caption,
        &[
            Column::Text("District"),
            Column::Text("Region"),
            Column::Text("Main industry"),
            Column::Number("Jobs in it"),
            Column::Number("Local units in it"),
            Column::Number("Share of small and medium units in its jobs"),
            Column::Number("Manufacturing jobs"),
        ],
    );
    for district in districts {
        table.row([
            district.name.to_owned(),
            district.region.unwrap_or(NONE).to_owned(),
            facts.industry_short(district.industry).to_owned(),
            count(district.jobs),
            or_none(district.units, count),
            or_none(district.sme_share, percent),
            count(district.manufacturing),
        ]);
    }
    table.without_empty_columns()
}
