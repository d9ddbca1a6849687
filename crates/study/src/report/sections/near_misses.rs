//! Near misses on both sides of the rule: districts that just pass, and areas that fail one step by little.

use distretto_districts::istat::{AreaVerdict, Change, Flip, Istat, Kind};
use distretto_districts::step::{Outcome, Step, Test};

use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{NONE, count, decimal, percent, signed};
use crate::report::svg::{Anchor, Axis, Figure, label, line, rectangle};
use crate::report::table::{Column, Table};
use crate::report::words::{capital, lower, none_or_many, plural};

/// Areas shown on each side.
const SHOWN: usize = 10;
/// Margin that is called close, in per cent of the threshold.
const CLOSE: f64 = 10.0;

/// The step that decides about an area, and how far from its threshold it is.
#[derive(Debug, Clone, Copy)]
struct Miss<'a> {
    verdict: &'a AreaVerdict,
    step: &'a Step,
    /// Margin over threshold.
    margin: f64,
}

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    let Some(districts) = facts.districts else { return };
    let (inside, close_inside) = nearest(&districts.verdicts, just_inside);
    let (outside, close_outside) = nearest(&districts.verdicts, just_outside);
    html.heading("Near misses on both sides");
    if inside.is_empty() && outside.is_empty() {
        html.paragraph("No area is a district or fails a single step, so there is no near miss.");
        return;
    }
    html.paragraph(
        "A threshold makes two kinds of areas of places that hardly differ. Below are the districts with the narrowest pass and \
         the areas that fail one step only, and that by least; the margin is the distance of the value from its threshold, as a \
         percentage of the threshold.",
    );
    html.paragraph(&format!(
        "{} by less than {CLOSE} %, and {} by less than that.",
        capital(&none_or_many(close_inside, "district passes", "districts pass")),
        none_or_many(close_outside, "other area fails a single step", "other areas fail a single step"),
    ));
    let rule = districts.rule().ok();
    let tables: Vec<Table> = [
        (inside.as_slice(), "Districts with the narrowest pass"),
        (outside.as_slice(), "Areas that fail a single step by least"),
    ]
    .into_iter()
    .filter(|(misses, _)| !misses.is_empty())
    .map(|(misses, caption)| table(facts, misses, rule.as_ref(), caption))
    .collect();
    figure(html, facts, &inside, &outside);
    for table in tables {
        table.write(html);
    }
    html.note(
        "What would flip the verdict is the smallest change of jobs in one size of one industry, or in one group of services, \
         found by applying the rule anew; the nation changes with the area.",
    );
}

/// The nearest first, and how many are close.
fn nearest(
    verdicts: &[AreaVerdict],
    miss: impl Fn(&AreaVerdict) -> Option<Miss<'_>>,
) -> (Vec<Miss<'_>>, usize) {
    let mut misses: Vec<Miss<'_>> = verdicts.iter().filter_map(miss).collect();
    misses
        .sort_by(|a, b| a.margin.abs().total_cmp(&b.margin.abs()).then(a.verdict.area.cmp(&b.verdict.area)));
    let close = misses.partition_point(|miss| 100.0 * miss.margin.abs() < CLOSE);
    misses.truncate(SHOWN);
    (misses, close)
}

/// A district with its narrowest step.
fn just_inside(verdict: &AreaVerdict) -> Option<Miss<'_>> {
    if verdict.kind != Kind::District {
        return None;
    }
    let passes = verdict.steps().filter(|step| step.outcome == Outcome::Pass);
    let margins = passes.filter_map(|step| Some((step, step.relative_margin()?)));
    let (step, margin) = margins.min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Miss { verdict, step, margin })
}

/// An area that fails one step and no other, with no figure missing.
fn just_outside(verdict: &AreaVerdict) -> Option<Miss<'_>> {
    let mut failed = verdict.steps().filter(|step| step.fails());
    let (step, None) = (failed.next()?, failed.next()) else { return None };
    if verdict.steps().any(Step::is_missing) {
        return None;
    }
    Some(Miss { verdict, step, margin: step.relative_margin()? })
}

fn table(facts: &Facts<'_>, misses: &[Miss<'_>], rule: Option<&Istat<'_>>, caption: &str) -> Table {
    let mut table = Table::new(
        caption,
        &[
            Column::Text("Area"),
            Column::Text("Industry"),
            Column::Text("Decisive step"),
            Column::Number("Value"),
            Column::Number("Threshold"),
            Column::Number("Margin"),
            Column::Text("What would flip the verdict"),
        ],
    );
    for miss in misses {
        let Step { test, value, threshold, estimated, .. } = *miss.step;
        let name = facts.area_name(miss.verdict.area);
        let shown = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), |value| amount(test, value));
        table.row([
            name.to_owned(),
            miss.verdict.main_industry.map_or(NONE, |industry| facts.industry_short(industry)).to_owned(),
            format!("{}{}", words(test), if estimated { " (estimated)" } else { "" }),
            shown(value),
            shown(threshold),
            format!("{}\u{202f}%", signed(100.0 * miss.margin, 1)),
            rule.and_then(|rule| flip(facts, rule, miss.verdict)).unwrap_or_else(|| NONE.to_owned()),
        ]);
    }
    table
}

