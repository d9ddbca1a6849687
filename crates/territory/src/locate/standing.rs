//! Where the sweep stands: how often every ring winds around its position, and which polygons hold it.

use std::collections::BTreeSet;

use super::outlines::Outlines;

/// The winding numbers of all rings around a position that lies on no edge.
pub(super) struct Standing {
    winding: Vec<i32>,
    holes_around: Vec<u32>,
    holding: BTreeSet<u32>,
}

impl Standing {
    /// Outside of everything.
    pub fn outside(outlines: &Outlines) -> Self {
        Self {
            winding: vec![0; outlines.rings.len()],
            holes_around: vec![0; outlines.polygons.len()],
            holding: BTreeSet::new(),
        }
    }

    /// Crosses an edge of a ring. Cost: log of the polygons that hold the position.
    pub fn cross(&mut self, outlines: &Outlines, ring: u32, change: i32) {
        let winding = &mut self.winding[ring as usize];
        let was_around = *winding != 0;
        *winding += change;
        let is_around = *winding != 0;
        if was_around == is_around {
            return;
        }
        let (polygon, hole) = (outlines.rings[ring as usize].polygon, outlines.rings[ring as usize].hole);
        let holes = &mut self.holes_around[polygon as usize];
        match (hole, is_around) {
            (true, true) => *holes += 1,
            (true, false) => *holes -= 1,
            (false, _) => {}
        }
        let exterior = outlines.polygons[polygon as usize].exterior;
        if self.winding[exterior as usize] != 0 && *holes == 0 {
            self.holding.insert(polygon);
        } else {
            self.holding.remove(&polygon);
        }
    }

    pub fn winding(&self, ring: u32) -> i32 {
        self.winding[ring as usize]
    }

    /// Number of holes of a polygon that wind around the position.
    pub fn holes_around(&self, polygon: u32) -> u32 {
        self.holes_around[polygon as usize]
    }

    /// The polygons that hold the position, ascending, hence by zone.
    pub fn holding(&self) -> impl Iterator<Item = u32> + '_ {
        self.holding.iter().copied()
    }
}
