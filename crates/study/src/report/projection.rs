//! Lambert's azimuthal equal-area projection, centred on what is shown.

use geo_types::Coord;

/// Semi-major axis (metres) and squared eccentricity of WGS 84.
const A: f64 = 6_378_137.0;
const E2: f64 = 0.006_694_379_990_141_317;

/// The projection of the authalic sphere, the one with the surface of the ellipsoid: areas on the map are those on
/// the ground, and so is the scale at the centre. Source: Snyder (1987), eq. 3-11 to 3-13 and 24-2 to 24-4.
#[derive(Debug, Clone, Copy)]
pub(super) struct Projection {
    longitude: f64,
    sin: f64,
    cos: f64,
}

impl Projection {
    /// Centred on the mean direction of some positions (degrees), wherever the meridian of 180 degrees runs.
    pub fn centred(positions: impl Iterator<Item = Coord<f64>>) -> Self {
        let mut sum = [0.0; 3];
        for position in positions {
            let (longitude, (sin, cos)) = (position.x.to_radians(), authalic(position.y));
            sum = [sum[0] + cos * longitude.cos(), sum[1] + cos * longitude.sin(), sum[2] + sin];
        }
        let [x, y, z] = sum;
        let across = x.hypot(y);
        let length = across.hypot(z);
        if length > 0.0 {
            Self { longitude: y.atan2(x), sin: z / length, cos: across / length }
        } else {
            Self { longitude: 0.0, sin: 0.0, cos: 1.0 }
        }
    }

    /// Metres east and north of the centre.
    pub fn metres(&self, position: Coord<f64>) -> Coord<f64> {
        let radius = A * (q(1.0) / 2.0).sqrt();
        let ((sin, cos), longitude) = (authalic(position.y), position.x.to_radians() - self.longitude);
        let towards = self.sin * sin + self.cos * cos * longitude.cos();
        // The point opposite the centre has no place.
        let scale = radius * (2.0 / (1.0 + towards).max(1e-9)).sqrt();
        Coord {
            x: scale * cos * longitude.sin(),
            y: scale * (self.cos * sin - self.sin * cos * longitude.cos()),
        }
    }
}

/// Sine and cosine of the authalic latitude.
fn authalic(latitude: f64) -> (f64, f64) {
    let sin = (q(latitude.to_radians().sin()) / q(1.0)).clamp(-1.0, 1.0);
    (sin, (1.0 - sin * sin).sqrt())
}

fn q(sin: f64) -> f64 {
    let e = E2.sqrt();
    (1.0 - E2) * (sin / (1.0 - E2 * sin * sin) + (e * sin).atanh() / e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use distretto_territory::geodesy::area_m2;
    use geo_types::{LineString, MultiPolygon, Polygon};

    #[test]
    fn areas_are_kept_far_from_the_centre_too() {
        let ring = [(24.0, 60.0), (25.0, 60.0), (25.0, 61.0), (24.0, 61.0), (24.0, 60.0)];
        // Edges of a degree are not straight in both projections; their vertices lie dense.
        let dense: Vec<Coord<f64>> = ring
            .windows(2)
            .flat_map(|pair| {
                let [(ax, ay), (bx, by)] = [pair[0], pair[1]];
                (0..100).map(move |i| {
                    let t = f64::from(i) / 100.0;
                    Coord { x: ax + t * (bx - ax), y: ay + t * (by - ay) }
                })
            })
            .collect();
        let projection = Projection::centred([Coord { x: 10.0, y: 45.0 }].into_iter());
        let flat: Vec<Coord<f64>> = dense.iter().map(|&c| projection.metres(c)).collect();
        let twice: f64 = (0..flat.len())
            .map(|i| (flat[i], flat[(i + 1) % flat.len()]))
            .map(|(a, b)| a.x * b.y - b.x * a.y)
            .sum();
        let ground = area_m2(&MultiPolygon(vec![Polygon::new(LineString(dense), vec![])]));
        assert!((twice / 2.0 / ground - 1.0).abs() < 1e-5, "{} {ground}", twice / 2.0);
    }

    #[test]
    fn the_centre_is_the_origin_also_across_the_date_line() {
        let projection =
            Projection::centred([Coord { x: 179.0, y: 0.0 }, Coord { x: -179.0, y: 0.0 }].into_iter());
        let centre = projection.metres(Coord { x: 180.0, y: 0.0 });
        assert!(centre.x.abs() < 1e-6 && centre.y.abs() < 1e-6, "{centre:?}");
        let nowhere = Projection::centred(std::iter::empty()).metres(Coord { x: 180.0, y: 0.0 });
        assert!(nowhere.x.is_finite() && nowhere.y.is_finite());
    }
}
