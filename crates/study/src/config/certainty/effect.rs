//! Whether what is said of certainty changes anything: what has no effect must not pass for certainty.

use distretto_certainty::rule::Parameter;

use super::sampling::{FlowModel, JobModel, SamplingModels};
use super::{Certainty, RuleValues, Source};
use crate::config::Config;
use crate::fault::{Code, Fault, Result};

/// What of a study can change from replicate to replicate.
#[derive(Clone, Copy)]
struct Parts {
    /// Areas are found, not given.
    areas: bool,
    /// There are jobs, so districts are sought.
    districts: bool,
}

pub(super) fn check(config: &Config, certainty: &Certainty) -> Result<()> {
    let parts = Parts { areas: config.areas.partition.is_none(), districts: config.jobs.is_some() };
    if certainty.vary.as_ref().is_some_and(Vec::is_empty) {
        return Err(nothing("`vary` names no source", "[certainty]")
            .hint("name at least one of `sampling`, `rule`, `vintage` and `tie`"));
    }
    if certainty.varies(Source::Sampling) {
        sampling(&certainty.sampling.clone().unwrap_or_default(), parts)?;
    }
    if certainty.varying(&config.areas).has(distretto_certainty::Source::Rule) {
        let space = certainty.rule_space(&config.areas, &config.districts)?;
        if !space.varies() {
            return Err(nothing("`vary` has `rule`, but nothing of the rule varies", "[certainty.rule]")
                .hint("give ranges or lists, such as `min_size = { from = 800, to = 1200 }`"));
        }
        certainty.rule.as_ref().map_or(Ok(()), |values| rule(values, parts))?;
    }
    if certainty.varies(Source::Vintage) {
        vintages(certainty, parts)?;
    }
    if certainty.varies(Source::Tie) && !parts.areas {
        return Err(nothing("`vary` has `tie`, but the areas are given", "[certainty]")
            .because("ties arise in the search for areas only")
            .hint("take `tie` out of `vary`"));
    }
    Ok(())
}

/// Warnings of keys that have no effect because their source does not vary.
pub(super) fn unused(config: &Config) -> Vec<Fault> {
    let mut unused = Vec::new();
    let mut add = |section: &str, why: &str| {
        let what = format!("{section} has no effect");
        unused.push(*Fault::new(Code::VaryingUnused, what).because(why));
    };
    if let Some(certainty) = &config.certainty {
        let varying = certainty.varying(&config.areas);
        for (section, given, source) in [
            ("[certainty.sampling]", certainty.sampling.is_some(), Source::Sampling),
            ("[certainty.rule]", certainty.rule.is_some(), Source::Rule),
            ("[[certainty.vintage]]", !certainty.vintage.is_empty(), Source::Vintage),
        ] {
            let source = distretto_certainty::Source::from(source);
            if given && !varying.has(source) {
                add(section, &format!("`vary` does not name `{}`", source.name()));
            }
        }
    }
    if !config.needs_margins() {
        let vintages = config.vintages_drawn().iter();
        let of_vintages =
            vintages.filter_map(|vintage| Some((vintage.section("flows"), vintage.flows.as_ref()?)));
        let flows = config.flows.iter().map(|flows| ("flows".to_owned(), flows)).chain(of_vintages);
        for (section, _) in flows.filter(|(_, flows)| flows.columns.margin.is_some()) {
            let why = "flows are redrawn by the margin of each only with `flows = \"margins\"` and without `margins` in \
                       [certainty.sampling]";
            add(&format!("the column `margin` of [{section}]"), why);
        }
    }
    unused
}

fn nothing(what: impl Into<String>, section: &str) -> Box<Fault> {
    Fault::new(Code::NothingVaries, what).in_column(section)
}

fn sampling(models: &SamplingModels, parts: Parts) -> Result<()> {
    const SECTION: &str = "[certainty.sampling]";
    let flows = parts.areas && models.flows != FlowModel::None;
    let jobs = parts.districts && models.jobs != JobModel::None;
    if !flows && !jobs {
        let what = "`vary` has `sampling`, but neither flows nor jobs are redrawn";
        let why = match (parts.areas, parts.districts) {
            (true, true) => "both are `none`",
            (true, false) => "flows are `none`, and the study has no [jobs]",
            (false, true) => "jobs are `none`, and flows change nothing where the areas are given",
            (false, false) => "the areas are given, and the study has no [jobs]",
        };
        return Err(nothing(what, SECTION).because(why).hint("take `sampling` out of `vary`"));
    }
    if !parts.areas && matches!(models.flows, FlowModel::Survey | FlowModel::Margins) {
        return Err(nothing("flows are to be redrawn, but the areas are given", SECTION)
            .because("flows change nothing but the areas")
            .hint("leave out the keys for flows"));
    }
    Ok(())
}

