//! `register/region=.../part-....parquet`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, DictionaryArray, Float64Array, Int32Array, RecordBatch, StringArray, StringBuilder,
};
use arrow::datatypes::{DataType, Field, Int32Type, Schema};
use arrow::error::ArrowError;
use parquet::basic::Encoding;
use parquet::file::properties::WriterPropertiesBuilder;

use super::dataset::Dataset;
use super::side_by_side::side_by_side;
use super::{Stop, WriteError};
use crate::world::World;
use crate::world::activities::{ACTIVITIES, Activity};
use crate::world::micro::register::Unit;
use crate::world::register::{Register, SIZE_CLASSES, size_class};

/// Zones of a region whose units share a file: about a million units.
const ZONES: usize = 1500;

/// Writes the units of all zones, region by region. Cost: linear in units; in memory a row group and the units of a zone for each thread.
pub(super) fn write(
    world: &World,
    register: &Register<'_>,
    folder: &Path,
    stop: Stop<'_>,
) -> Result<PathBuf, WriteError> {
    let layout = Layout {
        schema: schema(),
        activities: Arc::new(StringArray::from_iter_values(ACTIVITIES.iter().map(|activity| activity.code))),
        bands: Arc::new(StringArray::from_iter_values(SIZE_CLASSES.iter().map(|(label, _)| label))),
    };
    let mut zones_of = vec![Vec::new(); world.regions.len()];
    for (zone, of) in world.zones.iter().enumerate() {
        zones_of[of.region as usize].push(zone);
    }
    let files: Vec<(&str, usize, &[usize])> = world
        .regions
        .iter()
        .zip(&zones_of)
        .flat_map(|(region, zones)| {
            zones.chunks(ZONES).enumerate().map(|(i, zones)| (region.as_str(), i, zones))
        })
        .collect();
    let dataset = Dataset::start(folder, "region", layout.schema.clone(), encodings)?;
    side_by_side(files.len(), |file| {
        let (region, number, zones) = files[file];
        let mut part = dataset.part(region, number);
        for &zone in zones {
            stop.check(dataset.folder())?;
            let units = register.history_of_zone(zone);
            if !units.is_empty() {
                let batch =
                    layout.batch(&world.zones[zone].code, &units).map_err(|error| part.error(error))?;
                part.write(&batch)?;
            }
        }
        part.close()
    })?;
    dataset.finish()
}

/// What the columns of all files have in common.
struct Layout {
    schema: Arc<Schema>,
    activities: ArrayRef,
    bands: ArrayRef,
}

fn schema() -> Arc<Schema> {
    let coded = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let field = |name: &str, kind| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        field("unit", DataType::Utf8),
        field("firm", DataType::Utf8),
        field("zone", coded()),
        field("lon", DataType::Float64),
        field("lat", DataType::Float64),
        field("activity", coded()),
        field("employees", DataType::Int32),
        field("size_band", coded()),
        field("from", DataType::Date32),
        Field::new("to", DataType::Date32, true),
    ]))
}

/// Names of units ascend and share their beginnings; coordinates hardly repeat.
fn encodings(properties: WriterPropertiesBuilder) -> WriterPropertiesBuilder {
    let of = |properties: WriterPropertiesBuilder, name: &str, encoding| {
        properties
            .set_column_dictionary_enabled(name.into(), false)
            .set_column_encoding(name.into(), encoding)
    };
    let properties = of(properties, "unit", Encoding::DELTA_BYTE_ARRAY);
    let properties = of(properties, "firm", Encoding::DELTA_BYTE_ARRAY);
    let properties = of(properties, "lon", Encoding::BYTE_STREAM_SPLIT);
    of(properties, "lat", Encoding::BYTE_STREAM_SPLIT)
}

impl Layout {
    fn batch(&self, zone: &str, units: &[Unit]) -> Result<RecordBatch, ArrowError> {
        let coded = |values: &ArrayRef, keys: Vec<i32>| -> Result<ArrayRef, ArrowError> {
            Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys.into(), values.clone())?))
        };
        let each = |key: fn(&Unit) -> i32| units.iter().map(key).collect::<Vec<i32>>();
        let degrees = |axis: usize| -> ArrayRef {
            Arc::new(Float64Array::from_iter_values(units.iter().map(|unit| unit.lonlat[axis])))
        };
        let zones: ArrayRef = Arc::new(StringArray::from_iter_values([zone]));
        let columns = vec![
            names(zone, units.iter().map(|unit| unit.unit)),
            names(zone, units.iter().map(|unit| unit.firm)),
            coded(&zones, vec![0; units.len()])?,
            degrees(0),
            degrees(1),
            coded(&self.activities, each(|unit| Activity::index(unit.activity) as i32))?,
            Arc::new(Int32Array::from(each(|unit| unit.employees as i32))),
            coded(&self.bands, each(|unit| size_class(unit.employees) as i32))?,
            Arc::new(Date32Array::from(each(|unit| unit.from.0))),
            Arc::new(units.iter().map(|unit| unit.to.map(|day| day.0)).collect::<Date32Array>()),
        ];
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}

/// Names of units of a zone, as everywhere: the code of the zone and a number.
fn names(zone: &str, numbers: impl ExactSizeIterator<Item = u32>) -> ArrayRef {
    let mut names = StringBuilder::with_capacity(numbers.len(), numbers.len() * 12);
    for number in numbers {
        append_name(&mut names, zone, number);
    }
    Arc::new(names.finish())
}

/// Adds `zone-number` without a text of its own.
pub(super) fn append_name(names: &mut StringBuilder, zone: &str, number: u32) {
    let (mut digits, mut start, mut left) = ([0u8; 10], 10, number);
    loop {
        start -= 1;
        digits[start] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    // Digits are ASCII; writing into a builder cannot fail.
    let _ = std::fmt::Write::write_str(names, zone);
    let _ = std::fmt::Write::write_str(names, "-");
    names.append_value(std::str::from_utf8(&digits[start..]).unwrap_or_default());
}
