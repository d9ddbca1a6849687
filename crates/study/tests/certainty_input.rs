//! What `[certainty]` needs from the tables: margins of error, other vintages, and what is wrong with either.

#![allow(clippy::unwrap_used, clippy::format_collect, reason = "tests")]

mod folder;

use distretto_certainty::{FlowSampling, JobSampling};
use distretto_study::config::Config;
use distretto_study::fault::{Code, Fault};
use distretto_study::init;
use distretto_study::input::Input;
use folder::Folder;

const ZONES: &str = "code\n001\n002\n003\n";
const FLOWS: &str = "origin,destination,flow,moe\n003,001,1,2\n001,002,3,3\n001,001,5,0\n001,002,9,4\n";
const MARGINS: &str = "[certainty.sampling]\nflows = 'margins'\n";

fn load(toml: &str, files: &[(&str, &str)]) -> Result<Input, Box<Fault>> {
    let toml = format!("[zones]\npath = 'zones.csv'\n[flows]\npath = 'flows.csv'\n{toml}");
    let mut all: Vec<(&str, &[u8])> = vec![("zones.csv", ZONES.as_bytes()), ("flows.csv", FLOWS.as_bytes())];
    all.retain(|(name, _)| files.iter().all(|(other, _)| other != name));
    all.extend(files.iter().map(|&(name, text)| (name, text.as_bytes())));
    all.push(("study.toml", toml.as_bytes()));
    Folder::with(&all).load()
}

fn codes(input: &Input) -> Vec<Code> {
    input.log.entries().iter().map(|fault| fault.code).collect()
}

#[test]
fn a_study_says_what_varies_and_how() {
    let config = Config::parse(
        "[flows]\npath = 'f'\n[jobs]\npath = 'j'\n[certainty]\nvary = ['rule', 'sampling']\n\
         [certainty.sampling]\nflows = 'margins'\nmargins = [{ up_to = 10, ratio = 0.9, spread = 0.2 }, { ratio = 0.3 }]\n\
         [certainty.rule]\nmode = ['clean', 'reference']\nmin_size = { from = 800, to = 1200 }\nsme_share = [0.5, 0.6]\n\
         [[certainty.rule.others]]\nname = 'UK'\nmin_size = 3500\nmin_sc = 0.667\ntarget_size = 25000",
        "study.toml",
    )
    .unwrap();
    let certainty = config.certainty.as_ref().unwrap();
    assert_eq!(
        (certainty.replicates, certainty.varying(&config.areas).name().as_str()),
        (400, "sampling+rule")
    );
    let sampling = certainty.sampling();
    assert_eq!(sampling.jobs, JobSampling::Poisson);
    let FlowSampling::Margins { z, classes } = sampling.flows else { panic!("{sampling:?}") };
    assert!((z - 1.645).abs() < 1e-3);
    assert_eq!((classes[0].up_to, classes[1].up_to, classes[1].spread), (10.0, f64::INFINITY, 0.0));
    let rules = certainty.rule_space(&config.areas, &config.districts).unwrap();
    assert_eq!((rules.rules().len(), rules.values().len(), rules.modes().len()), (2, 2, 2));
    let uk = &rules.rules()[1];
    assert_eq!((uk.parameters.min_size, uk.parameters.target_sc, uk.rule), (3500.0, 0.75, 1));
    assert_eq!(uk.thresholds, rules.base().thresholds);

    let plain = Config::parse("[flows]\npath = 'f'\n[certainty]", "study.toml").unwrap().certainty.unwrap();
    assert_eq!(plain.varying(&config.areas).name(), "sampling+rule");
    assert_eq!(plain.sampling().flows, FlowSampling::Poisson);
}

#[test]
fn margins_stand_beside_their_pairs() {
    let input = load(MARGINS, &[]).unwrap();
    let flows = input.flows().unwrap();
    let pairs: Vec<(u32, u32)> =
        flows.table.rows().map(|(origin, destination, _)| (origin, destination)).collect();
    assert_eq!(pairs, [(0, 0), (0, 1), (2, 0)]);
    assert_eq!(flows.margins.as_deref(), Some(&[0.0, 5.0, 2.0][..]), "3 and 4 combine to 5");
    assert_eq!(codes(&input), [Code::ColumnGuessed, Code::PairsTwice]);

    let without = load("[certainty]", &[]).unwrap();
    assert_eq!(without.flows().unwrap().margins, None);

    let bare = format!("[flows]\npath = 'flows.csv'\n{MARGINS}");
    let found =
        Folder::with(&[("flows.csv", FLOWS.as_bytes()), ("study.toml", bare.as_bytes())]).load().unwrap();
    assert_eq!(
        found.flows().unwrap().margins.as_deref(),
        Some(&[0.0, 5.0, 2.0][..]),
        "zones found on the way"
    );
}

