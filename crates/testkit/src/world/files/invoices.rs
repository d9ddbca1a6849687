//! `invoices/month=.../part-....parquet`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch, StringArray, StringBuilder,
};
use arrow::datatypes::{DataType, Field, Int8Type, Schema};
use arrow::error::ArrowError;
use parquet::basic::Encoding;
use parquet::file::properties::WriterPropertiesBuilder;

use super::dataset::{BATCH, Dataset, Part};
use super::register::append_name;
use super::side_by_side::side_by_side;
use super::{Rows, Stop, WriteError};
use crate::world::World;
use crate::world::activities::ACTIVITIES;
use crate::world::micro::day::Day;
use crate::world::micro::invoices::{Firm, Invoice, PER_JOB, Trade, YEAR};
use crate::world::register::Register;

/// Invoices of neighbouring areas that share the files of twelve months.
const ROWS: u64 = 6_000_000;
const MONTHS: i32 = 12;

/// Writes the invoices of all areas. Cost: linear in invoices and establishments; in memory a row group for each month and
/// thread, and the establishments of an area.
pub(super) fn write(
    world: &World,
    register: &Register<'_>,
    folder: &Path,
    rows: Rows,
    stop: Stop<'_>,
) -> Result<PathBuf, WriteError> {
    let trade = Trade::new(register);
    let rows = match rows {
        Rows::Usual => PER_JOB * trade.jobs(),
        Rows::Exactly(rows) => rows,
    };
    let layout = Layout {
        world,
        schema: schema(),
        products: Arc::new(StringArray::from_iter_values(ACTIVITIES.iter().map(|activity| activity.code))),
    };
    let mut shares: Vec<Vec<usize>> = vec![Vec::new()];
    let mut gathered = 0;
    for area in 0..world.areas.len() {
        if gathered >= ROWS {
            shares.push(Vec::new());
            gathered = 0;
        }
        gathered += trade.rows_of_area(area, rows);
        if let Some(share) = shares.last_mut() {
            share.push(area);
        }
    }
    let dataset = Dataset::start(folder, "month", layout.schema.clone(), encodings)?;
    side_by_side(shares.len(), |number| {
        let mut months: Vec<Month<'_>> = (1..=MONTHS)
            .map(|month| Month::new(&layout, dataset.part(&format!("{YEAR}-{month:02}"), number)))
            .collect();
        for &area in &shares[number] {
            trade.of_area(area, rows, |invoice| {
                stop.check(dataset.folder())?;
                months[month_of(invoice.day)].add(invoice)
            })?;
        }
        months.into_iter().try_for_each(Month::close)
    })?;
    dataset.finish()
}

/// From 0.
fn month_of(day: Day) -> usize {
    let (_, month, _) = day.date();
    month as usize - 1
}

/// What the columns of all files have in common.
struct Layout<'a> {
    world: &'a World,
    schema: Arc<Schema>,
    products: ArrayRef,
}

fn schema() -> Arc<Schema> {
    let field = |name: &str, kind| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        field("seller", DataType::Utf8),
        field("buyer", DataType::Utf8),
        field("amount", DataType::Int64),
        field("date", DataType::Date32),
        field("product", DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8))),
    ]))
}

/// Invoices of a seller stand together; amounts and buyers hardly repeat.
fn encodings(properties: WriterPropertiesBuilder) -> WriterPropertiesBuilder {
    let of = |properties: WriterPropertiesBuilder, name: &str, encoding| {
        properties
            .set_column_dictionary_enabled(name.into(), false)
            .set_column_encoding(name.into(), encoding)
    };
    let properties = of(properties, "seller", Encoding::DELTA_BYTE_ARRAY);
    let properties = of(properties, "buyer", Encoding::DELTA_LENGTH_BYTE_ARRAY);
    of(properties, "amount", Encoding::PLAIN)
}

/// The invoices of one month on their way into a file.
struct Month<'a> {
    layout: &'a Layout<'a>,
    part: Part<'a>,
    seller: StringBuilder,
    buyer: StringBuilder,
    amount: Vec<i64>,
    date: Vec<i32>,
    product: Vec<i8>,
}

impl<'a> Month<'a> {
    fn new(layout: &'a Layout<'a>, part: Part<'a>) -> Self {
        Self {
            layout,
            part,
            seller: StringBuilder::new(),
            buyer: StringBuilder::new(),
            amount: Vec::new(),
            date: Vec::new(),
            product: Vec::new(),
        }
    }

    fn add(&mut self, invoice: &Invoice) -> Result<(), WriteError> {
        let zones = &self.layout.world.zones;
        let name = |names: &mut StringBuilder, firm: Firm| {
            append_name(names, &zones[firm.zone as usize].code, firm.number);
        };
        name(&mut self.seller, invoice.seller);
        name(&mut self.buyer, invoice.buyer);
        self.amount.push(invoice.cents);
        self.date.push(invoice.day.0);
        self.product.push(invoice.product as i8);
        if self.amount.len() == BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let batch = self.batch().map_err(|error| self.part.error(error))?;
        self.part.write(&batch)
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        let products = self.layout.products.clone();
        let product = std::mem::take(&mut self.product);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.seller.finish()),
            Arc::new(self.buyer.finish()),
            Arc::new(Int64Array::from(std::mem::take(&mut self.amount))),
            Arc::new(Date32Array::from(std::mem::take(&mut self.date))),
            Arc::new(DictionaryArray::<Int8Type>::try_new(product.into(), products)?),
        ];
        RecordBatch::try_new(self.layout.schema.clone(), columns)
    }

    fn close(mut self) -> Result<(), WriteError> {
        if !self.amount.is_empty() {
            self.flush()?;
        }
        self.part.close()
    }
}
