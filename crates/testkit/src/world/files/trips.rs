//! `trips/date=.../part-....parquet`.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, DictionaryArray, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMillisecondArray,
};
use arrow::datatypes::{DataType, Field, Int8Type, Int32Type, Schema, TimeUnit};
use arrow::error::ArrowError;
use parquet::basic::Encoding;
use parquet::file::properties::WriterPropertiesBuilder;
use parquet::schema::types::ColumnPath;

use super::dataset::{BATCH, Dataset, Part};
use super::side_by_side::side_by_side;
use super::{Rows, Stop, WriteError};
use crate::world::World;
use crate::world::micro::day::Day;
use crate::world::micro::trips::{DAYS, Errand, FIRST_MONDAY, Trip, Trips};

/// Persons whose trips of a day share a file: about 10 million trips a week, 2 million on a working day.
const PERSONS: u64 = 1 << 19;
const MILLISECONDS_OF_MINUTE: i64 = 60_000;
const MILLISECONDS_OF_DAY: i64 = 86_400_000;
const COORDINATES: [&str; 4] = ["from_lon", "from_lat", "to_lon", "to_lat"];

/// Persons whose trips of one week one thread writes, and how many trips of one more.
struct Share {
    week: u64,
    number: usize,
    persons: Range<u64>,
    rest: usize,
}

/// The first `rows` trips as shares of [`PERSONS`] persons.
fn shares(trips: &Trips<'_>, rows: u64) -> Vec<Share> {
    let extent = trips.extent(rows);
    let mut shares = Vec::new();
    for week in 0..=extent.whole_weeks {
        let whole = if week < extent.whole_weeks { trips.persons() } else { extent.persons };
        let rest = if week < extent.whole_weeks { 0 } else { extent.rest as usize };
        let blocks = (whole + u64::from(rest > 0)).div_ceil(PERSONS);
        for block in 0..blocks {
            let persons = block * PERSONS..whole.min((block + 1) * PERSONS);
            let rest = if block + 1 == blocks { rest } else { 0 };
            shares.push(Share { week, number: block as usize, persons, rest });
        }
    }
    shares
}

/// Writes the first trips. Cost: linear in trips; in memory a row group for each day of a week and thread, and the
/// flows beside the world's.
pub(super) fn write(
    world: &World,
    folder: &Path,
    rows: Rows,
    coordinates: bool,
    stop: Stop<'_>,
) -> Result<PathBuf, WriteError> {
    let trips = world.trips();
    let rows = match rows {
        Rows::Usual => trips.weekly(),
        Rows::Exactly(rows) => rows,
    };
    let observed = trips.observed(rows);
    let layout = Layout {
        schema: schema(coordinates),
        zones: Arc::new(StringArray::from_iter_values(world.zones.iter().map(|zone| &zone.code))),
        errands: Arc::new(StringArray::from_iter_values(Errand::WORDS)),
        weight: trips.persons() as f64 / observed.max(1) as f64,
        coordinates,
    };
    let dataset = Dataset::start(folder, "date", layout.schema.clone(), encodings)?;
    let shares = shares(&trips, rows);
    side_by_side(shares.len(), |share| write_share(&trips, &shares[share], &layout, &dataset, stop))?;
    dataset.finish()
}

fn write_share(
    trips: &Trips<'_>,
    share: &Share,
    layout: &Layout,
    dataset: &Dataset,
    stop: Stop<'_>,
) -> Result<(), WriteError> {
    let monday = FIRST_MONDAY.later((share.week * DAYS as u64) as i32);
    let mut days: Vec<DayOfTrips<'_>> = (0..DAYS)
        .map(|day| {
            let date = monday.later(day as i32);
            DayOfTrips::new(date, dataset.part(&date.to_string(), share.number), layout)
        })
        .collect();
    let (mut of_week, mut points) = (Vec::new(), Vec::new());
    let rest = share.rest > 0;
    for person in share.persons.start..share.persons.end + u64::from(rest) {
        stop.check(dataset.folder())?;
        trips.of_week(person, share.week, &mut of_week);
        if person == share.persons.end {
            of_week.truncate(share.rest);
        }
        if layout.coordinates {
            trips.points(person, share.week, &of_week, &mut points);
        }
        for (index, trip) in of_week.iter().enumerate() {
            days[trip.day as usize].add(person, trip, points.get(index))?;
        }
    }
    days.into_iter().try_for_each(DayOfTrips::close)
}

