//! Size classes of the European Union, and the size bands that sources use.

use serde::Deserialize;

use crate::error::JobsError;

/// Size of a local unit in persons employed: the classes of Recommendation 2003/361/EC (micro within small), as the
/// ISTAT rule uses them, and two states of not knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SizeClass {
    /// At most 49.
    Small,
    /// 50 to 249.
    Medium,
    /// 250 and more.
    Large,
    /// Units whose size is not known, beside others whose size is.
    Unknown,
    /// All sizes together: the table has no split.
    Total,
}

impl SizeClass {
    /// All five, in the order of their index.
    pub const ALL: [Self; 5] = [Self::Small, Self::Medium, Self::Large, Self::Unknown, Self::Total];
    /// The three that are sizes.
    pub const SIZES: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The class of a unit with this many persons employed, fractions included: 49.5 is small, 249.9 medium.
    pub fn of(employees: f64) -> Self {
        match employees {
            e if e < 50.0 => Self::Small,
            e if e < 250.0 => Self::Medium,
            _ => Self::Large,
        }
    }

    /// The word for it, as in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Unknown => "unknown",
            Self::Total => "total",
        }
    }
}

/// A size band of a source, with the mean size assumed where only units are counted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// How the source writes it.
    pub label: String,
    /// Other ways to write it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Fewest persons employed.
    pub min: u32,
    /// Most persons employed; `None` for an open band.
    pub max: Option<u32>,
    /// Mean size, within the band; `None` where none is assumed.
    pub mean: Option<f64>,
}

impl Band {
    /// The class that holds the whole band, [`SizeClass::Unknown`] for a band across classes.
    pub fn class(&self) -> SizeClass {
        let smallest = SizeClass::of(f64::from(self.min));
        let largest = self.max.map_or(SizeClass::Large, |max| SizeClass::of(f64::from(max)));
        if smallest == largest { smallest } else { SizeClass::Unknown }
    }
}

/// What a label of a size column means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SizeLabel<'a> {
    /// A band.
    Band(&'a Band),
    /// All sizes together.
    Total,
    /// Size not known.
    Unknown,
}

impl SizeLabel<'_> {
    /// The size class it falls in.
    pub fn class(self) -> SizeClass {
        match self {
            Self::Band(band) => band.class(),
            Self::Total => SizeClass::Total,
            Self::Unknown => SizeClass::Unknown,
        }
    }
}

/// The size bands of a source: its labels, what they mean, and assumed mean sizes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeBands {
    /// Short name, as in `study.toml`.
    pub id: String,
    /// Title for readers.
    pub title: String,
    bands: Vec<Band>,
    #[serde(default)]
    total: Vec<String>,
    #[serde(default)]
    unknown: Vec<String>,
}

