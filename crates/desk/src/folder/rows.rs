//! Rows of a table of a tour, with what their fields mean.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use distretto_study::config::{Decimal, TableSource, Texts as Paths};
use distretto_study::fault::{Code, Fault, Log, MOST_FAULTS, Result, did_you_mean, listed};
use distretto_study::tables::{Batch, Folder, Need, Role, Table, Texts};

use super::dates;
use super::letters::unknown;
use super::numbers::{MOST, MOST_MINUTES, hundredths_of};

/// What a table of a tour looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// What it is called in messages.
    pub section: &'static str,
    /// Columns that must be there.
    pub needed: &'static [&'static str],
    /// Columns that may be there.
    pub optional: &'static [&'static str],
    /// Names that are taken for a column, too.
    pub aliases: &'static [(&'static str, &'static [&'static str])],
    /// Whether persons may be named in it.
    pub personal: bool,
    /// Whether it may have no rows.
    pub may_be_empty: bool,
}

/// A column of personal data, in whatever spelling: letters only.
const PERSONAL: [&str; 26] = [
    "phone",
    "telephone",
    "tel",
    "phonenumber",
    "mobile",
    "mobilephone",
    "cell",
    "cellphone",
    "telefono",
    "cellulare",
    "email",
    "mail",
    "emailaddress",
    "contact",
    "contactname",
    "contactperson",
    "firstname",
    "lastname",
    "surname",
    "familyname",
    "cognome",
    "fullname",
    "passport",
    "birthdate",
    "dateofbirth",
    "emergency",
];

/// No date with a time is shorter: `1/1/2026 9:00`.
const SHORTEST_MOMENT: usize = 13;

/// A table of a tour and how its numbers are written.
#[derive(Debug, Clone)]
pub(crate) struct Sheet<'a> {
    /// What it looks like.
    pub shape: Shape,
    /// Where it is.
    pub folder: &'a Folder,
    /// Its files.
    pub paths: Paths,
    /// What stands before decimals.
    pub decimal: Decimal,
}

impl Sheet<'_> {
    /// Reads the rows; those without anything in a column that is read are passed over. Returns the files.
    ///
    /// # Errors
    /// What is wrong with the table; what `each` finds wrong, of all rows together, in their order.
    pub(crate) fn read(
        &self,
        log: &mut Log,
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<Vec<PathBuf>> {
        let Shape { section, needed, optional, aliases, may_be_empty, .. } = self.shape;
        let source =
            TableSource { path: self.paths.clone(), decimal: self.decimal, ..TableSource::default() };
        let also =
            |name: &str| aliases.iter().find(|(own, _)| *own == name).map_or(&[][..], |(_, names)| *names);
        let role = |need: Need| move |name: &&'static str| Role::new(name, None, also(name), need);
        let roles: Vec<Role<'_>> = needed
            .iter()
            .map(role(Need::Text))
            .chain(optional.iter().map(role(Need::OptionalText)))
            .collect();
        let table =
            Table::open(self.folder, section, &source, roles).map_err(|fault| self.of_a_tour(fault))?;
        let names: Vec<&str> = needed.iter().chain(optional).copied().collect();
        let (mut rows, mut faults) = (0, Vec::new());
        let outcome =
            table.files().iter().try_for_each(|file| self.columns(&table, file, log)).and_then(|()| {
                table.for_each_batch(log, |batch| {
                    let columns: Vec<(&str, Texts)> =
                        names.iter().map(|&name| (name, batch.text(name))).collect();
                    let is_written = |at: &usize| columns.iter().any(|(_, texts)| texts.get(*at).is_some());
                    for at in (0..batch.len()).filter(is_written) {
                        rows += 1;
                        if let Err(fault) = each(&Row { batch, at, columns: &columns, decimal: self.decimal })
                        {
                            faults.extend(fault.each());
                        }
                        if faults.len() >= MOST_FAULTS {
                            return Fault::all(std::mem::take(&mut faults));
                        }
                    }
                    Ok(())
                })
            });
        let outcome = match outcome {
            Ok(()) if rows == 0 => {
                let fault = Fault::new(Code::TableEmpty, format!("the table of [{section}] has no rows"));
                Err(table.files().iter().take(1).fold(fault, Fault::in_file))
            }
            outcome => outcome,
        };
        match outcome {
            Err(fault) if fault.code == Code::TableEmpty && may_be_empty => {}
            Err(fault) => faults.extend(self.of_a_tour(fault).each()),
            Ok(()) => {}
        }
        Fault::all(faults)?;
        Ok(table.files().to_vec())
    }

    /// Looks at the columns of a file: refuses personal data where they do not belong and columns that are missing, and says which are not read.
    fn columns(&self, table: &Table<'_>, file: &Path, log: &mut Log) -> Result<()> {
        let Shape { section, needed, optional, aliases, personal, .. } = self.shape;
        let known: Vec<&str> = needed.iter().chain(optional).copied().collect();
        let columns = table.columns(file)?;
        let lower = |name: &str| name.trim().to_lowercase();
        // The column that a name stands for.
        let meant = |name: &str| {
            let own = known.iter().find(|known| **known == name);
            own.or_else(|| aliases.iter().find(|(_, names)| names.contains(&name)).map(|(own, _)| own))
                .copied()
        };
        let there: Vec<&str> = columns.iter().filter_map(|name| meant(&lower(name))).collect();
        let strange: Vec<&String> = columns.iter().filter(|name| meant(&lower(name)).is_none()).collect();
        if !personal && let Some(personal) = strange.iter().find(|name| is_personal(name, section)) {
            return Err(Fault::new(
                Code::ColumnPersonal,
                format!("the table of {section} has personal data in `{personal}`"),
            )
            .in_file(file)
            .at_row(1)
            .in_column(personal.as_str())
            .hint("move the column to contacts.csv (of hosts) or people.csv (of travellers)"));
        }
        if let Some(missing) = needed.iter().find(|name| !there.contains(name)) {
            let fault = Fault::new(Code::ColumnMissing, format!("the table has no column `{missing}`"))
                .in_file(file)
                .because(format!("its columns are {}", listed(&columns, 30)));
            return Err(match did_you_mean(missing, &strange) {
                Some(like) => fault.hint(format!("rename the column `{like}` to `{missing}`")),
                None => fault.hint("docs/tours.md lists the columns of each table"),
            });
        }
        let absent: Vec<&str> = known.into_iter().filter(|name| !there.contains(name)).collect();
        let mut extra = Vec::new();
        for name in strange.into_iter().filter(|name| !name.is_empty()) {
            match did_you_mean(name, &absent) {
                Some(like) => log.add(
                    Fault::new(Code::ColumnIgnored, format!("the column `{name}` is not read"))
                        .in_file(file)
                        .hint(format!("did you mean `{like}`?")),
                ),
                None => extra.push(name),
            }
        }
        if !extra.is_empty() {
            log.add(Fault::new(Code::ColumnExtra, format!("not read: {}", listed(&extra, 10))).in_file(file));
        }
        Ok(())
    }

    /// A fault of a reader of studies in the words of a tour.
    fn of_a_tour(&self, mut fault: Box<Fault>) -> Box<Fault> {
        if fault.code == Code::ColumnMissing
            && fault.help.as_deref().is_some_and(|help| help.contains("columns ="))
        {
            // It was there in several spellings of capitals: see `columns`.
            fault.help = Some("rename or remove all columns of this name but one".to_owned());
        }
        if fault.help.as_deref().is_some_and(|help| help.contains("study.toml")) {
            let relative = if self.folder.base().as_os_str().is_empty() {
                "the path is relative to the current folder"
            } else {
                "paths of a tour are relative to the folder of tour.toml"
            };
            fault.help = Some(relative.to_owned());
        }
        fault
    }
}

