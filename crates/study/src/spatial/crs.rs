//! Coordinate reference systems by name or text, and the way to longitude and latitude.

use geo_types::{Coord, LineString, MultiPolygon};
use proj4rs::Proj;
use proj4rs::transform::{Transform, TransformClosure, transform};

use super::error::Problem;

/// EPSG codes of longitude and latitude on datums that agree with WGS 84 to within the precision of borders:
/// WGS 84 (2D, 3D), ETRS89, NAD83, RGF93.
const LON_LAT: [u16; 6] = [4326, 4979, 4258, 4937, 4269, 4171];

/// A coordinate reference system from which positions can be brought to longitude and latitude on WGS 84.
/// First comes the easting or longitude, then the northing or latitude, as in every format read here.
pub struct Crs {
    name: String,
    /// `None` where positions already are longitude and latitude.
    projection: Option<Projection>,
}

struct Projection {
    from: Proj,
    to: Proj,
}

impl Crs {
    /// Longitude and latitude on WGS 84.
    pub fn lon_lat() -> Self {
        Self { name: "OGC:CRS84".into(), projection: None }
    }

    /// From an EPSG code. Codes of the EPSG registry up to 2022 are known.
    pub fn from_epsg(code: u16) -> Result<Self, Problem> {
        let name = format!("EPSG:{code}");
        if LON_LAT.contains(&code) {
            return Ok(Self { name, projection: None });
        }
        match crs_definitions::from_code(code) {
            Some(definition) => Self::from_proj(name, definition.proj4),
            None => Err(Problem::CrsUnknown { name, why: "no such code in the table of EPSG codes".into() }),
        }
    }

    /// From what people and files write: `EPSG:3035`, `urn:ogc:def:crs:EPSG::3035`,
    /// `http://www.opengis.net/def/crs/EPSG/0/3035`, `OGC:CRS84`, a number, a proj string (`+proj=...`), or WKT.
    pub fn from_text(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.starts_with("+proj") {
            return Self::from_proj(text.to_owned(), text);
        }
        if text.contains('[') {
            return Self::from_wkt(text);
        }
        let last = text.rsplit([':', '/']).next().unwrap_or(text);
        if last.eq_ignore_ascii_case("CRS84") {
            return Ok(Self::lon_lat());
        }
        match last.parse() {
            Ok(code) => Self::from_epsg(code),
            Err(_) => {
                Err(Problem::CrsUnknown { name: text.to_owned(), why: "no EPSG code in the name".into() })
            }
        }
    }

    /// From well-known text, version 1 (ESRI's too) or 2: by the EPSG code it names, else by its parameters.
    pub fn from_wkt(wkt: &str) -> Result<Self, Problem> {
        if let Some(crs) = authority(wkt).and_then(|code| Self::from_epsg(code).ok()) {
            return Ok(crs);
        }
        let name = wkt.split('"').nth(1).unwrap_or("unnamed").to_owned();
        match proj4wkt::wkt_to_projstring(wkt) {
            Ok(text) => Self::from_proj(name, &text),
            Err(error) => Err(Problem::CrsUnknown { name, why: error.to_string() }),
        }
    }

    fn from_proj(name: String, text: &str) -> Result<Self, Problem> {
        let parse = |text: &str| {
            Proj::from_proj_string(text)
                .map_err(|error| Problem::CrsUnknown { name: name.clone(), why: error.to_string() })
        };
        let from = parse(text)?;
        let to = parse("+proj=longlat +datum=WGS84 +no_defs")?;
        if !from.has_inverse() {
            return Err(Problem::CrsUnknown {
                name,
                why: "its projection has no way back to degrees".into(),
            });
        }
        Ok(Self { name, projection: Some(Projection { from, to }) })
    }

    /// Its name, for reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Brings a shape to longitude and latitude in degrees on WGS 84, and checks that it is on Earth.
    pub fn to_lon_lat(&self, shape: &mut MultiPolygon<f64>) -> Result<(), Problem> {
        if let Some(projection) = &self.projection {
            projection.apply(shape).map_err(|at| self.not_on_earth(at))?;
        }
        match not_degrees(shape) {
            Some(at) => Err(self.not_on_earth(at)),
            None => Ok(()),
        }
    }

