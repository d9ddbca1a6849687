//! What an entry of the catalogue of errors says, and the page made of all of them.

use std::fmt::Write as _;

use super::Code;

/// What a problem does to the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The work stops.
    Error,
    /// The work goes on; the results mean something else than a reader may expect.
    Warning,
    /// The work goes on; this is what was guessed or done.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Whose problem it is; the number is the exit code of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitClass {
    /// The command or `study.toml`.
    Usage = 2,
    /// The input data.
    Input = 3,
    /// This program.
    Internal = 4,
}

/// One entry of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `D0202`.
    pub number: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What it does to the work.
    pub severity: Severity,
    /// Whose problem it is.
    pub class: ExitClass,
    /// What it means.
    pub meaning: &'static str,
    /// What usually causes it.
    pub cause: &'static str,
    /// What to do.
    pub action: &'static str,
}

/// The page `docs/errors.md`.
pub fn page() -> String {
    let mut page = String::from(
        "# Errors, warnings and notes\n\n\
         This page is generated from the catalogue in `crates/study/src/fault/codes.rs`; a test keeps it fresh.\n\n\
         An *error* stops the work. A *warning* changes what the results mean; a *note* says what was guessed or \
         done. Warnings and notes are shown and kept in the manifest. The exit code of the command is 0 when all \
         went well, 1 for a negative answer (`compare --exit-code` only), 2 for the command line or `study.toml`, \
         3 for the input data and 4 for a defect of the program. Rows are numbered as a spreadsheet numbers them: \
         the header is row 1, and blank lines are not counted.\n\n| code | kind | title |\n|---|---|---|\n",
    );
    for code in Code::ALL {
        let Entry { number, title, severity, .. } = code.entry();
        let anchor = number.to_lowercase();
        let _ = writeln!(page, "| [{number}](#{anchor}) | {} | {title} |", severity.name());
    }
    for code in Code::ALL {
        let Entry { number, title, severity, class, meaning, cause, action } = code.entry();
        let exit = match severity {
            Severity::Error => format!("error, exit code {}", class as u8),
            other => other.name().to_owned(),
        };
        let _ = write!(
            page,
            "\n## {number}\n\n**{title}** ({exit})\n\n{meaning}\n\n*Cause.* {cause}\n\n*What to do.* {action}\n"
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_and_ascend() {
        let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
        assert!(numbers.iter().all(|n| n.len() == 5 && n.starts_with('D')));
    }

    #[test]
    fn every_entry_says_what_to_do() {
        for code in Code::ALL {
            let entry = code.entry();
            for text in [entry.meaning, entry.cause, entry.action] {
                assert!(text.ends_with('.') && text.len() > 20, "{}: {text}", entry.number);
            }
        }
    }
}
