//! What `[certainty]` must fulfil for itself.

use std::collections::BTreeSet;

use super::sampling::{FlowModel, MarginClass, SamplingModels};
use super::values::Values;
use super::{Certainty, OtherVintage, RuleValues, effect};
use crate::config::{Config, validate};
use crate::fault::{Code, Fault, Result};

const MOST_REPLICATES: u64 = 1_000_000;
const SAMPLING: &str = "[certainty.sampling]";

pub fn check(config: &Config) -> Result<()> {
    let Some(certainty) = &config.certainty else { return Ok(()) };
    if !(2..=MOST_REPLICATES).contains(&certainty.replicates) {
        let what =
            format!("`replicates` is {}, but it lies within 2 and {MOST_REPLICATES}", certainty.replicates);
        return Err(Fault::new(Code::CertaintyParameters, what)
            .in_column("[certainty]")
            .because("how much results vary cannot be seen in fewer than two replicates; more than a million tell nothing new")
            .hint("400 are enough for every probability to lie within a few percentage points, 1000 for publication"));
    }
    certainty.sampling.as_ref().map_or(Ok(()), sampling)?;
    if let Some(values) = &certainty.rule {
        rule(values)?;
        certainty.rule_space(&config.areas, &config.districts)?;
    }
    vintages(certainty, config.study.vintage.as_deref())?;
    effect::check(config, certainty)
}

fn sampling(models: &SamplingModels) -> Result<()> {
    let conflict = |what: &str| Err(Fault::new(Code::KeysConflict, what).in_column(SAMPLING));
    let range = |what: String| Err(Fault::new(Code::CertaintyParameters, what).in_column(SAMPLING));
    match (models.flows, models.fraction) {
        (FlowModel::Survey, None) => {
            return Err(Fault::new(Code::StudyIncomplete, "`flows = \"survey\"` needs `fraction`")
                .in_column(SAMPLING)
                .hint("say which share of the residents was asked, such as `fraction = 0.1` or `--fraction 0.1`"));
        }
        (FlowModel::Survey, Some(fraction)) if !(fraction > 0.0 && fraction <= 1.0) => {
            return range(format!("`fraction` is {fraction}, but a share is above 0 and at most 1"));
        }
        (FlowModel::Survey, _) | (_, None) => {}
        (_, Some(_)) => return conflict("`fraction` needs `flows = \"survey\"`"),
    }
    match (models.flows, models.confidence) {
        (FlowModel::Margins, Some(level)) if !(level > 0.0 && level < 1.0) => {
            return range(format!("`confidence` is {level}, but a level lies between 0 and 1, such as 0.90"));
        }
        (FlowModel::Margins, _) | (_, None) => {}
        (_, Some(_)) => return conflict("`confidence` needs `flows = \"margins\"`"),
    }
    if models.flows != FlowModel::Margins && !models.margins.is_empty() {
        return conflict("`margins` needs `flows = \"margins\"`");
    }
    classes(&models.margins).or_else(range)
}

/// Classes ascend, and only the last, which must be there, is open.
fn classes(classes: &[MarginClass]) -> Result<(), String> {
    let mut below = 0.0;
    for (at, class) in classes.iter().enumerate() {
        let number = at + 1;
        for (name, value) in [("ratio", class.ratio), ("spread", class.spread)] {
            if !(value.is_finite() && value >= 0.0) {
                return Err(format!(
                    "`{name}` of class {number} of `margins` is {value}, but it is 0 or more"
                ));
            }
        }
        match (class.up_to, at + 1 == classes.len()) {
            (None, true) => {}
            (None, false) => {
                return Err(format!(
                    "class {number} of `margins` has no `up_to`, so the classes after it are empty"
                ));
            }
            (Some(_), true) => {
                return Err(
                    "the last class of `margins` has an `up_to`, so larger flows have no margin".into()
                );
            }
            (Some(up_to), false) if !(up_to > below && up_to.is_finite()) => {
                return Err(format!(
                    "`up_to` of class {number} of `margins` is {up_to}, but it is above {below}"
                ));
            }
            (Some(up_to), false) => below = up_to,
        }
    }
    Ok(())
}

