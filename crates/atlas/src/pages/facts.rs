//! Titles of pages, and what they say to a browser without scripts: the plain facts and the way to the data.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Page, SHEETS, Sheet, escaped};
use crate::atlas::Atlas;
use crate::edition::Edition;
use crate::format::formats;
use crate::slug::slug;
use crate::table::Table;

/// The title of a page.
pub(super) fn title(page: Page, atlas: &Atlas) -> String {
    match page {
        Page::Front => "Distretto".to_owned(),
        Page::Glossary => "Glossary · Distretto".to_owned(),
        Page::Api => "API · Distretto".to_owned(),
        Page::Of(place, sheet) => {
            let Some(offered) = atlas.editions.get(place) else { return "Distretto".to_owned() };
            let edition = &offered.edition;
            match sheet {
                Sheet::Answer => edition.title().to_owned(),
                Sheet::Area(area) => format!("{} · {}", name(edition, area), edition.title()),
                _ => format!("{} · {}", heading(sheet), edition.title()),
            }
        }
    }
}

fn heading(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Answer => "Answer",
        Sheet::Map => "Map",
        Sheet::Areas | Sheet::Area(_) => "Areas",
        Sheet::Zones => "Zones",
        Sheet::Compare => "Compare",
        Sheet::Rules => "Rules",
        Sheet::Data => "Data",
    }
}

/// The name of an area, else its code.
fn name(edition: &Edition, area: u32) -> &str {
    let profiles = edition.area_profiles();
    let text = |column| profiles.text(area as usize, column);
    text("name").filter(|name| !name.is_empty()).or_else(|| text("area")).unwrap_or_default()
}

/// HTML for a browser without scripts; `root` leads to the root of the site.
pub(super) fn facts(page: Page, atlas: &Atlas, root: &str) -> String {
    let mut html = format!("<main><h1>{}</h1>", escaped(&title(page, atlas)));
    match page {
        Page::Front => editions(&mut html, atlas, root),
        Page::Glossary | Page::Api => {
            item(&mut html, &format!("{root}api/v1/openapi.json"), "openapi.json");
        }
        Page::Of(place, sheet) => {
            if let Some(offered) = atlas.editions.get(place) {
                of_edition(&mut html, &offered.edition, sheet, root);
            }
        }
    }
    html.push_str("<p>This page needs scripts for its maps and charts. What is above needs none.</p></main>");
    html
}

/// The same for a place where no page is.
pub(super) fn missing(root: &str) -> String {
    format!("<main><h1>Nothing has this address</h1><p><a href=\"{root}\">To the front page</a></p></main>")
}

pub(super) fn tours(root: &str) -> String {
    format!(
        "<main><h1>Study tours</h1><p>Tours need scripts and a login.</p><p><a href=\"{root}\">To the front page</a></p></main>"
    )
}

fn editions(html: &mut String, atlas: &Atlas, root: &str) {
    html.push_str("<ul>");
    for offered in &atlas.editions {
        let edition = &offered.edition;
        item(html, &format!("{root}{}/", edition.id), edition.title());
    }
    html.push_str("</ul>");
}

fn of_edition(html: &mut String, edition: &Edition, sheet: Sheet, root: &str) {
    let own = format!("{root}{}/", edition.id);
    let data = format!("{root}api/v1/editions/{}", edition.id);
    match sheet {
        Sheet::Areas => {
            html.push_str("<ul>");
            for (area, code) in (0..).zip(edition.partition.codes()) {
                item(html, &format!("{own}areas/{}/", slug(code)), name(edition, area));
            }
            html.push_str("</ul>");
        }
        Sheet::Area(area) => {
            row(html, edition.area_profiles(), area as usize);
            let code = edition.partition.codes().get(area as usize).map_or("", String::as_str);
            html.push_str("<ul>");
            item(html, &format!("{data}/areas/{}.json", slug(code)), "JSON");
            html.push_str("</ul>");
        }
        Sheet::Data => {
            html.push_str("<ul>");
            for table in edition.all_tables() {
                for format in formats(edition, table) {
                    let file = format!("{}.{}", table.name, format.ending());
                    item(html, &format!("{data}/{file}"), &file);
                }
            }
            html.push_str("</ul>");
        }
        _ => counts(html, edition),
    }
    html.push_str("<ul>");
    for (other, path) in SHEETS {
        item(html, &format!("{own}{path}"), heading(other));
    }
    html.push_str("</ul>");
}

fn counts(html: &mut String, edition: &Edition) {
    let districts = edition.table("districts").and_then(|table| table.texts("kind"));
    let districts = districts.map(|kinds| kinds.iter().flatten().filter(|kind| *kind == "district").count());
    html.push_str("<dl>");
    let facts =
        [("Zones", Some(edition.zones.len())), ("Areas", Some(edition.areas())), ("Districts", districts)];
    for (what, count) in facts {
        if let Some(count) = count {
            let _ = write!(html, "<dt>{what}</dt><dd>{count}</dd>");
        }
    }
    html.push_str("</dl>");
}

/// What is known of a place, each with its meaning; what is missing is left out.
fn row(html: &mut String, table: &Table, row: usize) {
    html.push_str("<dl>");
    for (field, (_, value)) in table.fields.iter().zip(table.row(row)) {
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text,
            other => other.to_string(),
        };
        let _ = write!(html, "<dt>{}</dt><dd>{}</dd>", escaped(&field.description), escaped(&text));
    }
    html.push_str("</dl>");
}

fn item(html: &mut String, address: &str, text: &str) {
    let _ = write!(html, "<li><a href=\"{}\">{}</a></li>", escaped(address), escaped(text));
}