fn rule(values: &RuleValues, parts: Parts) -> Result<()> {
    let useless = |section: &str, key: &str| {
        let why = if parts.areas {
            "the study has no [jobs], so no districts are sought"
        } else {
            "the areas are given"
        };
        Err(nothing(format!("`{key}` changes nothing"), section)
            .because(why)
            .hint(format!("leave out `{key}`")))
    };
    let works = |parameter: Parameter| if parameter.is_of_areas() { parts.areas } else { parts.districts };
    if values.within.is_some() {
        if !parts.areas {
            return useless("[certainty.rule]", "within");
        }
        if let Some((parameter, _)) = values.values().find(|(parameter, _)| parameter.is_of_areas()) {
            let what = format!("`within` and `{}` exclude each other", parameter.name());
            return Err(Fault::new(Code::KeysConflict, what)
                .in_column("[certainty.rule]")
                .because("both say what the parameters of the areas may be"));
        }
    }
    for (parameter, _) in values.values() {
        if !works(parameter) {
            return useless("[certainty.rule]", parameter.name());
        }
    }
    if !values.mode.is_empty() && !parts.areas {
        return useless("[certainty.rule]", "mode");
    }
    for other in &values.others {
        if let Some((parameter, _)) = other.given().find(|&(parameter, _)| !works(parameter)) {
            return useless("[[certainty.rule.others]]", parameter.name());
        }
        if other.mode.is_some() && !parts.areas {
            return useless("[[certainty.rule.others]]", "mode");
        }
        if other.mode.is_none() && other.given().next().is_none() {
            let what = format!("the rule `{}` is that of the study", other.name);
            return Err(
                nothing(what, "[[certainty.rule.others]]").hint("say in what it differs, or remove it")
            );
        }
    }
    Ok(())
}