/// The smallest change that flips a verdict; of equals one in the main industry.
fn flip(facts: &Facts<'_>, rule: &Istat<'_>, verdict: &AreaVerdict) -> Option<String> {
    let is_main = |change: Change| match change {
        Change::Industry { industry, .. } => Some(industry) == verdict.main_industry,
        _ => false,
    };
    // On published figures the area may come out otherwise than it is; then nothing is known of what would flip it.
    if rule.verdict(verdict.area).kind != verdict.kind {
        return None;
    }
    let flips = rule.flips(verdict.area);
    let Flip { change, jobs, kind, main_industry } = flips
        .into_iter()
        .min_by_key(|flip| (flip.jobs.abs(), !is_main(flip.change), flip.change, flip.jobs))?;
    let place = match change {
        Change::Industry { industry, size } => {
            format!("{} units of {}", size.name(), lower(facts.industry_short(industry)))
        }
        Change::BusinessServices => "business services".to_owned(),
        Change::ConsumerServices => "consumer services".to_owned(),
        Change::OtherSectors => "the other sectors".to_owned(),
    };
    let number = jobs.unsigned_abs();
    let more = if jobs > 0 { "more" } else { "fewer" };
    let result = match (kind, main_industry) {
        (Kind::District, Some(main)) => format!("a district of {}", lower(facts.industry_short(main))),
        _ => "no district".to_owned(),
    };
    let jobs = if number == 1 { "job" } else { "jobs" };
    Some(format!("{} {more} {jobs} in {place}: {result}", count(number as f64)))
}

/// What a test asks, in a few words.
fn words(test: Test) -> &'static str {
    match test {
        Test::Specialised => "Step 1: specialisation of the area (location quotient)",
        Test::OverBusinessServices => "Step 1: surplus jobs in manufacturing over business services",
        Test::OverConsumerServices => "Step 1: surplus jobs in manufacturing over consumer services",
        Test::SmeSystem => {
            "Step 2: specialisation in small or medium units over large ones (location quotients)"
        }
        Test::MainIndustry => "Step 3: specialisation in the main industry (location quotient)",
        Test::SmeMajority => "Step 4: share of small and medium units in the main industry",
        Test::SingleMediumUnit => "Step 4: jobs in small units over the only medium unit",
        Test::MinimumJobs => "Step 4: jobs in the main industry",
    }
}

fn amount(test: Test, value: f64) -> String {
    match test {
        Test::SmeMajority => percent(value),
        Test::Specialised | Test::SmeSystem | Test::MainIndustry => decimal(value, 3),
        _ => count(value),
    }
}

fn figure(html: &mut Html, facts: &Facts<'_>, inside: &[Miss<'_>], outside: &[Miss<'_>]) {
    // Widest margins at the ends, the threshold in the middle.
    let rows: Vec<&Miss<'_>> = inside.iter().rev().chain(outside).collect();
    let reach = rows.iter().map(|miss| 100.0 * miss.margin.abs()).fold(1.0, f64::max);
    let height = 20 * rows.len() as i32 + 64;
    let description = format!(
        "{} just above the threshold of their decisive step and {} just below; margins reach {} % of the threshold.",
        plural(inside.len(), "district", "districts"),
        plural(outside.len(), "other area", "other areas"),
        decimal(reach, 1)
    );
    let figure = Figure {
        id: "near-misses",
        title: "Near misses on both sides of the rule",
        description: &description,
        caption: "Margin of the decisive step, per cent of its threshold. To the right of the line: districts; to the left: areas \
                  that fail this step only. The tables below give the steps.",
        size: [700, height],
        scale: 1.0,
        behind: Vec::new(),
    };
    figure.write(html, |html| {
        let x = Axis::linear([-reach, reach], [60.0, 640.0]);
        let bottom = f64::from(height) - 44.0;
        for tick in x.ticks(8) {
            line(html, [x.place(tick), 14.0], [x.place(tick), bottom], "grid");
            label(
                html,
                [x.place(tick), bottom + 16.0],
                Anchor::Middle,
                "tick",
                &signed(tick, tick_places(reach)),
            );
        }
        label(html, [350.0, bottom + 36.0], Anchor::Middle, "title", "margin, % of the threshold");
        for (at, miss) in rows.iter().enumerate() {
            let (y, end) = (18.0 + 20.0 * at as f64, x.place(100.0 * miss.margin));
            let (left, class) = if miss.margin >= 0.0 { (350.0, "inside") } else { (end, "outside") };
            rectangle(html, [left, y], [(end - 350.0).abs().max(1.0), 13.0], &[("class", class)]);
            // The name stands on the free side of the threshold.
            let (place, anchor) =
                if miss.margin >= 0.0 { (344.0, Anchor::End) } else { (356.0, Anchor::Start) };
            let step = miss.step.test.number();
            let name = facts.area_name(miss.verdict.area);
            label(html, [place, y + 11.0], anchor, "key", &format!("{name} (step {step})"));
        }
        line(html, [350.0, 8.0], [350.0, bottom], "axis");
    });
}

fn tick_places(reach: f64) -> usize {
    usize::from(reach < 3.0)
}
