//! Classifications of activities, each with its vintage.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::error::JobsError;

/// A classification and its vintage. A code means nothing without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClassificationId {
    /// NACE Rev. 2, European Union, 2008 to 2024.
    NaceRev2,
    /// ATECO 2007, Italy: NACE Rev. 2 down to the class.
    Ateco2007,
    /// NAF rev. 2, France: NACE Rev. 2 down to the class.
    NafRev2,
    /// NAICS 2012, United States.
    Naics2012,
    /// NAICS 2017, United States.
    Naics2017,
}

/// A family of classifications whose codes mean the same down to the division, so that one grouping serves all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// NACE Rev. 2 and its national versions.
    Nace,
    /// NAICS 2012 and 2017.
    Naics,
}

impl System {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nace => "NACE",
            Self::Naics => "NAICS",
        }
    }
}

impl ClassificationId {
    /// All classifications.
    pub const ALL: [Self; 5] =
        [Self::NaceRev2, Self::Ateco2007, Self::NafRev2, Self::Naics2012, Self::Naics2017];

    /// Its name in `study.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NaceRev2 => "nace-rev2",
            Self::Ateco2007 => "ateco-2007",
            Self::NafRev2 => "naf-rev2",
            Self::Naics2012 => "naics-2012",
            Self::Naics2017 => "naics-2017",
        }
    }

    /// Its title for readers.
    pub fn title(self) -> &'static str {
        match self {
            Self::NaceRev2 => "NACE Rev. 2",
            Self::Ateco2007 => "ATECO 2007",
            Self::NafRev2 => "NAF rev. 2",
            Self::Naics2012 => "NAICS 2012",
            Self::Naics2017 => "NAICS 2017",
        }
    }

    /// The family it belongs to.
    pub fn system(self) -> System {
        match self {
            Self::NaceRev2 | Self::Ateco2007 | Self::NafRev2 => System::Nace,
            Self::Naics2012 | Self::Naics2017 => System::Naics,
        }
    }

    /// The names of all classifications.
    pub fn names() -> [&'static str; 5] {
        Self::ALL.map(Self::name)
    }
}

impl FromStr for ClassificationId {
    type Err = JobsError;

    fn from_str(name: &str) -> Result<Self, JobsError> {
        let unknown = || JobsError::Classification { name: name.into() };
        Self::ALL.into_iter().find(|id| id.name() == name).ok_or_else(unknown)
    }
}

impl fmt::Display for ClassificationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.title())
    }
}

/// A classification: sections, divisions (NACE divisions, NAICS subsectors) and groups (NACE groups, NAICS industry
/// groups). Deeper codes are taken as they come.
#[derive(Debug, Clone)]
pub struct Classification {
    id: ClassificationId,
    sections: Vec<Section>,
    divisions: Vec<Division>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "title")]
    _title: String,
    sections: Vec<Section>,
    divisions: Vec<Division>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    code: String,
    title: String,
    /// First two digits of its codes, where its own code is not a prefix of theirs (NAICS `31-33`).
    #[serde(default)]
    prefixes: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Division {
    code: String,
    section: String,
    title: String,
    groups: String,
}

/// Where an activity code stands in its classification.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Activity {
    /// The section: `C`, `31-33`.
    pub section: String,
    /// The digits of the code without dots, and the letter of a national subclass (`1071D`); empty for a whole section (`C`,
    /// `31-33`).
    pub digits: String,
}

impl Activity {
    /// Whether `other` is a part of this activity, or the same.
    pub fn contains(&self, other: &Self) -> bool {
        self.section == other.section && other.digits.starts_with(&self.digits)
    }
}

impl Classification {
    /// The classification with its sections and divisions.
    pub fn load(id: ClassificationId) -> Result<Self, JobsError> {
        let text = match id {
            ClassificationId::NaceRev2 | ClassificationId::Ateco2007 | ClassificationId::NafRev2 => {
                include_str!("../data/nace_rev2.toml")
            }
            ClassificationId::Naics2012 => include_str!("../data/naics_2012.toml"),
            ClassificationId::Naics2017 => include_str!("../data/naics_2017.toml"),
        };
        let Source { sections, divisions, .. } = toml::from_str(text).map_err(|error| JobsError::Data {
            what: format!("the classification {id}"),
            why: error.to_string(),
        })?;
        Ok(Self { id, sections, divisions })
    }

    /// Which classification this is.
    pub fn id(&self) -> ClassificationId {
        self.id
    }

