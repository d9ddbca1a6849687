//! What counts how much, and what must be there at least and at most.

use serde::{Deserialize, Serialize};

use crate::delegation::Subject;

/// Over what a quota is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Over the whole tour.
    #[default]
    Tour,
    /// Over each day.
    Day,
}

/// What hosts a quota counts: all that fit everything that is given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Which {
    /// Hosts that have this industry, phase, practice or kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<(Subject, String)>,
    /// Hosts of this district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// These hosts, by code; all where empty.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// At least and at most so many visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// What is counted.
    pub which: Which,
    /// At least so many.
    #[serde(default)]
    pub least: u32,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// Over the tour or over each day.
    #[serde(default)]
    pub per: Per,
}

/// What counts how much, in points. All are the planner's to choose; a weight of 0 switches a line off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// An interest of weight 3 of one delegate that is met for the first time.
    pub interest: u32,
    /// What each further visit that meets the same interest counts, in per cent of the one before.
    pub repeat: u32,
    /// The first visit that meets any interest of a delegate; the second half of it, and so on: so that nobody travels for nothing.
    pub fairness: u32,
    /// The first host of each phase in a district: the chain is shown whole.
    pub chain: u32,
    /// The first institution, service or research centre of the tour.
    pub institution: u32,
    /// The first cultural or territorial site of the tour.
    pub territory: u32,
    /// A host of a district that exists for certain; less in proportion where it is less certain.
    pub certainty: u32,
    /// A host whose languages all delegates understand; less in proportion to who does not.
    pub language: u32,
    /// Any visit.
    pub visit: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            interest: 30,
            repeat: 50,
            fairness: 40,
            chain: 100,
            institution: 150,
            territory: 120,
            certainty: 40,
            language: 30,
            visit: 10,
        }
    }
}

/// The rules of a tour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// What counts how much.
    #[serde(default)]
    pub weights: Weights,
    /// At least and at most.
    #[serde(default)]
    pub quotas: Vec<Quota>,
    /// Districts that are visited, by code; all where empty. Hosts of no district are not excluded by it.
    #[serde(default)]
    pub districts: Vec<String>,
    /// Hosts beyond this number are left out before the planning, the least promising first; none of those demanded or confirmed.
    #[serde(default = "sixty")]
    pub shortlist: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self { weights: Weights::default(), quotas: Vec::new(), districts: Vec::new(), shortlist: sixty() }
    }
}

const fn sixty() -> usize {
    60
}
