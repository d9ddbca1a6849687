//! Areas that touch an area, and areas that resemble it.

use distretto_measures::krugman;
use serde::Serialize;
use utoipa::ToSchema;

use super::Other;
use crate::documents::index::other;
use crate::edition::Edition;

/// Areas shown that resemble an area.
const SHOWN: usize = 6;

/// An area that touches.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Neighbour {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Length of the common border, metres; 0 where they touch in points only.
    pub shared_m: f64,
}

/// An area with similar manufacturing.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Alike {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Krugman's index between the shares of industries in manufacturing employees, 0 (the same) to 2 (nothing in common).
    pub dissimilarity: f64,
}

/// The areas that touch an area, the longest common border first; none where the edition has no borders.
pub(super) fn neighbours(edition: &Edition, area: u32) -> Vec<Neighbour> {
    let found = edition.index().neighbours[area as usize].iter();
    found.map(|&(at, shared_m)| Neighbour { area: other(edition, at), shared_m }).collect()
}

/// The areas whose manufacturing is most alike, of equals in the order of their codes; none for an area without known
/// employees in manufacturing. Cost: areas times industries.
pub(super) fn alike(edition: &Edition, area: u32) -> Vec<Alike> {
    let employees = &edition.index().manufacturing;
    let own = &employees[area as usize];
    let others = (0..employees.len() as u32).filter(|&at| at != area);
    let mut nearest: Vec<(u32, f64)> =
        others.filter_map(|at| Some((at, krugman(own, &employees[at as usize])?))).collect();
    nearest.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    nearest.truncate(SHOWN);
    nearest.into_iter().map(|(at, dissimilarity)| Alike { area: other(edition, at), dissimilarity }).collect()
}
