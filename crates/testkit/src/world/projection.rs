//! From the plane to the globe: the country lies in mid-Atlantic.

use proj4rs::Proj;
use proj4rs::adaptors::transform_vertex_2d;

use super::WorldError;

/// Equal-area on the WGS 84 ellipsoid around the country's centre, so that areas made are areas measured.
const PLANE: &str = "+proj=laea +lat_0=40 +lon_0=-30 +ellps=WGS84 +units=m +no_defs";
const GLOBE: &str = "+proj=longlat +ellps=WGS84 +no_defs";

/// The way from plane kilometres to degrees.
pub(super) struct Projection {
    plane: Proj,
    globe: Proj,
}

impl Projection {
    /// The projection of every world.
    pub(super) fn new() -> Result<Self, WorldError> {
        let parse = |text| Proj::from_proj_string(text).map_err(|_| WorldError::Projection);
        Ok(Self { plane: parse(PLANE)?, globe: parse(GLOBE)? })
    }

    /// Longitude and latitude of a plane point (km), rounded to 1e-7 degrees (a centimetre).
    pub(super) fn degrees(&self, [x, y]: [f64; 2]) -> Result<[f64; 2], WorldError> {
        let metres = (x * 1000.0, y * 1000.0);
        let (lon, lat) =
            transform_vertex_2d(&self.plane, &self.globe, metres).map_err(|_| WorldError::Projection)?;
        Ok([lon, lat].map(|radians| (radians.to_degrees() * 1e7).round() / 1e7))
    }

    /// The same ring in degrees, closed; vertices that fall together become one.
    pub(super) fn ring(&self, plane: &[[f64; 2]]) -> Result<Vec<[f64; 2]>, WorldError> {
        let mut ring = plane.iter().map(|&vertex| self.degrees(vertex)).collect::<Result<Vec<_>, _>>()?;
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        ring.extend(ring.first().copied());
        Ok(ring)
    }
}
