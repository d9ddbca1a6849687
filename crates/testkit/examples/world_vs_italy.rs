//! Measures a made world and Italy 2011 side by side, as a Markdown table: `cargo run --release -p distretto-testkit --example
//! world_vs_italy [zones] [seed]`. Without the Italian tables (`DISTRETTO_DATA`) it measures the world alone.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use distretto_testkit::world::{World, WorldOptions};
use flate2::read::GzDecoder;

/// A country as flows between points in areas.
#[derive(Default)]
struct Country {
    sites: Vec<[f64; 2]>,
    area_of: Vec<usize>,
    areas: usize,
    land_km2: Vec<f64>,
    flows: Vec<(usize, usize, f64)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let argument = |n: usize, default: u64| std::env::args().nth(n).map_or(Ok(default), |text| text.parse());
    let options =
        WorldOptions { zones: argument(1, 8092)? as usize, seed: argument(2, 7)?, ..Default::default() };
    let world = measures(&made(&options)?);
    let italy = match distretto_testkit::data::path("italy-2011") {
        Some(folder) => measures(&italy(&folder)?),
        None => Vec::new(),
    };
    println!(
        "| measure | world ({} zones, seed {}) | Italy 2011 |\n|---|--:|--:|",
        options.zones, options.seed
    );
    for (i, (name, value)) in world.iter().enumerate() {
        println!("| {name} | {value} | {} |", italy.get(i).map_or("", |(_, value)| value.as_str()));
    }
    Ok(())
}

fn made(options: &WorldOptions) -> Result<Country, Box<dyn Error>> {
    let world = World::generate(options)?;
    Ok(Country {
        sites: world.zones.iter().map(|zone| zone.position_km).collect(),
        area_of: world.zones.iter().map(|zone| zone.area as usize).collect(),
        areas: world.areas.len(),
        land_km2: world.zones.iter().map(|zone| zone.area_km2).collect(),
        flows: world.flows.iter().map(|r| (r.origin as usize, r.destination as usize, r.amount)).collect(),
    })
}

fn italy(folder: &Path) -> Result<Country, Box<dyn Error>> {
    let mut country = Country::default();
    let (mut index, mut areas) = (BTreeMap::new(), BTreeMap::new());
    for line in BufReader::new(File::open(folder.join("communes.csv"))?).lines().skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split(',').collect();
        let [code, .., x, y] = fields[..] else { return Err(format!("short line: {line}").into()) };
        // From the end: names may hold commas.
        let from_end = |n: usize| fields[fields.len() - n];
        index.insert(code.to_owned(), country.sites.len());
        country.sites.push([x.parse::<f64>()? / 1000.0, y.parse::<f64>()? / 1000.0]);
        country.land_km2.push(from_end(5).parse()?);
        let next = areas.len();
        country.area_of.push(*areas.entry(from_end(8).to_owned()).or_insert(next));
    }
    country.areas = areas.len();
    let file = GzDecoder::new(File::open(folder.join("flows_work_estimated.csv.gz"))?);
    for line in BufReader::new(file).lines().skip(1) {
        let line = line?;
        let mut fields = line.split(',');
        let (Some(o), Some(d), Some(flow)) = (fields.next(), fields.next(), fields.next()) else { continue };
        if let (Some(&o), Some(&d)) = (index.get(o), index.get(d)) {
            country.flows.push((o, d, flow.parse()?));
        }
    }
    Ok(country)
}

