//! An edition that comes from micro-data: nothing that is withheld can be computed from it, and every number in it is a function of
//! published figures.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use distretto_jobs::SizeClass;
use distretto_study::config::Texts;
use distretto_study::disclosure::{Disclosed, MicroData, Status, published};
use distretto_study::edition::{self, Meta};
use distretto_study::fault::Code;
use distretto_study::input::Study;
use distretto_study::run::{self, Results};
use distretto_study::stopwatch::Stopwatch;
use distretto_testkit::plain::elimination::determined;
use distretto_testkit::world::files::{WorldFiles, write};
use distretto_testkit::world::register::SIZE_CLASSES;
use distretto_testkit::world::{World, WorldOptions};
use serde_json::Value;
use tempfile::TempDir;

/// Employees of every unit, by zone, activity and size class.
type Units = BTreeMap<(usize, &'static str, usize), Vec<u32>>;

fn world() -> World {
    World::generate(&WorldOptions { seed: 5, zones: 150, noise: 0.1, scale: 0.2 }).unwrap()
}

fn units(world: &World) -> Units {
    let register = world.register();
    let mut units = Units::new();
    for zone in 0..world.zones.len() {
        for unit in register.of_zone(zone) {
            let size = SIZE_CLASSES.iter().rposition(|&(_, least)| unit.employees >= least).unwrap();
            units.entry((zone, unit.activity.code, size)).or_default().push(unit.employees);
        }
    }
    units
}

/// The world's tables with who stands behind their rows, in a folder.
fn folder(world: &World, units: &Units) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(world, folder.path(), WorldFiles { register: false, ..WorldFiles::default() }).unwrap();
    let mut jobs =
        "zone,activity,size_class,employees,local_units,largest_1,largest_2,largest_3\n".to_owned();
    for ((zone, activity, size), units) in units {
        let mut largest = units.clone();
        largest.sort_unstable_by(|a, b| b.cmp(a));
        largest.resize(3.max(units.len()), 0);
        writeln!(
            jobs,
            "{},{activity},{},{},{},{},{},{}",
            world.zones[*zone].code,
            SIZE_CLASSES[*size].0,
            units.iter().sum::<u32>(),
            units.len(),
            largest[0],
            largest[1],
            largest[2]
        )
        .unwrap();
    }
    std::fs::write(folder.path().join("jobs.csv"), jobs).unwrap();
    let mut flows = "origin,destination,flow,persons\n".to_owned();
    for row in &world.flows {
        let code = |zone: u32| &world.zones[zone as usize].code;
        writeln!(flows, "{},{},{},{}", code(row.origin), code(row.destination), row.amount, row.amount)
            .unwrap();
    }
    std::fs::write(folder.path().join("flows.csv"), flows).unwrap();
    folder
}

const ALL: MicroData = MicroData { jobs: true, manufacturing: true, flows: true };

fn study(folder: &Path, micro_data: MicroData) -> Study {
    let mut study = Study::load(&folder.join("study.toml")).unwrap().with_micro_data(micro_data);
    study.config.flows.as_mut().unwrap().source.path = Texts(vec!["flows.csv".into()]);
    study.config.areas.min_size = 200.0;
    study.config.areas.target_size = 2_000.0;
    study
}

fn ran(study: Study) -> Results {
    run::run(study.read().unwrap(), &mut Stopwatch::silent()).unwrap()
}

fn written(results: &Results, out: &Path) {
    let meta = Meta { version: "0".into(), commit: None };
    edition::write(results, &meta, out, false, &mut Stopwatch::silent()).unwrap();
}

type Row = BTreeMap<String, String>;

/// The fields of a line of CSV; a field in quotation marks may have commas.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    fields
}

/// The rows of a table as written.
fn rows(edition: &Path, table: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(edition.join(format!("{table}.csv"))).unwrap();
    let mut lines = text.lines().map(fields);
    let header = lines.next().unwrap();
    lines.map(|line| header.iter().cloned().zip(line).collect()).collect()
}

fn manifest(edition: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(edition.join("manifest.json")).unwrap()).unwrap()
}