/// What the columns of all files have in common.
struct Layout {
    schema: Arc<Schema>,
    zones: ArrayRef,
    errands: ArrayRef,
    weight: f64,
    coordinates: bool,
}

fn schema(coordinates: bool) -> Arc<Schema> {
    let text = |key| DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8));
    let field = |name: &str, kind| Field::new(name, kind, false);
    let mut fields = vec![
        field("person", DataType::Int64),
        field("from_zone", text(DataType::Int32)),
        field("to_zone", text(DataType::Int32)),
        field("time", DataType::Timestamp(TimeUnit::Millisecond, None)),
        field("purpose", text(DataType::Int8)),
        field("weight", DataType::Float64),
    ];
    if coordinates {
        fields.extend(COORDINATES.map(|name| field(name, DataType::Float64)));
    }
    Arc::new(Schema::new(fields))
}

/// Numbers of persons ascend; coordinates hardly repeat.
fn encodings(properties: WriterPropertiesBuilder) -> WriterPropertiesBuilder {
    let person = ColumnPath::from("person");
    let properties = properties
        .set_column_dictionary_enabled(person.clone(), false)
        .set_column_encoding(person, Encoding::DELTA_BINARY_PACKED);
    COORDINATES.into_iter().fold(properties, |properties, name| {
        properties
            .set_column_dictionary_enabled(name.into(), false)
            .set_column_encoding(name.into(), Encoding::BYTE_STREAM_SPLIT)
    })
}

/// The trips of one day on their way into a file.
struct DayOfTrips<'a> {
    layout: &'a Layout,
    part: Part<'a>,
    midnight: i64,
    person: Vec<i64>,
    from: Vec<i32>,
    to: Vec<i32>,
    time: Vec<i64>,
    errand: Vec<i8>,
    points: [Vec<f64>; 4],
}

impl<'a> DayOfTrips<'a> {
    fn new(date: Day, part: Part<'a>, layout: &'a Layout) -> Self {
        let midnight = i64::from(date.0) * MILLISECONDS_OF_DAY;
        Self {
            layout,
            part,
            midnight,
            person: Vec::with_capacity(BATCH),
            from: Vec::with_capacity(BATCH),
            to: Vec::with_capacity(BATCH),
            time: Vec::with_capacity(BATCH),
            errand: Vec::with_capacity(BATCH),
            points: Default::default(),
        }
    }

    fn add(&mut self, person: u64, trip: &Trip, ends: Option<&[[f64; 2]; 2]>) -> Result<(), WriteError> {
        // In files persons count from 1.
        self.person.push(person as i64 + 1);
        self.from.push(trip.from as i32);
        self.to.push(trip.to as i32);
        self.time.push(self.midnight + i64::from(trip.minute) * MILLISECONDS_OF_MINUTE);
        self.errand.push(trip.errand as i8);
        for (column, &degrees) in self.points.iter_mut().zip(ends.into_iter().flatten().flatten()) {
            column.push(degrees);
        }
        if self.person.len() == BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let batch = self.batch().map_err(|error| self.part.error(error))?;
        self.part.write(&batch)
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        let rows = self.person.len();
        let (zones, errands) = (&self.layout.zones, &self.layout.errands);
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(taken(&mut self.person))),
            Arc::new(DictionaryArray::<Int32Type>::try_new(taken(&mut self.from).into(), zones.clone())?),
            Arc::new(DictionaryArray::<Int32Type>::try_new(taken(&mut self.to).into(), zones.clone())?),
            Arc::new(TimestampMillisecondArray::from(taken(&mut self.time))),
            Arc::new(DictionaryArray::<Int8Type>::try_new(taken(&mut self.errand).into(), errands.clone())?),
            Arc::new(Float64Array::from(vec![self.layout.weight; rows])),
        ];
        if self.layout.coordinates {
            for column in &mut self.points {
                columns.push(Arc::new(Float64Array::from(taken(column))));
            }
        }
        RecordBatch::try_new(self.layout.schema.clone(), columns)
    }

    fn close(mut self) -> Result<(), WriteError> {
        if !self.person.is_empty() {
            self.flush()?;
        }
        self.part.close()
    }
}

/// The values, in exchange for room for as many.
fn taken<T>(column: &mut Vec<T>) -> Vec<T> {
    std::mem::replace(column, Vec::with_capacity(BATCH))
}
