//! The jobs of a study: from rows in any of four layouts to the job cube.

use std::collections::BTreeMap;
use std::ops::Add;

use distretto_disclosure::Contributions;
use distretto_jobs::{
    Amount, Band, ClassificationId, JobCube, JobCubeBuilder, JobsError, Record, SizeBands, SizeClass,
    SizeLabel,
};
use distretto_territory::Zones;

use crate::config::{JobsColumns, JobsLayout, JobsTable};
use crate::disclosure::JobContributions;
use crate::fault::{Code, Fault, Log, Result, did_you_mean, listed};
use crate::tables::{Batch, Folder, Need, Numbers, Role, Table, Texts, Translation};
use crate::words::counted;
use crate::zones::lookup::Found;
use crate::zones::{Lookup, Unmatched};

/// The jobs of a study.
#[derive(Debug, Clone)]
pub struct Jobs {
    /// All activities, for step 1 of the district rule.
    pub all_sectors: JobCube,
    /// Manufacturing by size class for steps 2 to 4, where it comes from another table.
    pub separate: Option<JobCube>,
}

impl Jobs {
    /// The cube for steps 2 to 4.
    pub fn manufacturing(&self) -> &JobCube {
        self.separate.as_ref().unwrap_or(&self.all_sectors)
    }
}

/// Columns of the largest contributions to a row of micro-data.
const LARGEST: [&str; 3] = ["largest_1", "largest_2", "largest_3"];

fn roles(table: &JobsTable, confidential: bool) -> Vec<Role<'_>> {
    let JobsColumns { zone, activity, size_class, employees, local_units } = &table.columns;
    let (mut counts, mut classes) = (Need::OptionalNumber, Need::OptionalText);
    match table.layout {
        JobsLayout::Long | JobsLayout::Wide | JobsLayout::Establishments => {}
        JobsLayout::Bands => (counts, classes) = (Need::Number, Need::Text),
    }
    let activities = if table.layout == JobsLayout::Wide { Need::OptionalText } else { Need::Text };
    let mut roles = vec![
        Role::new("zone", zone.as_deref(), &["area", "code", "zone_id", "commune", "community"], Need::Text),
        Role::new(
            "activity",
            activity.as_deref(),
            &["sector", "nace", "ateco", "naics", "activity_naf_rev2"],
            activities,
        ),
        Role::new("size_class", size_class.as_deref(), &["size", "band"], classes),
    ];
    if matches!(table.layout, JobsLayout::Long | JobsLayout::Establishments) {
        roles.push(Role::new(
            "employees",
            employees.as_deref(),
            &["jobs", "employees_est", "addetti"],
            Need::OptionalNumber,
        ));
    }
    if table.layout != JobsLayout::Wide {
        roles.push(Role::new("local_units", local_units.as_deref(), &["units", "establishments"], counts));
    }
    if table.records.is_some() {
        roles.push(Role::new("records", table.records.as_deref(), &[], Need::OptionalNumber));
    }
    if confidential && table.layout == JobsLayout::Long {
        roles.extend(LARGEST.map(|name| Role::new(name, None, &[], Need::Number)));
    }
    roles
        .extend(table.wide.iter().map(|wide| Role::new(&wide.column, Some(&wide.column), &[], Need::Number)));
    roles
}

/// The table of jobs under `section`.
pub(crate) fn table<'a>(
    folder: &'a Folder,
    section: &'a str,
    jobs: &'a JobsTable,
    confidential: bool,
) -> Result<Table<'a>> {
    Table::open(folder, section, &jobs.source, roles(jobs, confidential))
}

/// The classification of this name, from `section`.
pub(crate) fn classification(name: &str, section: &str) -> Result<ClassificationId> {
    name.parse().map_err(|error: JobsError| {
        let fault =
            Fault::new(Code::StudyValue, error.to_string()).in_column(format!("{section}.classification"));
        match did_you_mean(name, &ClassificationId::names()) {
            Some(like) => fault.hint(format!("did you mean `{like}`?")),
            None => fault,
        }
    })
}

