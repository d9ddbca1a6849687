//! Activities to groups: the macro-sectors and the industries of the ISTAT rule.

use serde::Deserialize;

use crate::classification::{Activity, Classification, System};
use crate::error::JobsError;

/// A group of activities.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Short name.
    pub id: String,
    /// Title for readers.
    pub title: String,
    codes: Vec<String>,
}

/// A grouping of activities: disjoint groups, given by prefixes of codes; the longest prefix decides.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grouping {
    /// Short name, as in `study.toml`.
    pub id: String,
    /// Title for readers.
    pub title: String,
    system: System,
    /// Prefixes of the activities the grouping is about; all where empty.
    #[serde(default)]
    scope: Vec<String>,
    #[serde(rename = "group")]
    groups: Vec<Group>,
}

/// Where a grouping puts an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the group of this index.
    In(u16),
    /// In the group of this index, though a part of the activity belongs to another: the table is too coarse to tell.
    Mostly(u16),
    /// The grouping is not about it: a service in a grouping of manufacturing.
    OutOfScope,
    /// No group, though it should have one.
    Nowhere,
}

impl Placement {
    /// The group, if any.
    pub fn group(self) -> Option<u16> {
        match self {
            Self::In(group) | Self::Mostly(group) => Some(group),
            Self::OutOfScope | Self::Nowhere => None,
        }
    }
}

/// How a grouping covers a table of jobs: what it could not place, and what it placed for the most part only.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// Activities without a group: code as written, known employees, share of the table's employees.
    pub nowhere: Vec<(String, f64, f64)>,
    /// Activities of which a part belongs to another group.
    pub mostly: Vec<(String, f64, f64)>,
}

impl Grouping {
    /// The eight macro-sectors of step 1 of the ISTAT rule: agriculture, extractive, construction, manufacturing, business,
    /// consumer, social and traditional services.
    pub fn macro_sectors(system: System) -> Result<Self, JobsError> {
        Self::from_toml(match system {
            System::Nace => include_str!("../data/macro_sectors_nace.toml"),
            System::Naics => include_str!("../data/macro_sectors_naics.toml"),
        })
    }

    /// The eleven manufacturing industries of step 3 of the ISTAT rule.
    pub fn industries(system: System) -> Result<Self, JobsError> {
        Self::from_toml(match system {
            System::Nace => include_str!("../data/industries_nace.toml"),
            System::Naics => include_str!("../data/industries_naics.toml"),
        })
    }

    /// A grouping of one's own: `id`, `title`, `system` (`nace` or `naics`), `scope` (prefixes; all where absent) and
    /// `[[group]]` with `id`, `title`, `codes`. Each group and each code once; dots are allowed.
    pub fn from_toml(text: &str) -> Result<Self, JobsError> {
        let invalid = |why: String| JobsError::Data { what: "the grouping of activities".into(), why };
        let mut grouping: Self = toml::from_str(text).map_err(|error| invalid(error.to_string()))?;
        let undot = |code: &mut String| code.retain(|c| c != '.');
        grouping.scope.iter_mut().for_each(undot);
        grouping.groups.iter_mut().flat_map(|group| &mut group.codes).for_each(undot);
        if grouping.groups.is_empty() || grouping.groups.len() > usize::from(u16::MAX) {
            return Err(invalid(format!("it has {} groups", grouping.groups.len())));
        }
        let ids: Vec<&String> = grouping.groups.iter().map(|group| &group.id).collect();
        let codes: Vec<&String> = grouping.groups.iter().flat_map(|group| &group.codes).collect();
        for mut names in [ids, codes] {
            names.sort_unstable();
            if let Some([name, _]) = names.array_windows().find(|[a, b]| a == b) {
                return Err(invalid(format!("`{name}` occurs twice")));
            }
        }
        if let Some(code) = codes_not_digits(&grouping) {
            return Err(invalid(format!("`{code}` is not made of digits")));
        }
        Ok(grouping)
    }

    /// The system of codes it is for.
    pub fn system(&self) -> System {
        self.system
    }

    /// The groups, by index.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The index of the group with this id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.id == id)
    }

    /// The group of an activity. A whole section belongs to a group only if all its divisions do.
    pub fn place(&self, activity: &Activity, classification: &Classification) -> Placement {
        if !activity.digits.is_empty() {
            return self.place_digits(&activity.digits);
        }
        let mut divisions =
            classification.divisions_of(&activity.section).map(|division| self.place_digits(division));
        let Some(first) = divisions.next() else { return Placement::Nowhere };
        divisions.fold(first, |so_far, next| match (so_far.group(), next.group()) {
            (None, None) if so_far == next => so_far,
            (Some(a), Some(b)) if a == b => {
                if so_far == next {
                    so_far
                } else {
                    Placement::Mostly(a)
                }
            }
            _ => Placement::Nowhere,
        })
    }

    fn place_digits(&self, digits: &str) -> Placement {
        if !self.scope.is_empty() && !self.scope.iter().any(|prefix| digits.starts_with(prefix)) {
            return Placement::OutOfScope;
        }
        let rules = || {
            let groups = self.groups.iter().enumerate();
            groups
                .flat_map(|(index, group)| group.codes.iter().map(move |code| (index as u16, code.as_str())))
        };
        let longest = rules().filter(|(_, code)| digits.starts_with(code)).max_by_key(|(_, code)| code.len());
        let Some((group, _)) = longest else { return Placement::Nowhere };
        let splits =
            rules().any(|(other, code)| other != group && code.starts_with(digits) && code != digits);
        if splits { Placement::Mostly(group) } else { Placement::In(group) }
    }
}