fn is_personal(name: &str, section: &str) -> bool {
    let letters: String = name.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    PERSONAL.contains(&letters.as_str())
        || (section == "delegates" && ["name", "nome"].contains(&letters.as_str()))
}

/// A row.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    batch: &'a Batch,
    at: usize,
    columns: &'a [(&'a str, Texts)],
    decimal: Decimal,
}

impl Row<'_> {
    /// Its file.
    pub(crate) fn file(&self) -> &Path {
        self.batch.file()
    }

    /// Its number, as a spreadsheet counts.
    pub(crate) fn number(&self) -> u64 {
        self.batch.row_in_file(self.at)
    }

    /// A fault in a column of this row.
    pub(crate) fn fault(&self, code: Code, column: &str, what: impl Into<String>) -> Box<Fault> {
        self.placed(Fault::new(code, what), column)
    }

    /// Says where a fault stands.
    pub(crate) fn placed(&self, fault: Box<Fault>, column: &str) -> Box<Fault> {
        let name = self.batch.column_name(column);
        let name = if name.is_empty() { column } else { name };
        fault.in_file(self.file()).at_row(self.number()).in_column(name)
    }

    /// A text; `None` where it is empty.
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        self.columns.iter().find(|(name, _)| *name == column).and_then(|(_, texts)| texts.get(self.at))
    }

    /// A text, empty where nothing stands.
    pub(crate) fn own(&self, column: &str) -> String {
        self.text(column).unwrap_or_default().to_owned()
    }

    /// A text that must be there.
    pub(crate) fn needed(&self, column: &str) -> Result<&str> {
        self.text(column)
            .ok_or_else(|| self.fault(Code::ValueMissing, column, format!("`{column}` is empty")))
    }

    /// Texts divided by `;`, in their order, each once.
    pub(crate) fn list(&self, column: &str) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for part in self.text(column).into_iter().flat_map(|text| text.split(';')) {
            let part = part.trim();
            if !part.is_empty() && !list.iter().any(|known| known == part) {
                list.push(part.to_owned());
            }
        }
        list
    }

    /// What a function makes of a text, with the place of what it finds wrong.
    pub(crate) fn parsed<T>(&self, column: &str, parse: impl FnOnce(&str) -> Result<T>) -> Result<Option<T>> {
        self.text(column).map(parse).transpose().map_err(|fault| self.placed(fault, column))
    }

    /// What a function makes of each text of a list.
    pub(crate) fn parsed_list<T>(&self, column: &str, parse: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
        let list = self.list(column);
        list.iter().map(|text| parse(text)).collect::<Result<_>>().map_err(|fault| self.placed(fault, column))
    }

    /// `yes` or `no`; `None` where it is empty.
    pub(crate) fn yes(&self, column: &str) -> Result<bool> {
        let Some(text) = self.text(column) else { return Ok(false) };
        match text.to_lowercase().as_str() {
            "yes" | "true" | "1" => Ok(true),
            "no" | "false" | "0" => Ok(false),
            _ => Err(self
                .fault(Code::TourWord, column, format!("`{text}` is neither yes nor no"))
                .hint("write `yes` or `no`")),
        }
    }

    /// One of some words; `None` where it is empty.
    pub(crate) fn word<T: Copy>(&self, column: &str, words: &[(&str, T)]) -> Result<Option<T>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|&(_, meaning)| Some(meaning)).ok_or_else(|| {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.placed(
                unknown(Code::TourWord, format!("`{text}` is not a `{column}`"), text, &names),
                column,
            )
            .because(format!("it is one of {}", listed(&names, 10)))
        })
    }

    /// Whole minutes above 0; `None` where it is empty.
    pub(crate) fn minutes(&self, column: &str) -> Result<Option<u32>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let fits = |&minutes: &u32| (1..=MOST_MINUTES).contains(&i64::from(minutes));
        text.parse().ok().filter(fits).map(Some).ok_or_else(|| {
            self.fault(Code::TourMinutes, column, format!("`{text}` is not a number of minutes"))
                .hint(format!("write whole minutes from 1 to {MOST_MINUTES}, such as `90`"))
        })
    }

    /// A whole number of at least `least`; `None` where it is empty.
    pub(crate) fn count(&self, column: &str, least: u32) -> Result<Option<u32>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let fits = |&count: &u32| count >= least && i64::from(count) <= MOST;
        text.parse().ok().filter(fits).map(Some).ok_or_else(|| {
            self.fault(Code::TourNumber, column, format!("`{text}` is not a number that `{column}` can have"))
                .hint(format!("write a whole number from {least} to {MOST}"))
        })
    }

    /// A whole number that may be negative; `None` where it is empty.
    pub(crate) fn points(&self, column: &str) -> Result<Option<i64>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        text.parse()
            .ok()
            .filter(|points: &i64| points.unsigned_abs() <= MOST.unsigned_abs())
            .map(Some)
            .ok_or_else(|| {
                self.fault(Code::TourNumber, column, format!("`{text}` is not a number of points"))
                    .hint(format!("write a whole number from -{MOST} to {MOST}"))
            })
    }

    /// A sum of money in hundredths; `None` where it is empty.
    pub(crate) fn money(&self, column: &str) -> Result<Option<u64>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        hundredths_of(text, self.mark()).map(Some).ok_or_else(|| {
            let fault = self.fault(Code::TourNumber, column, format!("`{text}` is not a sum of money"));
            match self.decimal {
                Decimal::Point if hundredths_of(text, ',').is_some() => {
                    fault.hint("say `decimal = \",\"` in [tables] if the comma stands before decimals")
                }
                _ => fault
                    .hint("write units of the currency with at most two decimals, without its sign: `12.50`"),
            }
        })
    }

    /// A decimal number; `None` where it is empty.
    pub(crate) fn decimal(&self, column: &str) -> Result<Option<f64>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let plain = match self.decimal {
            Decimal::Point => text.to_owned(),
            // A point is refused: it may divide thousands.
            Decimal::Comma => text.replace('.', "x").replacen(',', ".", 1),
        };
        plain.parse().ok().filter(|number: &f64| number.is_finite()).map(Some).ok_or_else(|| {
            let fault = self.fault(Code::NotANumber, column, format!("`{text}` is not a number"));
            match self.decimal {
                Decimal::Point if text.contains(',') => {
                    fault.hint("say `decimal = \",\"` in [tables] if the comma stands before decimals")
                }
                _ => fault,
            }
        })
    }

    fn mark(&self) -> char {
        match self.decimal {
            Decimal::Point => '.',
            Decimal::Comma => ',',
        }
    }

    /// A date; `None` where it is empty.
    pub(crate) fn date(&self, column: &str) -> Result<Option<NaiveDate>> {
        self.parsed(column, dates::date)
    }

    /// A date and time, or a time of the given day; `None` where it is empty.
    pub(crate) fn moment(&self, column: &str, day: Option<NaiveDate>) -> Result<Option<NaiveDateTime>> {
        self.parsed(column, |text| match (day, dates::time(text)) {
            (Some(day), Ok(time)) => Ok(day.and_time(time)),
            // What has no room for a date beside the day is a time that cannot be read.
            (Some(_), Err(fault)) if text.len() < SHORTEST_MOMENT => Err(fault),
            _ => dates::moment(text),
        })
    }
}
