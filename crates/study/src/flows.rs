//! The flow table of a study: from rows with codes to exact flows between zones.

mod margins;

use distretto_flows::{FlowTable, FlowsError, Row};
use distretto_territory::Zones;
use rustc_hash::FxHashMap;

use crate::config::{self, FlowsColumns, Format};
use crate::disclosure::FlowContributions;
use crate::fault::{Code, Fault, Log, Result, listed};
use crate::tables::{Batch, Folder, Need, Role, Table, Translation, istat_commuting};
use crate::words::counted;
use crate::zones::lookup::Found;
use crate::zones::{Lookup, Unmatched};
use margins::Margins;

/// Flows with a code that means abroad or unknown: counted, and kept out of the table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Elsewhere {
    /// Rows.
    pub rows: u64,
    /// Persons.
    pub persons: f64,
    /// Share of all persons of the table, in 0..=1.
    pub share: f64,
}

/// The flows of a study.
#[derive(Debug, Clone)]
pub struct FlowInput {
    /// Flows between zones.
    pub table: FlowTable,
    /// Margin of error of each pair, in persons, in the order of [`FlowTable::rows`], where the study needs them.
    pub margins: Option<Vec<f64>>,
    /// Rows read, after `where`.
    pub rows: u64,
    /// Flows that start or end abroad or at an unknown place.
    pub elsewhere: Elsewhere,
    /// Flows of codes that are not zones, left out because the study allows it.
    pub unmatched: Unmatched,
}

/// A table of flows as a study describes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Described<'a> {
    /// Its section, for messages.
    pub(crate) section: &'a str,
    /// What the section says.
    pub(crate) flows: &'a config::Flows,
    /// Whether each flow needs a margin of error.
    pub(crate) margins: bool,
    /// Whether the table is micro-data and says how many persons stand behind each row.
    pub(crate) confidential: bool,
}

fn roles(columns: &FlowsColumns, margins: bool, confidential: bool) -> Vec<Role<'_>> {
    const ORIGINS: &[&str] = &["o", "orig", "from", "home", "residence", "community_live", "h_geocode"];
    const DESTINATIONS: &[&str] = &["d", "dest", "to", "work", "workplace", "community_work", "w_geocode"];
    const FLOWS: &[&str] = &["count", "amount", "persons", "commuters", "all", "s000"];
    const MARGINS: &[&str] = &["moe", "margin_of_error"];
    let mut roles = vec![
        Role::new("origin", columns.origin.as_deref(), ORIGINS, Need::Text),
        Role::new("destination", columns.destination.as_deref(), DESTINATIONS, Need::Text),
        Role::new("flow", columns.flow.as_deref(), FLOWS, Need::Number),
    ];
    if margins {
        roles.push(Role::new("margin", columns.margin.as_deref(), MARGINS, Need::Number));
    }
    if confidential {
        roles.push(Role::new("persons", None, &[], Need::Number));
        roles.push(Role::new("main_persons", None, &[], Need::OptionalNumber));
    }
    roles
}

/// The table of flows of a study.
pub(crate) fn table<'a>(folder: &'a Folder, described: Described<'a>) -> Result<Table<'a>> {
    let Described { section, flows, margins, confidential } = described;
    Table::open(folder, section, &flows.source, roles(&flows.columns, margins, confidential))
}