fn codes_not_digits(grouping: &Grouping) -> Option<&String> {
    let is_digits = |code: &&String| code.is_empty() || !code.bytes().all(|b| b.is_ascii_digit());
    grouping.groups.iter().flat_map(|group| &group.codes).chain(&grouping.scope).find(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::ClassificationId;

    fn place(grouping: &Grouping, id: ClassificationId, code: &str) -> (Placement, String) {
        let classification = Classification::load(id).unwrap();
        let placement = grouping.place(&classification.find(code).unwrap(), &classification);
        let group = placement.group().map(|group| grouping.groups()[usize::from(group)].id.clone());
        (placement, group.unwrap_or_default())
    }

    #[test]
    fn every_division_and_group_has_one_macro_sector() {
        for id in ClassificationId::ALL {
            let grouping = Grouping::macro_sectors(id.system()).unwrap();
            assert_eq!(grouping.groups().len(), 8);
            let classification = Classification::load(id).unwrap();
            for code in classification.divisions().map(String::from).chain(classification.groups()) {
                assert!(place(&grouping, id, &code).0.group().is_some(), "{code} in {id}");
            }
        }
    }

    #[test]
    fn manufacturing_and_nothing_else_has_an_industry() {
        for id in ClassificationId::ALL {
            let (sectors, industries) =
                (Grouping::macro_sectors(id.system()).unwrap(), Grouping::industries(id.system()).unwrap());
            assert_eq!(industries.groups().len(), 11);
            let classification = Classification::load(id).unwrap();
            for code in classification.divisions().map(String::from).chain(classification.groups()) {
                let manufacturing = place(&sectors, id, &code).1 == "manufacturing";
                let (placement, industry) = place(&industries, id, &code);
                assert_eq!(manufacturing, !industry.is_empty(), "{code} in {id}");
                assert_eq!(!manufacturing, placement == Placement::OutOfScope, "{code} in {id}");
            }
        }
    }

    #[test]
    fn both_systems_have_the_same_groups_in_the_same_order() {
        for make in [Grouping::macro_sectors, Grouping::industries] {
            let names = |system| {
                make(system)
                    .unwrap()
                    .groups()
                    .iter()
                    .map(|g| (g.id.clone(), g.title.clone()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(names(System::Nace), names(System::Naics));
        }
    }

    #[test]
    fn the_longest_prefix_decides() {
        let industries = Grouping::industries(System::Nace).unwrap();
        let nace = |code| place(&industries, ClassificationId::NaceRev2, code);
        assert_eq!(nace("23.31").1, "household_goods");
        assert_eq!(nace("23.51").1, "other_manufacturing");
        assert_eq!(nace("32.12").1, "jewellery_music_toys");
        assert_eq!(nace("32.50").1, "mechanics");
        assert!(matches!(nace("32").0, Placement::Mostly(_)), "a table by division cannot tell");
        assert!(matches!(nace("10").0, Placement::In(_)));
        let industries = Grouping::industries(System::Naics).unwrap();
        let naics = |code| place(&industries, ClassificationId::Naics2012, code).1;
        assert_eq!(
            ["339910", "339992", "339950", "327991", "327310"].map(naics),
            [
                "jewellery_music_toys",
                "jewellery_music_toys",
                "other_manufacturing",
                "household_goods",
                "other_manufacturing"
            ]
        );
    }

    #[test]
    fn a_section_counts_only_as_a_whole() {
        let sectors = Grouping::macro_sectors(System::Nace).unwrap();
        let nace = |code| place(&sectors, ClassificationId::NaceRev2, code);
        assert_eq!(nace("C").1, "manufacturing");
        assert_eq!(nace("G").0, Placement::Nowhere, "wholesale and retail trade differ");
        let sectors = Grouping::macro_sectors(System::Naics).unwrap();
        assert_eq!(place(&sectors, ClassificationId::Naics2012, "31-33").1, "manufacturing");
    }

    #[test]
    fn a_code_twice_is_refused() {
        let group =
            |id: &str, code: &str| format!("[[group]]\nid = '{id}'\ntitle = ''\ncodes = ['{code}']\n");
        let text = |a: &str, b: &str| format!("id = 'x'\ntitle = ''\nsystem = 'nace'\n{a}{b}");
        assert!(Grouping::from_toml(&text(&group("a", "10"), &group("b", "11"))).is_ok());
        assert!(Grouping::from_toml(&text(&group("a", "10.1"), &group("b", "101"))).is_err());
        assert!(Grouping::from_toml(&text(&group("a", "10"), &group("a", "11"))).is_err());
        assert!(Grouping::from_toml(&text(&group("a", "C"), "")).is_err());
    }
}