    /// The codes of the sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|section| section.code.as_str())
    }

    /// The codes of the divisions, in order.
    pub fn divisions(&self) -> impl Iterator<Item = &str> {
        self.divisions.iter().map(|division| division.code.as_str())
    }

    /// The codes of the divisions of a section, in order.
    pub fn divisions_of<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a str> {
        self.divisions.iter().filter(move |d| d.section == section).map(|d| d.code.as_str())
    }

    /// The codes of all groups, in order.
    pub fn groups(&self) -> impl Iterator<Item = String> {
        self.divisions.iter().flat_map(|d| d.groups.chars().map(|digit| format!("{}{digit}", d.code)))
    }

    /// The place of a code of any depth: `C`, `10`, `C10`, `10.1`, `1011Z`, `31-33`, `31`, `311`, `3118//`, `311812`.
    /// `None` where the code's section, division or group does not exist in this vintage.
    pub fn find(&self, code: &str) -> Option<Activity> {
        let code = code.trim();
        if let Some(section) = self.sections.iter().find(|section| section.code == code) {
            let digits = if code.starts_with(|c: char| c.is_ascii_digit()) && section.prefixes.is_empty() {
                code.into()
            } else {
                String::new()
            };
            return Some(Activity { section: section.code.clone(), digits });
        }
        let (letter, digits) = match self.id.system() {
            System::Nace => nace_digits(code)?,
            System::Naics => (None, naics_digits(code)?),
        };
        let section = self.section_of(&digits)?;
        letter
            .is_none_or(|letter| section.starts_with(letter))
            .then(|| Activity { section: section.into(), digits })
    }

    /// The title of an activity: of its division, else of its section.
    pub fn title(&self, activity: &Activity) -> &str {
        if let Some(division) = self.divisions.iter().find(|d| activity.digits.starts_with(&d.code)) {
            return &division.title;
        }
        self.sections.iter().find(|s| s.code == activity.section).map_or("", |section| &section.title)
    }

    /// The section of digits that exist: a whole NAICS sector, or a division with its group, if given, listed.
    fn section_of(&self, digits: &str) -> Option<&str> {
        if let Some(division) = self.divisions.iter().find(|d| digits.starts_with(&d.code)) {
            let group = digits[division.code.len()..].chars().next();
            return group.is_none_or(|group| division.groups.contains(group)).then_some(&division.section);
        }
        let is_prefix = |section: &&Section| section.prefixes.iter().any(|prefix| prefix == digits);
        self.sections.iter().find(is_prefix).map(|section| section.code.as_str())
    }
}

/// Splits `C10.71D` into section letter and digits, with the letter of a national subclass after four of them.
fn nace_digits(code: &str) -> Option<(Option<char>, String)> {
    let letter = code.chars().next().filter(char::is_ascii_uppercase);
    let rest = code.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(code);
    if rest.find('.').is_some_and(|dot| dot != 2) {
        return None; // `1.1` has lost its zero; it is not division 11
    }
    let digits: String = rest.chars().filter(|&c| c != '.').collect();
    let class = digits.strip_suffix(|c: char| c.is_ascii_uppercase()).filter(|class| class.len() == 4);
    let is_number = class.unwrap_or(&digits).bytes().all(|b| b.is_ascii_digit());
    (digits.len() >= 2 && is_number).then_some((letter, digits))
}

/// The digits of a NAICS code; County Business Patterns pads short codes with `-` and `/`.
fn naics_digits(code: &str) -> Option<String> {
    let digits = code.trim_end_matches(['-', '/']);
    (digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(id: ClassificationId, code: &str) -> Option<String> {
        Classification::load(id).unwrap().find(code).map(|activity| activity.digits)
    }

    #[test]
    fn the_published_numbers_of_sections_divisions_and_groups() {
        let counts = |id| {
            let all = Classification::load(id).unwrap();
            (all.sections().count(), all.divisions().count(), all.groups().count())
        };
        assert_eq!(counts(ClassificationId::NaceRev2), (21, 88, 272));
        assert_eq!(counts(ClassificationId::Naics2012), (20, 99, 312));
        assert_eq!(counts(ClassificationId::Naics2017), (20, 99, 311));
    }

    #[test]
    fn nace_codes_of_any_depth_and_dress() {
        let nace = Classification::load(ClassificationId::NafRev2).unwrap();
        for code in ["10", "C10", "10.1", "10.11", "1011Z", "10.11Z", "C10.11", " 10.11.0 "] {
            let activity = nace.find(code).unwrap();
            assert_eq!((activity.section.as_str(), &activity.digits[..2]), ("C", "10"), "{code}");
        }
        assert_eq!(nace.find("C").unwrap().digits, "");
        assert_ne!(nace.find("1071A"), nace.find("1071D"));
        for code in ["", "1", "C01", "0010", "34", "10.0", "C10-C12", "10,1", "1.1", "101Z", "é", "-", "Z"] {
            assert_eq!(nace.find(code), None, "{code}");
        }
    }

    #[test]
    fn naics_codes_of_any_depth_and_dress() {
        let naics = Classification::load(ClassificationId::Naics2012).unwrap();
        for code in ["31-33", "31", "31----", "311", "311///", "3118//", "311812"] {
            assert_eq!(naics.find(code).unwrap().section, "31-33", "{code}");
        }
        assert_eq!(naics.find("42").unwrap().digits, "42");
        for code in ["", "99", "3", "310", "------", "44-46"] {
            assert_eq!(naics.find(code), None, "{code}");
        }
    }

    #[test]
    fn vintages_differ_where_they_should() {
        assert_eq!(digits(ClassificationId::Naics2012, "4522"), None);
        assert_eq!(digits(ClassificationId::Naics2017, "4522").as_deref(), Some("4522"));
        assert_eq!(digits(ClassificationId::Naics2012, "517110").as_deref(), Some("517110"));
        assert_eq!(digits(ClassificationId::Naics2017, "517110"), None);
    }

    #[test]
    fn a_section_contains_its_divisions() {
        let naics = Classification::load(ClassificationId::Naics2012).unwrap();
        let find = |code| naics.find(code).unwrap();
        assert!(find("31-33").contains(&find("311")) && find("31").contains(&find("311")));
        assert!(!find("32").contains(&find("311")) && !find("3111").contains(&find("311")));
        assert_eq!(naics.title(&find("311812")), "Food manufacturing");
    }
}
