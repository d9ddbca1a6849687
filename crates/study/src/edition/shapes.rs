//! Shapes of zones and areas with their tables.

use std::path::Path;

use distretto_territory::dissolve::dissolve;

use super::table::Table;
use crate::borders::fault;
use crate::fault::Result;
use crate::run::Results;
use crate::spatial::{Layer, write_geopackage, write_geoparquet};

/// When the contents of a GeoPackage last changed. The format wants an instant; two runs want the same bytes.
const LAST_CHANGE: &str = "2000-01-01T00:00:00.000Z";

/// Writes the shapes of areas (dissolved on shared borders) and zones, each with the columns of its table.
pub fn write(
    results: &Results,
    tables: &[Table],
    folder: &Path,
    geoparquet: bool,
    geopackage: bool,
) -> Result<()> {
    let Some(borders) = &results.input.borders else { return Ok(()) };
    if !geoparquet && !geopackage {
        return Ok(());
    }
    let partition = &results.areas.partition;
    let shapes = dissolve(&borders.topology, partition.as_slice(), partition.areas());
    let table = |name: &str| tables.iter().find(|table| table.name == name);
    let (Some(areas), Some(zones)) = (table("areas"), table("zones")) else { return Ok(()) };
    let layers = [
        Layer { name: "areas", description: areas.title, shapes: &shapes, attributes: &areas.batch },
        Layer { name: "zones", description: zones.title, shapes: &borders.shapes, attributes: &zones.batch },
    ];
    let parquet = || {
        if !geoparquet {
            return Ok(());
        }
        write_geoparquet(&folder.join("area_shapes.parquet"), &layers[0])?;
        write_geoparquet(&folder.join("zone_shapes.parquet"), &layers[1])
    };
    let package = || {
        if geopackage { write_geopackage(&folder.join("shapes.gpkg"), &layers, LAST_CHANGE) } else { Ok(()) }
    };
    let (one, other) = rayon::join(parquet, package);
    one.and(other).map_err(|error| fault(&error))
}
