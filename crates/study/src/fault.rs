//! What can be wrong with an input, and how it is said.
//!
//! Every problem is a [`Fault`]: a [`Code`] from the catalogue, what is wrong, where, why, and what to do about
//! it. Errors stop the work; warnings and notes are collected in a [`Log`], shown, and kept in the manifest.

pub mod catalogue;
mod codes;

use std::fmt;
use std::path::{Path, PathBuf};

pub use catalogue::{ExitClass, Severity};
pub use codes::Code;

/// The result of anything that reads input.
pub type Result<T, E = Box<Fault>> = std::result::Result<T, E>;

/// Where in the input a problem stands; parts that do not apply are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Option<PathBuf>,
    /// Row as a spreadsheet numbers it: the first line of the file, usually the header, is row 1.
    pub row: Option<u64>,
    /// Name of the column in the file, or of the key in `study.toml`.
    pub column: Option<String>,
    /// Code of the zone.
    pub zone: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.file.as_ref().map(|file| match file.to_str() {
                Some("-") => "standard input".to_owned(),
                _ => file.display().to_string(),
            }),
            self.row.map(|row| format!("row {row}")),
            self.column.as_ref().map(|column| format!("`{column}`")),
            self.zone.as_ref().map(|zone| format!("zone `{zone}`")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// One problem. `Display` gives one block of text: what, where, why, and a hint on its own line; behind it further problems, at most 20 in all, and how many
/// more there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which kind of problem; `docs/errors.md` explains each.
    pub code: Code,
    /// What is wrong: one sentence without full stop.
    pub what: String,
    /// Where.
    pub place: Place,
    /// Why it is a problem, or what was found instead.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Further problems that were found with it, in the order of the input. They have none of their own.
    pub further: Vec<Fault>,
}

/// A reading ends with so many problems.
pub const MOST_FAULTS: usize = 1000;
/// So many problems are shown together.
const SHOWN: usize = 20;

impl Fault {
    /// A problem of this kind: `what` is one sentence without full stop.
    pub fn new(code: Code, what: impl Into<String>) -> Box<Self> {
        let (what, place) = (what.into(), Place::default());
        Box::new(Self { code, what, place, why: None, help: None, further: Vec::new() })
    }

    /// All of these as one: the first, and the others as further ones of it.
    ///
    /// # Errors
    /// That one; none where there are none.
    pub fn all(faults: Vec<Self>) -> Result<()> {
        let mut faults = faults.into_iter();
        match faults.next() {
            None => Ok(()),
            Some(first) => Err(Box::new(Self { further: faults.collect(), ..first })),
        }
    }

    /// It and its further ones, one by one.
    #[expect(clippy::boxed_local, reason = "faults are built in boxes")]
    pub fn each(mut self: Box<Self>) -> Vec<Self> {
        let further = std::mem::take(&mut self.further);
        std::iter::once(*self).chain(further).collect()
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self: Box<Self>, file: impl AsRef<Path>) -> Box<Self> {
        self.place.file = Some(file.as_ref().to_path_buf());
        self
    }

    /// Sets the row, counted as in [`Place::row`].
    #[must_use]
    pub fn at_row(mut self: Box<Self>, row: u64) -> Box<Self> {
        self.place.row = Some(row);
        self
    }

    /// Sets the column or key.
    #[must_use]
    pub fn in_column(mut self: Box<Self>, column: impl Into<String>) -> Box<Self> {
        self.place.column = Some(column.into());
        self
    }