/// Reads the flows over `zones`, or over the codes that occur where there are none; then the zones are new. Of micro-data also who
/// stands behind each flow.
pub(crate) fn read(
    table: &Table<'_>,
    translation: &Translation,
    described: Described<'_>,
    zones: Option<&Zones>,
    log: &mut Log,
) -> Result<(FlowInput, Option<Zones>, Option<FlowContributions>)> {
    let Described { section, flows, .. } = described;
    let mut elsewhere_codes = flows.source.elsewhere.clone();
    if flows.source.format == Format::Istat2011 {
        elsewhere_codes.push(istat_commuting::ABROAD.to_owned());
    }
    let mut new_codes = NewCodes::default();
    let resolve = |code: &str| match zones {
        Some(zones) => zones.index_of(code),
        None => Some(new_codes.index_of(code)),
    };
    let mut lookup = Lookup::new(translation, &elsewhere_codes, resolve);
    let mut sorter = Sorter::default();
    let mut margins = described.margins.then(Margins::default);
    let mut behind = described.confidential.then(FlowContributions::default);
    table.for_each_batch(log, |batch| {
        let (origins, destinations) = (batch.text("origin"), batch.text("destination"));
        let (flow, margin, persons) = (batch.numbers("flow"), batch.numbers("margin"), batch.numbers("persons"));
        let main = batch.numbers("main_persons");
        for row in 0..batch.len() {
            let amount = batch.present_number(&flow, row)?;
            if amount < 0.0 {
                return Err(batch
                    .fault(Code::FlowNegative, row, format!("the flow {amount} is negative"))
                    .in_column(batch.column_name("flow"))
                    .hint("a number of persons is 0 or more; keep rows with codes for missing values out with `where`"));
            }
            if !amount.is_finite() {
                return Err(batch
                    .fault(Code::FlowNotFinite, row, format!("the flow {amount} is not a finite number"))
                    .in_column(batch.column_name("flow")));
            }
            let origin = lookup.find(batch.present(&origins, row)?);
            let destination = lookup.find(batch.present(&destinations, row)?);
            sorter.take(origin, destination, amount);
            if let (Some(behind), Found::Zone(origin), Found::Zone(destination)) = (&mut behind, origin, destination) {
                let all = whole_persons(batch, "persons", batch.present_number(&persons, row)?, row)?;
                // Where nothing is said of it, a person is in one flow only.
                let main = batch.number(&main, row)?;
                let once = main.map_or(Ok(all), |main| whole_persons(batch, "main_persons", main, row))?;
                behind.add(origin, destination, all, once);
            }
            if let Some(margins) = margins.as_mut().filter(|_| matches!((origin, destination), (Found::Zone(_), Found::Zone(_)))) {
                margins.take(batch, &margin, row)?;
            }
        }
        Ok(())
    })?;
    let unknown = lookup.into_unknown();
    let Sorter { mut rows, whole, read, mut elsewhere, unknown_rows, unknown_persons, mut by_unknown } =
        sorter;
    by_unknown.resize(unknown.len(), 0.0);
    elsewhere.share = if whole > 0.0 { elsewhere.persons / whole } else { 0.0 };
    let unmatched = Unmatched::new(unknown, by_unknown, unknown_rows, unknown_persons, whole);
    let found = if zones.is_some() {
        None
    } else {
        let (found, place) = new_codes.into_zones(&mut rows)?;
        behind = behind.map(|behind| behind.renumbered(|zone| place[zone as usize]));
        Some(found)
    };
    let Some(zones) = zones.or(found.as_ref()) else {
        return Err(Fault::new(Code::Internal, "there are neither given nor found zones"));
    };

    let mut used = vec![false; zones.len()];
    for row in &rows {
        used[row.origin as usize] = true;
        used[row.destination as usize] = true;
    }
    let allowed = flows.source.allow_unmatched.then_some(Code::FlowsUnmatched);
    unmatched.judge(section, "persons", allowed, zones, &used, log)?;
    let table = FlowTable::from_rows(zones.len(), &rows).map_err(|error| build_fault(table, &error))?;
    if !table.total().is_normal() {
        return Err(Fault::new(Code::FlowsNone, "no flow between zones is left")
            .in_file(table_name(&flows.source.path.0))
            .because(format!(
                "{} read; elsewhere: {}, not a zone: {unknown_rows}",
                counted(read as usize, "row"),
                elsewhere.rows
            )));
    }
    let margins = margins.map(|margins| margins.by_pair(&rows, &table)).transpose()?;
    let input = FlowInput { table, margins, rows: read, elsewhere, unmatched };
    disclose(&input, zones, &used, found.is_some(), log);
    Ok((input, found, behind))
}

/// How many different persons stand behind a row.
fn whole_persons(batch: &Batch, column: &str, count: f64, row: usize) -> Result<u64> {
    if count.fract() == 0.0 && (0.0..=1e15).contains(&count) {
        return Ok(count as u64);
    }
    Err(batch
        .fault(Code::ContributionsInvalid, row, format!("{count} is no number of persons"))
        .in_column(batch.column_name(column)))
}

fn table_name(paths: &[String]) -> String {
    paths.join(", ")
}

fn build_fault(table: &Table<'_>, error: &FlowsError) -> Box<Fault> {
    let fault = match error {
        FlowsError::Total { total } => {
            Fault::new(Code::FlowTotal, format!("the flows add up to {total:e} persons"))
                .because("sums above 2^53 are not exact")
                .hint("check `columns`: the flow may be another column")
        }
        FlowsError::Vanishes { amount, unit, .. } => {
            Fault::new(Code::FlowVanishes, format!("a flow of {amount:e} persons is too small to keep"))
                .because(format!("flows are held in steps of {unit:e} persons, so it would become 0"))
                .hint("give flows in persons; leave out tiny ones or set them to 0")
        }
        other => return Fault::new(Code::Internal, other.to_string()),
    };
    match table.files() {
        [file] => fault.in_file(file),
        _ => fault,
    }
}