fn rule(values: &RuleValues) -> Result<()> {
    for (parameter, values) in values.values() {
        if let Values::List(list) = values
            && let Some(number) = list.iter().find(|number| !number.is_finite())
        {
            let what = format!("`{}` may be {number}, which is no number", parameter.name());
            return Err(Fault::new(Code::CertaintyRules, what).in_column("[certainty.rule]"));
        }
    }
    let names = values.others.iter().map(|other| other.name.as_str());
    named("[[certainty.rule.others]]", names, None)
}

fn vintages(certainty: &Certainty, study: Option<&str>) -> Result<()> {
    let names = certainty.vintage.iter().map(|vintage| vintage.name.as_str());
    named("[[certainty.vintage]]", names, study)?;
    certainty.vintage.iter().try_for_each(tables)
}

fn tables(vintage: &OtherVintage) -> Result<()> {
    if vintage.flows.is_none() && vintage.jobs.is_none() {
        let what = format!("the vintage `{}` has neither flows nor jobs of its own", vintage.name);
        return Err(Fault::new(Code::StudyIncomplete, what)
            .in_column("[[certainty.vintage]]")
            .hint("add `flows = { path = ... }` or `jobs = { path = ... }`"));
    }
    vintage.jobs.as_ref().map_or(Ok(()), |jobs| validate::jobs(&vintage.section("jobs"), jobs))
}

