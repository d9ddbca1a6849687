//! The districts of the United States: `cargo run -p distretto-districts --example usa -- [--mixed] [AREA]`.
//!
//! Areas are the commuting zones of 2020; manufacturing by size class is of 2014 (units published, employees estimated), all
//! sectors are of 2018. That table leaves out cells of fewer than three units, which takes 69 % of the manufacturing jobs of
//! areas below 30,000 jobs (and 11 % in areas above 200,000), so step 1 misses small places. With `--mixed`, step 1 takes
//! manufacturing from the table of 2014 and the rest from that of 2018. Reads the data folder named by `DISTRETTO_DATA`.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use distretto_districts::{Istat, IstatParameters, Kind, Test};
use distretto_jobs::{
    Amount, ClassificationId, Grouping, JobCube, JobCubeBuilder, Record, SizeBands, SizeClass, System,
};
use distretto_territory::{Partition, Zones};
use flate2::read::GzDecoder;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let data = std::env::var("DISTRETTO_DATA").map_or_else(|_| PathBuf::from(default), PathBuf::from);
    if !data.join("usa-jobs").is_dir() {
        eprintln!("no data in {}: set DISTRETTO_DATA", data.display());
        return Ok(());
    }
    let (zones, names, partition) = counties(&data.join("usa-2020/counties.csv"))?;
    let manufacturing = manufacturing_2014(&data, &zones)?;
    let mixed = std::env::args().any(|argument| argument == "--mixed");
    let all_sectors = all_sectors_2018(&data, &zones, mixed.then_some(&manufacturing))?;

    let macro_sectors = Grouping::macro_sectors(System::Naics)?;
    let industries = Grouping::industries(System::Naics)?;
    let all = all_sectors.by_area(&partition, &macro_sectors)?;
    let made = manufacturing.by_area(&partition, &industries)?;
    let rule = Istat::new(&all, &made, &IstatParameters::default())?;
    let verdicts = rule.verdicts();
    let area_names = area_names(&all_sectors, &partition, &names);

    if let Some(wanted) = std::env::args().skip(1).find(|argument| argument != "--mixed") {
        for area in
            (0..partition.areas() as u32).filter(|&area| area_names[area as usize].starts_with(&wanted))
        {
            rule.explain(area, &area_names[area as usize]).lines().for_each(|line| println!("{line}"));
            println!();
        }
        return Ok(());
    }
    for kind in Kind::ALL {
        println!("{}: {}", kind.name(), verdicts.iter().filter(|verdict| verdict.kind == kind).count());
    }
    for test in [Test::SmeSystem, Test::SmeMajority, Test::SingleMediumUnit] {
        let fails = |verdict: &&_| {
            distretto_districts::AreaVerdict::step(verdict, test)
                .is_some_and(distretto_districts::Step::fails)
        };
        let manufacturing = verdicts.iter().filter(|verdict| verdict.kind != Kind::Rest);
        println!("manufacturing areas that fail {}: {}", test.name(), manufacturing.filter(fails).count());
    }
    let mut lists: BTreeMap<(Kind, &str), Vec<(f64, String)>> = BTreeMap::new();
    for verdict in &verdicts {
        let (Some(main), true) = (verdict.main(), verdict.kind <= Kind::OtherManufacturing) else { continue };
        let line = format!(
            "  {:<34} {:>8.0} jobs of {:>8.0}  LQ {:>5.2}  SMEs {:>3.0} %",
            area_names[verdict.area as usize],
            main.jobs.all(),
            verdict.jobs.all(),
            main.quotient.unwrap_or_default(),
            100.0 * main.steps[0].value.unwrap_or_default(),
        );
        let industry = industries.groups()[main.industry].id.as_str();
        lists.entry((verdict.kind, industry)).or_default().push((main.jobs.all(), line));
    }
    for ((kind, industry), mut list) in lists {
        list.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!("\n{} {industry}: {}", kind.name(), list.len());
        list.iter().take(40).for_each(|(_, line)| println!("{line}"));
    }
    Ok(())
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let file = File::open(path)?;
    let lines: std::io::Result<Vec<String>> = if path.extension().is_some_and(|extension| extension == "gz") {
        BufReader::new(GzDecoder::new(file)).lines().skip(1).collect()
    } else {
        BufReader::new(file).lines().skip(1).collect()
    };
    Ok(lines?)
}

