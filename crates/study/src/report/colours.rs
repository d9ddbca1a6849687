//! Colours, chosen once so that two reports can be laid side by side.
//!
//! Main industries take the colours of Okabe and Ito (2008), which people with the common deficiencies of colour vision tell
//! apart; there are more industries than colours, so the rarer ones take a colour again, striped. Areas that are no districts
//! are grey, the darker the closer to one. What is not known is hatched.

use distretto_districts::istat::Kind;

use super::html::Html;
use super::svg::rectangle;

const ORANGE: &str = "#e69f00";
const SKY: &str = "#56b4e9";
const GREEN: &str = "#009e73";
const YELLOW: &str = "#f0e442";
const BLUE: &str = "#0072b2";
const VERMILLION: &str = "#d55e00";
const PURPLE: &str = "#cc79a7";

/// Five classes of self-containment, light to dark: ColorBrewer's six Blues without the lightest, which is hardly told from paper.
pub(super) const SEQUENCE: [&str; 5] = ["#c6dbef", "#9ecae1", "#6baed6", "#3182bd", "#08519c"];

/// How something is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fill {
    /// One colour.
    Plain(&'static str),
    /// A colour with white stripes.
    Striped(&'static str),
    /// Grey lines: not known, or no area.
    Hatched,
}

/// The fill of a main industry, by the id of its group; groups of one's own follow in order.
pub(super) fn of_industry(id: &str, index: usize) -> Fill {
    const ALL: [(&str, Fill); 11] = [
        ("mechanics", Fill::Plain(BLUE)),
        ("textiles_clothing", Fill::Plain(ORANGE)),
        ("household_goods", Fill::Plain(GREEN)),
        ("leather_footwear", Fill::Plain(VERMILLION)),
        ("food", Fill::Plain(YELLOW)),
        ("chemicals_plastics", Fill::Plain(PURPLE)),
        ("metallurgy", Fill::Plain(SKY)),
        ("jewellery_music_toys", Fill::Striped(PURPLE)),
        ("paper_printing", Fill::Striped(GREEN)),
        ("transport_equipment", Fill::Striped(BLUE)),
        ("other_manufacturing", Fill::Striped(VERMILLION)),
    ];
    ALL.iter().find(|(known, _)| *known == id).map_or(ALL[index % ALL.len()].1, |(_, fill)| *fill)
}

/// The fill of an area that is no district.
pub(super) fn of_kind(kind: Kind) -> Fill {
    match kind {
        Kind::District => Fill::Plain(ORANGE),
        Kind::LargeFirmSystem => Fill::Plain("#7f7f7f"),
        Kind::OtherManufacturing => Fill::Plain("#b9b9b9"),
        Kind::Rest => Fill::Plain("#ececec"),
        Kind::Undetermined => Fill::Hatched,
    }
}

/// The colour of a main industry, `#rrggbb`, and whether it has white stripes, as in the report. `index` is its place in the
/// grouping.
pub fn industry_colour(id: &str, index: usize) -> (&'static str, bool) {
    match of_industry(id, index) {
        Fill::Plain(colour) => (colour, false),
        Fill::Striped(colour) => (colour, true),
        Fill::Hatched => ("#8c8c8c", true),
    }
}

/// The colour of a kind of area, `#rrggbb`, as in the report; `None` where it is hatched.
pub fn kind_colour(kind: Kind) -> Option<&'static str> {
    match of_kind(kind) {
        Fill::Plain(colour) | Fill::Striped(colour) => Some(colour),
        Fill::Hatched => None,
    }
}

impl Fill {
    /// As an SVG attribute, within the figure that [`define`]s the patterns.
    pub fn paint(self, figure: &str) -> String {
        match self {
            Self::Plain(colour) => colour.to_owned(),
            Self::Striped(colour) => format!("url(#{figure}-stripes-{})", &colour[1..]),
            Self::Hatched => format!("url(#{figure}-hatch)"),
        }
    }

    /// The pattern it needs, `scale` units of the drawing to the pixel.
    fn define(self, html: &mut Html, figure: &str, scale: f64) {
        let (id, ground, stroke, width) = match self {
            Self::Plain(_) => return,
            Self::Striped(colour) => (format!("{figure}-stripes-{}", &colour[1..]), colour, "#fff", 1.6),
            Self::Hatched => (format!("{figure}-hatch"), "#fff", "#8c8c8c", 0.8),
        };
        let side = format!("{}", 5.0 * scale);
        let attributes = [
            ("id", id.as_str()),
            ("width", &side),
            ("height", &side),
            ("patternUnits", "userSpaceOnUse"),
            ("patternTransform", "rotate(45)"),
        ];
        html.element("pattern", &attributes, |html| {
            rectangle(html, [0.0; 2], [5.0 * scale; 2], &[("fill", ground)]);
            rectangle(html, [0.0; 2], [width * scale, 5.0 * scale], &[("fill", stroke)]);
        });
    }
}

/// The patterns that some fills need, before their use in the same figure.
pub(super) fn define(html: &mut Html, figure: &str, fills: &[Fill], scale: f64) {
    let mut fills = fills.to_vec();
    fills.sort_unstable();
    fills.dedup();
    if fills.iter().any(|fill| !matches!(fill, Fill::Plain(_))) {
        html.element("defs", &[], |html| fills.iter().for_each(|fill| fill.define(html, figure, scale)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn industries_of_the_rule_have_fills_of_their_own() {
        for system in [distretto_jobs::System::Nace, distretto_jobs::System::Naics] {
            let grouping = distretto_jobs::Grouping::industries(system).unwrap();
            let mut fills: Vec<Fill> =
                grouping.groups().iter().enumerate().map(|(at, group)| of_industry(&group.id, at)).collect();
            let count = fills.len();
            fills.sort_unstable();
            fills.dedup();
            assert_eq!(fills.len(), count);
        }
    }
}