fn measures(country: &Country) -> Vec<(String, String)> {
    let zones = country.sites.len();
    let (mut residents, mut jobs, mut inside) = (vec![0.0; zones], vec![0.0; zones], vec![0.0; zones]);
    let (mut area_residents, mut area_jobs, mut area_inside) =
        (vec![0.0; country.areas], vec![0.0; country.areas], vec![0.0; country.areas]);
    let (mut partners, mut zones_of_area) = (vec![0.0; zones], vec![0.0; country.areas]);
    let (mut trips, mut off, mut off_inside, mut ones) = (Vec::new(), 0.0, 0.0, 0.0);
    for &(o, d, flow) in &country.flows {
        let (a, b) = (country.area_of[o], country.area_of[d]);
        residents[o] += flow;
        jobs[d] += flow;
        area_residents[a] += flow;
        area_jobs[b] += flow;
        partners[o] += 1.0;
        if a == b {
            area_inside[a] += flow;
        }
        if o == d {
            inside[o] += flow;
            continue;
        }
        let (p, q) = (country.sites[o], country.sites[d]);
        trips.push(((p[0] - q[0]).hypot(p[1] - q[1]), flow));
        off += flow;
        off_inside += if a == b { flow } else { 0.0 };
        ones += if flow < 1.5 { 1.0 } else { 0.0 };
    }
    for &area in &country.area_of {
        zones_of_area[area] += 1.0;
    }
    let largest = |of: &[f64]| {
        let mut most = vec![0.0f64; country.areas];
        for (zone, &area) in country.area_of.iter().enumerate() {
            most[area] = most[area].max(of[zone]);
        }
        most
    };
    let total: f64 = residents.iter().sum();
    let mut rows = Vec::new();
    let mut say = |name: &str, value: String| rows.push((name.to_owned(), value));
    say("zones", zones.to_string());
    say("areas (planted; official SLL)", country.areas.to_string());
    say("pairs a zone", format!("{:.1}", country.flows.len() as f64 / zones as f64));
    say("pairs of one person (Italy: one before the estimate's 0.79)", percent(ones / trips.len() as f64));
    say("workers who stay in their zone", percent(inside.iter().sum::<f64>() / total));
    say("others who stay in their area", percent(off_inside / off));
    trips.sort_by(|a, b| a.0.total_cmp(&b.0));
    for km in [5.0, 10.0, 20.0, 50.0, 100.0] {
        let within: f64 = trips.iter().take_while(|trip| trip.0 < km).map(|trip| trip.1).sum();
        say(&format!("commuters out of their zone below {km} km"), percent(within / off));
    }
    let mut sum = 0.0;
    let median = trips.iter().find(|trip| {
        sum += trip.1;
        sum >= off / 2.0
    });
    say(
        "median distance of commuters out of their zone",
        format!("{:.1} km", median.map_or(0.0, |trip| trip.0)),
    );
    let whole = |x: f64| format!("{x:.0}");
    say("zones: km²", quantiles(&country.land_km2, whole));
    say("zones: employed residents", quantiles(&residents, whole));
    say("zones: share who stay", quantiles(&ratios(&inside, &residents), percent));
    say("zones: jobs per employed resident", quantiles(&ratios(&jobs, &residents), |x| format!("{x:.2}")));
    say("zones: destinations", quantiles(&partners, whole));
    say("areas: zones", quantiles(&zones_of_area, whole));
    say("areas: employed residents", quantiles(&area_residents, whole));
    say("areas: supply-side self-containment", quantiles(&ratios(&area_inside, &area_residents), percent));
    say("areas: demand-side self-containment", quantiles(&ratios(&area_inside, &area_jobs), percent));
    say(
        "areas: share of residents in the largest zone",
        quantiles(&ratios(&largest(&residents), &area_residents), percent),
    );
    say("areas: share of jobs in the largest zone", quantiles(&ratios(&largest(&jobs), &area_jobs), percent));
    rows
}

fn ratios(above: &[f64], below: &[f64]) -> Vec<f64> {
    above.iter().zip(below).filter(|(_, b)| **b > 0.0).map(|(a, b)| a / b).collect()
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// 5 %, 25 %, median, 75 %, 95 % and the largest.
fn quantiles(values: &[f64], show: impl Fn(f64) -> String) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |q: f64| sorted.get(((sorted.len() as f64 * q) as usize).min(sorted.len().saturating_sub(1)));
    let shown: Vec<String> =
        [0.05, 0.25, 0.5, 0.75, 0.95, 1.0].iter().filter_map(|&q| at(q)).map(|&x| show(x)).collect();
    shown.join(" · ")
}