/// The equations between withheld figures of jobs, for someone who knows every national figure that is published.
fn equations_of_jobs(
    rows: &[Row],
    results: &Results,
    withheld: &dyn Fn(&Row) -> bool,
) -> Vec<BTreeMap<String, i64>> {
    let found = published(results).unwrap().unwrap();
    let Some(Disclosed::Protected { jobs: Some(statuses), .. }) = &found.disclosed else { panic!() };
    let districts = results.districts.as_ref().unwrap();
    let mut equations: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| withheld(row)) {
        let [area, grouping, group, size] =
            ["area", "grouping", "group", "size_class"].map(|name| row[name].as_str());
        let name = format!("{area} {grouping} {group} {size}");
        let mut enter = |equation: String, sign: i64| {
            equations.entry(equation).or_default().insert(name.clone(), sign);
        };
        if grouping == "industry" {
            enter(format!("area {area}"), 1);
            let size = SizeClass::ALL.into_iter().find(|class| class.name() == size).unwrap();
            let industry = districts.manufacturing.grouping().index_of(group).unwrap();
            if !statuses.industry(None, industry, size).withheld() {
                enter(format!("nation {group} {}", size.name()), 1);
            }
        } else {
            if group == "manufacturing" {
                enter(format!("area {area}"), -1);
            }
            let sector = districts.all_sectors.grouping().index_of(group).unwrap();
            if !statuses.sector(None, sector).withheld() {
                enter(format!("nation {group}"), 1);
            }
        }
    }
    equations.into_values().collect()
}

#[test]
fn no_withheld_figure_of_jobs_can_be_computed() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let units = units(&world);
    let folder = folder(&world, &units);
    let results = ran(study(folder.path(), ALL));
    assert_eq!(results.areas.partition.without_area().count(), 0, "the audit knows no other zones");
    let edition = out.path().join("edition");
    written(&results, &edition);
    let rows = rows(&edition, "area_jobs");
    let is_withheld = |row: &Row| !row["confidentiality"].is_empty();
    assert_eq!(determined(&equations_of_jobs(&rows, &results, &is_withheld)), [""; 0]);
    let primary = |row: &Row| row["confidentiality"] == "primary";
    assert!(
        !determined(&equations_of_jobs(&rows, &results, &primary)).is_empty(),
        "primary suppression alone would leak, so the audit is not vacuous"
    );

    // What is unsafe is withheld, what is published is true, and a withheld row holds no number.
    let partition = &results.areas.partition;
    let districts = results.districts.as_ref().unwrap();
    let classification = results.input.jobs.as_ref().unwrap().all_sectors.classification();
    let grouping = districts.manufacturing.grouping();
    let mut cells: BTreeMap<(String, String, &str), Vec<u32>> = BTreeMap::new();
    for ((zone, activity, size), units) in &units {
        let activity = classification.find(activity).unwrap();
        let Some(group) = grouping.place(&activity, classification).group() else { continue };
        let zone = results.input.zones.zones.index_of(&world.zones[*zone].code).unwrap();
        let area = partition.code(partition.area_of(zone).unwrap()).to_owned();
        let size = ["small", "small", "medium", "large"][*size];
        cells
            .entry((area, grouping.groups()[usize::from(group)].id.clone(), size))
            .or_default()
            .extend(units);
    }
    let mut checked = 0;
    for row in rows.iter().filter(|row| row["grouping"] == "industry") {
        let size = ["small", "medium", "large"].into_iter().find(|size| *size == row["size_class"]).unwrap();
        let mut units = cells[&(row["area"].clone(), row["group"].clone(), size)].clone();
        units.sort_unstable_by(|a, b| b.cmp(a));
        let total: u32 = units.iter().sum();
        let is_unsafe = units.len() < 3 || f64::from(units[0] + units[1]) > 0.85 * f64::from(total);
        assert!(!is_unsafe || primary(row), "{row:?}");
        if is_withheld(row) {
            assert_eq!((row["employees"].as_str(), row["local_units"].as_str()), ("", ""), "{row:?}");
        } else {
            assert_eq!(row["employees"].parse::<f64>().unwrap(), f64::from(total), "{row:?}");
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked} figures are published");

    let told = &manifest(&edition)["disclosure"];
    assert_eq!((&told["suppress"], &told["minimum"]), (&true.into(), &3.into()));
    let count = rows.iter().filter(|row| primary(row)).count();
    assert_eq!(told["withheld"]["area_jobs"]["primary"], count);
    assert_eq!(
        told["withheld"]["area_jobs"]["secondary"],
        rows.iter().filter(|row| row["confidentiality"] == "secondary").count()
    );

    // Figures of whole areas are sums of the published ones; what each area is stays what it truly is.
    for (row, verdict) in self::rows(&edition, "districts").iter().zip(&districts.verdicts) {
        assert_eq!(row["kind"], verdict.kind.name());
        let parts: f64 = rows
            .iter()
            .filter(|part| part["area"] == row["area"] && part["grouping"] == "industry")
            .filter_map(|part| part["employees"].parse::<f64>().ok())
            .sum();
        assert_eq!(row["manufacturing_jobs"].parse::<f64>().unwrap_or(0.0), parts);
    }
}

