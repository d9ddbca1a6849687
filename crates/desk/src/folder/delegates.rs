//! The table of delegates.

use std::collections::BTreeSet;

use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::{Delegate, Interest, Kind, Subject};

use super::letters::{code, country, language, unknown};
use super::rows::{Row, Shape, Sheet};

pub(super) const SHAPE: Shape = Shape {
    section: "delegates",
    needed: &["code"],
    optional: &["role", "country", "languages", "industries", "phases", "practices", "kinds", "needs"],
    aliases: &[],
    personal: false,
    may_be_empty: false,
};

/// The column of interests in each subject.
const INTERESTS: [(&str, Subject); 4] = [
    ("industries", Subject::Industry),
    ("phases", Subject::Phase),
    ("practices", Subject::Practice),
    ("kinds", Subject::Kind),
];
/// The column of interests in a subject.
pub(super) fn column_of(subject: Subject) -> &'static str {
    INTERESTS.iter().find(|(_, own)| *own == subject).map_or("", |(column, _)| column)
}

/// Weight of an interest for which none is given, and the largest.
const USUAL: u32 = 3;
const LARGEST: u32 = 9;

/// Reads the delegates, in the order of their rows.
pub(super) fn read(sheet: &Sheet<'_>, log: &mut Log) -> Result<Vec<Delegate>> {
    let mut delegates = Vec::new();
    let mut seen = BTreeSet::new();
    sheet.read(log, |row| {
        let delegate = delegate(row)?;
        if !seen.insert(delegate.code.clone()) {
            let what = format!("the code `{}` stands twice", delegate.code);
            return Err(row.fault(Code::TourCodeTwice, "code", what));
        }
        delegates.push(delegate);
        Ok(())
    })?;
    Ok(delegates)
}

fn delegate(row: &Row<'_>) -> Result<Delegate> {
    let mut interests: Vec<Interest> = Vec::new();
    for (column, subject) in INTERESTS {
        for interest in row.parsed_list(column, |text| interest(subject, text))? {
            if interests.iter().any(|known| (known.subject, &known.name) == (subject, &interest.name)) {
                let what = format!("`{}` stands twice", interest.name);
                return Err(row.fault(Code::TourCodeTwice, column, what));
            }
            interests.push(interest);
        }
    }
    Ok(Delegate {
        code: code(row.needed("code")?).map_err(|fault| row.placed(fault, "code"))?,
        role: row.own("role"),
        country: row.parsed("country", country)?.unwrap_or_default(),
        languages: row.parsed_list("languages", language)?,
        interests,
        needs: row.list("needs"),
    })
}

/// `tanning` or `tanning*5`.
fn interest(subject: Subject, text: &str) -> Result<Interest> {
    let (name, weight) = match text.rsplit_once('*') {
        None => (text, USUAL),
        Some((name, weight)) => {
            let weight = weight.trim().parse().ok().filter(|weight| (1..=LARGEST).contains(weight));
            let weight = weight.ok_or_else(|| {
                Fault::new(
                    Code::TourWeights,
                    format!("the weight of the interest `{text}` is not from 1 to {LARGEST}"),
                )
                .hint("write it after `*`, as in `tanning*5`")
            })?;
            (name.trim(), weight)
        }
    };
    if name.is_empty() {
        return Err(Fault::new(Code::ValueMissing, format!("the interest `{text}` has no name")));
    }
    if subject == Subject::Kind && Kind::from_word(name).is_none() {
        return Err(unknown(
            Code::TourWord,
            format!("`{name}` is not a kind of host"),
            name,
            &Kind::ALL.map(Kind::word),
        ));
    }
    Ok(Interest { subject, name: name.to_owned(), weight })
}
