//! The zones of each area.

use crate::replicate::Replicate;

/// Zones by area, ascending within each, in one piece of memory.
#[derive(Debug, Clone)]
pub(crate) struct Members {
    starts: Vec<u32>,
    zones: Vec<u32>,
}

impl Members {
    /// From the area of each zone, as in [`Replicate::area_of`]. Cost: linear.
    pub(crate) fn of(area_of: &[u32], areas: u32) -> Self {
        let placed = || area_of.iter().enumerate().filter(|(_, area)| **area != Replicate::NO_AREA);
        let mut starts = vec![0u32; areas as usize + 1];
        for (_, &area) in placed() {
            starts[area as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut zones = vec![0; starts[areas as usize] as usize];
        for (zone, &area) in placed() {
            let at = &mut next[area as usize];
            zones[*at as usize] = zone as u32;
            *at += 1;
        }
        Self { starts, zones }
    }

    /// The zones of each area, by area.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.zones[ends[0] as usize..ends[1] as usize])
    }
}
