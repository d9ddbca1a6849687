//! Solves published instances and compares with the best known values.
//!
//! `toptw_gaps FOLDER [--names c101,pr03] [--routes 1,2] [--pairs c101:2,pr03:4] [--seconds S] [--iterations N] [--seed N] [--again CSV]
//! [--clock wall|cpu]` prints `instance,m,profit,bks,gap,seconds` and the mean gap. FOLDER holds `instances/` and `best_known_toptw.csv`. `--again` takes
//! only those pairs for which an earlier output has a gap above 0. `--clock cpu` counts the seconds that the process was running (Linux),
//! for machines with other work. Every answer is checked here, without the code that found it.

use std::cell::Cell;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use distretto_orienteering::toptw::{self, Instance};
use distretto_orienteering::{Options, solve};

struct Asked {
    folder: String,
    names: Option<Vec<String>>,
    routes: Vec<usize>,
    pairs: Option<Vec<(String, usize)>>,
    seconds: f64,
    iterations: Option<u64>,
    seed: u64,
    again: Option<String>,
    cpu: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Result<Asked, String> {
    let mut arguments = std::env::args().skip(1);
    let mut asked = Asked {
        folder: arguments.next().ok_or("a folder is expected")?,
        names: None,
        routes: vec![1, 2, 3, 4],
        pairs: None,
        seconds: 10.0,
        iterations: None,
        seed: 1,
        again: None,
        cpu: false,
    };
    let list = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} takes a value"))?;
        let wrong = || format!("{name} does not take '{value}'");
        match name.as_str() {
            "--names" => asked.names = Some(list(&value)),
            "--routes" => {
                asked.routes =
                    list(&value).iter().map(|m| m.parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
            }
            "--pairs" => {
                let pair = |text: &String| {
                    let (name, m) = text.split_once(':').ok_or_else(wrong)?;
                    Ok::<_, String>((name.to_owned(), m.parse().map_err(|_| wrong())?))
                };
                asked.pairs = Some(list(&value).iter().map(pair).collect::<Result<_, _>>()?);
            }
            "--seconds" => asked.seconds = value.parse().map_err(|_| wrong())?,
            "--iterations" => asked.iterations = Some(value.parse().map_err(|_| wrong())?),
            "--seed" => asked.seed = value.parse().map_err(|_| wrong())?,
            "--clock" => {
                asked.cpu = match value.as_str() {
                    "cpu" => true,
                    "wall" => false,
                    _ => return Err(wrong()),
                };
            }
            "--again" => asked.again = Some(value),
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(asked)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The rows of a table whose first columns are an instance, routes and a number.
fn rows(text: &str) -> Vec<(String, usize, Vec<String>)> {
    let row = |line: &str| {
        let mut fields = line.split(',').map(str::to_owned);
        let (name, routes) = (fields.next()?, fields.next()?.parse().ok()?);
        Some((name, routes, fields.collect()))
    };
    text.lines().filter_map(row).collect()
}

fn run() -> Result<(), String> {
    let asked = asked()?;
    let folder = Path::new(&asked.folder);
    let known = rows(&read(&folder.join("best_known_toptw.csv"))?);
    let again = match &asked.again {
        Some(path) => Some(rows(&read(Path::new(path))?)),
        None => None,
    };
    let wanted = |name: &str, m: usize| {
        let gap = |fields: &[String]| fields.get(2).and_then(|gap| gap.parse::<f64>().ok()).unwrap_or(0.0);
        let missed = |rows: &Vec<(String, usize, Vec<String>)>| {
            rows.iter().any(|(other, routes, fields)| other == name && *routes == m && gap(fields) > 0.0)
        };
        asked.names.as_ref().is_none_or(|names| names.iter().any(|other| other == name))
            && asked.routes.contains(&m)
            && asked.pairs.as_ref().is_none_or(|pairs| pairs.contains(&(name.to_owned(), m)))
            && again.as_ref().is_none_or(missed)
    };
    println!("instance,m,profit,bks,gap,seconds");
    let (mut gaps, mut count) = (0.0, 0);
    for (name, m, fields) in known.iter().filter(|(name, m, _)| wanted(name, *m)) {
        let best: i64 =
            fields.first().and_then(|best| best.parse().ok()).ok_or("a best known value is expected")?;
        let text = read(&folder.join("instances").join(format!("{name}.txt")))?;
        let instance = toptw::read(&text, None).map_err(|error| format!("{name}: {error}"))?;
        let problem = instance.problem(*m).map_err(|error| format!("{name}: {error}"))?;
        let clock = Clock::new(asked.cpu);
        let spent = || clock.seconds() / asked.seconds;
        let options = Options {
            seed: asked.seed,
            iterations: asked.iterations,
            spent: Some(&spent),
            ..Options::default()
        };
        let solution = solve(&problem, &options).map_err(|error| format!("{name}: {error}"))?;
        let seconds = clock.read();
        let profit = check(&instance, *m, &solution.plan())
            .map_err(|reason| format!("{name}, {m} routes: {reason}"))?;
        if profit != solution.score.value {
            return Err(format!("{name}, {m} routes: {profit} is not {}", solution.score.value));
        }
        let gap = 100.0 * (best - profit) as f64 / best as f64;
        println!("{name},{m},{profit},{best},{gap:.3},{seconds:.2}");
        eprintln!("{name} {m} iterations {}", solution.iterations);
        gaps += gap;
        count += 1;
    }
    println!("# {count} pairs, mean gap {:.3} %", gaps / f64::from(count.max(1)));
    Ok(())
}

/// Seconds since its start, of the wall or of the processor.
struct Clock {
    cpu: bool,
    began: Instant,
    running: f64,
    asked: Cell<u32>,
    last: Cell<f64>,
}

impl Clock {
    fn new(cpu: bool) -> Self {
        let running = if cpu { running() } else { 0.0 };
        Self { cpu, began: Instant::now(), running, asked: Cell::new(0), last: Cell::new(0.0) }
    }

    fn read(&self) -> f64 {
        if self.cpu { running() - self.running } else { self.began.elapsed().as_secs_f64() }
    }

    /// The same, where the processor's is read only now and then, as that takes longer.
    fn seconds(&self) -> f64 {
        self.asked.set(self.asked.get() + 1);
        if !self.cpu || self.asked.get() % 32 == 1 {
            self.last.set(self.read());
        }
        self.last.get()
    }
}

/// The seconds that this process was running.
fn running() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|field| field.parse::<f64>().ok());
    nanoseconds.unwrap_or(0.0) / 1e9
}

/// The profit of a plan by the instance alone, or why it is not feasible.
fn check(instance: &Instance, routes: usize, plan: &[Vec<usize>]) -> Result<i64, String> {
    if plan.len() > routes {
        return Err(format!("{} routes", plan.len()));
    }
    let mut visited = vec![false; instance.nodes.len()];
    let mut profit = 0;
    for sites in plan {
        let (mut clock, mut at) = (instance.nodes[0].window.open, 0);
        for node in sites.iter().map(|site| site + 1) {
            let place = &instance.nodes[node];
            if std::mem::replace(&mut visited[node], true) {
                return Err(format!("node {node} is visited twice"));
            }
            clock = (clock + floor_distance(instance, at, node)).max(place.window.open);
            if clock > place.window.last {
                return Err(format!("node {node} is started at {clock}, after {}", place.window.last));
            }
            clock += place.duration;
            profit += place.value;
            at = node;
        }
        clock += floor_distance(instance, at, 0);
        if clock > instance.nodes[0].window.last {
            return Err(format!("a route ends at {clock}"));
        }
    }
    Ok(profit)
}

/// The distance in ticks: the greatest whole number whose square is not above that of the straight line.
fn floor_distance(instance: &Instance, from: usize, to: usize) -> i64 {
    let ((x, y), (u, v)) = (instance.nodes[from].position, instance.nodes[to].position);
    let square = i128::from((x - u) * (x - u) + (y - v) * (y - v));
    let per_tick = i128::from(1000 / instance.decimals.ticks());
    let mut ticks = (square as f64).sqrt() as i128 / per_tick + 2;
    while ticks * per_tick * (ticks * per_tick) > square {
        ticks -= 1;
    }
    ticks as i64
}