fn vintages(certainty: &Certainty, parts: Parts) -> Result<()> {
    const SECTION: &str = "[[certainty.vintage]]";
    if certainty.vintage.is_empty() {
        return Err(nothing("`vary` has `vintage`, but there is no other vintage", SECTION)
            .hint("add `[[certainty.vintage]]` with its `name` and its `flows` or `jobs`"));
    }
    for vintage in &certainty.vintage {
        let name = &vintage.name;
        if vintage.flows.is_some() && !parts.areas {
            return Err(nothing(format!("the flows of the vintage `{name}` change nothing"), SECTION)
                .because("the areas are given")
                .hint("leave them out"));
        }
        if vintage.jobs.is_some() && !parts.districts {
            return Err(nothing(format!("the vintage `{name}` has jobs, the study has none"), SECTION)
                .because("without [jobs] no districts are sought")
                .hint("add [jobs], or leave them out"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOWS: &str = "[flows]\npath = 'f'\n";
    const JOBS: &str = "[jobs]\npath = 'j'\n";
    const GIVEN: &str = "[areas]\npartition = { path = 'a' }\n";

    #[track_caller]
    fn idle(study: &str, certainty: &str, says: &str) {
        let fault = Config::parse(&format!("{study}[certainty]\n{certainty}"), "study.toml").unwrap_err();
        assert_eq!(fault.code, Code::NothingVaries, "{fault}");
        assert!(fault.to_string().contains(says) && fault.help.is_some(), "{fault}");
    }

    fn warnings(text: &str) -> Vec<String> {
        let config = Config::parse(text, "study.toml").unwrap();
        config.unused().iter().map(|fault| fault.what.clone()).collect()
    }

    #[test]
    fn a_source_that_varies_nothing_is_refused() {
        idle(FLOWS, "vary = []", "names no source");
        idle(FLOWS, "vary = ['rule']\nrule.within = 0", "nothing of the rule varies");
        idle(&format!("{JOBS}{GIVEN}"), "vary = ['rule']", "nothing of the rule varies");
        idle(FLOWS, "vary = ['rule']\nrule.mode = ['clean']", "nothing of the rule varies");
        idle(FLOWS, "vary = ['vintage']", "there is no other vintage");
        idle(FLOWS, "sampling.flows = 'none'", "the study has no [jobs]");
        idle(&format!("{FLOWS}{JOBS}"), "sampling = { flows = 'none', jobs = 'none' }", "both are `none`");
        idle(&format!("{FLOWS}{GIVEN}"), "", "the areas are given");
        idle(&format!("{JOBS}{GIVEN}"), "vary = ['tie']", "the areas are given");
    }

    #[test]
    fn keys_for_work_that_is_not_done_are_refused() {
        let vary = |keys: &str| format!("vary = ['rule']\n{keys}");
        idle(FLOWS, &vary("rule.sector_lq = [1, 1.2]"), "`sector_lq` changes nothing");
        let given = format!("{JOBS}{GIVEN}");
        idle(&given, &vary("rule.within = 0.1\nrule.sector_lq = [1, 2]"), "`within` changes nothing");
        idle(&given, &vary("rule.min_size = [800, 900]"), "`min_size` changes nothing");
        idle(&given, &vary("rule.mode = ['clean', 'reference']"), "`mode` changes nothing");
        idle(&given, &vary("rule.others = [{ name = 'a', min_size = 800 }]"), "`min_size` changes nothing");
        idle(&given, &vary("rule.others = [{ name = 'a', mode = 'reference' }]"), "`mode` changes nothing");
        idle(FLOWS, &vary("rule.others = [{ name = 'a' }]"), "`a` is that of the study");
        idle(&given, "sampling = { flows = 'survey', fraction = 0.5 }", "flows change nothing but the areas");
        let vintage = |part: &str| {
            format!("vary = ['vintage']\nvintage = [{{ name = 'x', {part} = {{ path = 'p' }} }}]")
        };
        idle(&given, &vintage("flows"), "the flows of the vintage `x` change nothing");
        idle(FLOWS, &vintage("jobs"), "`x` has jobs, the study has none");
    }

    #[test]
    fn the_rule_varies_around_itself_where_nothing_else_is_said() {
        let space = |certainty: &str| {
            let config = Config::parse(&format!("{FLOWS}[certainty]\n{certainty}"), "study.toml").unwrap();
            let settings = config.certainty.unwrap();
            let name = settings.varying(&config.areas).name();
            (name, settings.rule_space(&config.areas, &config.districts).unwrap().share_around())
        };
        assert_eq!(space(""), ("sampling+rule".into(), Some(0.09)));
        assert_eq!(space("rule.within = 0.2"), ("sampling+rule".into(), Some(0.2)));
        assert_eq!(space("rule.min_size = [900, 1000]"), ("sampling+rule".into(), None));
        assert_eq!(space("vary = ['sampling']").0, "sampling");
        let both = "vary = ['rule']\nrule = { within = 0.1, min_size = [900, 1000] }";
        let fault = Config::parse(&format!("{FLOWS}[certainty]\n{both}"), "study.toml").unwrap_err();
        assert_eq!(fault.code, Code::KeysConflict);
    }

    #[test]
    fn keys_of_sources_that_do_not_vary_are_named() {
        let certainty = "[certainty]\nvary = ['tie']\nsampling = { flows = 'poisson' }\nrule.min_size = [800]\n\
                         vintage = [{ name = 'x', flows = { path = 'g', columns = { margin = 'm' } } }]";
        let said = ["[certainty.sampling]", "[certainty.rule]", "[[certainty.vintage]]"];
        assert_eq!(
            warnings(&format!("{FLOWS}{certainty}")),
            said.map(|section| format!("{section} has no effect"))
        );
        let given = "[flows]\npath = 'f'\n[jobs]\npath = 'j'\n[areas]\npartition = { path = 'p' }\n[certainty.rule]\nsector_lq = [0.9, 1]";
        assert_eq!(warnings(given), ["[certainty.rule] has no effect"]);
        assert!(
            warnings(&given.replace("[certainty.rule]", "[certainty]\nvary = ['rule']\n[certainty.rule]"))
                .is_empty()
        );
        let margins = "columns.margin = 'moe'\n[certainty.sampling]\nflows = 'margins'\n";
        assert_eq!(warnings(&format!("{FLOWS}{margins}")), Vec::<String>::new());
        let column = "the column `margin` of [flows] has no effect";
        assert_eq!(warnings(&format!("{FLOWS}{margins}margins = [{{ ratio = 0.3 }}]")), [column]);
        assert_eq!(warnings(&format!("{FLOWS}columns.margin = 'moe'")), [column]);
        let vintage = "[certainty]\nvary = ['vintage']\n\
                       vintage = [{ name = '2001', flows = { path = 'g', columns = { margin = 'm' } } }]";
        let column = "the column `margin` of [certainty.vintage \"2001\" flows] has no effect";
        assert_eq!(warnings(&format!("{FLOWS}{vintage}")), [column]);
    }
}
