//! What can be reached by road.

use std::collections::BTreeMap;

use crate::world::World;

/// The piece of land of each zone, by the lowest index of its zones. Zones that share a vertex of their borders lie on one piece.
pub(super) fn pieces(world: &World) -> Vec<usize> {
    let mut root: Vec<usize> = (0..world.zones.len()).collect();
    let mut seen: BTreeMap<[u64; 2], usize> = BTreeMap::new();
    for (index, zone) in world.zones.iter().enumerate() {
        for vertex in &zone.ring {
            let other = *seen.entry(vertex.map(f64::to_bits)).or_insert(index);
            let (one, other) = (root_of(&mut root, index), root_of(&mut root, other));
            root[one.max(other)] = one.min(other);
        }
    }
    (0..root.len()).map(|zone| root_of(&mut root, zone)).collect()
}

fn root_of(root: &mut [usize], mut zone: usize) -> usize {
    while root[zone] != zone {
        root[zone] = root[root[zone]];
        zone = root[zone];
    }
    zone
}
