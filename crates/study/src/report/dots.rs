//! Areas as circles at their main zones, where there are points but no borders.

use geo_types::Coord;

use super::outline::{Frame, LARGEST, Outline, SCALE, Sheet};
use super::projection::Projection;

/// Radius of the largest and of the smallest circle, in pixels.
const RADII: [f64; 2] = [16.0, 2.5];

/// An area with a place (degrees), if it is known, and a size.
pub(super) type Place = (Option<(f64, f64)>, f64);

/// Draws a circle for each area, its surface in proportion to its size. `None` where fewer than two areas have a place.
pub(super) fn sheet(areas: &[Place]) -> Option<Sheet> {
    let positions: Vec<Option<Coord<f64>>> =
        areas.iter().map(|(place, _)| place.map(|(x, y)| Coord { x, y })).collect();
    let projection = Projection::centred(positions.iter().flatten().copied());
    let known: Vec<Coord<f64>> = positions.iter().flatten().copied().collect();
    let frame = Frame::around(&projection, &known, LARGEST)?;
    let margin = RADII[0] * SCALE;
    let largest = areas.iter().map(|(_, size)| *size).fold(1.0, f64::max);
    let circle = |position: Coord<f64>, size: f64| {
        let [x, y] = frame.place(projection.metres(position)).map(|place| f64::from(place) + margin);
        let radius = (SCALE * (RADII[0] * (size.max(0.0) / largest).sqrt()).max(RADII[1])).round();
        let path = format!(
            "M{x} {y}m-{radius} 0a{radius} {radius} 0 1 0 {0} 0a{radius} {radius} 0 1 0-{0} 0z",
            2.0 * radius
        );
        Outline { path, middle: [x, y] }
    };
    Some(Sheet {
        size: frame.size().map(|side| side + 2 * margin as i32),
        metres: frame.metres(),
        areas: positions.iter().zip(areas).map(|(at, (_, size))| at.map(|at| circle(at, *size))).collect(),
        without: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_areas_have_larger_circles_within_the_sheet() {
        let sheet = sheet(&[(Some((10.0, 45.0)), 400.0), (None, 9.0), (Some((12.0, 44.0)), 100.0)]).unwrap();
        assert!(sheet.areas[1].is_none());
        let path = |area: usize| sheet.areas[area].as_ref().map(|outline| outline.path.clone()).unwrap();
        assert!(path(0).contains("a64 64 ") && path(2).contains("a32 32 "), "{} {}", path(0), path(2));
        for outline in sheet.areas.iter().flatten() {
            let [x, y] = outline.middle;
            assert!(x >= 64.0 && y >= 64.0 && x <= f64::from(sheet.size[0]) && y <= f64::from(sheet.size[1]));
        }
    }

    #[test]
    fn one_place_is_no_map() {
        assert!(sheet(&[(Some((10.0, 45.0)), 1.0)]).is_none() && sheet(&[]).is_none());
    }
}
