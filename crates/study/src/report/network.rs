//! Borders as open lines, each drawn once: where the line itself says something.

use distretto_territory::Topology;
use distretto_territory::dissolve::dissolve;
use distretto_territory::simplify::simplify;
use geo_types::{MultiPolygon, Polygon};

use super::outline::{Frame, SCALE, surface, write_line};
use super::projection::Projection;

/// Vertices that the lines of one map may have.
const VERTICES: usize = 40_000;
/// Holes in the ground from this surface on are drawn, in square pixels.
const HOLE: f64 = 12.0;

/// Zones thinned to what can be seen, with their place on the page.
pub(super) struct Ground {
    /// The thinned zones.
    pub thin: Topology,
    pub projection: Projection,
    pub frame: Frame,
}

impl Ground {
    /// `largest`: width and height on the page, in pixels. `drawn`: whether an arc between these zones (one at the outer border) is to be
    /// drawn; others cost nothing. `None` where nothing has a shape. Cost: n log n in vertices.
    pub fn of(topology: &Topology, largest: [f64; 2], drawn: impl Fn(&[u32]) -> bool) -> Option<Self> {
        let arcs = topology.arcs();
        let starts = arcs.ids().filter_map(|arc| topology.points().get(*arcs.points(arc).first()? as usize));
        let projection = Projection::centred(starts.copied());
        let frame = Frame::around(&projection, topology.points(), largest)?;
        let mut pixel = frame.metres() * SCALE;
        let mut thin = simplify(topology, pixel * pixel / 2.0);
        for _ in 0..4 {
            let arcs = thin.arcs();
            let seen = arcs.ids().filter(|&arc| drawn(&zones(&thin, arc)));
            if seen.map(|arc| arcs.points(arc).len()).sum::<usize>() <= VERTICES {
                break;
            }
            pixel *= 1.5;
            thin = simplify(&thin, pixel * pixel / 2.0);
        }
        Some(Self { thin, projection, frame })
    }

    /// Path data of the outer border of all zones together. Holes that are hardly seen are left out: most are gaps between the zones of
    /// dirty borders.
    pub fn coast(&self) -> String {
        let hole = |ring: &&geo_types::LineString<f64>| {
            surface(&self.frame.ring(&self.projection, ring)) >= HOLE * SCALE * SCALE
        };
        let group = vec![Some(0); self.thin.zones()];
        let mut polygons = Vec::new();
        for polygon in dissolve(&self.thin, &group, 1).into_iter().flatten().flatten() {
            let holes = polygon.interiors().iter().filter(hole).cloned().collect();
            polygons.push(Polygon::new(polygon.exterior().clone(), holes));
        }
        self.frame.outline(&self.projection, &MultiPolygon(polygons)).path
    }

    /// Path data of the arcs of each class: `class_of` the zones on the sides of an arc, one at the outer border.
    pub fn lines(&self, classes: usize, class_of: impl Fn(&[u32]) -> Option<usize>) -> Vec<String> {
        lines(&self.thin, &self.projection, &self.frame, classes, class_of)
    }
}

/// The zones on the sides of an arc, ascending; only one at the outer border, and within a zone.
fn zones(topology: &Topology, arc: u32) -> Vec<u32> {
    let parts = topology.arcs().sides(arc).iter().filter_map(|side| topology.parts().get(side.part as usize));
    let mut zones: Vec<u32> = parts.map(|part| part.zone).collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// See [`Ground::lines`].
pub(super) fn lines(
    topology: &Topology,
    projection: &Projection,
    frame: &Frame,
    classes: usize,
    class_of: impl Fn(&[u32]) -> Option<usize>,
) -> Vec<String> {
    let mut paths = vec![String::new(); classes];
    for arc in topology.arcs().ids() {
        let Some(path) = class_of(&zones(topology, arc)).and_then(|class| paths.get_mut(class)) else {
            continue;
        };
        let points = topology.arcs().points(arc).iter().filter_map(|&at| topology.points().get(at as usize));
        let mut line: Vec<[i32; 2]> = points.map(|&point| frame.place(projection.metres(point))).collect();
        line.dedup();
        if line.len() > 1 {
            write_line(path, &line);
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{MultiPolygon, Rect};

    #[test]
    fn every_border_is_drawn_once_in_its_class() {
        let square = |x: f64| Some(MultiPolygon(vec![Rect::new((x, 45.0), (x + 1.0, 46.0)).to_polygon()]));
        let topology = Topology::new(&[square(8.0), square(9.0), square(10.0)]).unwrap();
        let ground = Ground::of(&topology, [300.0, 300.0], |_| true).unwrap();
        let paths = ground.lines(2, |zones| match zones {
            [_] => Some(0),
            [0, 1] => Some(1),
            _ => None,
        });
        let moves = |path: &str| path.matches('M').count();
        assert_eq!((moves(&paths[0]), moves(&paths[1])), (4, 1), "{paths:?}");
        assert!(paths.iter().all(|path| !path.contains('z')));
        assert!(Ground::of(&Topology::new(&[None]).unwrap(), [300.0; 2], |_| true).is_none());
    }
}
