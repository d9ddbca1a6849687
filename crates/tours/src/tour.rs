//! All that a planner knows of a tour.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::delegation::Delegation;
use crate::frame::{Base, Frame};
use crate::host::Host;
use crate::rules::Rules;
use crate::visit::Visit;

/// What is known of a district from an edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct District {
    /// Code of the area.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of its main industry; absent where the edition names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Name of that industry; empty where unknown.
    #[serde(default)]
    pub industry_name: String,
    /// Probability that it is a district, 0 to 1; absent where nobody has reckoned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<f64>,
    /// Persons employed in its main industry, or in all where it has none; absent where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<f64>,
    /// Longitude and latitude of its middle; absent where the edition has no shapes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub middle: Option<(f64, f64)>,
    /// Whether the rule calls it a district.
    #[serde(default)]
    pub is_district: bool,
}

/// All that a planner knows, without anything personal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tour {
    /// Its title.
    pub title: String,
    /// What is to be learnt, in a sentence; empty where nobody has said.
    #[serde(default)]
    pub aim: String,
    /// Who could be visited, by code.
    pub hosts: Vec<Host>,
    /// Who travels.
    pub delegation: Delegation,
    /// What must be kept to.
    pub frame: Frame,
    /// What was agreed; at most one entry a host.
    #[serde(default)]
    pub visits: Vec<Visit>,
    /// What counts.
    #[serde(default)]
    pub rules: Rules,
    /// Districts that are known from an edition, by code.
    #[serde(default)]
    pub districts: Vec<District>,
}

impl Tour {
    /// The host with this code.
    pub fn host(&self, code: &str) -> Option<&Host> {
        self.hosts.iter().find(|host| host.code == code)
    }

    /// The base with this code.
    pub fn base(&self, code: &str) -> Option<&Base> {
        self.frame.bases.iter().find(|base| base.code == code)
    }

    /// What was agreed with a host; nothing yet where there is no entry.
    pub fn visit(&self, host: &str) -> Visit {
        self.visits.iter().find(|visit| visit.host == host).cloned().unwrap_or_else(|| Visit::of(host))
    }

    /// The district with this code.
    pub fn district(&self, code: &str) -> Option<&District> {
        self.districts.iter().find(|district| district.code == code)
    }
}

/// Whom to ask for at a host. Personal: kept apart, erased on demand, in no export but a traveller's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Name of the person.
    #[serde(default)]
    pub name: String,
    /// What they do there.
    #[serde(default)]
    pub role: String,
    /// Telephone number, with country code.
    #[serde(default)]
    pub phone: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
}

/// A traveller by name. Personal, like [`Contact`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Telephone number, with country code.
    #[serde(default)]
    pub phone: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
    /// Whom to call in an emergency.
    #[serde(default)]
    pub emergency: String,
}

/// What is personal of a tour, kept apart from [`Tour`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Personal {
    /// Contacts, by code of the host.
    #[serde(default)]
    pub contacts: BTreeMap<String, Contact>,
    /// Travellers, by code of the delegate.
    #[serde(default)]
    pub people: BTreeMap<String, Person>,
}
