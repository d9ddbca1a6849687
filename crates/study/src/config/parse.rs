//! From the text of `study.toml` to a [`Config`].

use std::path::Path;

use super::{Config, Document, validate};
use crate::fault::{Code, Result};

/// `study.toml` as a file of keys.
const STUDY: Document = Document {
    noun: "study",
    page: "docs/study.md",
    start: "`distretto init` writes a commented study.toml to start from",
    missing: Code::StudyMissing,
    syntax: Code::StudySyntax,
    key: Code::StudyKey,
    value: Code::StudyValue,
    incomplete: Code::StudyIncomplete,
};

impl Config {
    /// Reads and checks the study in this file.
    pub fn load(path: &Path) -> Result<Self> {
        Self::checked(STUDY.load(path)?, path)
    }

    /// Reads and checks a study given as text; `path` is named in messages.
    pub fn parse(text: &str, path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Self::checked(STUDY.parse(text, path)?, path)
    }

    fn checked(config: Self, path: &Path) -> Result<Self> {
        config.validate().map_err(|fault| fault.in_file(path))?;
        Ok(config)
    }

    /// Checks a study made by a program as one read from a file is checked.
    pub fn validate(&self) -> Result<()> {
        validate::check(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

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