/// Each has a name that no other has, nor `taken`.
fn named<'a>(section: &str, names: impl Iterator<Item = &'a str>, taken: Option<&'a str>) -> Result<()> {
    let mut known: BTreeSet<&str> = taken.into_iter().collect();
    for name in names {
        if name.trim().is_empty() {
            return Err(Fault::new(Code::StudyIncomplete, "a `name` is missing")
                .in_column(section)
                .because("results are told apart by it"));
        }
        if !known.insert(name) {
            let what = if taken == Some(name) {
                format!("`{name}` is the vintage of the study itself")
            } else {
                format!("the name `{name}` is given twice")
            };
            return Err(Fault::new(Code::KeysConflict, what)
                .in_column(section)
                .because("results are told apart by their names"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(certainty: &str) -> Box<Fault> {
        Config::parse(&format!("[flows]\npath = 'f'\n[certainty]\n{certainty}"), "study.toml").unwrap_err()
    }

    #[track_caller]
    fn refused(code: Code, certainty: &str, says: &str) {
        let fault = fault(certainty);
        assert_eq!(fault.code, code, "{fault}");
        assert!(fault.to_string().contains(says), "{fault}");
    }

    #[test]
    fn numbers_lie_in_their_ranges() {
        use Code::CertaintyParameters as Range;
        for replicates in ["0", "1", "1000001"] {
            refused(Range, &format!("replicates = {replicates}"), &format!("`replicates` is {replicates}"));
        }
        assert_eq!(fault("replicates = -3").code, Code::StudyValue);
        for fraction in ["0", "-0.1", "1.01", "10", "nan"] {
            refused(
                Range,
                &format!("sampling = {{ flows = 'survey', fraction = {fraction} }}"),
                "`fraction` is",
            );
        }
        for level in ["0", "1", "90", "nan"] {
            refused(
                Range,
                &format!("sampling = {{ flows = 'margins', confidence = {level} }}"),
                "`confidence`",
            );
        }
    }

    #[test]
    fn classes_of_margins_ascend_to_an_open_one() {
        let with = |classes: &str, says: &str| {
            let keys = format!("sampling = {{ flows = 'margins', margins = [{classes}] }}");
            refused(Code::CertaintyParameters, &keys, says);
        };
        with("{ ratio = -1 }", "`ratio` of class 1");
        with("{ ratio = 1, spread = nan }", "`spread` of class 1");
        with("{ up_to = 10, ratio = 1 }", "larger flows have no margin");
        with("{ ratio = 1 }, { ratio = 2 }", "class 1 of `margins` has no `up_to`");
        with("{ up_to = 10, ratio = 1 }, { up_to = 10, ratio = 1 }, { ratio = 1 }", "it is above 10");
        with("{ up_to = 0, ratio = 1 }, { ratio = 1 }", "it is above 0");
        let unnamed = fault("sampling = { flows = 'margins', margins = [{ up_to = 3 }] }");
        assert_eq!(unnamed.code, Code::StudyIncomplete, "{unnamed}");
    }

    #[test]
    fn keys_of_one_way_to_sample_are_not_given_with_another() {
        refused(Code::StudyIncomplete, "sampling.flows = 'survey'", "needs `fraction`");
        for key in ["fraction = 0.5", "confidence = 0.9", "margins = [{ ratio = 1 }]"] {
            refused(Code::KeysConflict, &format!("sampling = {{ {key} }}"), "needs `flows = ");
        }
    }

    #[test]
    fn rules_that_cannot_be_drawn_are_refused() {
        let vary = "vary = ['rule']\n";
        for (keys, says) in [
            ("rule.min_size = { from = 1200, to = 800 }", "must run upwards"),
            ("rule.min_size = { from = nan, to = 800 }", "must run upwards"),
            ("rule.sme_share = []", "one of nothing"),
            ("rule.sme_share = [0.5, nan]", "which is no number"),
            ("rule.min_size = [20000]", "does not exceed minimum size"),
            ("rule.min_sc = { from = 0.6, to = 0.8 }", "below minimum self-containment"),
            ("rule.others = [{ name = 'a', target_sc = 1.2 }]", "cannot exceed 1"),
        ] {
            refused(Code::CertaintyRules, &format!("{vary}{keys}"), says);
            refused(Code::CertaintyRules, keys, says);
        }
        assert_eq!(fault("rule.min_size = { from = 800 }").code, Code::StudyIncomplete);
    }

    #[test]
    fn rules_and_vintages_have_names_of_their_own() {
        let two = "{ name = 'a', min_size = 10 }, { name = 'a', min_size = 11 }";
        refused(Code::KeysConflict, &format!("rule.others = [{two}]"), "`a` is given twice");
        refused(Code::StudyIncomplete, "rule.others = [{ min_size = 10 }]", "`name` is missing");
        let flows = "flows = { path = 'g' }";
        refused(Code::StudyIncomplete, &format!("vintage = [{{ {flows} }}]"), "`name` is missing");
        refused(Code::StudyIncomplete, "vintage = [{ name = '2001' }]", "neither flows nor jobs");
        let own = format!("vintage = [{{ name = '2011', {flows} }}]\n[study]\nvintage = '2011'");
        refused(Code::KeysConflict, &own, "the vintage of the study itself");
    }

    #[test]
    fn slips_of_the_pen_are_recognised() {
        for (keys, code, hint) in [
            ("vary = ['samplin']", Code::StudyValue, "sampling"),
            ("replicate = 10", Code::StudyKey, "replicates"),
            ("sampling.flows = 'poison'", Code::StudyValue, "poisson"),
            ("sampling.fracton = 1", Code::StudyKey, "fraction"),
            ("sampling.margins = [{ upto = 1, ratio = 1 }]", Code::StudyKey, "up_to"),
            ("rule.min_siz = [1]", Code::StudyKey, "min_size"),
            ("rule.min_size = { form = 1, to = 2 }", Code::StudyKey, "from"),
            ("rule.mode = ['cleen']", Code::StudyValue, "clean"),
            ("rule.others = [{ nam = 'a' }]", Code::StudyKey, "name"),
            ("vintage = [{ name = 'a', flows = { pth = 'a' } }]", Code::StudyKey, "path"),
        ] {
            let fault = fault(keys);
            assert_eq!((fault.code, fault.help), (code, Some(format!("did you mean `{hint}`?"))), "{keys}");
        }
        let number = fault("rule.min_size = 800");
        assert!(number.what.contains("a range such as"), "{number}");
    }
}