/// Reads a table of jobs into a cube over `zones`, and, where it is `confidential` micro-data, who stands behind it.
#[expect(clippy::too_many_arguments, reason = "one call in one place")]
pub(crate) fn read(
    table: &Table<'_>,
    translation: &Translation,
    section: &str,
    jobs: &JobsTable,
    classification: ClassificationId,
    zones: &Zones,
    confidential: bool,
    log: &mut Log,
) -> Result<(JobCube, Option<JobContributions>)> {
    if confidential && jobs.layout == JobsLayout::Wide {
        return Err(Fault::new(Code::KeysConflict, format!("[{section}] is micro-data in a layout that cannot say who stands behind a figure"))
            .hint("give one row an establishment (`layout = \"establishments\"`), or a long table with its largest contributions"));
    }
    let mut behind = confidential.then(JobContributions::default);
    let sizes = Sizes::new(jobs)?;
    let mut builder =
        JobCubeBuilder::new(classification, zones.len()).map_err(|error| fault(&error, section, zones))?;
    let mut lookup = Lookup::new(translation, &jobs.source.elsewhere, |code| zones.index_of(code));
    let mut used = vec![false; zones.len()];
    let (mut unknown_amounts, mut rows, mut unknown_rows) = (Vec::<f64>::new(), 0u64, 0u64);
    table.for_each_batch(log, |batch| {
        if batch.is_empty() {
            return Ok(());
        }
        let columns = Columns::new(batch, jobs, &sizes)?;
        let zone_codes = batch.text("zone");
        for row in 0..batch.len() {
            rows += 1;
            let zone = match lookup.find(batch.present(&zone_codes, row)?) {
                Found::Zone(zone) => zone,
                Found::Elsewhere => continue,
                Found::Unknown(at) => {
                    unknown_amounts.resize(unknown_amounts.len().max(at as usize + 1), 0.0);
                    unknown_amounts[at as usize] += 1.0;
                    unknown_rows += 1;
                    continue;
                }
            };
            used[zone as usize] = true;
            columns.for_each_record(batch, row, zone, &mut |record| {
                let records = batch.number(&columns.records, row)?.map_or(1, |records| records as u32);
                builder
                    .push_sum(record, records)
                    .map_err(|error| batch.fault(Code::JobsValue, row, what_is_impossible(&error)))?;
                if let Some(behind) = &mut behind {
                    let contributions = columns.contributions(batch, row, record)?;
                    behind.add(zone, record.activity, record.size, contributions);
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    let unmatched = Unmatched::new(
        lookup.into_unknown(),
        unknown_amounts,
        unknown_rows,
        unknown_rows as f64,
        rows as f64,
    );
    let allowed = jobs.source.allow_unmatched.then_some(Code::JobsUnmatched);
    unmatched.judge(section, "rows", allowed, zones, &used, log)?;
    let cube = builder.build().map_err(|error| {
        let fault = fault(&error, section, zones);
        match error {
            JobsError::Activities { activities, .. } => match activities.first() {
                Some(first) => at_first_row(fault, table, translation, zones, None, &first.code),
                None => fault,
            },
            JobsError::Nested { zone, fine: activity, .. }
            | JobsError::TotalBesideClasses { zone, activity } => {
                at_first_row(fault, table, translation, zones, Some(zone), &activity)
            }
            _ => fault,
        }
    })?;
    let estimated = cube.employees().estimated_share();
    if estimated > 0.0 {
        log.add(
            Fault::new(
                Code::JobsEstimated,
                format!("{:.1} % of the employees of [{section}] are estimated", 100.0 * estimated),
            )
            .because("local units times the mean size of their band"),
        );
    }
    Ok((cube, behind))
}

/// What is wrong with a record, without its number among the records: the row in the file tells more.
fn what_is_impossible(error: &JobsError) -> String {
    match error {
        JobsError::Amount { what, amount, .. } => {
            format!("{amount} is not a possible number of {what}: it lies within 0 and 10^9")
        }
        other => other.to_string(),
    }
}

fn fault(error: &JobsError, section: &str, zones: &Zones) -> Box<Fault> {
    let twice = |zone: u32, what: String| {
        let code = zones.code(zone);
        Fault::new(Code::JobsTwice, format!("zone `{code}` has {what}"))
            .of_zone(code)
            .because("the same jobs would count twice")
    };
    match error {
        JobsError::Activities { classification, activities, hint } => {
            let codes: Vec<&str> = activities.iter().map(|activity| activity.code.as_str()).collect();
            let rows = activities.iter().map(|activity| activity.rows).sum();
            let what = format!(
                "{} in {} of [{section}] {} not in {classification}",
                counted(codes.len(), "activity code"),
                counted(rows, "row"),
                if codes.len() == 1 { "is" } else { "are" },
            );
            let help = hint.as_deref().unwrap_or(
                "set `classification` to that of the table, or keep rows such as totals out with `except`",
            );
            Fault::new(Code::ActivitiesInvalid, what).because(listed(&codes, 10)).hint(help)
        }
        JobsError::Nested { zone, coarse, fine } => {
            twice(*zone, format!("rows for activity `{coarse}` and for `{fine}` within it"))
                .hint("keep one depth of the classification, with `where` or `except`")
        }
        JobsError::TotalBesideClasses { zone, activity } => {
            twice(*zone, format!("a row for all sizes beside rows by size class, in activity `{activity}`"))
                .hint("leave the rows for all sizes out with `except`")
        }
        _ => Fault::new(Code::JobsValue, error.to_string()).in_column(format!("[{section}]")),
    }
}

/// The fault with the first row of this zone (of any, if `None`) and activity. The table is read a second time for it, since
/// only the whole of it shows that something is wrong.
fn at_first_row(
    mut fault: Box<Fault>,
    table: &Table<'_>,
    translation: &Translation,
    zones: &Zones,
    zone: Option<u32>,
    activity: &str,
) -> Box<Fault> {
    let found = table.for_each_batch(&mut Log::default(), |batch| {
        let (codes, activities) = (batch.text("zone"), batch.text("activity"));
        let here = |row: usize| codes.get(row).and_then(|code| zones.index_of(&translation.apply(code)));
        let concerned = |row: &usize| {
            activities.get(*row).is_none_or(|found| found == activity)
                && (zone.is_none() || here(*row) == zone)
        };
        match (0..batch.len()).find(concerned) {
            Some(row) => Err(batch.fault(fault.code, row, "")),
            None => Ok(()),
        }
    });
    if let Err(found) = found {
        (fault.place.file, fault.place.row) = (found.place.file, found.place.row);
    }
    fault
}

/// What size labels mean: the bands of the study first, then those that come with the program.
struct Sizes(Vec<SizeBands>);

impl Sizes {
    fn new(jobs: &JobsTable) -> Result<Self> {
        let own = jobs.bands.iter().map(|(label, band)| Band {
            label: label.clone(),
            also: Vec::new(),
            min: band.from,
            max: band.to,
            mean: band.mean,
        });
        let own = SizeBands::new("study", "Bands of the study", own.collect());
        let known = SizeBands::NAMES.map(SizeBands::named);
        let all = std::iter::once(own).chain(known).collect::<Result<_, _>>();
        Ok(Self(all.map_err(|error| Fault::new(Code::Internal, error.to_string()))?))
    }

    fn find(&self, batch: &Batch, row: usize, label: &str) -> Result<SizeLabel<'_>> {
        self.0.iter().find_map(|bands| bands.label(label)).ok_or_else(|| {
            let bands = self.0.iter().flat_map(SizeBands::bands);
            let labels: Vec<&str> = bands.map(|band| band.label.as_str()).collect();
            batch
                .fault(Code::SizeClassUnknown, row, format!("`{label}` is not a size class"))
                .because(format!("known are {}", listed(&labels, 12)))
                .hint(format!(
                    "explain it under `bands`, for instance \"{label}\" = {{ from = 10, to = 49, mean = 20 }}"
                ))
        })
    }
}

/// The columns of a batch that records are made of.
struct Columns<'a> {
    layout: JobsLayout,
    sizes: &'a Sizes,
    activity: Texts,
    size: Texts,
    employees: Numbers,
    local_units: Numbers,
    records: Numbers,
    largest: [Numbers; 3],
    wide: Vec<WideCell<'a>>,
}

/// The columns of a wide table that count one activity and size class. `None` is what the row says.
struct WideCell<'a> {
    activity: Option<&'a str>,
    size: Option<SizeClass>,
    employees: Vec<Numbers>,
    local_units: Vec<Numbers>,
}

impl<'a> Columns<'a> {
    fn new(batch: &Batch, jobs: &'a JobsTable, sizes: &'a Sizes) -> Result<Self> {
        let mut wide = BTreeMap::new();
        for column in &jobs.wide {
            let label = column.size_class.as_deref().map(|label| sizes.find(batch, 0, label)).transpose()?;
            let (activity, size) = (column.activity.as_deref(), label.map(SizeLabel::class));
            let cell = wide.entry((activity, size)).or_insert_with(|| WideCell {
                activity,
                size,
                employees: Vec::new(),
                local_units: Vec::new(),
            });
            let counts = if column.local_units { &mut cell.local_units } else { &mut cell.employees };
            counts.push(batch.numbers(&column.column));
        }
        Ok(Self {
            layout: jobs.layout,
            sizes,
            activity: batch.text("activity"),
            size: batch.text("size_class"),
            employees: batch.numbers("employees"),
            local_units: batch.numbers("local_units"),
            records: batch.numbers("records"),
            largest: LARGEST.map(|name| batch.numbers(name)),
            wide: wide.into_values().collect(),
        })
    }

    /// The establishments behind a record. Employees that are not known count as none: the number of units still protects them.
    fn contributions(&self, batch: &Batch, row: usize, record: &Record<'_>) -> Result<Contributions> {
        let impossible =
            |error: &dyn std::fmt::Display| batch.fault(Code::ContributionsInvalid, row, error.to_string());
        let employees = record.employees.value().unwrap_or(0.0);
        if self.layout == JobsLayout::Establishments {
            return Contributions::one(employees).map_err(|error| impossible(&error));
        }
        let units = record.local_units.value().unwrap_or(0.0);
        if units.fract() != 0.0 {
            return Err(impossible(&format!("{units} is no number of local units")));
        }
        if self.layout == JobsLayout::Bands {
            // Nobody knows how large the largest is: only the number of units protects them.
            return Ok(Contributions::persons(units as u64));
        }
        let mut largest = [0.0; 3];
        for (amount, column) in largest.iter_mut().zip(&self.largest) {
            *amount = batch.number(column, row)?.unwrap_or(0.0);
        }
        Contributions::new(units as u64, employees, largest).map_err(|error| impossible(&error))
    }

    fn for_each_record(
        &self,
        batch: &Batch,
        row: usize,
        zone: u32,
        each: &mut dyn FnMut(&Record<'_>) -> Result<()>,
    ) -> Result<()> {
        match self.layout {
            JobsLayout::Wide => self.for_each_wide(batch, row, zone, each),
            JobsLayout::Long | JobsLayout::Bands => {
                let units = Amount::new(batch.number(&self.local_units, row)?, false);
                each(&self.record(batch, row, zone, SizeLabel::Total, units)?)
            }
            JobsLayout::Establishments => {
                each(&self.record(batch, row, zone, SizeLabel::Unknown, Amount::Observed(1.0))?)
            }
        }
    }

    /// Employees are estimated only where the table has no column of them: an empty field is not known.
    fn record(
        &self,
        batch: &Batch,
        row: usize,
        zone: u32,
        unsaid: SizeLabel<'static>,
        units: Amount,
    ) -> Result<Record<'_>> {
        let activity = batch.present(&self.activity, row)?;
        let label = self.size.get(row).map_or(Ok(unsaid), |label| self.sizes.find(batch, row, label))?;
        let counted = Record::from_band_count(zone, activity, label, units);
        if matches!(&self.employees, Numbers::Texts(Texts::Absent)) {
            return Ok(counted);
        }
        let employees = batch.number(&self.employees, row)?;
        Ok(match (self.layout, employees) {
            (JobsLayout::Establishments, Some(employees)) if !self.size.is_present() => {
                Record::from_establishment(zone, activity, employees)
            }
            _ => Record { employees: Amount::new(employees, false), ..counted },
        })
    }

    /// One record for each cell, in which a measure without a column is missing.
    fn for_each_wide(
        &self,
        batch: &Batch,
        row: usize,
        zone: u32,
        each: &mut dyn FnMut(&Record<'_>) -> Result<()>,
    ) -> Result<()> {
        let sum = |columns: &[Numbers]| -> Result<Amount> {
            let mut amounts = Vec::with_capacity(columns.len());
            for numbers in columns {
                amounts.push(Amount::new(batch.number(numbers, row)?, false));
            }
            Ok(amounts.into_iter().reduce(Amount::add).unwrap_or(Amount::Missing))
        };
        for cell in &self.wide {
            let activity = match cell.activity {
                Some(activity) => activity,
                None => batch.present(&self.activity, row)?,
            };
            let size = match (cell.size, self.size.get(row)) {
                (Some(size), _) => size,
                (None, Some(label)) => self.sizes.find(batch, row, label)?.class(),
                (None, None) => SizeClass::Total,
            };
            let (employees, local_units) = (sum(&cell.employees)?, sum(&cell.local_units)?);
            each(&Record { zone, activity, size, employees, local_units })?;
        }
        Ok(())
    }
}
