//! What the ISTAT rule makes of each kind of planted area, on the planted areas themselves and on those the search finds, as
//! Markdown tables: `cargo run --release -p distretto-testkit --example world_districts [zones] [first seed] [seeds]`.

use std::collections::BTreeMap;
use std::error::Error;

use distretto_districts::{AreaVerdict, Kind};
use distretto_jobs::{Grouping, System};
use distretto_testkit::world::{World, WorldOptions};

#[path = "../tests/recovery/mod.rs"]
mod recovery;

#[derive(Default)]
struct Seen {
    areas: usize,
    as_kind: BTreeMap<Kind, usize>,
    sme_share: Vec<f64>,
    single_medium: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let argument = |n: usize, default: u64| std::env::args().nth(n).map_or(Ok(default), |text| text.parse());
    let (zones, first, seeds) = (argument(1, 2000)? as usize, argument(2, 1)?, argument(3, 12)?);
    let industries = Grouping::industries(System::Nace)?;
    let (mut seen, mut mains) = (BTreeMap::<_, Seen>::new(), BTreeMap::<String, [usize; 2]>::new());
    let (mut nation, mut ari, mut f1) = ([0.0; 3], Vec::new(), Vec::new());
    for seed in first..first + seeds {
        let options = WorldOptions { seed, zones, ..WorldOptions::default() };
        let recovered = recovery::recovered(&options)?;
        ari.push(recovered.0);
        f1.push(recovered.1.f1);
        let world = World::generate(&options)?;
        let truth = recovery::truth(&world);
        let verdicts = recovery::districts(&world, &truth)?;
        for area in &world.areas {
            let Some(verdict) = truth.area_with_code(&area.code).and_then(|at| verdicts.get(at as usize))
            else {
                continue;
            };
            let seen = seen.entry((area.kind, area.near_miss)).or_default();
            seen.areas += 1;
            *seen.as_kind.entry(verdict.kind).or_default() += 1;
            let planted = area.industry.and_then(|industry| industries.index_of(industry.id()));
            let main = |verdict: &AreaVerdict| verdict.main_industry;
            if let Some(jobs) = planted
                .or(main(verdict))
                .and_then(|main| verdict.industries.get(main))
                .map(|found| found.jobs)
            {
                seen.sme_share.push(jobs.small_and_medium() / jobs.all());
            }
            if verdict.kind == Kind::District {
                mains.entry(industry(&industries, main(verdict))).or_default()[0] += 1;
            }
            let units = main(verdict).and_then(|main| verdict.industries[main].local_units);
            seen.single_medium += usize::from(units.is_some_and(|units| units.sizes[1] == 1.0));
            for (sum, jobs) in nation.iter_mut().zip(verdict.jobs.sizes) {
                *sum += jobs;
            }
        }
        let found = recovery::areas(&world)?;
        for verdict in recovery::districts(&world, &found)?.iter().filter(|v| v.kind == Kind::District) {
            mains.entry(industry(&industries, verdict.main_industry)).or_default()[1] += 1;
        }
    }
    println!("Areas: ARI {}; districts: F1 {}.", mean_and_least(&mut ari), mean_and_least(&mut f1));
    let all: f64 = nation.iter().sum();
    let [small, medium, large] = nation.map(|jobs| 100.0 * jobs / all);
    println!("Manufacturing jobs: small {small:.0} %, medium {medium:.0} %, large {large:.0} %.\n");
    println!(
        "| planted | areas | district | large-firm | other manufacturing | rest | one medium unit | SME share |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for ((kind, near_miss), mut seen) in seen {
        let share = |kind| seen.as_kind.get(&kind).copied().unwrap_or(0);
        println!(
            "| {}{} | {} | {} | {} | {} | {} | {} | {} |",
            kind.word(),
            if near_miss { ", near miss" } else { "" },
            seen.areas,
            share(Kind::District),
            share(Kind::LargeFirmSystem),
            share(Kind::OtherManufacturing),
            share(Kind::Rest),
            seen.single_medium,
            quantiles(&mut seen.sme_share),
        );
    }
    println!("\n| main industry of districts | by the rule on planted areas | found |\n|---|--:|--:|");
    let totals = mains.values().fold([0, 0], |[a, b], [c, d]| [a + c, b + d]);
    let mut mains: Vec<_> = mains.into_iter().collect();
    mains.sort_by_key(|(name, [count, _])| (std::cmp::Reverse(*count), name.clone()));
    for (name, counts) in mains {
        let percent = |i: usize| 100.0 * counts[i] as f64 / totals[i] as f64;
        println!("| {name} | {:.1} % | {:.1} % |", percent(0), percent(1));
    }
    Ok(())
}

fn industry(industries: &Grouping, index: Option<usize>) -> String {
    index.map_or_else(String::new, |index| industries.groups()[index].title.clone())
}

fn mean_and_least(values: &mut [f64]) -> String {
    values.sort_by(f64::total_cmp);
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let below = values.iter().filter(|value| **value < 0.9).count();
    format!("{mean:.3} on average, {:.3} at least, below 0.9 in {below}", values.first().unwrap_or(&mean))
}

/// Least, 5 %, 25 %, median, 75 % and 95 %.
fn quantiles(values: &mut [f64]) -> String {
    values.sort_by(f64::total_cmp);
    let at = |q: f64| values.get((values.len() as f64 * q) as usize).map(|x| format!("{:.0}", 100.0 * x));
    [0.0, 0.05, 0.25, 0.5, 0.75, 0.95].into_iter().filter_map(at).collect::<Vec<_>>().join(" · ") + " %"
}
