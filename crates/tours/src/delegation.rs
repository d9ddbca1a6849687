//! Who travels, and what they want to see.

use serde::{Deserialize, Serialize};

/// What an interest is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An industry, by the code that an edition gives it.
    Industry,
    /// A phase of a process.
    Phase,
    /// A practice that can be learnt.
    Practice,
    /// A kind of host, by its word ([`crate::host::Kind::word`]).
    Kind,
}

impl Subject {
    /// All subjects, in their order.
    pub const ALL: [Self; 4] = [Self::Industry, Self::Phase, Self::Practice, Self::Kind];

    /// The word for it in files: `industry`, `phase`, `practice`, `kind`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Industry => "industry",
            Self::Phase => "phase",
            Self::Practice => "practice",
            Self::Kind => "kind",
        }
    }
}

/// What somebody wants to see, and how much.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interest {
    /// What it is about.
    pub subject: Subject,
    /// Which industry, phase, practice or kind.
    pub name: String,
    /// How much, 1 to 9; 3 is usual.
    #[serde(default = "usual")]
    pub weight: u32,
}

const fn usual() -> u32 {
    3
}

/// One traveller. Names are not here: see [`crate::tour::Person`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// A code without meaning, unique in the delegation.
    pub code: String,
    /// What they do: `director of a service centre`.
    #[serde(default)]
    pub role: String,
    /// Where they come from, as two letters of ISO 3166-1; empty where unknown.
    #[serde(default)]
    pub country: String,
    /// Languages they understand, best first, as two letters of ISO 639-1.
    #[serde(default)]
    pub languages: Vec<String>,
    /// What they want to see.
    #[serde(default)]
    pub interests: Vec<Interest>,
    /// What they need, such as `step-free`; a host that does not meet it cannot be visited.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// How much a day may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// 20 minutes free after each visit, at most 4 visits a day.
    Relaxed,
    /// 10 minutes free after each visit, at most 6 visits a day.
    #[default]
    Usual,
    /// No pause, as many visits as fit.
    Brisk,
}

impl Pace {
    /// Minutes free after each visit, before the coach leaves.
    pub const fn pause(self) -> u32 {
        match self {
            Self::Relaxed => 20,
            Self::Usual => 10,
            Self::Brisk => 0,
        }
    }

    /// Most visits of a day.
    pub const fn most(self) -> Option<u32> {
        match self {
            Self::Relaxed => Some(4),
            Self::Usual => Some(6),
            Self::Brisk => None,
        }
    }
}

/// All who travel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delegation {
    /// The travellers.
    pub delegates: Vec<Delegate>,
    /// How much a day may hold.
    #[serde(default)]
    pub pace: Pace,
    /// Languages into which an interpreter translates who travels along.
    #[serde(default)]
    pub interpreted: Vec<String>,
    /// Persons who travel along and want nothing: interpreters, guides. They count for groups and seats.
    #[serde(default)]
    pub staff: u32,
}

impl Delegation {
    /// Persons in all.
    pub fn people(&self) -> u32 {
        u32::try_from(self.delegates.len()).unwrap_or(u32::MAX).saturating_add(self.staff)
    }
}
