//! Zones sorted into classes.

use rustc_hash::FxHashMap;

use crate::members::Members;
use crate::replicate::Replicate;

/// The class of each zone, below `number`; [`Replicate::NO_AREA`] for zones in none. Classes are numbered by their first zone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labels {
    pub(super) of_zone: Vec<u32>,
    pub(super) number: u32,
}

impl Labels {
    /// All zones with an area in at least half of the replicates, in one class.
    pub(super) fn placed(replicates: &[Replicate], zones: usize) -> Self {
        let mut missing = vec![0usize; zones];
        for replicate in replicates {
            for (missing, &area) in missing.iter_mut().zip(&replicate.area_of) {
                *missing += usize::from(area == Replicate::NO_AREA);
            }
        }
        let class = |missing: usize| if 2 * missing > replicates.len() { Replicate::NO_AREA } else { 0 };
        Self { of_zone: missing.into_iter().map(class).collect(), number: 1 }
    }

    /// These classes, numbered by their first zone.
    pub(super) fn numbered(classes: impl Iterator<Item = u32>) -> Self {
        let classes: Vec<u32> = classes.collect();
        let all = classes.iter().map(|&class| if class == Replicate::NO_AREA { class } else { 0 }).collect();
        Self { of_zone: all, number: 1 }.refined(&classes)
    }

    /// Classes of zones that share both class and area. A zone without an area is apart from everyone.
    pub(super) fn refined(&self, area_of: &[u32]) -> Self {
        let mut classes: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut number = 0;
        let mut new = || {
            number += 1;
            number - 1
        };
        let of_zone = self.of_zone.iter().zip(area_of).map(|(&class, &area)| match (class, area) {
            (Replicate::NO_AREA, _) => Replicate::NO_AREA,
            (_, Replicate::NO_AREA) => new(),
            both => *classes.entry(both).or_insert_with(&mut new),
        });
        Self { of_zone: of_zone.collect(), number }
    }

    /// [`Labels::refined`] by each.
    pub(super) fn refined_by_all<'a>(&self, partitions: impl IntoIterator<Item = &'a [u32]>) -> Self {
        partitions.into_iter().fold(self.clone(), |labels, area_of| labels.refined(area_of))
    }

    /// The zones of each class.
    pub(super) fn members(&self) -> Members {
        Members::of(&self.of_zone, self.number)
    }
}
