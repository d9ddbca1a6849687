//! Figures: SVG with a title and a description, a caption, and a table behind.

use super::html::Html;
use super::numbers::count;
use super::table::Table;

/// A figure around its drawing.
pub(super) struct Figure<'a> {
    /// Name for links, unique in the page.
    pub id: &'a str,
    /// What it shows, in a few words.
    pub title: &'a str,
    /// What is to be seen, for those who do not see it.
    pub description: &'a str,
    /// What stands below it.
    pub caption: &'a str,
    /// Size of the drawing, in its own units.
    pub size: [i32; 2],
    /// Units of the drawing in one pixel of the page.
    pub scale: f64,
    /// The numbers behind it.
    pub behind: Vec<Table>,
}

impl Figure<'_> {
    pub fn write(&self, html: &mut Html, draw: impl FnOnce(&mut Html)) {
        let number = html.next_figure();
        let (title, description) = (format!("{}-title", self.id), format!("{}-text", self.id));
        let [width, height] = self.size;
        let view = format!("0 0 {width} {height}");
        let pixels = format!("{:.0}", f64::from(width) / self.scale);
        html.element("figure", &[("id", self.id)], |html| {
            let label = format!("{title} {description}");
            let attributes = [
                ("viewBox", view.as_str()),
                ("width", &pixels),
                ("role", "img"),
                ("aria-labelledby", &label),
            ];
            html.element("svg", &attributes, |html| {
                html.text_in("title", &[("id", &title)], self.title);
                html.text_in("desc", &[("id", &description)], self.description);
                html.line();
                draw(html);
            });
            html.element("figcaption", &[], |html| {
                html.text_in("b", &[], &format!("Figure {number}. {}. ", self.title));
                html.text(self.caption);
            });
            if !self.behind.is_empty() {
                html.details(&format!("The numbers behind figure {number}"), |html| {
                    for table in &self.behind {
                        table.write(html);
                    }
                });
            }
        });
        html.line();
    }
}

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A text at a point.
pub(super) fn label(html: &mut Html, at: [f64; 2], anchor: Anchor, class: &str, text: &str) {
    let [x, y] = at.map(number);
    let attributes = [("x", x.as_str()), ("y", &y), ("text-anchor", anchor.name()), ("class", class)];
    html.text_in("text", &attributes, text);
}

/// A straight line.
pub(super) fn line(html: &mut Html, from: [f64; 2], to: [f64; 2], class: &str) {
    let [x1, y1, x2, y2] = [from[0], from[1], to[0], to[1]].map(number);
    html.empty("line", &[("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("class", class)]);
}

/// A rectangle.
pub(super) fn rectangle(html: &mut Html, at: [f64; 2], size: [f64; 2], attributes: &[(&str, &str)]) {
    let [x, y, width, height] = [at[0], at[1], size[0], size[1]].map(number);
    let mut all = vec![("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
    all.extend_from_slice(attributes);
    html.empty("rect", &all);
}

/// A coordinate: at most one decimal.
pub(super) fn number(value: f64) -> String {
    let text = format!("{:.1}", if value.is_finite() { value } else { 0.0 });
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// From values to places on the page, on a logarithmic or a linear axis.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    values: [f64; 2],
    places: [f64; 2],
    logarithmic: bool,
}

impl Axis {
    pub fn linear(values: [f64; 2], places: [f64; 2]) -> Self {
        Self { values, places, logarithmic: false }
    }

    /// `values` above 0.
    pub fn logarithmic(values: [f64; 2], places: [f64; 2]) -> Self {
        Self { values: values.map(f64::log10), places, logarithmic: true }
    }

    /// The place of a value, held within the axis.
    pub fn place(&self, value: f64) -> f64 {
        let value = if self.logarithmic { value.max(f64::MIN_POSITIVE).log10() } else { value };
        let [low, high] = self.values;
        let share = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        self.places[0] + share * (self.places[1] - self.places[0])
    }

    /// Powers of ten on a logarithmic axis.
    pub fn decades(&self) -> Vec<f64> {
        let [low, high] = self.values;
        (low.ceil() as i32..=high.floor() as i32).map(|power| 10f64.powi(power)).collect()
    }

    /// About `wanted` round values on a linear axis.
    pub fn ticks(&self, wanted: usize) -> Vec<f64> {
        let [low, high] = self.values;
        let step = round_step((high - low) / wanted.max(1) as f64);
        if !(step.is_finite() && step > 0.0) {
            return vec![low];
        }
        let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
        (first..=last).map(|tick| tick as f64 * step).collect()
    }
}

/// 1, 2 or 5 times a power of ten, not below `step`.
pub(super) fn round_step(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|&n| n >= step * 0.999).unwrap_or(step)
}

/// A horizontal logarithmic axis with its decades below, and what it measures.
pub(super) fn decades_below(html: &mut Html, axis: &Axis, top: f64, bottom: f64, title: &str) {
    for decade in axis.decades() {
        let x = axis.place(decade);
        line(html, [x, top], [x, bottom], "grid");
        label(html, [x, bottom + 18.0], Anchor::Middle, "tick", &count(decade));
    }
    line(html, [axis.places[0], bottom], [axis.places[1], bottom], "axis");
    let middle = axis.places[0].midpoint(axis.places[1]);
    label(html, [middle, bottom + 38.0], Anchor::Middle, "title", title);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_steps_and_ticks() {
        assert_eq!((round_step(23.0), round_step(0.4), round_step(10.0)), (50.0, 0.5, 10.0));
        assert_eq!(Axis::linear([0.0, 42.0], [0.0, 1.0]).ticks(5), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(Axis::linear([3.0, 3.0], [0.0, 1.0]).ticks(5), [3.0]);
        assert_eq!(Axis::logarithmic([500.0, 20_000.0], [0.0, 1.0]).decades(), [1_000.0, 10_000.0]);
    }

    #[test]
    fn nothing_that_is_no_number_is_drawn() {
        assert_eq!((number(f64::NAN), number(-0.01), number(2.04)), ("0".into(), "0".into(), "2".into()));
        let axis = Axis::logarithmic([1.0, 1.0], [0.0, 10.0]);
        assert_eq!((axis.place(0.0), axis.place(1.0)), (5.0, 5.0));
    }
}