    /// Sets the zone.
    #[must_use]
    pub fn of_zone(mut self: Box<Self>, zone: impl Into<String>) -> Box<Self> {
        self.place.zone = Some(zone.into());
        self
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self: Box<Self>, why: impl Into<String>) -> Box<Self> {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    /// Whether it stops the work, changes what results mean, or only says what was done.
    pub fn severity(&self) -> Severity {
        self.code.entry().severity
    }

    /// The process exit code of this problem: 2 usage, 3 input data, 4 internal.
    pub fn exit_code(&self) -> u8 {
        self.code.entry().class as u8
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.alone(f, true)?;
        // What to do is said once where it is the same for several.
        let mut said = vec![&self.help];
        for fault in self.further.iter().take(SHOWN - 1) {
            f.write_str("\nalso: ")?;
            let is_new = !said.contains(&&fault.help);
            fault.alone(f, is_new)?;
            if is_new {
                said.push(&fault.help);
            }
        }
        match self.further.len().saturating_sub(SHOWN - 1) {
            0 => Ok(()),
            more if self.further.len() + 1 >= MOST_FAULTS => write!(f, "\nand at least {more} more"),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl Fault {
    /// What, where, why, and perhaps what to do, without further ones.
    fn alone(&self, f: &mut fmt::Formatter<'_>, with_help: bool) -> fmt::Result {
        write!(f, "{} [{}]", self.what, self.code.number())?;
        if self.place != Place::default() {
            write!(f, "\n  in {}", self.place)?;
        }
        for line in self.why.iter().flat_map(|why| why.lines()) {
            write!(f, "\n  {line}")?;
        }
        match &self.help {
            Some(help) if with_help => write!(f, "\nhint: {help}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

/// Warnings and notes of a run, in the order in which they arose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log(Vec<Fault>);

impl Log {
    /// Adds a warning or note.
    #[expect(clippy::boxed_local, reason = "faults are built in boxes")]
    pub fn add(&mut self, fault: Box<Fault>) {
        self.0.push(*fault);
    }

    /// Adds all of another log.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// All entries.
    pub fn entries(&self) -> &[Fault] {
        &self.0
    }

    /// The entries that change what the results mean.
    pub fn warnings(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter().filter(|fault| fault.severity() == Severity::Warning)
    }

    /// The entries that only say what was guessed or done.
    pub fn notes(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter().filter(|fault| fault.severity() == Severity::Note)
    }
}

/// `"a", "b" or "c"`: the names in backquotes, at most `limit`, and how many more there are.
pub fn listed<S: AsRef<str>>(names: &[S], limit: usize) -> String {
    let shown: Vec<String> = names.iter().take(limit).map(|name| format!("`{}`", name.as_ref())).collect();
    match names.len().saturating_sub(limit) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The first `limit` of these lines, and how many more there are: to be given to [`Fault::because`].
pub fn first_lines<L: fmt::Display>(lines: &[L], limit: usize) -> String {
    let mut shown: Vec<String> = lines.iter().take(limit).map(ToString::to_string).collect();
    match lines.len().saturating_sub(limit) {
        0 => {}
        more => shown.push(format!("and {more} more")),
    }
    shown.join("\n")
}

/// The candidate most like `word`, if any is like enough to be a slip of the pen.
pub fn did_you_mean<'a, S: AsRef<str>>(word: &str, candidates: &'a [S]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .iter()
        .map(AsRef::as_ref)
        .map(|candidate| (strsim::jaro_winkler(&lower, &candidate.to_lowercase()), candidate))
        .filter(|&(likeness, _)| likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_reads_as_what_where_why_and_what_to_do() {
        let fault = Fault::new(Code::ColumnMissing, "the table has no column `flw`")
            .in_file("flows.csv")
            .at_row(1)
            .because("its columns are `origin`, `flow`")
            .hint("did you mean `flow`?");
        assert_eq!(
            fault.to_string(),
            "the table has no column `flw` [D0202]\n  in flows.csv, row 1\n  its columns are `origin`, `flow`\n\
             hint: did you mean `flow`?"
        );
        assert_eq!((fault.exit_code(), fault.severity()), (3, Severity::Error));
    }

    #[test]
    fn further_problems_follow_the_first_and_a_hint_is_said_once() {
        let fault = |row: u64| *Fault::new(Code::TourDate, "no date").at_row(row).hint("write a date");
        let all = Fault::all((2..59).map(fault).collect()).unwrap_err();
        let text = all.to_string();
        assert!(text.starts_with(
            "no date [D1022]\n  in row 2\nhint: write a date\nalso: no date [D1022]\n  in row 3\nalso: "
        ));
        assert!(text.ends_with("  in row 21\nand 37 more"), "{text}");
        assert_eq!(all.each().len(), 57);
        assert!(Fault::all(Vec::new()).is_ok());
        let many = Fault::all((0..1000).map(fault).collect()).unwrap_err();
        assert!(many.to_string().ends_with("and at least 980 more"));
    }

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_a_stranger_is_not() {
        let known = ["origin", "destination", "flow"];
        assert_eq!(did_you_mean("flwo", &known), Some("flow"));
        assert_eq!(did_you_mean("Orign", &known), Some("origin"));
        assert_eq!(did_you_mean("xyz", &known), None);
    }

    #[test]
    fn long_lists_are_cut_and_say_so() {
        assert_eq!(listed(&["a", "b", "c"], 2), "`a`, `b` and 1 more");
        assert_eq!(listed(&["a"], 2), "`a`");
        assert_eq!(first_lines(&["a", "b", "c"], 2), "a\nb\nand 1 more");
        assert_eq!(first_lines(&["a", "b"], 2), "a\nb");
    }
}