#[test]
fn no_withheld_figure_of_flows_can_be_computed() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let folder = folder(&world, &units(&world));
    let results = ran(study(folder.path(), ALL));
    let edition = out.path().join("edition");
    written(&results, &edition);
    let (flows, zones) = (rows(&edition, "flows"), rows(&edition, "zones"));
    let audit = |withheld: &dyn Fn(&str) -> bool| {
        let mut equations: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
        let mut enter = |equation: String, name: String| {
            equations.entry(equation).or_default().insert(name, 1);
        };
        for row in flows.iter().filter(|row| withheld(&row["confidentiality"])) {
            let name = format!("{} {}", row["origin"], row["destination"]);
            enter(format!("out of {}", row["origin"]), name.clone());
            enter(format!("into {}", row["destination"]), name);
        }
        for row in &zones {
            for what in ["residents", "workers"] {
                if withheld(&row[&format!("{what}_confidentiality")]) {
                    enter(format!("{what} {}", row["area"]), format!("{what} of {}", row["zone"]));
                }
            }
        }
        determined(&equations.into_values().collect::<Vec<_>>())
    };
    assert_eq!(audit(&|status| !status.is_empty()), [""; 0]);
    assert!(!audit(&|status| status == "primary").is_empty(), "the audit is not vacuous");
    let mut hidden = 0;
    for row in &flows {
        let told = row["flow"].parse::<f64>().ok();
        assert_eq!(told.is_none(), !row["confidentiality"].is_empty(), "{row:?}");
        assert!(told.is_none_or(|flow| flow >= 3.0), "{row:?}");
        hidden += usize::from(told.is_none());
    }
    assert!(hidden > 0 && hidden < flows.len(), "{hidden} of {}", flows.len());
    let told = &manifest(&edition)["disclosure"]["withheld"]["flows"];
    assert_eq!(told["primary"].as_u64().unwrap() + told["secondary"].as_u64().unwrap(), hidden as u64);
    for row in &zones {
        for what in ["residents", "workers", "inside"] {
            let value = row[what].parse::<f64>().ok();
            assert!(value.is_none_or(|value| value == 0.0 || value >= 3.0), "{row:?}");
        }
    }
    let statistics = rows(&edition, "statistics");
    let least = statistics.iter().find(|row| row["figure"] == "flows_min").unwrap();
    assert!(least["value"].parse::<f64>().unwrap() >= 3.0, "of published flows");
    for row in rows(&edition, "reserve") {
        assert_eq!(row["validity"], "");
    }
    let package = std::fs::read_to_string(edition.join("datapackage.json")).unwrap();
    assert!(package.contains("\"confidentiality\""));
}

