//! From the text of a file of keys to its values, with row and suggestion for what does not fit.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::schema::{properties, resolved, schema_of};
use crate::fault::{Code, Fault, Result, did_you_mean, listed};
use crate::tables::{newlines, similar};

/// A kind of file of keys: how it is spoken of, and which faults it can have.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// What it is: `study`.
    pub noun: &'static str,
    /// The page that lists its keys: `docs/study.md`.
    pub page: &'static str,
    /// How one is come by, for whoever has none.
    pub start: &'static str,
    /// It cannot be read.
    pub missing: Code,
    /// It is not TOML.
    pub syntax: Code,
    /// A key is unknown.
    pub key: Code,
    /// A value is of another kind than it should be.
    pub value: Code,
    /// A key that must be there is not.
    pub incomplete: Code,
}

impl Document {
    /// Reads the file.
    ///
    /// # Errors
    /// A file that cannot be read, is not UTF-8 or not TOML, has a key that `T` has not, lacks one or has a value of another kind.
    pub fn load<T: DeserializeOwned + JsonSchema>(&self, path: &Path) -> Result<T> {
        let text = std::fs::read(path).map_err(|error| {
            let fault = Fault::new(self.missing, format!("the {} cannot be read", self.noun))
                .in_file(path)
                .because(error.to_string());
            match similar(path).filter(|_| error.kind() == ErrorKind::NotFound) {
                Some(like) => fault.hint(format!("did you mean `{like}`?")),
                None => fault.hint(self.start),
            }
        })?;
        let text = String::from_utf8(text).map_err(|error| {
            let row = newlines(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            Fault::new(Code::Encoding, format!("the {} is not UTF-8 text", self.noun))
                .in_file(path)
                .at_row(row + 1)
                .hint("save it as UTF-8")
        })?;
        self.parse(&text, path)
    }

    /// Reads its text; `path` is named in messages. Errors as for [`Self::load`].
    pub fn parse<T: DeserializeOwned + JsonSchema>(&self, text: &str, path: &Path) -> Result<T> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table = DeTable::parse(text).map_err(|error| {
            Fault::new(self.syntax, format!("the {} is not valid TOML", self.noun))
                .in_file(path)
                .at_row(row_of(text, error.span()))
                .because(error.message())
        })?;
        let root = schema_of::<T>();
        let mut unknown = Vec::new();
        unknown_keys(table.get_ref(), &root, &root, "", &mut unknown);
        if let Some(first) = unknown.first() {
            return Err(first.fault(self, text, unknown.len()).in_file(path));
        }
        toml::from_str(text).map_err(|error| self.value_fault(text, &error).in_file(path))
    }

    fn value_fault(&self, text: &str, error: &toml::de::Error) -> Box<Fault> {
        let message = error.message();
        let code = if message.starts_with("missing field") { self.incomplete } else { self.value };
        let fault = Fault::new(code, message).at_row(row_of(text, error.span()));
        match meant(message) {
            _ if code == self.incomplete => fault,
            Some(like) => fault.hint(format!("did you mean `{like}`?")),
            None => fault.hint(format!("{} lists every key with its kind", self.page)),
        }
    }
}

struct Unknown {
    section: String,
    key: String,
    span: Range<usize>,
    known: Vec<String>,
}

impl Unknown {
    fn fault(&self, document: &Document, text: &str, unknown: usize) -> Box<Fault> {
        let place = match self.section.as_str() {
            "" => format!("a {} has no", document.noun),
            section => format!("[{section}] has no"),
        };
        let what = match unknown {
            1 => format!("{place} key `{}`", self.key),
            n => format!("{place} key `{}`; {n} keys of the {} are unknown", self.key, document.noun),
        };
        let fault = Fault::new(document.key, what)
            .at_row(row_of(text, Some(self.span.clone())))
            .because(format!("its keys are {}", listed(&self.known, 30)));
        match did_you_mean(&self.key, &self.known) {
            Some(like) => fault.hint(format!("did you mean `{like}`?")),
            None => fault.hint(format!("{} lists every key", document.page)),
        }
    }
}

/// Collects keys that the schema does not know, in the order of the file.
fn unknown_keys(table: &DeTable<'_>, own: &Value, root: &Value, section: &str, unknown: &mut Vec<Unknown>) {
    let own = resolved(own, root);
    let keys = properties(own);
    let any = own.get("additionalProperties");
    let mut entries: Vec<(&Spanned<_>, &Spanned<DeValue<'_>>)> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name: &str = key.get_ref();
        let dotted = if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") };
        match (keys.and_then(|keys| keys.get(name)), keys, any) {
            (Some(known), ..) | (None, None, Some(known)) => {
                descend(value.get_ref(), known, root, &dotted, unknown);
            }
            (None, Some(keys), _) => unknown.push(Unknown {
                section: section.to_owned(),
                key: name.to_owned(),
                span: key.span(),
                known: keys.keys().cloned().collect(),
            }),
            (None, None, None) => {}
        }
    }
}

fn descend(value: &DeValue<'_>, own: &Value, root: &Value, section: &str, unknown: &mut Vec<Unknown>) {
    let own = resolved(own, root);
    if let Some(table) = value.as_table() {
        unknown_keys(table, own, root, section, unknown);
    } else if let (Some(list), Some(items)) = (value.as_array(), own.get("items")) {
        for item in list {
            descend(item.get_ref(), items, root, section, unknown);
        }
    }
}

/// The choice that was probably meant, from a message that names a word and the choices, each in backquotes.
fn meant(message: &str) -> Option<String> {
    let mut words = message.strip_prefix("unknown variant ")?.split('`').skip(1).step_by(2);
    let word = words.next()?;
    did_you_mean(word, &words.collect::<Vec<_>>()).map(str::to_owned)
}

fn row_of(text: &str, span: Option<Range<usize>>) -> u64 {
    let start = span.map_or(0, |span| span.start.min(text.len()));
    newlines(&text.as_bytes()[..start]) + 1
}
