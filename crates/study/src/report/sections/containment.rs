//! Self-containment against size, and what the rule asks for.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use distretto_districts::istat::Kind;
use distretto_regions::summary::quantile;

use crate::config::Areas;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{count, or_none, percent};
use crate::report::svg::{Anchor, Axis, Figure, decades_below, label, line, number};
use crate::report::table::{Column, Table};

/// One area: size, the smaller self-containment, whether it is a district.
#[derive(Debug, Clone, Copy)]
struct Dot {
    size: f64,
    containment: f64,
    district: bool,
    valid: bool,
}

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    let dots: Vec<Dot> = (0..)
        .zip(facts.all_statistics())
        .filter_map(|(area, statistics)| {
            Some(Dot {
                size: Some(statistics.residents).filter(|size| *size > 0.0)?,
                containment: statistics.sc_supply_side?.min(statistics.sc_demand_side?),
                district: facts.kind(area) == Some(Kind::District),
                valid: statistics.validity >= 1.0,
            })
        })
        .collect();
    if dots.is_empty() {
        return;
    }
    html.heading("Self-containment");
    let mut shares: Vec<f64> = dots.iter().map(|dot| dot.containment).collect();
    shares.sort_unstable_by(f64::total_cmp);
    let sentence = format!(
        "In half of the areas at least {} of the employed residents work inside and at least as large a share of the jobs is \
         held by residents; the least self-contained area reaches {}. {}",
        or_none(quantile(&shares, 0.5), percent),
        or_none(shares.first().copied(), percent),
        match dots.iter().filter(|dot| !dot.valid).count() {
            0 => "None is below the validity that the rule asks for.".to_owned(),
            1 => "One is below the validity that the rule asks for: reserve zones, tuning or the study made it so.".to_owned(),
            n => format!(
                "{} are below the validity that the rule asks for: reserve zones, tuning or the study made them so.",
                count(n as f64)
            ),
        }
    );
    html.paragraph(&sentence);
    let mut caption = "The smaller of supply-side and demand-side self-containment against employed residents, one dot an area. \
                       Line: what the rule asks of an area of this size."
        .to_owned();
    if facts.districts.is_some() {
        caption.push_str(" Squares: industrial districts; round dots: other areas.");
    }
    let figure = Figure {
        id: "containment",
        title: "Self-containment and size",
        description: &sentence,
        caption: &caption,
        size: [700, 380],
        scale: 1.0,
        behind: vec![table(&dots, &facts.config.areas)],
    };
    figure.write(html, |html| draw(html, &dots, &facts.config.areas));
}

/// The self-containment that validity 1 asks for at a size: minSC / Z, see `regions::eu_ttwa::validity`; `None` below the
/// minimum size, where none suffices.
fn needed(rule: &Areas, size: f64) -> Option<f64> {
    let s = ((rule.target_size - size) / (rule.target_size - rule.min_size)).max(0.0);
    let z = 1.0 - (1.0 - rule.min_sc / rule.target_sc) * s;
    (size >= rule.min_size).then(|| rule.min_sc / z)
}

fn table(dots: &[Dot], rule: &Areas) -> Table {
    let mut table = Table::new(
        "Areas by size: the smaller of supply-side and demand-side self-containment",
        &[
            Column::Text("Employed residents"),
            Column::Number("Areas"),
            Column::Number("Districts"),
            Column::Number("Lowest"),
            Column::Number("Median"),
            Column::Number("Highest"),
            Column::Number("Below the rule"),
        ],
    );
    let mut edges = vec![0.0, rule.min_size, rule.target_size];
    edges.extend(
        [20_000.0, 50_000.0, 100_000.0, 500_000.0].into_iter().filter(|edge| *edge > rule.target_size),
    );
    edges.push(f64::INFINITY);
    for &[from, to] in edges.array_windows() {
        let inside: Vec<&Dot> = dots.iter().filter(|dot| dot.size >= from && dot.size < to).collect();
        if inside.is_empty() {
            continue;
        }
        let mut shares: Vec<f64> = inside.iter().map(|dot| dot.containment).collect();
        shares.sort_unstable_by(f64::total_cmp);
        let many = |test: &dyn Fn(&Dot) -> bool| count(inside.iter().filter(|dot| test(dot)).count() as f64);
        table.row([
            if to.is_finite() {
                format!("{} to below {}", count(from), count(to))
            } else {
                format!("{} and more", count(from))
            },
            count(inside.len() as f64),
            many(&|dot| dot.district),
            or_none(quantile(&shares, 0.0), percent),
            or_none(quantile(&shares, 0.5), percent),
            or_none(quantile(&shares, 1.0), percent),
            many(&|dot| !dot.valid),
        ]);
    }
    table
}