/// Where nothing is told of areas, zones are: their residents and workers add up to one total, and those who stay are part of both.
#[test]
fn no_withheld_figure_of_zones_can_be_computed_where_areas_are_closed() {
    let world = world();
    let folder = folder(&world, &units(&world));
    let mut results = ran(study(folder.path(), ALL));
    let mut looked_at = 0;
    for minimum in [100, 150, 200, 300, 400, 600] {
        results.input.config.disclosure.minimum = minimum;
        let found = published(&results).unwrap().unwrap();
        let statuses = found.disclosed.as_ref().unwrap().flows().unwrap();
        if statuses.areas_open {
            continue;
        }
        let flows = &results.input.flows.as_ref().unwrap().table;
        let zones = 0..flows.zones() as u32;
        let persons = |units: f64| flows.persons(units) as u64;
        let minimum = u64::from(minimum);
        let residents: Vec<_> =
            zones.clone().map(|zone| (statuses.residents(zone), persons(flows.residents(zone)))).collect();
        let workers: Vec<_> =
            zones.clone().map(|zone| (statuses.workers(zone), persons(flows.workers(zone)))).collect();
        for all in [&residents, &workers] {
            let withheld = all.iter().filter(|(status, _)| status.withheld());
            let together: u64 = withheld.map(|(_, persons)| persons).sum();
            assert!(together == 0 || together >= minimum, "{together} withheld of at least {minimum}");
            for (status, persons) in all {
                assert!(status.withheld() || *persons == 0 || *persons >= minimum);
            }
        }
        for zone in zones.filter(|&zone| !statuses.inside(zone).withheld()) {
            let inside = persons(flows.inside(zone));
            assert!(inside == 0 || inside >= minimum);
            for (status, all) in [residents[zone as usize], workers[zone as usize]] {
                let away = all - inside;
                assert!(
                    status.withheld() || away == 0 || away >= minimum,
                    "{away} of zone {zone} come or go"
                );
            }
        }
        looked_at += 1;
    }
    assert!(looked_at > 0);
}

/// A unit: its zone, activity and size class, and its place among those of them.
type Unit = ((usize, &'static str, usize), usize);

/// Four withheld figures in two areas and two columns: one job moves round the square, so that no published figure changes. They are
/// unsafe themselves: which others are withheld with them depends on the size of those.
fn moved_round_a_square(world: &World, units: &Units, results: &Results) -> Option<Units> {
    let found = published(results).unwrap().unwrap();
    let Some(Disclosed::Protected { jobs: Some(statuses), .. }) = &found.disclosed else { panic!() };
    let classification = results.input.jobs.as_ref().unwrap().all_sectors.classification();
    let grouping = results.districts.as_ref().unwrap().manufacturing.grouping();
    // Of every such figure the units that can have one more or one less and stay in their class.
    let mut cells: BTreeMap<(u32, usize, usize), Unit> = BTreeMap::new();
    for (&key, units) in units {
        let (zone, activity, size) = key;
        let activity = classification.find(activity).unwrap();
        let Some(group) = grouping.place(&activity, classification).group() else { continue };
        let zone = results.input.zones.zones.index_of(&world.zones[zone].code).unwrap();
        let area = results.areas.partition.area_of(zone).unwrap();
        let class = [SizeClass::Small, SizeClass::Small, SizeClass::Medium, SizeClass::Large][size];
        if statuses.industry(Some(area), usize::from(group), class) != Status::Primary {
            continue;
        }
        let (least, most) =
            (SIZE_CLASSES[size].1, SIZE_CLASSES.get(size + 1).map_or(u32::MAX, |next| next.1 - 1));
        if let Some(at) = units.iter().position(|&unit| unit > least && unit < most) {
            cells.entry((area, usize::from(group), class as usize)).or_insert((key, at));
        }
    }
    let all: Vec<_> = cells.iter().collect();
    for &(a, one) in &all {
        for &(b, two) in all.iter().filter(|(b, _)| b.0 == a.0 && (b.1, b.2) > (a.1, a.2)) {
            for (c, three) in all.iter().filter(|(c, _)| c.0 > a.0 && (c.1, c.2) == (a.1, a.2)) {
                if let Some(four) = cells.get(&(c.0, b.1, b.2)) {
                    let mut moved = units.clone();
                    for ((key, at), change) in [(one, 1), (two, -1), (*three, -1), (four, 1)] {
                        let unit = &mut moved.get_mut(key).unwrap()[*at];
                        *unit = unit.checked_add_signed(change).unwrap();
                    }
                    return Some(moved);
                }
            }
        }
    }
    None
}

/// The strongest test of a leak: two registers that differ in withheld figures only have the same edition, report and all.
#[test]
fn every_number_of_tables_and_report_is_a_function_of_published_figures() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let units = units(&world);
    let original = folder(&world, &units);
    let first = ran(study(original.path(), ALL));
    let moved = moved_round_a_square(&world, &units, &first).unwrap();
    assert_ne!(moved, units);
    let other = folder(&world, &moved);
    let second = ran(study(other.path(), ALL));
    let kinds = |results: &Results| -> Vec<_> {
        let verdicts = &results.districts.as_ref().unwrap().verdicts;
        verdicts.iter().map(|area| (area.kind, area.main_industry)).collect()
    };
    assert_eq!(kinds(&first), kinds(&second), "one job changes no verdict here");
    let editions = ["first", "second"].map(|name| out.path().join(name));
    written(&first, &editions[0]);
    written(&second, &editions[1]);
    let hashes = editions.each_ref().map(|edition| {
        let inputs = manifest(edition)["inputs"].clone();
        let jobs =
            inputs.as_array().unwrap().iter().find(|input| input["path"] == "jobs.csv").unwrap().clone();
        jobs["sha256"].as_str().unwrap().to_owned()
    });
    assert_ne!(hashes[0], hashes[1]);
    let mut compared = 0;
    for entry in std::fs::read_dir(&editions[0]).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if ["manifest.json", "timings.json"].contains(&name.as_str()) {
            continue;
        }
        let [one, two] = editions.each_ref().map(|edition| std::fs::read(edition.join(&name)).unwrap());
        if name == "report.html" {
            let text = |bytes: Vec<u8>, hash: &str| {
                String::from_utf8(bytes).unwrap().replace(hash, "").replace(&hash[..12], "")
            };
            assert!(text(one, &hashes[0]) == text(two, &hashes[1]), "report.html differs");
        } else {
            assert!(one == two, "{name} differs");
        }
        compared += 1;
    }
    assert!(compared > 10, "{compared} files");
}

