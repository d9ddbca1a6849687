//! What a search records: reserve entries always, every step on request.

/// Why a zone went to the reserve list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReserveKind {
    /// Alone in its cluster; its candidate would have become less valid.
    A,
    /// Alone in its cluster; no candidate.
    B,
    /// One of several; its candidate would have become less valid.
    C,
    /// One of several; no candidate.
    D,
    /// After a D: its candidate would have become less valid.
    E,
    /// After a D: no candidate, or nothing left to do.
    F,
}

impl ReserveKind {
    /// The letter used by the reference.
    pub fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::F => 'F',
        }
    }
}

/// An entry of the reserve list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReserveEntry {
    /// Why.
    pub kind: ReserveKind,
    /// Iteration, from 1.
    pub iteration: u32,
    /// Id of the cluster that was dissolved.
    pub cluster: i64,
    /// Its validity when it was chosen.
    pub validity: f64,
    /// The zone. For E and F the reference writes the zone at this place of the order, not the one treated.
    pub zone: u32,
    /// For C and D: the next member in the order of outward ties.
    pub next: Option<u32>,
}

/// What became of the zone treated in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It joined the candidate.
    Joined,
    /// It went to the reserve list.
    Reserved(ReserveKind),
    /// Its whole cluster went to the reserve list (reference mode, after a D).
    Dumped,
    /// Its cluster is closed but too small to be an area, and was set aside (clean mode).
    SetAside,
    /// Nothing was left to do (reference mode, after a D).
    Nothing,
}

/// A candidate as the step saw it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TracedCandidate {
    /// Id of the cluster.
    pub cluster: i64,
    /// Its cohesion with the zone.
    pub cohesion: f64,
}

/// One step of the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Iteration, from 1; the steps that scatter a cluster after a D share their iteration.
    pub iteration: u32,
    /// Id of the least valid cluster.
    pub cluster: i64,
    /// How many members it had.
    pub members: u32,
    /// Its validity.
    pub validity: f64,
    /// The zone treated, if any.
    pub zone: Option<u32>,
    /// The cluster it has most cohesion with.
    pub candidate: Option<TracedCandidate>,
    /// Validity of the candidate before and with the zone.
    pub candidate_validity: Option<(f64, f64)>,
    /// The cluster with the second highest cohesion.
    pub runner_up: Option<TracedCandidate>,
    /// What became of it.
    pub decision: Decision,
}

/// A reserve zone given to an area after the search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attachment {
    /// The zone.
    pub zone: u32,
    /// The area, with its cohesion.
    pub area: TracedCandidate,
    /// The area with the second highest cohesion.
    pub runner_up: Option<TracedCandidate>,
}