impl SizeBands {
    /// Names of the bands that come with the program.
    pub const NAMES: [&'static str; 3] = ["eu", "cbp", "sirene"];

    /// The bands of that name: `eu` (European tables), `cbp` (United States' County Business Patterns) or `sirene`
    /// (French register).
    pub fn named(name: &str) -> Result<Self, JobsError> {
        match name {
            "eu" => Self::from_toml(include_str!("../data/bands_eu.toml")),
            "cbp" => Self::from_toml(include_str!("../data/bands_cbp.toml")),
            "sirene" => Self::from_toml(include_str!("../data/bands_sirene.toml")),
            _ => Err(JobsError::Data {
                what: format!("the name of size bands `{name}`"),
                why: format!("known are {}", Self::NAMES.join(", ")),
            }),
        }
    }

    /// Bands of one's own: `id`, `title`, `bands` (each `label`, `min`, `max` or none, `mean`, and `also`), and the
    /// labels that mean `total` and `unknown`. Each label once, each mean within its band.
    pub fn from_toml(text: &str) -> Result<Self, JobsError> {
        let bands: Self = toml::from_str(text).map_err(|error| invalid(error.to_string()))?;
        bands.check()?;
        Ok(bands)
    }

    /// Bands of one's own, with no label for `total` or `unknown`. Each label once, each mean within its band.
    pub fn new(id: &str, title: &str, bands: Vec<Band>) -> Result<Self, JobsError> {
        let (id, title) = (id.to_owned(), title.to_owned());
        let bands = Self { id, title, bands, total: Vec::new(), unknown: Vec::new() };
        bands.check()?;
        Ok(bands)
    }

    fn check(&self) -> Result<(), JobsError> {
        for band in &self.bands {
            let max = band.max.map_or(f64::INFINITY, f64::from);
            let is_within = |mean| f64::from(band.min) <= mean && mean <= max && mean < f64::INFINITY;
            if let Some(mean) = band.mean.filter(|&mean| !is_within(mean)) {
                return Err(invalid(format!("the mean {mean} of band `{}` is outside it", band.label)));
            }
        }
        let mut labels: Vec<&String> =
            self.bands.iter().flat_map(|band| band.also.iter().chain([&band.label])).collect();
        labels.extend(self.total.iter().chain(&self.unknown));
        labels.sort_unstable();
        match labels.array_windows().find(|[a, b]| a == b) {
            Some([label, _]) => Err(invalid(format!("the label `{label}` occurs twice"))),
            None => Ok(()),
        }
    }

    /// What a label means; `None` for one that is not listed.
    pub fn label(&self, label: &str) -> Option<SizeLabel<'_>> {
        let label = label.trim();
        let is = |known: &String| known == label;
        if let Some(band) = self.bands.iter().find(|band| is(&band.label) || band.also.iter().any(is)) {
            return Some(SizeLabel::Band(band));
        }
        if self.total.iter().any(is) {
            return Some(SizeLabel::Total);
        }
        self.unknown.iter().any(is).then_some(SizeLabel::Unknown)
    }

    /// The bands, in the order of the file.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }
}

fn invalid(why: String) -> JobsError {
    JobsError::Data { what: "the list of size bands".into(), why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_of_the_european_union() {
        use SizeClass::{Large, Medium, Small};
        let classes = [0.0, 49.0, 49.9, 50.0, 249.0, 250.0].map(SizeClass::of);
        assert_eq!(classes, [Small, Small, Small, Medium, Medium, Large]);
    }

    #[test]
    fn labels_of_the_three_sources() {
        let class = |name, label| SizeBands::named(name).unwrap().label(label).map(SizeLabel::class);
        assert_eq!(class("eu", "10-49"), Some(SizeClass::Small));
        assert_eq!(class("eu", "250+"), Some(SizeClass::Large));
        assert_eq!(class("eu", "totale"), Some(SizeClass::Total));
        assert_eq!(class("cbp", "100-249"), Some(SizeClass::Medium));
        assert_eq!(class("cbp", "n1000_4"), Some(SizeClass::Large));
        assert_eq!(class("cbp", "unknown_ghgrp"), Some(SizeClass::Unknown));
        assert_eq!(class("sirene", "12"), Some(SizeClass::Small));
        assert_eq!(class("sirene", "31"), Some(SizeClass::Medium));
        assert_eq!(class("sirene", "0-9"), None);
    }

    #[test]
    fn a_band_across_classes_has_no_class() {
        let bands = "id = 'x'\ntitle = 'x'\nbands = [{ label = '20-99', min = 20, max = 99, mean = 40 }]";
        assert_eq!(SizeBands::from_toml(bands).unwrap().bands()[0].class(), SizeClass::Unknown);
    }

    #[test]
    fn a_mean_outside_its_band_and_a_label_twice_are_refused() {
        let with = |bands: &str| SizeBands::from_toml(&format!("id = 'x'\ntitle = 'x'\nbands = [{bands}]"));
        assert!(with("{ label = '1-9', min = 1, max = 9, mean = 40 }").is_err());
        let one = "{ label = '1-9', min = 1, max = 9, mean = 4 }";
        assert!(with(&format!("{one}, {one}")).is_err());
    }
}