fn counties(path: &Path) -> Result<(Zones, Vec<String>, Partition)> {
    let mut rows: Vec<(String, String, String)> = Vec::new();
    for line in lines(path)? {
        let fields: Vec<&str> = line.split(',').collect();
        rows.push((fields[0].into(), fields[1].into(), fields[fields.len() - 1].into()));
    }
    let zones = Zones::new(rows.iter().map(|row| row.0.clone()).collect())?;
    let mut names = vec![String::new(); zones.len()];
    let mut areas = vec![None; zones.len()];
    for (code, name, area) in rows {
        let zone = zones.index_of(&code).ok_or("a county that is no zone")? as usize;
        names[zone] = format!("{name} ({})", &code[..2]);
        areas[zone] = (!area.is_empty()).then_some(area);
    }
    Ok((zones, names, Partition::from_codes(&areas)))
}

/// County codes of 2014 to 2020; 02261 was split, and its jobs go to the part that holds Valdez.
fn recode(code: &str) -> &str {
    match code {
        "46113" => "46102",
        "02270" => "02158",
        "51515" => "51019",
        "02261" => "02063",
        other => other,
    }
}

fn manufacturing_2014(data: &Path, zones: &Zones) -> Result<JobCube> {
    let bands = SizeBands::named("cbp")?;
    let mut builder = JobCubeBuilder::new(ClassificationId::Naics2012, zones.len())?;
    let mut unmatched = BTreeMap::new();
    for line in lines(&data.join("usa-jobs/manufacturing_2014_naics6_size.csv.gz"))? {
        let fields: Vec<&str> = line.split(',').collect();
        let Some(zone) = zones.index_of(recode(fields[0])) else {
            *unmatched.entry(fields[0].to_owned()).or_insert(0) += 1;
            continue;
        };
        builder.push(&Record {
            zone,
            activity: fields[1],
            size: bands.label(fields[2]).ok_or("a size label without a meaning")?.class(),
            employees: Amount::Estimated(fields[4].parse()?),
            local_units: Amount::Observed(fields[3].parse()?),
        })?;
    }
    println!("manufacturing 2014: rows of unmatched counties {unmatched:?}");
    let cube = builder.build()?;
    println!("{} cells, {:.0} employees", cube.cells().len(), cube.employees().known());
    Ok(cube)
}

fn all_sectors_2018(data: &Path, zones: &Zones, manufacturing: Option<&JobCube>) -> Result<JobCube> {
    let mut builder = JobCubeBuilder::new(ClassificationId::Naics2017, zones.len())?;
    let mut unmatched = BTreeMap::new();
    for line in lines(&data.join("usa-jobs/all_sectors_2018_naics4.csv.gz"))? {
        let fields: Vec<&str> = line.split(',').collect();
        let Some(zone) = zones.index_of(recode(fields[0])) else {
            *unmatched.entry(fields[0].to_owned()).or_insert(0) += 1;
            continue;
        };
        if manufacturing.is_some() && fields[1].starts_with('3') {
            continue;
        }
        builder.push(&Record {
            zone,
            activity: fields[1],
            size: SizeClass::Total,
            employees: Amount::Observed(fields[3].parse()?),
            local_units: Amount::Observed(fields[4].parse()?),
        })?;
    }
    for cell in manufacturing.into_iter().flat_map(JobCube::cells) {
        builder.push(&Record {
            zone: cell.zone,
            activity: "31-33",
            size: SizeClass::Total,
            employees: Amount::Estimated(cell.employees().known()),
            local_units: Amount::Observed(cell.local_units().known()),
        })?;
    }
    println!("all sectors 2018: rows of unmatched counties {unmatched:?}");
    let cube = builder.build()?;
    println!("{} cells, {:.0} employees", cube.cells().len(), cube.employees().known());
    Ok(cube)
}

/// Each area after its county with most jobs.
fn area_names(cube: &JobCube, partition: &Partition, names: &[String]) -> Vec<String> {
    let mut jobs = vec![0.0; cube.zones()];
    for cell in cube.cells() {
        jobs[cell.zone as usize] += cell.employees().known();
    }
    let most = |zones: &Vec<u32>| {
        zones.iter().copied().max_by(|&a, &b| jobs[a as usize].total_cmp(&jobs[b as usize]))
    };
    partition
        .members()
        .iter()
        .map(|zones| most(zones).map_or(String::new(), |zone| names[zone as usize].clone()))
        .collect()
}
