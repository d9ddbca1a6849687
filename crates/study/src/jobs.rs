//! The jobs of a study: from rows in any of four layouts to the job cube.

use distretto_jobs::{
    Amount, ClassificationId, JobCube, JobCubeBuilder, JobsError, Record, SizeBands, SizeClass, SizeLabel,
};
use distretto_territory::Zones;

use crate::config::{JobsColumns, JobsLayout, JobsTable, WideColumn};
use crate::fault::{Code, Fault, Log, Result, did_you_mean, listed};
use crate::tables::{Batch, Folder, Need, Role, Table, Translation};
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

fn roles(table: &JobsTable) -> Vec<Role<'_>> {
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
    roles
        .extend(table.wide.iter().map(|wide| Role::new(&wide.column, Some(&wide.column), &[], Need::Number)));
    roles
}

/// The table of jobs under `section`.
pub(crate) fn table<'a>(folder: &'a Folder, section: &'a str, jobs: &'a JobsTable) -> Result<Table<'a>> {
    Table::open(folder, section, &jobs.source, roles(jobs))
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

/// Reads a table of jobs into a cube over `zones`.
pub(crate) fn read(
    table: &Table<'_>,
    translation: &Translation,
    section: &str,
    jobs: &JobsTable,
    classification: ClassificationId,
    zones: &Zones,
    log: &mut Log,
) -> Result<JobCube> {
    let sizes = Sizes::new(jobs)?;
    let mut builder =
        JobCubeBuilder::new(classification, zones.len()).map_err(|error| fault(&error, section, zones))?;
    let mut lookup = Lookup::new(translation, &jobs.source.elsewhere, |code| zones.index_of(code));
    let mut used = vec![false; zones.len()];
    let (mut unknown_amounts, mut rows, mut unknown_rows) = (Vec::<f64>::new(), 0u64, 0u64);
    table.for_each_batch(log, |batch| {
        let columns = Columns::new(batch, jobs);
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
            columns.for_each_record(batch, row, zone, &sizes, &mut |record| {
                builder
                    .push(record)
                    .map_err(|error| batch.fault(Code::JobsValue, row, what_is_impossible(&error)))
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
    Ok(cube)
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
struct Sizes {
    own: Vec<(String, SizeClass, Option<f64>)>,
    known: Vec<SizeBands>,
}

impl Sizes {
    fn new(jobs: &JobsTable) -> Result<Self> {
        let own = jobs
            .bands
            .iter()
            .map(|(label, band)| {
                let smallest = SizeClass::of(f64::from(band.from));
                let largest = band.to.map_or(SizeClass::Large, |to| SizeClass::of(f64::from(to)));
                let class = if smallest == largest { smallest } else { SizeClass::Unknown };
                (label.clone(), class, band.mean)
            })
            .collect();
        let known = SizeBands::NAMES.map(SizeBands::named).into_iter().collect::<Result<_, _>>();
        Ok(Self { own, known: known.map_err(|error| Fault::new(Code::Internal, error.to_string()))? })
    }

    /// Class of a label, and the mean size of its units where one is known.
    fn find(&self, label: &str) -> Option<(SizeClass, Option<f64>)> {
        let own = self.own.iter().find(|(own, ..)| own == label).map(|&(_, class, mean)| (class, mean));
        own.or_else(|| {
            self.known.iter().find_map(|bands| bands.label(label)).map(|found| match found {
                SizeLabel::Band(band) => (found.class(), Some(band.mean)),
                SizeLabel::Total | SizeLabel::Unknown => (found.class(), None),
            })
        })
    }

    fn labels(&self) -> Vec<&str> {
        let known = self.known.iter().flat_map(|bands| bands.bands().iter().map(|band| band.label.as_str()));
        self.own.iter().map(|(label, ..)| label.as_str()).chain(known).collect()
    }
}

/// The columns of a batch that records are made of.
struct Columns<'a> {
    layout: JobsLayout,
    activity: crate::tables::Texts,
    size: crate::tables::Texts,
    employees: crate::tables::Numbers,
    local_units: crate::tables::Numbers,
    wide: Vec<(&'a WideColumn, crate::tables::Numbers)>,
}

impl<'a> Columns<'a> {
    fn new(batch: &Batch, jobs: &'a JobsTable) -> Self {
        Self {
            layout: jobs.layout,
            activity: batch.text("activity"),
            size: batch.text("size_class"),
            employees: batch.numbers("employees"),
            local_units: batch.numbers("local_units"),
            wide: jobs.wide.iter().map(|wide| (wide, batch.numbers(&wide.column))).collect(),
        }
    }

    fn for_each_record(
        &self,
        batch: &Batch,
        row: usize,
        zone: u32,
        sizes: &Sizes,
        each: &mut dyn FnMut(&Record<'_>) -> Result<()>,
    ) -> Result<()> {
        if self.layout == JobsLayout::Wide {
            return self.for_each_wide(batch, row, zone, sizes, each);
        }
        let activity = batch.present(&self.activity, row)?;
        let (class, mean) = match self.size.get(row) {
            Some(label) => size(batch, row, sizes, label)?,
            None => (SizeClass::Total, None),
        };
        let employees = batch.number(&self.employees, row)?;
        let units = match self.layout {
            JobsLayout::Establishments => Some(1.0),
            _ => batch.number(&self.local_units, row)?,
        };
        let class = match (self.layout, employees, self.size.is_present()) {
            (JobsLayout::Establishments, Some(employees), false) => SizeClass::of(employees),
            (JobsLayout::Establishments, None, false) => SizeClass::Unknown,
            _ => class,
        };
        let estimated = employees.is_none() || self.layout == JobsLayout::Bands;
        let employees = match (self.layout, employees, mean, units) {
            (JobsLayout::Bands, _, Some(mean), Some(units)) | (_, None, Some(mean), Some(units)) => {
                if mean == 0.0 { Amount::Observed(0.0) } else { Amount::new(Some(units * mean), estimated) }
            }
            (JobsLayout::Bands, ..) => Amount::Missing,
            (_, employees, ..) => Amount::new(employees, false),
        };
        each(&Record { zone, activity, size: class, employees, local_units: Amount::new(units, false) })
    }

    fn for_each_wide(
        &self,
        batch: &Batch,
        row: usize,
        zone: u32,
        sizes: &Sizes,
        each: &mut dyn FnMut(&Record<'_>) -> Result<()>,
    ) -> Result<()> {
        for (wide, numbers) in &self.wide {
            let activity = match wide.activity.as_deref() {
                Some(activity) => activity,
                None => batch.present(&self.activity, row)?,
            };
            let class = match wide.size_class.as_deref().or_else(|| self.size.get(row)) {
                Some(label) => size(batch, row, sizes, label)?.0,
                None => SizeClass::Total,
            };
            let amount = Amount::new(batch.number(numbers, row)?, false);
            let none = Amount::Observed(0.0);
            let (employees, local_units) = if wide.local_units { (none, amount) } else { (amount, none) };
            each(&Record { zone, activity, size: class, employees, local_units })?;
        }
        Ok(())
    }
}

fn size(batch: &Batch, row: usize, sizes: &Sizes, label: &str) -> Result<(SizeClass, Option<f64>)> {
    sizes.find(label).ok_or_else(|| {
        let labels = sizes.labels();
        batch
            .fault(Code::SizeClassUnknown, row, format!("`{label}` is not a size class"))
            .because(format!("known are {}", listed(&labels, 12)))
            .hint(format!(
                "explain it under `bands`, for instance \"{label}\" = {{ from = 10, to = 49, mean = 20 }}"
            ))
    })
}
