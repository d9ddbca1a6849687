//! Where a row is: the code of a zone, or a point that lies in one.

use std::path::PathBuf;

use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::{Expr, lit};

use super::Problem;
use crate::columns::Columns;
use crate::error::Result;
use crate::functions::zone_of::ZoneOf;

/// Where a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the zone with the code in this column.
    Zone(String),
    /// In the zone that holds the point with these coordinates, in degrees.
    Point {
        /// Column of the longitude.
        lon: String,
        /// Column of the latitude.
        lat: String,
        /// File of the zones, see [`crate::write_zones`].
        zones: PathBuf,
    },
}

impl Place {
    /// The code of the zone.
    pub(super) fn zone(&self, columns: &Columns<'_>) -> Result<Expr> {
        match self {
            Self::Zone(column) => columns.code(column),
            Self::Point { lon, lat, zones } => {
                let arguments = vec![
                    lit(zones.to_string_lossy().into_owned()),
                    columns.degrees(lon)?.value,
                    columns.degrees(lat)?.value,
                ];
                Ok(ScalarUDF::from(ZoneOf::new()).call(arguments))
            }
        }
    }

    /// Why a row may have no zone; `zone` is its zone, `what` is what has a place, such as `units`.
    pub(super) fn problems(&self, columns: &Columns<'_>, zone: Expr, what: &str) -> Result<Vec<Problem>> {
        Ok(match self {
            Self::Zone(_) => {
                vec![Problem::left_out(zone.is_null(), &format!("{what} without the code of a zone"))]
            }
            Self::Point { lon, lat, .. } => {
                let (lon, lat) = (columns.degrees(lon)?, columns.degrees(lat)?);
                let absent = lon.value.is_null().or(lat.value.is_null());
                vec![
                    Problem::invalid(lon.invalid.or(lat.invalid), "coordinates that are no numbers"),
                    Problem::left_out(absent, &format!("{what} without coordinates")),
                    Problem::left_out(zone.is_null(), &format!("{what} outside every zone")),
                ]
            }
        })
    }
}
