//! The published instances of the team orienteering problem with time windows: solved and checked by number of node.

use std::path::{Path, PathBuf};
use std::time::Instant;

use distretto_orienteering::toptw::{Instance, read};
use distretto_orienteering::{Options, Proof, solve};
use distretto_study::edition::files::{whole_file, write_text};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::check::toptw::{Refused, check};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::output::print_text;

/// The answer to an instance, as a file holds it.
#[derive(Serialize, Deserialize)]
struct Answer {
    /// Name of the instance: that of its file without its ending.
    #[serde(default)]
    instance: String,
    /// Nodes of each route in order, without the depot; nodes are numbered as in the instance.
    routes: Vec<Vec<usize>>,
    /// The sum of the profits of these nodes.
    profit: u64,
    /// Whether it is proven that there is no better answer.
    #[serde(default)]
    proven: bool,
    /// What makes the same answer again, where no time limit ended the search.
    #[serde(default)]
    seed: u64,
    /// Iterations of the search; 0 where the exact method answered.
    #[serde(default)]
    iterations: u64,
}

/// How an instance is to be solved.
pub struct Search<'a> {
    pub file: &'a Path,
    pub routes: usize,
    pub seconds: Option<f64>,
    pub iterations: Option<u64>,
    pub seed: u64,
    pub start: Option<&'a Path>,
    pub out: Option<&'a PathBuf>,
}

/// Solves an instance and writes the answer.
pub fn solve_instance(search: &Search<'_>, quiet: bool) -> Result<(), Failure> {
    let (instance, name) = (instance(search.file)?, name(search.file));
    let problem = instance
        .problem(search.routes)
        .map_err(|error| Fault::new(Code::ToptwFile, error.to_string()).in_file(search.file))?;
    let start = search.start.map(answer).transpose()?.map(|answer| sites(&answer.routes, search.routes));
    let begun = Instant::now();
    let limit = search.seconds;
    let spent = move || limit.map_or(0.0, |limit| begun.elapsed().as_secs_f64() / limit);
    let options = Options {
        seed: search.seed,
        iterations: search.iterations,
        spent: limit.is_some().then_some(&spent),
        start: start.as_deref(),
        ..Options::default()
    };
    let solution = solve(&problem, &options)
        .map_err(|error| Fault::new(Code::ToptwAnswer, error.to_string()).in_file(search.file))?;
    let answer = Answer {
        instance: name,
        routes: solution
            .plan()
            .into_iter()
            .map(|route| route.into_iter().map(|site| site + 1).collect())
            .collect(),
        profit: solution.score.value.unsigned_abs(),
        proven: solution.proof == Proof::Optimal,
        seed: search.seed,
        iterations: solution.iterations,
    };
    let text = serde_json::to_string_pretty(&answer)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?
        + "\n";
    match search.out {
        Some(out) => whole_file(out, |path| write_text(&text, path))?,
        None => print_text(&text)?,
    }
    if !quiet {
        eprintln!(
            "{}: profit {} on {} routes, {}",
            answer.instance,
            answer.profit,
            answer.routes.iter().filter(|route| !route.is_empty()).count(),
            if answer.proven {
                "proven to be the best".to_owned()
            } else {
                format!("after {} iterations", answer.iterations)
            }
        );
    }
    Ok(())
}

/// Checks an answer: prints `profit N`, or why it is not one.
pub fn check_instance(file: &Path, routes: usize, plan: &Path) -> Result<(), Failure> {
    let answer = answer(plan)?;
    match check(&text(file)?, routes, &answer.routes, answer.profit) {
        Ok(profit) => print_text(&format!("profit {profit}\n")),
        Err(refused @ Refused::Unreadable { .. }) => {
            Err(Fault::new(Code::ToptwFile, refused.to_string()).in_file(file).into())
        }
        Err(refused) => {
            print_text(&format!("refused: {refused}\n"))?;
            Err(Failure::No)
        }
    }
}

fn instance(file: &Path) -> Result<Instance> {
    read(&text(file)?, None).map_err(|error| {
        Fault::new(Code::ToptwFile, "the file is not an instance of the problem")
            .in_file(file)
            .because(error.to_string())
            .hint("a file begins with the lines `k v N t` and `D Q`; then each node has a line `i x y d S f a list... O C`")
    })
}

fn text(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| {
        Fault::new(Code::FileMissing, "the file cannot be read").in_file(file).because(error.to_string())
    })
}

fn answer(file: &Path) -> Result<Answer> {
    serde_json::from_str(&text(file)?).map_err(|error| {
        Fault::new(Code::ToptwAnswer, "the file is not an answer to an instance")
            .in_file(file)
            .because(error.to_string())
            .hint("an answer is an object like {\"routes\": [[32, 33], [5]], \"profit\": 60}")
    })
}

/// Routes by number of site; numbers that no site has are left to be refused by the solver.
fn sites(routes: &[Vec<usize>], most: usize) -> Vec<Vec<usize>> {
    let mut sites: Vec<Vec<usize>> =
        routes.iter().map(|route| route.iter().map(|node| node.wrapping_sub(1)).collect()).collect();
    sites.resize(most.max(sites.len()), Vec::new());
    sites
}

fn name(file: &Path) -> String {
    file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
