//! `report.html`: one page for a reader, with everything in it.
//!
//! | module | concept |
//! |---|---|
//! | `facts` | what the report looks at, the one place that knows how results are laid out |
//! | `sections` | the chapters, in the order of reading |
//! | `map`, `outline`, `dots`, `labels`, `projection` | the map: outlines simplified together (or circles where there are no borders), names where they find room |
//! | `network` | borders as lines, each drawn once |
//! | `svg`, `table`, `html` | figures with a table behind each, tables, and HTML that is escaped by the way it is written |
//! | `colours`, `numbers`, `words` | one choice of colours, one way to write numbers and to agree with them |
//!
//! The page loads nothing, runs nothing, and depends on nothing but its input: the same results give the same bytes.

mod colours;
mod dots;
mod facts;
mod html;
mod labels;
mod map;
mod network;
mod numbers;
mod outline;
mod projection;
mod sections;
mod svg;
mod table;
mod words;

#[cfg(test)]
mod tests;

use crate::run::Results;

pub use colours::{industry_colour, kind_colour};

use facts::Facts;
use html::Html;
use sections::{
    certainty, citation, comparisons, containment, industries, inputs, largest, making, near_misses, quality,
    regions, sizes, summary,
};

/// What the report says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportMeta {
    /// Version of the program.
    pub version: String,
    /// Commit it was built from, if known.
    pub commit: Option<String>,
    /// Hash of the canonical configuration.
    pub study_hash: String,
    /// The command that makes the edition again.
    pub command: String,
}

/// The report of a run as one HTML page.
///
/// Whatever the results lack (borders, jobs, regions, names, a search) is said in its place. Every text of the input is escaped.
/// Cost: that of drawing the map (dissolving the zones once), plus linear in areas.
pub fn report(results: &Results, meta: &ReportMeta) -> String {
    page(&Facts::from(results), meta)
}

/// The answer in a few sentences of plain text: how many areas and districts, where, in what industries, how many jobs.
pub fn answer(results: &Results) -> String {
    let facts = Facts::from(results);
    let mut sentences = vec![summary::answer(&facts)];
    sentences.extend(summary::more(&facts));
    sentences.join(" ").replace(numbers::THIN, " ")
}

/// How sure the answer is, in a sentence or two of plain text; empty where no replicates were made.
pub fn how_sure(results: &Results) -> String {
    let Some(found) = &results.certainty else { return String::new() };
    certainty::sentences(found).join(" ").replace(numbers::THIN, " ")
}

fn page(facts: &Facts<'_>, meta: &ReportMeta) -> String {
    let mut html = Html::default();
    html.element("html", &[("lang", "en")], |html| {
        html.element("head", &[], |html| head(html, facts, meta));
        html.line();
        html.element("body", &[], |html| {
            html.element("header", &[], |html| title(html, facts));
            html.line();
            html.element("main", &[], |html| {
                summary::write(html, facts);
                contents(html, facts);
                body(html, facts, meta);
            });
        });
    });
    html.into_page()
}

fn head(html: &mut Html, facts: &Facts<'_>, meta: &ReportMeta) {
    html.empty("meta", &[("charset", "utf-8")]);
    html.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.empty("meta", &[("name", "generator"), ("content", &format!("Distretto {}", meta.version))]);
    html.text_in("title", &[], &facts.config.study.title);
    html.style(include_str!("report/style.css"));
}

fn title(html: &mut Html, facts: &Facts<'_>) {
    let study = &facts.config.study;
    html.text_in("h1", &[], &study.title);
    let what = match facts.districts {
        Some(_) => "Labour market areas and industrial districts",
        None => "Labour market areas",
    };
    let vintage =
        study.vintage.as_deref().map_or_else(String::new, |vintage| format!(" · zone codes: {vintage}"));
    let country = study.country.as_deref().map_or_else(String::new, |country| format!(" · {country}"));
    html.text_in("p", &[("class", "under")], &format!("{what}{country}{vintage}"));
}

fn contents(html: &mut Html, facts: &Facts<'_>) {
    let mut chapters = vec![("where", "Map")];
    if facts.certainty.is_some() {
        chapters.push(("sure", "How sure"));
    }
    if facts.districts.is_some() {
        chapters.push(("districts", "Districts"));
    }
    chapters.push(("areas", "Areas"));
    if !facts.comparisons.is_empty() {
        chapters.push(("comparison", "Comparison"));
    }
    chapters.extend([
        ("making", "How they were found"),
        ("inputs", "Inputs and warnings"),
        ("cite", "How to cite"),
    ]);
    html.element("nav", &[("aria-label", "Contents")], |html| {
        html.element("ul", &[], |html| {
            for (id, title) in chapters {
                html.element("li", &[], |html| html.text_in("a", &[("href", &format!("#{id}"))], title));
            }
        });
    });
    html.line();
}

fn body(html: &mut Html, facts: &Facts<'_>, meta: &ReportMeta) {
    html.chapter("where", "Where they are", |html| map::write(html, facts));
    certainty::write(html, facts);
    if facts.districts.is_some() {
        html.chapter("districts", "Industrial districts", |html| {
            industries::write(html, facts);
            regions::write(html, facts);
            largest::districts(html, facts);
            near_misses::write(html, facts);
        });
    }
    html.chapter("areas", "Labour market areas", |html| {
        if facts.districts.is_none() {
            regions::write(html, facts);
        }
        sizes::write(html, facts);
        containment::write(html, facts);
        largest::areas(html, facts);
        quality::write(html, facts);
    });
    comparisons::write(html, facts);
    making::write(html, facts);
    inputs::write(html, facts);
    citation::write(html, facts, meta);
}