#[test]
fn flows_without_margins_are_refused_where_each_needs_one() {
    let with = |rows: &str| {
        let flows = format!("origin,destination,flow,margin\n001,001,5,1\n{rows}");
        load(&format!("elsewhere = ['999']\n{MARGINS}"), &[("flows.csv", &flows)])
    };
    for (margin, says) in
        [("", "the field is empty"), ("-5", "it is -5"), ("inf", "it is inf"), ("NaN", "it is NaN")]
    {
        let fault = with(&format!("002,003,2,{margin}\n003,003,1,\n")).unwrap_err();
        assert_eq!((fault.code, fault.place.row), (Code::MarginsMissing, Some(3)), "{fault}");
        assert_eq!(fault.what, "2 of 3 flows between zones have no margin of error");
        assert_eq!(fault.why.as_deref(), Some(&*format!("the first is that from `002` to `003`: {says}")));
    }
    assert_eq!(with("002,003,2,x\n").unwrap_err().code, Code::NotANumber);
    assert!(with("002,003,2,1\n002,999,2,\n").is_ok(), "what is kept out needs none");
    let fault = load(MARGINS, &[("flows.csv", "origin,destination,flow\n001,001,5\n")]).unwrap_err();
    assert_eq!(fault.code, Code::ColumnMissing);
    assert!(fault.to_string().contains("columns = { margin = "), "{fault}");
}

#[test]
fn vintages_are_read_over_the_same_zones() {
    let vintage = "[certainty]\nvary = ['vintage']\n[[certainty.vintage]]\nname = '2001'\n\
                   flows = { path = 'old.csv', recode = { '009' = '003' } }\n";
    let old = "origin,destination,flow\n009,001,4\n001,001,2\n001,001,2\n002,002,1\n";
    let input = load(vintage, &[("old.csv", old)]).unwrap();
    let [of_2001] = input.vintages.as_slice() else { panic!("{:?}", input.vintages) };
    let flows = of_2001.flows.as_ref().unwrap();
    assert_eq!(
        (of_2001.name.as_str(), flows.table.get(2, 0), of_2001.jobs.is_none()),
        ("2001", Some(4.0), true)
    );
    assert!(input.files.iter().any(|file| file.path.ends_with("old.csv")), "it is hashed");
    let notes: Vec<String> = input.log.notes().map(ToString::to_string).collect();
    let own: Vec<&String> = notes.iter().filter(|note| note.contains("1 of 4 rows")).collect();
    assert!(!own[0].contains("certainty"), "{notes:?}");
    assert!(own[1].contains("in `[certainty.vintage \"2001\" flows]`"), "{notes:?}");

    let fault = load(vintage, &[("old.csv", "origin,destination,flow\n001,777,4\n")]).unwrap_err();
    assert_eq!(fault.code, Code::UnknownZones);
    assert!(
        fault.to_string().contains("1 code of [certainty.vintage \"2001\" flows] is not a zone"),
        "{fault}"
    );
    assert_eq!(load(vintage, &[]).unwrap_err().code, Code::FileMissing);
    let fault = load(&vintage.replace("path = 'old.csv', ", ""), &[]).unwrap_err();
    assert_eq!(fault.code, Code::StudyIncomplete);
    assert!(fault.what.contains("[certainty.vintage \"2001\" flows] has no `path`"), "{fault}");

    let still = load(&vintage.replace("'vintage'", "'tie'"), &[]).unwrap();
    assert!(still.vintages.is_empty() && codes(&still).contains(&Code::VaryingUnused), "{:?}", codes(&still));
}

#[test]
fn vintages_of_jobs_are_read_too() {
    let jobs = "zone,activity,size_class,employees,local_units\n001,13,10-49,20,1\n";
    let toml = "[jobs]\npath = 'jobs.csv'\n[certainty]\nvary = ['vintage']\n[[certainty.vintage]]\nname = '2001'\n\
                jobs = { path = 'old.csv', manufacturing = { path = 'm.csv' } }\n";
    let old = jobs.replace(",20,", ",30,");
    let input = load(toml, &[("jobs.csv", jobs), ("old.csv", &old), ("m.csv", jobs)]).unwrap();
    let of_2001 = input.vintages[0].jobs.as_ref().unwrap();
    assert_eq!(
        (of_2001.all_sectors.employees().known(), of_2001.manufacturing().employees().known()),
        (30.0, 20.0)
    );
    assert_eq!(input.files.len(), 5);
    let strange = jobs.replace("001,13", "077,13");
    let fault = load(toml, &[("jobs.csv", jobs), ("old.csv", &old), ("m.csv", &strange)]).unwrap_err();
    assert_eq!(fault.code, Code::UnknownZones);
    assert!(fault.to_string().contains("[certainty.vintage \"2001\" jobs.manufacturing]"), "{fault}");
}

#[test]
fn what_a_study_cannot_say() {
    let code = |keys: &str| {
        Config::parse(&format!("[flows]\npath = 'f'\n[certainty]\n{keys}"), "study.toml").unwrap_err().code
    };
    assert_eq!(code("replicates = 1"), Code::CertaintyParameters);
    assert_eq!(code("rule.min_size = { from = 2, to = 1 }"), Code::CertaintyRules);
    assert_eq!(code("vary = ['vintage']"), Code::NothingVaries);
    assert_eq!(code("sampling.fraction = 0.1"), Code::KeysConflict);
    assert_eq!(code("sampling.flows = 'survey'"), Code::StudyIncomplete);
}

#[test]
fn the_example_of_init_is_a_study() {
    let uncommented: String =
        init::TEMPLATE.lines().map(|line| format!("{}\n", line.trim_start_matches("#:"))).collect();
    let config = Config::parse(&uncommented, "study.toml").unwrap();
    let certainty = config.certainty.as_ref().unwrap();
    assert_eq!(certainty.varying(&config.areas).len(), 4);
    assert_eq!((config.vintages_drawn().len(), config.unused().len()), (1, 0));
}
