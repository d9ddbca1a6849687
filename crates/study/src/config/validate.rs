//! What a study must fulfil beyond the kinds of its values.

use distretto_districts::istat::IstatError;

use super::{Areas, Config, Districts, Jobs, JobsLayout, JobsTable, TableSource, certainty};
use crate::fault::{Code, Fault, Result};

pub(super) fn check(config: &Config) -> Result<()> {
    config.areas.check()?;
    config.districts.check()?;
    let vintage = config.study.vintage.as_deref();
    super::made::check(config)?;
    let made = config.made();
    for (section, source) in config.tables() {
        let is_made = made.iter().any(|table| table.section == section);
        table(&section, source, vintage, is_made)?;
    }
    if let Some(borders) = &config.borders {
        if borders.path.is_empty() {
            return Err(no_path("borders"));
        }
        if !(borders.tolerance_metres >= 0.0 && borders.tolerance_metres.is_finite()) {
            return Err(
                Fault::new(Code::StudyValue, "`tolerance_metres` is not a length").in_column("[borders]")
            );
        }
        stated_vintage("borders", borders.vintage.as_deref(), vintage, !borders.recode.is_empty())?;
    }
    if let Some(own) = &config.jobs {
        jobs("jobs", own)?;
    }
    config
        .disclosure
        .rule()
        .check()
        .map_err(|error| Fault::new(Code::StudyValue, error.to_string()).in_column("[disclosure]"))?;
    certainty::check(config)
}

impl Config {
    /// Every table of the study, with the name of its section.
    pub fn tables(&self) -> Vec<(String, &TableSource)> {
        let mut tables = Vec::new();
        let mut add = |section: &str, source| tables.push((section.to_owned(), source));
        if let Some(zones) = &self.zones {
            add("zones", &zones.source);
        }
        if let Some(flows) = &self.flows {
            add("flows", &flows.source);
        }
        if let Some(jobs) = &self.jobs {
            add("jobs", &jobs.table.source);
            if let Some(manufacturing) = &jobs.manufacturing {
                add("jobs.manufacturing", &manufacturing.table.source);
            }
        }
        if let Some(partition) = &self.areas.partition {
            add("areas.partition", &partition.source);
        }
        if let Some(restart) = &self.areas.restart {
            add("areas.restart", &restart.source);
        }
        for compare in &self.compare {
            add(&format!("compare {}", compare.name), &compare.source);
        }
        for vintage in self.vintages_drawn() {
            if let Some(flows) = &vintage.flows {
                add(&vintage.section("flows"), &flows.source);
            }
            if let Some(jobs) = &vintage.jobs {
                add(&vintage.section("jobs"), &jobs.table.source);
                if let Some(manufacturing) = &jobs.manufacturing {
                    add(&vintage.section("jobs.manufacturing"), &manufacturing.table.source);
                }
            }
        }
        tables
    }
}

fn no_path(section: &str) -> Box<Fault> {
    Fault::new(Code::StudyIncomplete, format!("[{section}] has no `path`"))
        .hint("give the file, relative to study.toml")
}

fn table(section: &str, source: &TableSource, vintage: Option<&str>, is_made: bool) -> Result<()> {
    if !is_made && (source.path.0.is_empty() || source.path.0.iter().any(String::is_empty)) {
        return Err(no_path(section));
    }
    if source.delimiter.is_some_and(|delimiter| !delimiter.is_ascii() || delimiter == '"') {
        return Err(Fault::new(
            Code::StudyValue,
            format!("`delimiter` of [{section}] is not one plain character"),
        ));
    }
    if source.delimiter == Some(',') && source.decimal == super::Decimal::Comma {
        return Err(Fault::new(
            Code::KeysConflict,
            format!("[{section}] has a comma as delimiter and as decimal"),
        ));
    }
    if source.format == super::Format::Istat2011
        && source.r#where.get("record").is_some_and(|kinds| kinds.0.len() > 1)
    {
        return Err(Fault::new(
            Code::KeysConflict,
            format!("[{section}] asks for records of type S and L together"),
        )
        .because("they describe the same persons, who would be counted twice"));
    }
    let translated = source.crosswalk.is_some() || !source.recode.is_empty();
    stated_vintage(section, source.vintage.as_deref(), vintage, translated)
}

fn stated_vintage(section: &str, own: Option<&str>, study: Option<&str>, translated: bool) -> Result<()> {
    match (own, study) {
        (Some(own), Some(study)) if own != study && !translated => {
            let what = format!("[{section}] has zone codes of {own}, the study those of {study}");
            Err(Fault::new(Code::VintageStated, what)
                .hint("give a `crosswalk` or `recode`, or take tables of the same vintage"))
        }
        _ => Ok(()),
    }
}

impl Areas {
    /// Refuses numbers that are no rule, and a start that a given partition would pass over.
    pub fn check(&self) -> Result<()> {
        areas(self)
    }
}

impl Districts {
    /// Refuses thresholds that are none.
    pub fn check(&self) -> Result<()> {
        let fault = |error: IstatError| {
            Fault::new(Code::DistrictParameters, error.to_string()).in_column("[districts]")
        };
        self.parameters().check().map_err(fault)
    }
}