fn draw(html: &mut Html, dots: &[Dot], rule: &Areas) {
    let least = dots.iter().map(|dot| dot.size).fold(rule.min_size, f64::min);
    let most = dots.iter().map(|dot| dot.size).fold(rule.target_size, f64::max);
    let lowest = dots.iter().map(|dot| dot.containment).fold(rule.min_sc, f64::min);
    let x = Axis::logarithmic([least / 1.15, most * 1.15], [50.0, 690.0]);
    let y = Axis::linear([((lowest - 0.02) * 10.0).floor().max(0.0) / 10.0, 1.0], [330.0, 24.0]);
    for tick in y.ticks(5) {
        line(html, [50.0, y.place(tick)], [690.0, y.place(tick)], "grid");
        label(html, [44.0, y.place(tick) + 4.0], Anchor::End, "tick", &format!("{}%", count(100.0 * tick)));
    }
    label(
        html,
        [4.0, 14.0],
        Anchor::Start,
        "title",
        "self-containment, the smaller of supply side and demand side",
    );
    decades_below(html, &x, 24.0, 330.0, "employed residents");
    // Dots are points of two paths with wide, round or square ends: the page stays light whatever their number.
    for district in [false, true] {
        let places: BTreeSet<(i32, i32)> = dots
            .iter()
            .filter(|dot| dot.district == district)
            .map(|dot| (x.place(dot.size).round() as i32, y.place(dot.containment).round() as i32))
            .collect();
        let mut path = String::new();
        for (x, y) in places {
            let _ = write!(path, "M{x} {y}h.01");
        }
        if !path.is_empty() {
            html.empty("path", &[("d", &path), ("class", if district { "squares" } else { "dots" })]);
        }
    }
    html.empty("path", &[("d", &curve(rule, &x, &y, most * 1.15)), ("class", "curve")]);
    label(html, [688.0, y.place(rule.min_sc) + 16.0], Anchor::End, "value", "asked by the rule");
}

/// From the top down to the minimum size, along the trade-off, and on at the minimum self-containment.
fn curve(rule: &Areas, x: &Axis, y: &Axis, most: f64) -> String {
    let steps = 24;
    let start = number(x.place(rule.min_size));
    let mut path = format!("M{start} {}", number(y.place(1.0)));
    for step in 0..=steps {
        let size = rule.min_size + (rule.target_size - rule.min_size) * f64::from(step) / f64::from(steps);
        if let Some(share) = needed(rule, size) {
            let _ = write!(path, "L{} {}", number(x.place(size)), number(y.place(share)));
        }
    }
    let _ = write!(path, "L{} {}", number(x.place(most)), number(y.place(rule.min_sc)));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_the_trade_off_of_the_rule() {
        let rule = Areas::default();
        assert_eq!(needed(&rule, 999.0), None);
        assert!((needed(&rule, 1_000.0).unwrap() - 0.75).abs() < 1e-12);
        assert!((needed(&rule, 5_500.0).unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert!((needed(&rule, 1e6).unwrap() - 0.6).abs() < 1e-12);
    }
}
