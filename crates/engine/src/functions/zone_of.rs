//! The zone of a point.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, Float64Array, RecordBatch, StringArray, StringViewBuilder,
};
use arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::{DataFusionError, exec_datafusion_err, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use datafusion::scalar::ScalarValue;
use distretto_territory::locate::{NO_ZONE, ZoneLocator};
use geo_traits::to_geo::ToGeoGeometry;
use geo_types::{Geometry, MultiPolygon};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use wkb::writer::{WriteOptions, write_geometry};

use crate::error::{EngineError, Kind, Result};

/// `zone_of(zones, lon, lat)`: the code of the zone that holds the point, NULL for a point in no zone or without coordinates.
/// `zones` is the path of a file that [`write_zones`] made. A point on a border belongs to the first of the zones that touch it, in
/// the order of the file.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct ZoneOf {
    signature: Signature,
}

impl ZoneOf {
    pub(crate) fn new() -> Self {
        let arguments = vec![DataType::Utf8, DataType::Float64, DataType::Float64];
        Self { signature: Signature::exact(arguments, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for ZoneOf {
    fn name(&self) -> &'static str {
        "zone_of"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> datafusion::common::Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> datafusion::common::Result<ColumnarValue> {
        let [zones, lon, lat] = args.args.as_slice() else {
            return plan_err!("zone_of takes the file of zones, a longitude and a latitude");
        };
        let ColumnarValue::Scalar(ScalarValue::Utf8(Some(path))) = zones else {
            return plan_err!("the first argument of zone_of is the path of a file, not a column");
        };
        let zones = Zones::open(path)
            .map_err(|error| exec_datafusion_err!("{error}: {}", error.why.as_deref().unwrap_or("")))?;
        let rows = args.number_rows;
        Ok(ColumnarValue::Array(zones.locate(&lon.to_array(rows)?, &lat.to_array(rows)?)?))
    }
}

/// Zones that points are put into.
struct Zones {
    codes: Vec<String>,
    locator: ZoneLocator,
}

/// Files of zones that this process has read, the last one last. Their names tell their contents, so they never grow old.
static READ: Mutex<Vec<(PathBuf, Arc<Zones>)>> = Mutex::new(Vec::new());
const KEPT: usize = 4;

impl Zones {
    fn open(path: &str) -> Result<Arc<Self>> {
        let path = PathBuf::from(path);
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, zones)) = read.iter().find(|(known, _)| *known == path) {
            return Ok(Arc::clone(zones));
        }
        let zones = Arc::new(Self::read(&path)?);
        if read.len() == KEPT {
            read.remove(0);
        }
        read.push((path, Arc::clone(&zones)));
        Ok(zones)
    }

    fn read(path: &Path) -> Result<Self> {
        let failed = |why: String| {
            EngineError::new(
                Kind::Cluster,
                format!("the borders in `{}` cannot be read here", path.display()),
            )
            .because(why)
            .hint("`shared` of [engine] is a folder that every executor sees under the same path")
        };
        let file = File::open(path).map_err(|error| failed(error.to_string()))?;
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(file).and_then(ParquetRecordBatchReaderBuilder::build);
        let (mut codes, mut shapes) = (Vec::new(), Vec::new());
        for batch in reader.map_err(|error| failed(error.to_string()))? {
            let batch = batch.map_err(|error| failed(error.to_string()))?;
            let (code, shape) = (batch.column(0).as_string::<i32>(), batch.column(1).as_binary::<i32>());
            for row in 0..batch.num_rows() {
                codes.push(code.value(row).to_owned());
                shapes.push((shapes.len() as u32, decode(shape.value(row)).map_err(&failed)?));
            }
        }
        let locator = ZoneLocator::new(shapes).map_err(|error| failed(error.to_string()))?;
        Ok(Self { codes, locator })
    }

    fn locate(&self, lon: &ArrayRef, lat: &ArrayRef) -> std::result::Result<ArrayRef, DataFusionError> {
        let (lon, lat) = (known(lon.as_primitive()), known(lat.as_primitive()));
        let mut zones = vec![NO_ZONE; lon.len()];
        self.locator
            .locate_all(&lon, &lat, &mut zones)
            .map_err(|error| exec_datafusion_err!("points cannot be put into zones: {error}"))?;
        let mut found = StringViewBuilder::with_capacity(zones.len());
        for zone in zones {
            found.append_option((zone != NO_ZONE).then(|| &self.codes[zone as usize]));
        }
        Ok(Arc::new(found.finish()))
    }
}

/// Coordinates, NaN where there are none: a point without coordinates is in no zone.
fn known(coordinates: &Float64Array) -> Cow<'_, [f64]> {
    if coordinates.null_count() == 0 {
        return Cow::Borrowed(coordinates.values());
    }
    coordinates.iter().map(|value| value.unwrap_or(f64::NAN)).collect()
}

fn decode(bytes: &[u8]) -> std::result::Result<MultiPolygon<f64>, String> {
    let parsed = wkb::reader::read_wkb(bytes).map_err(|error| error.to_string())?;
    match parsed.try_to_geometry() {
        Some(Geometry::MultiPolygon(shape)) => Ok(shape),
        Some(Geometry::Polygon(shape)) => Ok(shape.into()),
        _ => Err("a shape is no polygon".to_owned()),
    }
}

/// Writes the zones that `zone_of` puts points into: code and shape (longitude and latitude) of each, in the order in which a point on
/// a border falls to the first.
///
/// # Errors
/// The file cannot be written.
pub fn write_zones(path: &Path, zones: &[(String, MultiPolygon<f64>)]) -> Result<()> {
    let failed = |why: String| {
        EngineError::new(Kind::Output, "the borders cannot be written for the engine")
            .at(path.display().to_string())
            .because(why)
    };
    let mut shapes = Vec::with_capacity(zones.len());
    for (_, shape) in zones {
        let mut bytes = Vec::new();
        write_geometry(&mut bytes, shape, &WriteOptions::default())
            .map_err(|error| failed(error.to_string()))?;
        shapes.push(bytes);
    }
    let schema = Schema::new(vec![
        Field::new("code", DataType::Utf8, false),
        Field::new("shape", DataType::Binary, false),
    ]);
    let codes: StringArray = zones.iter().map(|(code, _)| Some(code)).collect();
    let shapes: BinaryArray = shapes.iter().map(Some).collect();
    let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(codes), Arc::new(shapes)])
        .map_err(|error| failed(error.to_string()))?;
    let file = File::create(path).map_err(|error| failed(error.to_string()))?;
    let mut writer =
        ArrowWriter::try_new(file, batch.schema(), None).map_err(|error| failed(error.to_string()))?;
    writer.write(&batch).map_err(|error| failed(error.to_string()))?;
    writer.close().map_err(|error| failed(error.to_string()))?;
    Ok(())
}
