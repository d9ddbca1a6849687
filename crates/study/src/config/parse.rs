//! From the text of `study.toml` to a [`Config`], with row and suggestion for what does not fit.

use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::schema::{properties, resolved, schema};
use super::{Config, validate};
use crate::fault::{Code, Fault, Result, did_you_mean, listed};
use crate::tables::{newlines, similar};

impl Config {
    /// Reads and checks the study in this file.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read(path).map_err(|error| {
            let fault = Fault::new(Code::StudyMissing, "the study cannot be read")
                .in_file(path)
                .because(error.to_string());
            match similar(path).filter(|_| error.kind() == ErrorKind::NotFound) {
                Some(like) => fault.hint(format!("did you mean `{like}`?")),
                None => fault.hint("`distretto init` writes a commented study.toml to start from"),
            }
        })?;
        let text = String::from_utf8(text).map_err(|error| {
            let row = newlines(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            Fault::new(Code::Encoding, "the study is not UTF-8 text")
                .in_file(path)
                .at_row(row + 1)
                .hint("save it as UTF-8")
        })?;
        Self::parse(&text, path)
    }

    /// Reads and checks a study given as text; `path` is named in messages.
    pub fn parse(text: &str, path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table = DeTable::parse(text).map_err(|error| {
            Fault::new(Code::StudySyntax, "the study is not valid TOML")
                .in_file(path)
                .at_row(row_of(text, error.span()))
                .because(error.message())
        })?;
        let root = schema();
        let mut unknown = Vec::new();
        unknown_keys(table.get_ref(), &root, &root, "", &mut unknown);
        if let Some(first) = unknown.first() {
            return Err(first.fault(text, unknown.len()).in_file(path));
        }
        let config: Self = toml::from_str(text).map_err(|error| value_fault(text, &error).in_file(path))?;
        config.validate().map_err(|fault| fault.in_file(path))?;
        Ok(config)
    }

    /// Checks a study made by a program as one read from a file is checked.
    pub fn validate(&self) -> Result<()> {
        validate::check(self)
    }
}

struct Unknown {
    section: String,
    key: String,
    span: Range<usize>,
    known: Vec<String>,
}

impl Unknown {
    fn fault(&self, text: &str, unknown: usize) -> Box<Fault> {
        let place = match self.section.as_str() {
            "" => "a study has no".to_owned(),
            section => format!("[{section}] has no"),
        };
        let what = match unknown {
            1 => format!("{place} key `{}`", self.key),
            n => format!("{place} key `{}`; {n} keys of the study are unknown", self.key),
        };
        let fault = Fault::new(Code::StudyKey, what)
            .at_row(row_of(text, Some(self.span.clone())))
            .because(format!("its keys are {}", listed(&self.known, 30)));
        match did_you_mean(&self.key, &self.known) {
            Some(like) => fault.hint(format!("did you mean `{like}`?")),
            None => fault.hint("docs/study.md lists every key"),
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

fn value_fault(text: &str, error: &toml::de::Error) -> Box<Fault> {
    let message = error.message();
    let code = if message.starts_with("missing field") { Code::StudyIncomplete } else { Code::StudyValue };
    let fault = Fault::new(code, message).at_row(row_of(text, error.span()));
    match (code, meant(message)) {
        (Code::StudyIncomplete, _) => fault,
        (_, Some(like)) => fault.hint(format!("did you mean `{like}`?")),
        _ => fault.hint("docs/study.md lists every key with its kind"),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Box<Fault> {
        Config::parse(text, "study.toml").unwrap_err()
    }

    #[test]
    fn a_misspelt_key_is_refused_with_row_and_suggestion() {
        let fault = fault("[study]\ntitle = 'x'\n[flows]\npath = 'f.csv'\ndelimeter = ';'\n");
        assert_eq!((fault.code, fault.place.row), (Code::StudyKey, Some(5)));
        assert_eq!(fault.help.as_deref(), Some("did you mean `delimiter`?"));
    }

    #[test]
    fn keys_are_known_at_every_depth() {
        for text in [
            "[floss]\npath = 'f.csv'",
            "[flows]\npath = 'f.csv'\ncolumns = { orgin = 'a' }",
            "[jobs]\npath = 'j.csv'\n[jobs.manufacturing]\npth = 'k.csv'",
            "[jobs.bands]\nx = { from = 1, upto = 3 }",
            "[[compare]]\nname = 'a'\npaht = 'x'",
            "[areas]\npartition = { path = 'x', zone = 'a' }",
            "[flows]\npath = 'a'\ncrosswalk = { path = 'x', form = 'a', to = 'b' }",
        ] {
            assert_eq!(fault(text).code, Code::StudyKey, "{text}");
        }
    }

    #[test]
    fn values_of_the_wrong_kind_are_refused_with_their_row() {
        for (text, row) in [
            ("[study]\nseed = 'x'", 2),
            ("[study]\nseed = 1\n[areas]\nmode = 'cleen'", 4),
            ("[borders]\npath = 3", 2),
            ("[output]\nformats = ['xlsx']", 2),
        ] {
            let fault = fault(text);
            assert_eq!((fault.code, fault.place.row), (Code::StudyValue, Some(row)), "{text}: {fault}");
        }
        assert_eq!(fault("[flows]\npath = 3").code, Code::StudyValue);
        assert_eq!(fault("[jobs.bands.a]\nto = 3").code, Code::StudyIncomplete);
    }

    #[test]
    fn a_misspelt_choice_is_suggested() {
        let hint = |text: &str| fault(text).help;
        assert_eq!(hint("[areas]\nmode = 'referense'").as_deref(), Some("did you mean `reference`?"));
        assert_eq!(
            hint("[output]\nformats = ['xlsx']").as_deref(),
            Some("docs/study.md lists every key with its kind")
        );
    }

    #[test]
    fn broken_toml_is_named_with_its_row() {
        let fault = fault("[study]\ntitle = 'x\n");
        assert_eq!((fault.code, fault.place.row), (Code::StudySyntax, Some(2)), "{fault}");
    }

    #[test]
    fn all_keys_of_a_real_study_are_understood() {
        let text = r#"
            [study]
            title = "Italy 2011"
            vintage = "2011"
            [zones]
            path = "communes.csv"
            columns = { code = "code", residents = "population_2011" }
            [flows]
            path = ["a.csv.gz", "b/*.csv"]
            where = { reason = "2", sex = ["1", "2"] }
            elsewhere = ["000000"]
            [jobs]
            classification = "naics-2012"
            path = "all.csv"
            constants = { size_class = "total" }
            [jobs.manufacturing]
            path = "m.csv"
            layout = "bands"
            recode = { "46113" = "46102" }
            bands = { "1-49" = { from = 1, to = 49, mean = 12 } }
            [areas]
            partition = { path = "communes.csv", columns = { zone = "code", area = "sll_code" } }
            [[compare]]
            name = "SLL"
            path = "communes.csv"
            columns = { zone = "code", area = "sll_code" }
        "#;
        let config = Config::parse(text, "study.toml").unwrap();
        let flows = config.flows.unwrap();
        assert_eq!(flows.source.path.0, ["a.csv.gz", "b/*.csv"]);
        assert_eq!(flows.source.r#where["sex"].0, ["1", "2"]);
        let manufacturing = config.jobs.unwrap().manufacturing.unwrap();
        assert_eq!(manufacturing.table.bands["1-49"].mean, Some(12.0));
        assert_eq!(manufacturing.table.source.recode["46113"], "46102");
    }
}
