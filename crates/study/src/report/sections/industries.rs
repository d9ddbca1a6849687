//! Districts by main industry.

use std::fmt::Write as _;

use crate::report::colours;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, or_none, percent};
use crate::report::svg::{Anchor, Axis, Figure, label, line, rectangle};
use crate::report::table::{Column, Table};
use crate::report::words::listed;

/// The name of the figure.
const ID: &str = "industries";

/// An industry, ours and official.
struct Row<'a> {
    industry: Option<usize>,
    title: &'a str,
    districts: usize,
    official: Option<u64>,
    jobs: f64,
}

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    let rows = rows(facts);
    if rows.is_empty() {
        return;
    }
    html.heading("By main industry");
    let official = rows.iter().any(|row| row.official.is_some());
    let parts: Vec<String> =
        rows.iter().map(|row| format!("{}: {}", row.title, count(row.districts as f64))).collect();
    let mut caption = "Bars: districts of this study.".to_owned();
    if let Some(figures) = facts.official().filter(|_| official) {
        let _ = write!(caption, " Black ticks: official figures ({}).", figures.source);
    }
    let height = 26 * rows.len() as i32 + 46;
    let figure = Figure {
        id: ID,
        title: "Districts by main industry",
        description: &format!("Bars, longest first: {}.", listed(&parts)),
        caption: &caption,
        size: [700, height],
        scale: 1.0,
        behind: vec![table(facts, &rows)],
    };
    figure.write(html, |html| draw(html, facts, &rows, f64::from(height)));
}

fn rows<'a>(facts: &Facts<'a>) -> Vec<Row<'a>> {
    let districts = facts.districts();
    let mut rows: Vec<Row<'a>> = facts
        .industries()
        .into_iter()
        .map(|(industry, n)| Row {
            industry: Some(industry),
            title: facts.industry(industry).1,
            districts: n,
            official: None,
            jobs: districts.iter().filter(|d| d.industry == industry).map(|d| d.jobs).sum(),
        })
        .collect();
    for (name, &number) in facts.official().into_iter().flat_map(|official| &official.districts_by_industry) {
        // Official industries are called as in the grouping, by id or by title; what is called otherwise is not lost.
        let industry = facts.industry_called(name);
        let is_it = |row: &&mut Row<'_>| match industry {
            Some(_) => row.industry == industry,
            None => row.title == name,
        };
        if let Some(row) = rows.iter_mut().find(is_it) {
            row.official = Some(row.official.unwrap_or(0) + number);
        } else {
            let title = industry.map_or(name.as_str(), |industry| facts.industry(industry).1);
            rows.push(Row { industry, title, districts: 0, official: Some(number), jobs: 0.0 });
        }
    }
    rows
}

fn table(facts: &Facts<'_>, rows: &[Row<'_>]) -> Table {
    let mut table = Table::new(
        "Districts by main industry",
        &[
            Column::Text("Main industry"),
            Column::Number("Districts"),
            Column::Number("Share of districts"),
            Column::Number("Official"),
            Column::Number("Jobs in the main industry"),
        ],
    );
    let all: usize = rows.iter().map(|row| row.districts).sum();
    for row in rows {
        table.row([
            row.title.to_owned(),
            count(row.districts as f64),
            or_none((all > 0).then(|| row.districts as f64 / all as f64), percent),
            or_none(row.official.map(|n| n as f64), count),
            count(row.jobs),
        ]);
    }
    let official = facts.official().and_then(|official| official.districts).map(|n| n as f64);
    let shown = rows.iter().any(|row| row.official.is_some());
    table.total([
        "All".to_owned(),
        count(all as f64),
        percent(1.0),
        if shown { or_none(official, count) } else { NONE.to_owned() },
        count(rows.iter().map(|row| row.jobs).sum()),
    ]);
    table.without_empty_columns()
}

fn draw(html: &mut Html, facts: &Facts<'_>, rows: &[Row<'_>], height: f64) {
    let fills: Vec<colours::Fill> = rows.iter().filter_map(|row| fill(facts, row)).collect();
    colours::define(html, ID, &fills, 1.0);
    let most = rows
        .iter()
        .map(|row| (row.districts as f64).max(row.official.unwrap_or(0) as f64))
        .fold(1.0, f64::max);
    let axis = Axis::linear([0.0, most], [270.0, 590.0]);
    let bottom = height - 40.0;
    for tick in axis.ticks(5).into_iter().filter(|tick| tick.fract() == 0.0) {
        let x = axis.place(tick);
        line(html, [x, 4.0], [x, bottom], "grid");
        label(html, [x, bottom + 16.0], Anchor::Middle, "tick", &count(tick));
    }
    label(html, [430.0, bottom + 34.0], Anchor::Middle, "title", "districts");
    for (at, row) in rows.iter().enumerate() {
        let y = 6.0 + 26.0 * at as f64;
        let title = row.title.split(':').next().unwrap_or(row.title);
        label(html, [260.0, y + 14.0], Anchor::End, "key", &shortened(title));
        let end = axis.place(row.districts as f64);
        if let Some(fill) = fill(facts, row) {
            rectangle(
                html,
                [270.0, y],
                [end - 270.0, 18.0],
                &[("fill", &fill.paint(ID)), ("class", "swatch")],
            );
        }
        let mut right = end;
        if let Some(official) = row.official {
            let x = axis.place(official as f64);
            rectangle(html, [x - 1.5, y - 3.0], [3.0, 24.0], &[("class", "tick-mark")]);
            right = right.max(x);
        }
        let mut text = count(row.districts as f64);
        if let Some(official) = row.official {
            let _ = write!(text, " (official: {})", count(official as f64));
        }
        label(html, [right + 6.0, y + 14.0], Anchor::Start, "value", &text);
    }
    line(html, [270.0, 2.0], [270.0, bottom], "axis");
}

fn fill(facts: &Facts<'_>, row: &Row<'_>) -> Option<colours::Fill> {
    row.industry.map(|industry| colours::of_industry(facts.industry(industry).0, industry))
}

/// A title that fits beside a bar.
fn shortened(title: &str) -> String {
    const MOST: usize = 36;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end_matches([' ', ',']))
}