#[test]
fn protection_is_off_only_by_a_line_in_the_study_and_the_manifest_says_so() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let folder = folder(&world, &units(&world));
    let mut open = study(folder.path(), ALL);
    open.config.disclosure.suppress = false;
    let edition = out.path().join("open");
    written(&ran(open), &edition);
    let told = manifest(&edition);
    assert_eq!(told["disclosure"], serde_json::json!({ "suppress": false }));
    let codes =
        || told["messages"].as_array().unwrap().iter().map(|message| message["code"].as_str().unwrap());
    assert!(codes().any(|code| code == Code::DisclosureOff.number()));
    assert!(!rows(&edition, "area_jobs")[0].contains_key("confidentiality"));
    assert!(rows(&edition, "flows").iter().any(|row| row["flow"] == "1.0"), "single commuters are told");
}

fn codes(edition: &Path) -> Vec<String> {
    let told = manifest(edition);
    let messages = told["messages"].as_array().unwrap().iter();
    messages.map(|message| message["code"].as_str().unwrap().to_owned()).collect()
}

/// Under a rule that no area fulfils, nothing that flows or jobs say of areas is published, but what the areas are.
#[test]
fn where_areas_are_unsafe_nothing_of_them_is_told() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let folder = folder(&world, &units(&world));
    let mut study = study(folder.path(), ALL);
    study.config.disclosure.minimum = 1_000_000;
    let edition = out.path().join("edition");
    written(&ran(study), &edition);
    for code in [Code::FiguresWithheld, Code::FiguresLeftOut] {
        assert!(codes(&edition).iter().any(|found| found == code.number()), "{code:?}");
    }
    for table in ["flows", "quality", "statistics"] {
        assert!(!edition.join(format!("{table}.csv")).exists(), "{table}");
    }
    for row in rows(&edition, "areas") {
        for column in ["residents", "workers", "inside", "sc_supply_side", "validity"] {
            assert_eq!(row[column], "", "{column}");
        }
        assert_ne!(row["kind"], "");
    }
    assert!(rows(&edition, "area_jobs").iter().all(|row| row["employees"].is_empty()));
    assert!(rows(&edition, "steps").iter().all(|row| row["value"].is_empty()));
    for row in rows(&edition, "crosswalk") {
        assert_eq!((row["residents"].as_str(), row["share_of_area"].as_str()), ("", ""));
    }
}

