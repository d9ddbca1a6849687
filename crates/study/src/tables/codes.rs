//! Zone codes as the study writes them: padded with zeros, then translated.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::{Folder, Need, Role, Table};
use crate::config::{Crosswalk, TableSource};
use crate::fault::{Code, Log, Result};

/// How a table's zone codes become those of the study.
#[derive(Debug, Clone, Default)]
pub struct Translation {
    pad: usize,
    recode: FxHashMap<String, String>,
}

impl Translation {
    /// From `pad`, `recode` and `crosswalk` of a table; the crosswalk is read.
    pub fn new(folder: &Folder, source: &TableSource, log: &mut Log) -> Result<Self> {
        let mut translation = Self::simple(source.pad, &source.recode);
        if let Some(crosswalk) = &source.crosswalk {
            translation.read(folder, crosswalk, log)?;
        }
        Ok(translation)
    }

    /// From `pad` and `recode` alone.
    pub fn simple(pad: Option<u8>, recode: &crate::config::TextMap) -> Self {
        let recode = recode.iter().map(|(from, to)| (from.clone(), to.clone())).collect();
        Self { pad: pad.map_or(0, usize::from), recode }
    }

    fn read(&mut self, folder: &Folder, crosswalk: &Crosswalk, log: &mut Log) -> Result<()> {
        let source = TableSource { path: crosswalk.path.clone(), ..TableSource::default() };
        let roles = vec![
            Role::new("from", Some(&crosswalk.from), &[], Need::Text),
            Role::new("to", Some(&crosswalk.to), &[], Need::OptionalText),
        ];
        let table = Table::open(folder, "crosswalk", &source, roles)?;
        let by_hand = self.recode.clone();
        table.for_each_batch(log, |batch| {
            let (from, to) = (batch.text("from"), batch.text("to"));
            for row in 0..batch.len() {
                let Some(new) = to.get(row) else { continue };
                let old = self.padded(batch.present(&from, row)?).into_owned();
                if by_hand.contains_key(&old) {
                    continue;
                }
                let new = self.padded(new).into_owned();
                match self.recode.get(&old) {
                    Some(known) if *known != new => {
                        return Err(batch
                            .fault(
                                Code::CrosswalkSplit,
                                row,
                                format!("`{old}` becomes `{known}` and `{new}`"),
                            )
                            .hint("say in `recode` which of them it is, or use the zones before the split"));
                    }
                    _ => _ = self.recode.insert(old, new),
                }
            }
            Ok(())
        })
    }

    /// Whether codes stay as they are.
    pub fn is_identity(&self) -> bool {
        self.pad == 0 && self.recode.is_empty()
    }

    /// The study's code for a table's code.
    pub fn apply<'a>(&'a self, code: &'a str) -> Cow<'a, str> {
        let padded = self.padded(code);
        match self.recode.get(padded.as_ref()) {
            Some(new) => Cow::Borrowed(new),
            None => padded,
        }
    }

    fn padded<'a>(&self, code: &'a str) -> Cow<'a, str> {
        if code.len() < self.pad && code.bytes().all(|byte| byte.is_ascii_digit()) {
            Cow::Owned(format!("{code:0>width$}", width = self.pad))
        } else {
            Cow::Borrowed(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_padded_then_translated() {
        let recode = [("001001".to_owned(), "001999".to_owned())].into();
        let translation = Translation::simple(Some(6), &recode);
        assert_eq!(translation.apply("1002"), "001002");
        assert_eq!(translation.apply("1001"), "001999");
        assert_eq!(translation.apply("E1"), "E1");
        assert_eq!(translation.apply("1234567"), "1234567");
        assert!(Translation::default().is_identity());
    }

    #[test]
    fn a_crosswalk_that_splits_is_refused_unless_decided_by_hand() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("c.csv"), "old,new\n1,2\n3,3\n1,4\n5,\n").unwrap();
        let crosswalk = Crosswalk {
            path: crate::config::Texts(vec!["c.csv".into()]),
            from: "old".into(),
            to: "new".into(),
        };
        let mut source = TableSource { crosswalk: Some(crosswalk), ..TableSource::default() };
        let log = &mut Log::default();
        let fault = Translation::new(&Folder::new(folder.path()), &source, log).unwrap_err();
        assert_eq!((fault.code, fault.place.row), (Code::CrosswalkSplit, Some(4)));
        source.recode.insert("1".into(), "4".into());
        let translation = Translation::new(&Folder::new(folder.path()), &source, log).unwrap();
        assert_eq!((translation.apply("1"), translation.apply("5")), ("4".into(), "5".into()));
    }
}