fn areas(areas: &Areas) -> Result<()> {
    let Areas { min_size, target_size, min_sc, target_sc, .. } = *areas;
    let wrong = |what: String| Err(Fault::new(Code::AreaParameters, what).in_column("[areas]"));
    if !(min_size > 0.0 && min_size.is_finite()) {
        return wrong(format!("`min_size` is {min_size}, but a size is above 0"));
    }
    if !(target_size > min_size && target_size.is_finite()) {
        return wrong(format!("`target_size` {target_size} is not above `min_size` {min_size}"));
    }
    for (name, share) in [("min_sc", min_sc), ("target_sc", target_sc)] {
        if !(0.0..=1.0).contains(&share) {
            return wrong(format!("`{name}` is {share}, but a self-containment lies within 0 and 1"));
        }
    }
    if target_sc < min_sc {
        return wrong(format!("`target_sc` {target_sc} is below `min_sc` {min_sc}"));
    }
    match (&areas.partition, &areas.restart) {
        (Some(_), Some(_)) => {
            Err(Fault::new(Code::KeysConflict, "`partition` and `restart` exclude each other")
                .in_column("[areas]")
                .because("a given partition takes the place of the search that would restart"))
        }
        _ => Ok(()),
    }
}

pub(super) fn jobs(section: &str, jobs: &Jobs) -> Result<()> {
    jobs_table(section, &jobs.table)?;
    let separate = jobs.manufacturing.as_ref();
    separate.map_or(Ok(()), |own| jobs_table(&format!("{section}.manufacturing"), &own.table))
}

fn jobs_table(section: &str, table: &JobsTable) -> Result<()> {
    if (table.layout == JobsLayout::Wide) == table.wide.is_empty() {
        let what = format!("`layout = \"wide\"` and the list `wide` of [{section}] need each other");
        return Err(Fault::new(Code::KeysConflict, what));
    }
    for (label, band) in &table.bands {
        let ordered = band.to.is_none_or(|to| to >= band.from);
        let mean_fits = band.mean.is_none_or(|mean| {
            mean >= f64::from(band.from) && band.to.is_none_or(|to| mean <= f64::from(to)) && mean.is_finite()
        });
        if !(ordered && mean_fits) {
            let what = format!("the band `{label}` of [{section}] contradicts itself");
            return Err(Fault::new(Code::StudyValue, what)
                .because("`from` is not above `to`, and `mean` lies between them"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<Code> {
        Config::parse(text, "study.toml").err().map(|fault| fault.code)
    }

    #[test]
    fn areas_must_have_targets_beyond_minima() {
        for text in [
            "min_size = 1000\ntarget_size = 1000",
            "min_size = 0",
            "min_size = inf\ntarget_size = inf",
            "target_sc = 0.5",
            "min_sc = 60\ntarget_sc = 75",
            "min_sc = nan",
        ] {
            assert_eq!(code(&format!("[areas]\n{text}")), Some(Code::AreaParameters), "{text}");
        }
        assert_eq!(code("[areas]\nmin_sc = 0.75"), None);
    }

    #[test]
    fn districts_have_thresholds_in_range() {
        assert_eq!(code("[districts]\nsme_share = 50"), Some(Code::DistrictParameters));
        assert_eq!(code("[districts]\nsector_lq = -1"), Some(Code::DistrictParameters));
        assert_eq!(code("[districts]\nlargest_unknown_share = 10"), Some(Code::DistrictParameters));
        assert_eq!(code("[districts]\nlargest_unknown_share = 1"), None);
    }

    #[test]
    fn a_rule_of_disclosure_is_one() {
        for text in ["minimum = 0", "dominance_units = 4", "dominance_share = 85", "dominance_share = 0.0"] {
            assert_eq!(code(&format!("[disclosure]\n{text}")), Some(Code::StudyValue), "{text}");
        }
        assert_eq!(code("[disclosure]\nsuppress = false\nminimum = 5"), None);
    }

    #[test]
    fn a_stated_vintage_must_be_that_of_the_study_or_be_translated() {
        let study = "[study]\nvintage = '2020'\n[flows]\npath = 'f.csv'\n";
        assert_eq!(code(&format!("{study}vintage = '2014'")), Some(Code::VintageStated));
        assert_eq!(code(&format!("{study}vintage = '2020'")), None);
        assert_eq!(code(&format!("{study}vintage = '2014'\nrecode = {{ a = 'b' }}")), None);
        assert_eq!(
            code("[study]\nvintage = '2020'\n[borders]\npath = 'b.json'\nvintage = '2014'"),
            Some(Code::VintageStated)
        );
    }

    #[test]
    fn contradictions_and_gaps_are_refused() {
        assert_eq!(code("[flows]"), Some(Code::StudyIncomplete));
        assert_eq!(code("[borders]"), Some(Code::StudyIncomplete));
        assert_eq!(code("[borders]\npath = 'b'\ntolerance_metres = -1"), Some(Code::StudyValue));
        assert_eq!(code("[flows]\npath = 'f'\ndelimiter = ','\ndecimal = ','"), Some(Code::KeysConflict));
        assert_eq!(
            code("[flows]\npath = 'f'\nformat = 'istat-2011'\nwhere = { record = ['S', 'L'] }"),
            Some(Code::KeysConflict)
        );
        assert_eq!(code("[flows]\npath = 'f'\ndelimiter = '→'"), Some(Code::StudyValue));
        assert_eq!(
            code("[areas]\npartition = { path = 'a' }\nrestart = { path = 'b' }"),
            Some(Code::KeysConflict)
        );
        assert_eq!(code("[jobs]\npath = 'j'\nlayout = 'wide'"), Some(Code::KeysConflict));
        assert_eq!(code("[jobs]\npath = 'j'\nbands = { a = { from = 5, to = 2 } }"), Some(Code::StudyValue));
        assert_eq!(
            code("[jobs]\npath = 'j'\nbands = { a = { from = 5, to = 9, mean = 20 } }"),
            Some(Code::StudyValue)
        );
    }
}
