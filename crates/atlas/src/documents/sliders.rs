//! What is sensible to try for each parameter.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Which section of `study.toml` a parameter stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// How areas are found.
    Areas,
    /// How districts are found among them.
    Districts,
}

/// The steps of a parameter: `min + k step` up to `max`; the value of the study is one of them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Slider {
    /// Its name in `study.toml`.
    pub name: &'static str,
    /// The section it stands in.
    pub section: Section,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// From one value to the next.
    pub step: f64,
    /// The value of the study.
    pub value: f64,
}

/// Values between which a parameter is sensible.
enum Range {
    /// The same in every study: from, to, by.
    Fixed(f64, f64, f64),
    /// From a fifth of the value of the study to five times it, by about a tenth of it: what is large depends on the country.
    Around,
}

const PARAMETERS: [(&str, Section, Range); 9] = [
    ("min_size", Section::Areas, Range::Around),
    ("target_size", Section::Areas, Range::Around),
    ("min_sc", Section::Areas, Range::Fixed(0.4, 0.95, 0.01)),
    ("target_sc", Section::Areas, Range::Fixed(0.4, 0.95, 0.01)),
    ("sector_lq", Section::Districts, Range::Fixed(0.5, 2.0, 0.05)),
    ("industry_lq", Section::Districts, Range::Fixed(0.5, 3.0, 0.05)),
    ("sme_share", Section::Districts, Range::Fixed(0.2, 0.9, 0.01)),
    ("single_medium_ratio", Section::Districts, Range::Fixed(0.0, 2.0, 0.1)),
    ("min_industry_employees", Section::Districts, Range::Fixed(0.0, 2000.0, 50.0)),
];

/// The sliders of a study, from the `config` of its manifest: those of areas unless the areas were given, those of districts
/// where there are jobs.
pub(super) fn sliders(config: &Value) -> Vec<Slider> {
    let searched = config["areas"]["partition"].is_null();
    let judged = !config["jobs"].is_null();
    let slider = |(name, section, range): &(&'static str, Section, Range)| {
        let (there, values) = match section {
            Section::Areas => (searched, &config["areas"]),
            Section::Districts => (judged, &config["districts"]),
        };
        let value = values[*name].as_f64().filter(|_| there)?;
        let (from, to, step) = match *range {
            Range::Fixed(from, to, step) => (from, to, step),
            Range::Around if value > 0.0 => (value / 5.0, value * 5.0, tidy(value / 10.0)),
            Range::Around => (0.0, 10_000.0, 500.0),
        };
        let below = ((value - from) / step + 1e-9).floor().max(0.0);
        let above = ((to - value) / step + 1e-9).floor().max(0.0);
        let (min, max) = (exact(value - below * step), exact(value + above * step));
        Some(Slider { name, section: *section, min, max, step, value })
    };
    PARAMETERS.iter().filter_map(slider).collect()
}

/// The largest of 1, 2 and 5 times a power of ten that does not exceed `amount`, which is above 0.
fn tidy(amount: f64) -> f64 {
    let decade = 10f64.powf((amount + 1e-12).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * decade).find(|step| *step <= amount).unwrap_or(decade)
}

/// Without the dust of binary fractions.
fn exact(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_value_of_the_study_is_a_step_of_each_slider() {
        let config = json!({
            "areas": { "min_size": 1000.0, "target_size": 10_000.0, "min_sc": 0.6, "target_sc": 0.6667, "mode": "clean" },
            "districts": {
                "sector_lq": 1.0, "industry_lq": 1.0, "sme_share": 0.5, "single_medium_ratio": 1.0,
                "min_industry_employees": 250.0, "largest_unknown_share": 0.1,
            },
            "jobs": {},
        });
        let sliders = sliders(&config);
        assert_eq!(sliders.len(), 9);
        for Slider { name, min, max, step, value, .. } in &sliders {
            assert!(min <= value && value <= max && *min >= 0.0 && min < max, "{name}");
            for end in [min, max] {
                let steps = (value - end) / step;
                assert!((steps - steps.round()).abs() < 1e-6, "{name}: {steps}");
            }
        }
        assert_eq!([sliders[0].min, sliders[0].max, sliders[0].step], [200.0, 5000.0, 100.0]);
        assert_eq!([sliders[2].min, sliders[2].max], [0.4, 0.95]);
    }

    #[test]
    fn what_was_not_searched_or_judged_has_no_slider() {
        let given = json!({ "areas": { "min_sc": 0.6, "partition": {} }, "districts": { "sector_lq": 1.0 } });
        assert!(sliders(&given).is_empty());
    }

    #[test]
    fn a_value_out_of_the_common_range_is_its_own_end() {
        let config = json!({ "areas": { "min_sc": 0.99, "min_size": 0.0 } });
        let sliders = sliders(&config);
        assert_eq!([sliders[1].max, sliders[1].value], [0.99; 2]);
        assert_eq!([sliders[0].min, sliders[0].max], [0.0, 10_000.0]);
    }

    #[test]
    fn tidy_numbers() {
        assert_eq!([tidy(100.0), tidy(333.0), tidy(0.07), tidy(1000.0)], [100.0, 200.0, 0.05, 1000.0]);
    }
}