    fn not_on_earth(&self, at: Coord<f64>) -> Problem {
        Problem::NotOnEarth { x: at.x, y: at.y, crs: self.name.clone() }
    }
}

/// A position of the shape that is not in degrees, if there is one.
pub(super) fn not_degrees(shape: &MultiPolygon<f64>) -> Option<Coord<f64>> {
    let on_earth = |c: &Coord<f64>| c.x.abs() <= 360.0 && c.y.abs() <= 90.0;
    rings(shape).flat_map(|ring| ring.0.iter()).find(|c| !on_earth(c)).copied()
}

fn rings(shape: &MultiPolygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// Applies `change` to every position.
fn each_coord<E>(
    shape: &mut MultiPolygon<f64>,
    mut change: impl FnMut(&mut Coord<f64>) -> Result<(), E>,
) -> Result<(), E> {
    for polygon in shape {
        let mut result = Ok(());
        polygon.exterior_mut(|ring| result = ring.0.iter_mut().try_for_each(&mut change));
        result?;
        let mut result = Ok(());
        polygon.interiors_mut(|rings| {
            result = rings.iter_mut().flat_map(|ring| ring.0.iter_mut()).try_for_each(&mut change);
        });
        result?;
    }
    Ok(())
}

impl Projection {
    /// Changes every position; the answer to a failure is the position that failed.
    fn apply(&self, shape: &mut MultiPolygon<f64>) -> Result<(), Coord<f64>> {
        each_coord(shape, |coord| {
            let given = *coord;
            let mut at = Position(if self.from.is_latlong() { to_radians(given) } else { given });
            transform(&self.from, &self.to, &mut at).map_err(|_| given)?;
            *coord = Coord { x: at.0.x.to_degrees(), y: at.0.y.to_degrees() };
            Ok(())
        })
    }
}

fn to_radians(c: Coord<f64>) -> Coord<f64> {
    Coord { x: c.x.to_radians(), y: c.y.to_radians() }
}

struct Position(Coord<f64>);

impl Transform for Position {
    fn transform_coordinates<F: TransformClosure>(&mut self, f: &mut F) -> proj4rs::errors::Result<()> {
        let (x, y, _) = f(self.0.x, self.0.y, 0.0)?;
        self.0 = Coord { x, y };
        Ok(())
    }
}

/// The EPSG code of the outermost `AUTHORITY["EPSG","n"]` or `ID["EPSG",n]`.
fn authority(wkt: &str) -> Option<u16> {
    let (mut depth, mut quoted) = (0usize, false);
    let mut found = None;
    for (at, byte) in wkt.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'[' | b'(' if !quoted => {
                depth += 1;
                let before = wkt.get(..at)?.trim_end();
                if depth == 2 && (before.ends_with("AUTHORITY") || before.ends_with("ID")) {
                    found = wkt.get(at + 1..).and_then(epsg_code).or(found);
                }
            }
            b']' | b')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The number in `"EPSG","n"...` or `"EPSG",n...`.
fn epsg_code(text: &str) -> Option<u16> {
    let (name, rest) = text.split_once(',')?;
    let number = rest.split([']', ')', ',']).next()?;
    let bare = |s: &str| s.trim().trim_matches('"').to_owned();
    bare(name).eq_ignore_ascii_case("EPSG").then(|| bare(number).parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    fn bring(crs: &Crs, x: f64, y: f64) -> (f64, f64) {
        let mut shape = MultiPolygon(vec![polygon![(x: x, y: y), (x: x + 1.0, y: y), (x: x, y: y + 1.0)]]);
        crs.to_lon_lat(&mut shape).unwrap();
        let c = shape.0[0].exterior().0[0];
        (c.x, c.y)
    }

    /// Answers of `gdaltransform -t_srs EPSG:4326` (PROJ 9.1), to 1e-8 degrees: a millimetre.
    #[test]
    fn positions_agree_with_proj() {
        for (epsg, x, y, lon, lat) in CASES {
            let (ours_lon, ours_lat) = bring(&Crs::from_epsg(epsg).unwrap(), x, y);
            assert!(
                (ours_lon - lon).abs() < 1e-8 && (ours_lat - lat).abs() < 1e-8,
                "{epsg}: {ours_lon} {ours_lat}"
            );
        }
    }

    const CASES: [(u16, f64, f64, f64, f64); 7] = [
        (3035, 4_500_123.0, 2_100_456.0, 12.153_970_698_067_9, 41.984_664_282_845_1),
        (2154, 700_000.0, 6_600_000.0, 3.0, 46.5),
        (32632, 403_562.438_893_281, 5_024_061.971_607_36, 7.768_600_002_200_13, 45.363_433_040_527_2),
        (32633, 280_000.0, 4_400_000.0, 12.433_227_483_565_5, 39.721_522_327_277_1),
        (25832, 500_100.0, 4_900_000.0, 9.001_252_625_573_04, 44.253_237_512_915_4),
        (3857, 1_000_000.0, 5_500_000.0, 8.983_152_841_195_21, 44.222_890_234_857_5),
        (5070, 1_000_000.0, 1_500_000.0, -84.777_818_860_549, 36.019_201_536_561_8),
    ];

    /// National datums need a shift, of which several exist: the same place to within 5 m.
    #[test]
    fn national_datums_are_shifted() {
        for (epsg, x, y, lon, lat) in [
            (3003, 1_500_000.0, 4_500_000.0, 8.999_644_302_985_41, 40.650_785_039_818_2),
            (31370, 150_000.0, 170_000.0, 4.368_752_140_904_19, 50.840_411_283_117_9),
            (27700, 400_000.0, 300_000.0, -2.001_433_115_510_89, 52.597_792_430_833_8),
            (2056, 2_600_000.0, 1_200_000.0, 7.438_632_420_871_81, 46.951_082_771_871_1),
        ] {
            let (ours_lon, ours_lat) = bring(&Crs::from_epsg(epsg).unwrap(), x, y);
            let metres = ((ours_lon - lon) * 80_000.0).hypot((ours_lat - lat) * 111_000.0);
            assert!(metres < 5.0, "{epsg}: {metres} m");
        }
    }

    #[test]
    fn names_are_understood_however_they_are_written() {
        for name in [
            "EPSG:32632",
            "epsg:32632",
            "32632",
            "urn:ogc:def:crs:EPSG::32632",
            "http://www.opengis.net/def/crs/EPSG/0/32632",
        ] {
            assert_eq!(Crs::from_text(name).unwrap().name(), "EPSG:32632");
        }
        for name in ["OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"] {
            assert!(Crs::from_text(name).unwrap().projection.is_none());
        }
        for name in ["", "Rome", "EPSG:1", "EPSG:99999999", "+proj=nonsense", "PROJCS[", "[[[["] {
            assert!(matches!(Crs::from_text(name), Err(Problem::CrsUnknown { .. })), "{name}");
        }
    }

    /// The text ESRI's programs write, without a code.
    const UTM_32: &str = r#"PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

    #[test]
    fn texts_without_a_code_are_read_by_their_parameters() {
        let by_code = bring(&Crs::from_epsg(32632).unwrap(), 403_562.4, 5_024_061.9);
        let by_text = bring(&Crs::from_wkt(UTM_32).unwrap(), 403_562.4, 5_024_061.9);
        assert!((by_code.0 - by_text.0).abs() < 1e-9 && (by_code.1 - by_text.1).abs() < 1e-9);
    }

    #[test]
    fn the_code_of_a_text_is_the_outermost() {
        assert_eq!(authority(crs_definitions::EPSG_3035.wkt), Some(3035));
        assert_eq!(authority(r#"GEOGCRS["WGS 84",DATUM["x",ID["EPSG",1]],ID["EPSG",4326]]"#), Some(4326));
        assert_eq!(authority(r#"PROJCS["no",GEOGCS["x",AUTHORITY["EPSG","4326"]]]"#), None);
    }

    #[test]
    fn positions_off_the_earth_are_named() {
        let mut shape =
            MultiPolygon(vec![polygon![(x: 500_000.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)]]);
        let problem = Crs::lon_lat().to_lon_lat(&mut shape).unwrap_err();
        assert!(matches!(problem, Problem::NotOnEarth { x: 500_000.0, .. }));
    }
}