/// Says what was added up, kept out, or never occurs.
fn disclose(input: &FlowInput, zones: &Zones, used: &[bool], from_flows: bool, log: &mut Log) {
    let FlowInput { table, rows, elsewhere, .. } = input;
    if from_flows {
        let what = match zones.len() {
            1 => "the only zone is the code of the flows".to_owned(),
            n => format!("the zones are the {} of the flows", counted(n, "code")),
        };
        log.add(Fault::new(Code::ZonesFromFlows, what));
    }
    if table.duplicates() > 0 {
        let (repeat, were) = if table.duplicates() == 1 { ("repeats", "was") } else { ("repeat", "were") };
        let what = format!(
            "{} of {} {repeat} a pair and {were} added to it",
            table.duplicates(),
            counted(*rows as usize, "row")
        );
        log.add(Fault::new(Code::PairsTwice, what));
    }
    if table.rounding() > 0.0 {
        let what = format!("flows were rounded, by {:.1e} persons at most", table.rounding());
        let step = 1.0 / table.units_per_person();
        log.add(
            Fault::new(Code::FlowsRounded, what)
                .because(format!("they are held in steps of {step:e} persons")),
        );
    }
    if elsewhere.rows > 0 {
        let (persons, live, are) = match elsewhere.persons {
            1.0 => ("person", "lives or works", "is"),
            _ => ("persons", "live or work", "are"),
        };
        let what = format!(
            "{} {persons} ({:.2} %) {live} abroad or at an unknown place and {are} kept out",
            elsewhere.persons,
            100.0 * elsewhere.share
        );
        log.add(Fault::new(Code::FlowsElsewhere, what));
    }
    let unused: Vec<&str> =
        zones.codes().iter().zip(used).filter(|(_, used)| !**used).map(|(code, _)| code.as_str()).collect();
    if !unused.is_empty() {
        let occur = if unused.len() == 1 { "occurs" } else { "occur" };
        let what = format!("{} {occur} in no flow", counted(unused.len(), "zone"));
        log.add(Fault::new(Code::ZonesWithoutFlows, what).because(listed(&unused, 10)));
    }
}

/// Rows between zones, and the sums of all others.
#[derive(Default)]
struct Sorter {
    rows: Vec<Row>,
    whole: f64,
    read: u64,
    elsewhere: Elsewhere,
    unknown_rows: u64,
    unknown_persons: f64,
    by_unknown: Vec<f64>,
}

impl Sorter {
    #[inline]
    fn take(&mut self, origin: Found, destination: Found, amount: f64) {
        self.read += 1;
        self.whole += amount;
        match (origin, destination) {
            (Found::Zone(origin), Found::Zone(destination)) => {
                self.rows.push(Row { origin, destination, amount });
            }
            (Found::Unknown(_), _) | (_, Found::Unknown(_)) => self.unknown(origin, destination, amount),
            _ => {
                self.elsewhere.rows += 1;
                self.elsewhere.persons += amount;
            }
        }
    }

    fn unknown(&mut self, origin: Found, destination: Found, amount: f64) {
        self.unknown_rows += 1;
        self.unknown_persons += amount;
        let mut add = |code: Found| {
            if let Found::Unknown(at) = code {
                let at = at as usize;
                if self.by_unknown.len() <= at {
                    self.by_unknown.resize(at + 1, 0.0);
                }
                self.by_unknown[at] += amount;
            }
        };
        add(origin);
        if destination != origin {
            add(destination);
        }
    }
}

/// Zones that are found as their codes occur.
#[derive(Default)]
struct NewCodes {
    codes: Vec<String>,
    index: FxHashMap<String, u32>,
}

impl NewCodes {
    fn index_of(&mut self, code: &str) -> u32 {
        if let Some(&at) = self.index.get(code) {
            return at;
        }
        let at = self.codes.len() as u32;
        self.codes.push(code.to_owned());
        self.index.insert(code.to_owned(), at);
        at
    }

    /// The zones in their order, and where each code went; rows are rewritten from the order of occurrence to it.
    fn into_zones(self, rows: &mut [Row]) -> Result<(Zones, Vec<u32>)> {
        let internal = |error: String| Fault::new(Code::Internal, error);
        let zones = Zones::new(self.codes.clone()).map_err(|error| internal(error.to_string()))?;
        let place: Vec<u32> =
            self.codes.iter().map(|code| zones.index_of(code).unwrap_or_default()).collect();
        for row in rows {
            row.origin = place[row.origin as usize];
            row.destination = place[row.destination as usize];
        }
        Ok((zones, place))
    }
}
