//! The answer in a few sentences, and the figures that carry it.

use std::collections::BTreeMap;

use distretto_districts::istat::Kind;

use crate::report::facts::{Facts, kind_title};
use crate::report::html::Html;
use crate::report::numbers::{count, percent};
use crate::report::sections::certainty;
use crate::report::words::{listed, lower, plural};

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    html.element("section", &[("id", "answer"), ("aria-label", "The answer")], |html| {
        html.text_in("p", &[("class", "lead")], &answer(facts));
        html.line();
        for sentence in more(facts) {
            html.paragraph(&sentence);
        }
        if let Some(found) = facts.certainty {
            html.paragraph(&certainty::in_short(found));
            if let Some(warning) = certainty::structure(found) {
                html.paragraph(&warning);
            }
        }
        key_figures(html, facts);
    });
    html.line();
}

/// How many areas and districts there are.
pub(in crate::report) fn answer(facts: &Facts<'_>) -> String {
    let zones = plural(facts.zones.len(), "zone", "zones");
    let areas = facts.number_of_areas();
    let form = match (&facts.areas.search, facts.zones.len()) {
        (Some(_), 1) => "forms",
        (Some(_), _) => "form",
        (None, 1) => "belongs to",
        (None, _) => "belong to",
    };
    let first = if facts.areas.search.is_some() {
        format!("{zones} {form} {}", plural(areas, "labour market area", "labour market areas"))
    } else {
        format!("{zones} {form} {}", plural(areas, "given labour market area", "given labour market areas"))
    };
    let Some(_) = facts.districts else {
        return format!("{first}. No table of jobs was given, so no districts were sought.");
    };
    match facts.districts().len() {
        0 if areas == 1 => format!("{first}; it is not an industrial district."),
        0 => format!("{first}; none of them is an industrial district."),
        1 if areas == 1 => format!("{first}; it is an industrial district."),
        1 => format!("{first}; one of them is an industrial district."),
        found => format!(
            "{first}; {} of them ({}) are industrial districts.",
            count(found as f64),
            percent(found as f64 / areas as f64)
        ),
    }
}

/// Where they are and what they make, how many jobs they have, and what the other areas are.
pub(in crate::report) fn more(facts: &Facts<'_>) -> Vec<String> {
    [where_and_what(facts), jobs(facts), others(facts)].into_iter().flatten().collect()
}

/// The regions with most districts (or the largest districts, where there are no regions), and the main industries.
fn where_and_what(facts: &Facts<'_>) -> Option<String> {
    let districts = facts.districts();
    let first = districts.first()?;
    let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
    for region in districts.iter().filter_map(|district| district.region) {
        *regions.entry(region).or_default() += 1;
    }
    let mut regions: Vec<(&str, usize)> = regions.into_iter().collect();
    regions.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let place = if districts.len() == 1 {
        format!("It is {}, in {}", first.name, first.region.unwrap_or("a region that is not given"))
    } else if regions.is_empty() {
        let names: Vec<&str> = districts.iter().take(3).map(|district| district.name).collect();
        format!("The largest by jobs in their main industry are {}", listed(&names))
    } else {
        let names: Vec<String> =
            regions.iter().take(3).map(|(region, n)| format!("{region} ({})", count(*n as f64))).collect();
        let most = if regions.len() > 3 { "Most of them lie in" } else { "They lie in" };
        let least = if regions.len() > 3
            && regions.iter().take(3).map(|r| r.1).sum::<usize>() * 2 <= districts.len()
        {
            "The regions with most of them are"
        } else {
            most
        };
        format!("{least} {}", listed(&names))
    };
    let industries: Vec<String> = facts
        .industries()
        .iter()
        .take(4)
        .map(|&(industry, n)| format!("{} ({})", lower(facts.industry_short(industry)), count(n as f64)))
        .collect();
    Some(match (districts.len(), facts.industries().len()) {
        (1, _) => format!("{place}; its main industry is {}.", lower(facts.industry_short(first.industry))),
        (_, 1) => {
            format!("{place}; the main industry of all is {}.", lower(facts.industry_short(first.industry)))
        }
        (_, 2..=4) => format!("{place}. Their main industries are {}.", listed(&industries)),
        _ => format!("{place}. Their most frequent main industries are {}.", listed(&industries)),
    })
}

fn jobs(facts: &Facts<'_>) -> Option<String> {
    let jobs = facts.district_jobs()?;
    let districts = facts.districts().len();
    if districts == 0 {
        return None;
    }
    let they = if districts == 1 { "It has" } else { "Together they have" };
    let estimated = if jobs.estimated { " (partly estimated)" } else { "" };
    let share =
        jobs.share.map_or(String::new(), |share| format!(", {} of those in the tables", percent(share)));
    Some(format!(
        "{they} {} manufacturing jobs{estimated}{share}; {} are in {} main {}.",
        count(jobs.manufacturing),
        count(jobs.main_industry),
        if districts == 1 { "its" } else { "their" },
        if districts == 1 { "industry" } else { "industries" },
    ))
}

/// The areas that are no districts.
fn others(facts: &Facts<'_>) -> Option<String> {
    facts.districts?;
    let others: Vec<String> = facts
        .kinds()
        .into_iter()
        .filter(|&(kind, n)| kind != Kind::District && n > 0)
        .map(|(kind, n)| {
            let [one, many] = kind_title(kind);
            plural(n, one, many)
        })
        .collect();
    let start = if facts.districts().is_empty() { "By the ISTAT rule" } else { "The rest" };
    (!others.is_empty()).then(|| format!("{start}: {}.", listed(&others)))
}

fn key_figures(html: &mut Html, facts: &Facts<'_>) {
    let mut figures = vec![
        (count(facts.zones.len() as f64), "zones"),
        (count(facts.number_of_areas() as f64), "labour market areas"),
    ];
    if facts.districts.is_some() {
        figures.push((count(facts.districts().len() as f64), "industrial districts"));
    }
    if let Some(share) = facts.district_jobs().and_then(|jobs| jobs.share).filter(|share| *share > 0.0) {
        figures.push((percent(share), "of manufacturing jobs in districts"));
    }
    if let Some(flows) = facts.flows.map(|flows| &flows.table) {
        let total = flows.persons(flows.total());
        let inside: f64 = facts.all_statistics().iter().map(|area| area.inside).sum();
        figures.push((count(total), "employed residents with a known workplace"));
        figures.extend(
            (total > 0.0).then(|| (percent(inside / total), "of them work in the area where they live")),
        );
    }
    figures.extend(facts.certainty.into_iter().flat_map(certainty::key_figures));
    html.element("dl", &[("class", "key")], |html| {
        for (figure, what) in figures {
            html.element("div", &[], |html| {
                html.text_in("dt", &[], what);
                html.text_in("dd", &[], &figure);
            });
        }
    });
}
