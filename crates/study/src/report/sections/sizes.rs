//! How large the areas are.

use std::fmt::Write as _;

use distretto_regions::summary::quantile;

use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{count, or_none};
use crate::report::svg::{Anchor, Axis, Figure, decades_below, label, line, rectangle};
use crate::report::table::{Column, Table};
use crate::report::words::plural;

/// Round numbers five to the decade (Renard), nearly equal steps on a logarithmic axis.
const STEPS: [f64; 5] = [1.0, 1.6, 2.5, 4.0, 6.3];

/// Areas from one size to another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bin {
    from: f64,
    to: f64,
    areas: usize,
}

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    let mut sizes: Vec<f64> = facts.all_statistics().iter().map(|area| area.residents).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    let bins = bins(&sizes);
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return };
    let quantile = |p| or_none(quantile(&sizes, p), count);
    let config = &facts.config.areas;
    let sentence = format!(
        "Half of the areas have at least {} employed residents, a quarter fewer than {}, a quarter more than {}; the smallest \
         has {}, the largest {}.",
        quantile(0.5),
        quantile(0.25),
        quantile(0.75),
        quantile(0.0),
        quantile(1.0)
    );
    html.heading("Size");
    html.paragraph(&sentence);
    let below = sizes.iter().filter(|&&size| size < config.min_size).count();
    let mut caption = "Number of areas by employed residents, logarithmic axis.".to_owned();
    if facts.areas.search.is_some() {
        let (least, target) = (count(config.min_size), count(config.target_size));
        let _ = write!(caption, " Dashed: minimum size {least} and target size {target}.");
        if below > 0 {
            let _ = write!(caption, " {} below the minimum.", plural(below, "area is", "areas are"));
        }
    }
    let figure = Figure {
        id: "sizes",
        title: "Size of the areas",
        description: &sentence,
        caption: &caption,
        size: [700, 280],
        scale: 1.0,
        behind: vec![table(&bins)],
    };
    let (first, last) = (first.from, last.to);
    figure.write(html, |html| draw(html, facts, &bins, [first, last]));
}

/// The steps that hold all sizes; one that is nobody's size lies in none.
fn bins(sorted: &[f64]) -> Vec<Bin> {
    let positive: Vec<f64> = sorted.iter().copied().filter(|size| *size > 0.0).collect();
    let (Some(&least), Some(&most)) = (positive.first(), positive.last()) else { return Vec::new() };
    let power = least.log10().floor() as i32;
    let edges = (power..=power + 20).flat_map(|power| STEPS.map(|step| step * 10f64.powi(power)));
    let edges: Vec<f64> = edges.collect();
    edges
        .array_windows()
        .filter(|[from, to]| *to > least && *from <= most)
        .map(|&[from, to]| {
            let below = |edge: f64| positive.partition_point(|&size| size < edge);
            Bin { from, to, areas: below(to) - below(from) }
        })
        .collect()
}

fn table(bins: &[Bin]) -> Table {
    let mut table = Table::new(
        "Areas by employed residents",
        &[Column::Text("Employed residents"), Column::Number("Areas")],
    );
    for bin in bins {
        table.row([format!("{} to below {}", count(bin.from), count(bin.to)), count(bin.areas as f64)]);
    }
    table
}

fn draw(html: &mut Html, facts: &Facts<'_>, bins: &[Bin], sizes: [f64; 2]) {
    let config = &facts.config.areas;
    let searched = facts.areas.search.is_some();
    let reach =
        if searched { [sizes[0].min(config.min_size), sizes[1].max(config.target_size)] } else { sizes };
    let x = Axis::logarithmic(reach, [50.0, 690.0]);
    let most = bins.iter().map(|bin| bin.areas).max().unwrap_or(1).max(1) as f64;
    let y = Axis::linear([0.0, most], [230.0, 30.0]);
    for tick in y.ticks(6).into_iter().filter(|tick| tick.fract() == 0.0) {
        line(html, [50.0, y.place(tick)], [690.0, y.place(tick)], "grid");
        label(html, [44.0, y.place(tick) + 4.0], Anchor::End, "tick", &count(tick));
    }
    label(html, [4.0, 16.0], Anchor::Start, "title", "areas");
    decades_below(html, &x, 226.0, 230.0, "employed residents");
    for bin in bins.iter().filter(|bin| bin.areas > 0) {
        let (left, right, top) = (x.place(bin.from), x.place(bin.to), y.place(bin.areas as f64));
        rectangle(
            html,
            [left + 0.5, top],
            [(right - left - 1.0).max(1.0), 230.0 - top],
            &[("class", "column")],
        );
    }
    if searched {
        for (size, name, anchor, side) in [
            (config.min_size, "minimum", Anchor::End, -4.0),
            (config.target_size, "target", Anchor::Start, 4.0),
        ] {
            let place = x.place(size);
            line(html, [place, 14.0], [place, 230.0], "mark");
            let (anchor, side) = if place < 110.0 { (Anchor::Start, 4.0) } else { (anchor, side) };
            label(html, [place + side, 22.0], anchor, "value", &format!("{name} {}", count(size)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_positive_size_is_in_one_bin() {
        let sizes = [0.0, 0.7, 1_000.0, 1_599.0, 1_600.0, 2_499.9];
        let bins = bins(&sizes);
        assert_eq!(bins.iter().map(|bin| bin.areas).sum::<usize>(), 5);
        assert_eq!(bins.last().map(|bin| (bin.from, bin.to, bin.areas)), Some((1_600.0, 2_500.0, 2)));
        assert!(super::bins(&[0.0]).is_empty() && super::bins(&[]).is_empty());
    }
}
