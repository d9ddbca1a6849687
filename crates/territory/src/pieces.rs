//! The pieces of areas: what is left of an area's unity when it is looked at on the map.

use std::collections::BTreeMap;

use crate::contiguity::Contiguity;
use crate::partition::Partition;
use crate::topology::{Part, Topology};

/// A piece of an area: polygons of its zones linked by stretches of common border.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The area it belongs to.
    pub area: u32,
    /// Its place among the pieces of the area, from 1, largest first; `None` where the area is all of one piece.
    pub number: Option<u32>,
    /// Its area in square metres.
    pub area_m2: f64,
    /// The zones with a polygon in it, ascending: a zone with exclaves may be in several pieces.
    pub zones: Vec<u32>,
}

impl Piece {
    /// Whether it is the largest piece of its area (or all of it).
    pub fn is_main(&self) -> bool {
        self.number.is_none_or(|number| number == 1)
    }

    /// `<area>_<number>`, or the code of the area where it is of one piece.
    pub fn label(&self, partition: &Partition) -> String {
        let code = partition.code(self.area);
        self.number.map_or_else(|| code.to_owned(), |number| format!("{code}_{number}"))
    }
}

/// The pieces of all areas of a partition.
#[derive(Debug, Clone, PartialEq)]
pub struct Pieces {
    list: Vec<Piece>,
    of_part: Vec<Option<u32>>,
    contiguity: Contiguity,
}

impl Pieces {
    /// Finds the pieces: the polygons of an area's zones, connected where they share a stretch of border (rook: what
    /// a dissolved outline shows as one polygon). `parts` is [`Contiguity::of_parts`] of the same topology. Pieces
    /// come by area, then by number; equally large ones by their first polygon. Cost: n log n.
    pub fn new(topology: &Topology, parts: &Contiguity, partition: &Partition) -> Self {
        let area_of_part: Vec<Option<u32>> =
            topology.parts().iter().map(|part| partition.area_of(part.zone)).collect();
        let (component, count) = parts.rook().components(&area_of_part);

        let mut pieces: Vec<Piece> =
            vec![Piece { area: 0, number: None, area_m2: 0.0, zones: Vec::new() }; count];
        for (part, (component, area)) in component.iter().zip(&area_of_part).enumerate() {
            if let (Some(component), Some(area)) = (component, area) {
                let piece = &mut pieces[*component as usize];
                piece.area = *area;
                let Part { zone, area_m2 } = topology.parts()[part];
                piece.area_m2 += area_m2;
                if piece.zones.last() != Some(&zone) {
                    piece.zones.push(zone);
                }
            }
        }
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_by(|&a, &b| {
            let (x, y) = (&pieces[a as usize], &pieces[b as usize]);
            x.area.cmp(&y.area).then(y.area_m2.total_cmp(&x.area_m2)).then(a.cmp(&b))
        });
        let mut place = vec![0u32; count];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let mut pieces: Vec<Piece> = order.iter().map(|&old| pieces[old as usize].clone()).collect();
        for of_area in pieces.chunk_by_mut(|a, b| a.area == b.area).filter(|of_area| of_area.len() > 1) {
            for (number, piece) in (1..).zip(of_area) {
                piece.number = Some(number);
            }
        }
        let of_part: Vec<Option<u32>> = component.iter().map(|c| c.map(|c| place[c as usize])).collect();
        let contiguity = parts.grouped(&of_part, count);
        Self { list: pieces, of_part, contiguity }
    }

    /// The pieces, by area, then by number.
    pub fn as_slice(&self) -> &[Piece] {
        &self.list
    }

    /// The piece a polygon of the topology belongs to, if its zone has an area.
    pub fn of_part(&self, part: u32) -> Option<u32> {
        self.of_part[part as usize]
    }

    /// Contiguity of the pieces, pieces of the same area included (they may share points).
    pub fn contiguity(&self) -> &Contiguity {
        &self.contiguity
    }

    /// Zones none of whose ground lies in the main piece of their area, ascending, each with the largest piece it
    /// does lie in: moving them could make the area whole. A zone that lies in the main piece and has exclaves
    /// elsewhere is not listed: wherever it goes, it is in two places.
    pub fn loose_zones(&self) -> Vec<(u32, u32)> {
        let mut first_piece: BTreeMap<u32, u32> = BTreeMap::new();
        for (index, piece) in (0u32..).zip(&self.list) {
            for &zone in &piece.zones {
                first_piece.entry(zone).or_insert(index);
            }
        }
        first_piece.into_iter().filter(|&(_, piece)| !self.list[piece as usize].is_main()).collect()
    }
}
