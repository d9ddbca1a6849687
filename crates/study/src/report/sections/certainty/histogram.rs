//! How often each number of areas or districts comes up.

use distretto_certainty::Distribution;

use super::amounts::{interval, per_cent};
use crate::report::html::Html;
use crate::report::numbers::count;
use crate::report::svg::{Anchor, Axis, Figure, label, line, rectangle, round_step};
use crate::report::table::{Column, Table};
use crate::report::words::plural;

/// Bars up to which each number has its own.
const BARS: u32 = 40;
/// Numbers that the axis shows at least, so that a few bars do not look like many.
const LEAST: u32 = 12;
/// Left and right end, top and bottom of the bars.
const LEFT: f64 = 50.0;
const RIGHT: f64 = 690.0;
const TOP: f64 = 60.0;
const BOTTOM: f64 = 220.0;

/// Numbers in steps, and how many redraws found each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bars {
    from: u32,
    width: u32,
    redraws: Vec<usize>,
}

impl Bars {
    /// `None` without redraws.
    fn of(counts: &Distribution) -> Option<Self> {
        let low = *counts.values.iter().chain(&counts.base).min()?;
        let high = *counts.values.iter().chain(&counts.base).max()?;
        let span = high - low + 1;
        let width = if span <= BARS { 1 } else { round_step(f64::from(span) / f64::from(BARS)) as u32 };
        let from = low / width * width;
        let mut redraws = vec![0; ((high - from) / width + 1) as usize];
        for value in &counts.values {
            if let Some(bar) = redraws.get_mut(((value - from) / width) as usize) {
                *bar += 1;
            }
        }
        (!counts.values.is_empty()).then_some(Self { from, width, redraws })
    }

    /// First and last number of each bar, and its redraws.
    fn each(&self) -> impl Iterator<Item = (u32, u32, usize)> + '_ {
        let starts = (0..).map(|bar| self.from + bar * self.width);
        starts.zip(&self.redraws).map(|(from, &redraws)| (from, from + self.width - 1, redraws))
    }

    /// From half a number before the first to half a number after the last.
    fn axis(&self) -> Axis {
        let span = self.width * self.redraws.len() as u32;
        let spare = LEAST.saturating_sub(span);
        let from = self.from.saturating_sub(spare / 2);
        Axis::linear([f64::from(from) - 0.5, f64::from(from + span + spare) - 0.5], [LEFT, RIGHT])
    }
}

/// A figure of the number of something; `[one, many]`: the word for it.
pub(super) fn write(html: &mut Html, id: &str, counts: &Distribution, [one, many]: [&str; 2]) {
    let Some(bars) = Bars::of(counts) else { return };
    let redraws = counts.values.len();
    let run = counts.base.map_or_else(String::new, |base| {
        let same = counts.values.iter().filter(|&&value| value == base).count();
        format!(
            " The run itself has {}, as have {} of the redraws.",
            plural(base as usize, one, many),
            per_cent(same as f64 / redraws as f64)
        )
    });
    let description = format!(
        "Of {} at least four in five have {} {many}, and at least nineteen in twenty {}.{run}",
        plural(redraws, "redraw", "redraws"),
        interval(counts, 0.8),
        interval(counts, 0.95),
    );
    let title = format!("Number of {many} in the redraws");
    let caption = format!("{description} Dashed: the run. Bracket: the 80 % interval.");
    let figure = Figure {
        id,
        title: &title,
        description: &description,
        caption: &caption,
        size: [700, 268],
        scale: 1.0,
        behind: vec![table(&bars, redraws, many)],
    };
    figure.write(html, |html| draw(html, counts, &bars, many));
}

fn table(bars: &Bars, redraws: usize, many: &str) -> Table {
    let mut table = Table::new(
        format!("Redraws by number of {many}"),
        &[Column::Text("Number"), Column::Number("Redraws"), Column::Number("Share")],
    );
    for (from, to, found) in bars.each() {
        let [low, high] = [from, to].map(|number| count(f64::from(number)));
        table.row([
            if from == to { low } else { format!("{low} to {high}") },
            count(found as f64),
            per_cent(found as f64 / redraws as f64),
        ]);
    }
    table
}

fn draw(html: &mut Html, counts: &Distribution, bars: &Bars, many: &str) {
    let x = bars.axis();
    let most = bars.redraws.iter().copied().max().unwrap_or(1).max(1) as f64;
    let y = Axis::linear([0.0, most], [BOTTOM, TOP]);
    for tick in y.ticks(5).into_iter().filter(|tick| tick.fract() == 0.0) {
        line(html, [LEFT, y.place(tick)], [RIGHT, y.place(tick)], "grid");
        label(html, [LEFT - 6.0, y.place(tick) + 4.0], Anchor::End, "tick", &count(tick));
    }
    label(html, [4.0, TOP - 14.0], Anchor::Start, "title", "redraws");
    for (from, to, found) in bars.each().filter(|&(_, _, found)| found > 0) {
        let [left, right] = [f64::from(from) - 0.5, f64::from(to) + 0.5].map(|value| x.place(value));
        let top = y.place(found as f64);
        rectangle(html, [left + 1.0, top], [right - left - 2.0, BOTTOM - top], &[("class", "column")]);
    }
    line(html, [LEFT, BOTTOM], [RIGHT, BOTTOM], "axis");
    for tick in x.ticks(12).into_iter().filter(|tick| tick.fract() == 0.0) {
        label(html, [x.place(tick), BOTTOM + 16.0], Anchor::Middle, "tick", &count(tick));
    }
    label(html, [LEFT.midpoint(RIGHT), BOTTOM + 38.0], Anchor::Middle, "title", &format!("number of {many}"));
    if let Some(base) = counts.base {
        let place = x.place(f64::from(base));
        line(html, [place, 6.0], [place, BOTTOM], "mark");
        let (anchor, side) =
            if place < LEFT.midpoint(RIGHT) { (Anchor::Start, 5.0) } else { (Anchor::End, -5.0) };
        label(html, [place + side, 14.0], anchor, "value", &format!("the run: {}", count(f64::from(base))));
    }
    // Over the line of the run, so that its label is legible.
    bracket(html, counts, &x);
}

/// A bracket over the 80 % interval.
fn bracket(html: &mut Html, counts: &Distribution, x: &Axis) {
    let Some(ends) = counts.interval(0.8) else { return };
    let [left, right] = [f64::from(ends.from) - 0.4, f64::from(ends.to) + 0.4].map(|value| x.place(value));
    let height = TOP - 10.0;
    line(html, [left, height], [right, height], "axis");
    for end in [left, right] {
        line(html, [end, height], [end, height + 7.0], "axis");
    }
    let text = format!("80 %: {}", interval(counts, 0.8));
    let middle = left.midpoint(right).clamp(LEFT + 60.0, RIGHT - 60.0);
    label(html, [middle, height - 6.0], Anchor::Middle, "value", &text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_redraw_is_in_one_bar() {
        let counts = Distribution::new(Some(9), vec![4, 5, 5, 7]);
        let bars = Bars::of(&counts).unwrap();
        assert_eq!(bars, Bars { from: 4, width: 1, redraws: vec![1, 2, 0, 1, 0, 0] });
        let wide = Distribution::new(None, (100..300).collect());
        let bars = Bars::of(&wide).unwrap();
        assert_eq!((bars.width, bars.redraws.iter().sum::<usize>()), (5, 200));
        assert!(Bars::of(&Distribution::new(Some(1), vec![])).is_none());
    }
}
