//! Solves published tour instances with vrp-core and vrp-pragmatic: see README.md.

use std::error::Error;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use distretto_orienteering::assess;
use distretto_orienteering::toptw::{self, Instance};
use serde_json::{Value, json};
use vrp_core::prelude::{Environment, Solver, VrpConfigBuilder};
use vrp_core::rosomaxa::utils::{DefaultRandom, Parallelism, Quota};
use vrp_pragmatic::format::problem::PragmaticProblem;
use vrp_pragmatic::format::solution::{PragmaticOutputType, write_pragmatic};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is expected")?;
    let (mut pairs, mut seconds, mut cpu) = (None, 10.0, false);
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match name.as_str() {
            "--pairs" => pairs = Some(value.split(',').map(str::to_owned).collect::<Vec<_>>()),
            "--seconds" => seconds = value.parse()?,
            "--clock" => cpu = value == "cpu",
            _ => return Err(format!("there is no option {name}").into()),
        }
    }
    let folder = Path::new(&folder);
    println!("instance,m,profit,bks,gap,seconds");
    let (mut gaps, mut count) = (0.0, 0);
    for row in std::fs::read_to_string(folder.join("best_known_toptw.csv"))?.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let (name, routes, best): (&str, usize, i64) = (fields[0], fields[1].parse()?, fields[2].parse()?);
        if pairs.as_ref().is_some_and(|pairs| !pairs.contains(&format!("{name}:{routes}"))) {
            continue;
        }
        let text = std::fs::read_to_string(folder.join("instances").join(format!("{name}.txt")))?;
        let instance = toptw::read(&text, None)?;
        let clock = Clock::new(cpu, seconds);
        let plan = solve(&instance, routes, clock)?;
        let taken = clock.read();
        let profit = assess(&instance.problem(routes)?, &plan)?.score.value;
        let gap = 100.0 * (best - profit) as f64 / best as f64;
        println!("{name},{routes},{profit},{best},{gap:.3},{taken:.2}");
        gaps += gap;
        count += 1;
    }
    println!("# {count} pairs, mean gap {:.3} %", gaps / f64::from(count.max(1)));
    Ok(())
}

fn solve(instance: &Instance, routes: usize, clock: Clock) -> Result<Vec<Vec<usize>>, Box<dyn Error>> {
    let (problem, matrix) = (problem(instance, routes).to_string(), matrix(instance).to_string());
    let problem = Arc::new((problem, vec![matrix]).read_pragmatic().map_err(|error| error.to_string())?);
    let environment = Arc::new(Environment::new(
        Arc::new(DefaultRandom::default()),
        Some(Arc::new(clock)),
        Parallelism::new(1, 1),
        Arc::new(|_: &str| ()),
        false,
    ));
    // The clock ends it; the limits here are only there because the defaults are short.
    let config = VrpConfigBuilder::new(problem.clone())
        .set_environment(environment)
        .prebuild()?
        .with_max_time(Some(100_000))
        .with_max_generations(Some(100_000_000))
        .build()?;
    let solution = Solver::new(problem.clone(), config).solve()?;
    let mut text = BufWriter::new(Vec::new());
    write_pragmatic(&problem, &solution, PragmaticOutputType::OnlyPragmatic, &mut text)?;
    let solution: Value = serde_json::from_slice(&text.into_inner()?)?;
    let mut plan = vec![Vec::new(); routes];
    for (sites, tour) in plan.iter_mut().zip(solution["tours"].as_array().into_iter().flatten()) {
        let stops = tour["stops"].as_array().into_iter().flatten();
        let activities = stops.flat_map(|stop| stop["activities"].as_array().into_iter().flatten());
        for activity in activities.filter(|activity| activity["type"] == "service") {
            let node: usize = activity["jobId"].as_str().ok_or("a job has a name")?.parse()?;
            sites.push(node - 1);
        }
    }
    Ok(plan)
}

fn problem(instance: &Instance, routes: usize) -> Value {
    let depot = &instance.nodes[0].window;
    let sites = instance.nodes.iter().enumerate().skip(1);
    let jobs: Vec<Value> = sites
        .map(|(node, site)| {
            json!({
                "id": node.to_string(),
                "value": site.value,
                "services": [{"places": [{
                    "location": {"index": node},
                    "duration": site.duration,
                    "times": [[moment(site.window.open), moment(site.window.last)]],
                }]}],
            })
        })
        .collect();
    let vehicles: Vec<String> = (0..routes).map(|route| format!("v{route}")).collect();
    json!({
        "plan": {"jobs": jobs},
        "fleet": {
            "vehicles": [{
                "typeId": "v",
                "vehicleIds": vehicles,
                "profile": {"matrix": "line"},
                "costs": {"fixed": 0, "distance": 1, "time": 0},
                "shifts": [{
                    "start": {"earliest": moment(depot.open), "location": {"index": 0}},
                    "end": {"latest": moment(depot.last), "location": {"index": 0}},
                }],
                "capacity": [instance.nodes.len()],
            }],
            "profiles": [{"name": "line"}],
        },
        "objectives": [{"type": "maximize-value"}, {"type": "minimize-cost"}],
    })
}

fn matrix(instance: &Instance) -> Value {
    let nodes = 0..instance.nodes.len();
    let ticks: Vec<i64> =
        nodes.clone().flat_map(|from| nodes.clone().map(move |to| instance.distance(from, to))).collect();
    json!({"profile": "line", "travelTimes": ticks, "distances": ticks})
}

/// A tick as a second after the first of January 2000.
fn moment(ticks: i64) -> String {
    let (day, second) = (ticks / 86_400, ticks % 86_400);
    format!("2000-01-{:02}T{:02}:{:02}:{:02}Z", day + 1, second / 3600, second / 60 % 60, second % 60)
}

/// Ends the search after some seconds of the wall or of the processor.
#[derive(Clone, Copy)]
struct Clock {
    cpu: bool,
    began: Instant,
    running: f64,
    seconds: f64,
}

impl Clock {
    fn new(cpu: bool, seconds: f64) -> Self {
        Self { cpu, began: Instant::now(), running: running(), seconds }
    }

    fn read(&self) -> f64 {
        if self.cpu { running() - self.running } else { self.began.elapsed().as_secs_f64() }
    }
}

impl Quota for Clock {
    fn is_reached(&self) -> bool {
        self.read() >= self.seconds
    }
}

/// The seconds that all threads of this process were running (Linux, hundredths).
fn running() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / 100.0
}
