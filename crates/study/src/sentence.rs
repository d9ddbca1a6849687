//! The answer in a sentence.

use std::collections::BTreeMap;

use crate::run::Results;

/// How many areas, how many districts, in what industries, how many jobs.
pub fn sentence(results: &Results) -> String {
    let zones = results.input.zones.len();
    let areas = results.areas.partition.areas();
    let areas = format!("{} in {}", counted(areas, "labour market area"), counted(zones, "zone"));
    let Some(found) = &results.districts else { return format!("{areas}.") };
    let mut industries: BTreeMap<&str, usize> = BTreeMap::new();
    let mut share = 0.0;
    for district in found.districts() {
        share += district.national_share.unwrap_or(0.0);
        if let Some(industry) = district.main_industry {
            *industries.entry(found.industry(industry)).or_default() += 1;
        }
    }
    let districts = found.districts().count();
    if districts == 0 {
        return format!("{areas}; none of them is an industrial district.");
    }
    let mut ranked: Vec<(&str, usize)> = industries.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let ranked: Vec<String> =
        ranked.iter().map(|(industry, count)| format!("{} {count}", industry.to_lowercase())).collect();
    format!(
        "{areas}; {} with {:.1} % of manufacturing jobs ({}).",
        counted(districts, "industrial district"),
        100.0 * share,
        ranked.join(", ")
    )
}

/// `1 area`, `2 areas`, `1,234 areas`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(counted(1, "zone"), "1 zone");
        assert_eq!(counted(0, "zone"), "0 zones");
        assert_eq!(counted(1_234_567, "zone"), "1,234,567 zones");
    }
}