/// An area whose manufacturing is three units without employees: their total is an open zero, and so would each of them be. Nothing
/// else of the area can hide them.
#[test]
fn where_nothing_protects_a_figure_the_whole_table_is_withheld() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let mut units = units(&world);
    let results = ran(study(folder(&world, &units).path(), ALL));
    let area = |zone: usize| {
        let zone = results.input.zones.zones.index_of(&world.zones[zone].code).unwrap();
        results.areas.partition.area_of(zone)
    };
    let classification = results.input.jobs.as_ref().unwrap().all_sectors.classification();
    let grouping = results.districts.as_ref().unwrap().manufacturing.grouping();
    let is_made =
        |code: &str| grouping.place(&classification.find(code).unwrap(), classification).group().is_some();
    units.retain(|(zone, activity, _), _| area(*zone) != area(0) || !is_made(activity));
    units.insert((0, "10", 0), vec![0, 0]);
    units.insert((0, "13", 0), vec![0]);
    let changed = folder(&world, &units);
    let edition = out.path().join("edition");
    written(
        &ran(study(changed.path(), MicroData { jobs: true, manufacturing: false, flows: false })),
        &edition,
    );
    assert!(codes(&edition).iter().any(|code| code == Code::DisclosureExposed.number()));
    assert!(rows(&edition, "area_jobs").iter().all(|row| row["employees"].is_empty()));
}

#[test]
fn public_tables_are_not_touched() {
    let (world, out) = (world(), tempfile::tempdir().unwrap());
    let folder = folder(&world, &units(&world));
    let results = ran(study(folder.path(), MicroData::default()));
    assert!(!results.input.confidential.is_any());
    assert!(published(&results).unwrap().is_none());
    let edition = out.path().join("edition");
    written(&results, &edition);
    let told = manifest(&edition);
    assert!(told.get("disclosure").is_none() && told["config"].get("disclosure").is_none());
    for table in ["area_jobs", "flows", "zones"] {
        let columns: Vec<String> = rows(&edition, table)[0].keys().cloned().collect();
        assert!(!columns.iter().any(|column| column.contains("confidentiality")), "{table}: {columns:?}");
    }
}

#[test]
fn areas_that_differ_by_a_zone_are_warned_of() {
    let world = world();
    let folder = folder(&world, &units(&world));
    let mut study = study(folder.path(), ALL);
    // Rules so strict that every zone is unsafe: any difference from the planted areas is one.
    study.config.disclosure.minimum = 1_000_000;
    let results = ran(study);
    let warning = results.log.warnings().find(|fault| fault.code == Code::DifferencingRisk).unwrap();
    assert!(warning.what.contains("Planted areas"), "{warning}");
    assert!(warning.why.as_deref().unwrap().contains('`'), "names zones: {warning}");
    let found = published(&results).unwrap().unwrap();
    let kept = found.log.warnings().find(|fault| fault.code == Code::DifferencingRisk).unwrap();
    assert!(kept.why.is_none() && !kept.what.contains("Planted"), "the edition does not say where to look");
}

#[test]
fn a_row_that_contradicts_itself_is_refused() {
    let world = world();
    let folder = folder(&world, &units(&world));
    for (table, row, micro_data) in [
        ("jobs.csv", ",10,1-9,5,2,5,5,0\n", MicroData { jobs: true, manufacturing: true, flows: false }),
        ("flows.csv", ",{},3,2.5\n", MicroData { jobs: false, manufacturing: false, flows: true }),
    ] {
        let path = folder.path().join(table);
        let text = std::fs::read_to_string(&path).unwrap();
        let code = &world.zones[0].code;
        std::fs::write(&path, format!("{text}{code}{}", row.replace("{}", code))).unwrap();
        let fault = study(folder.path(), micro_data).read().unwrap_err();
        assert_eq!(fault.code, Code::ContributionsInvalid, "{fault}");
        assert!(fault.place.row.is_some());
        std::fs::write(&path, text).unwrap();
    }
}
