//! Plans that are made, tried and explained. Nothing is stored.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use chrono::NaiveDate;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::choosing::{Worth, worth};
use distretto_tours::planning::{
    self, Bases, Change, Event, Late, Options, PlanError, Prepared, alternatives,
};
use distretto_tours::reasons::{self, ReasonsError};
use distretto_tours::{Demand, Host, Plan, State as Stage, Tour, Travel, Visit};

use super::accounts;
use super::agreements::known;
use super::at::At;
use super::documents::{
    ClashDoc, Order, OutsideDoc, ReasonDoc, ReasonsDoc, Replan, ReplannedDoc, Solve, SolvedDoc, TriedDoc,
    Try, WhyNot,
};
use super::plans::bounded;
use super::sent::{LONG, Sent, refused};
use super::timed::{document, hosts_of, tour_hosts};
use super::visitor::Visitor;
use super::{Answered, Desk, json};
use crate::query::shown;
use crate::server::Shared;
use crate::server::answer::blocking;
use crate::server::rerun::StopOnDrop;

/// Most seconds of a search.
const LONGEST: u64 = 20;

/// More than any search makes: its time ends it.
const ITERATIONS: u64 = 1 << 40;

/// Most alternatives to the best plan, and how many hosts each leaves out of every other.
const ALTERNATIVES: usize = 5;
const DIFFER: usize = 2;

/// Most choices of bases that are tried.
const CHOICES: usize = 64;

/// Up to so many hosts, ways between all of them are had at once.
const USUAL: usize = 200;

/// Tries an order: what fits is timed, and what does not says why.
pub(super) async fn attempt(
    State(shared): State<Arc<Shared>>,
    _: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<Try>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    let tried = blocking(&shared, move |shared| tried(shared.desk()?, &id, &tour, &wanted.days)).await?;
    json(&tried)
}

fn tried(desk: &Desk, id: &str, tour: &Tour, orders: &[Order]) -> Result<TriedDoc> {
    let days: Vec<NaiveDate> = tour.frame.days.iter().map(|day| day.date).collect();
    if let Some(order) = orders.iter().find(|order| !days.contains(&order.date)) {
        return Err(refused(format!("the tour has no day {}", order.date)));
    }
    if orders.iter().enumerate().any(|(at, order)| orders[..at].iter().any(|other| other.date == order.date))
    {
        return Err(refused("a day is there twice"));
    }
    let on = |date: &NaiveDate| orders.iter().find(|order| order.date == *date);
    let hosts: Vec<&[String]> =
        days.iter().map(|day| on(day).map_or(&[][..], |order| &order.hosts)).collect();
    if hosts.iter().map(|hosts| hosts.len()).sum::<usize>() > tour.hosts.len() {
        return Err(refused("more visits than the tour has hosts"));
    }
    let codes: BTreeSet<&str> = hosts.iter().copied().flatten().map(String::as_str).collect();
    let (travel, worth) = (near(desk, id, tour, &codes)?, worth(tour));
    let demanded = |code: &str| tour.visits.iter().any(|visit| visit.host == code && is_demanded(visit));
    let wanted = |host: &Host| codes.contains(host.code.as_str()) || demanded(&host.code);
    let prepared = Prepared::of(tour, &travel, wanted).map_err(|error| unplannable(&error))?;
    let mut best: Option<(usize, TriedDoc)> = None;
    for bases in bases(tour, &days.iter().map(on).collect::<Vec<_>>())? {
        let lists: Vec<Vec<&str>> =
            hosts.iter().map(|hosts| hosts.iter().map(String::as_str).collect()).collect();
        let arranged = prepared.arrange(&bases, &lists);
        let mut clashes: Vec<ClashDoc> = arranged.missing.iter().map(accounts::missing).collect();
        for day in &arranged.days {
            clashes.extend(day.refused.iter().map(|visit| accounts::refused(day.date, visit)));
            clashes.extend(day.why.iter().map(|why| accounts::refusal(day.date, None, why)));
        }
        let tried = if arranged.fits() {
            let timed = document(tour, &travel, &worth, arranged.plan());
            // The check shares no code with the arranging: it has the last word.
            let clashes = timed.clashes.clone();
            TriedDoc { feasible: clashes.is_empty(), timed: clashes.is_empty().then_some(timed), clashes }
        } else {
            TriedDoc { feasible: false, timed: None, clashes }
        };
        let rank = tried.clashes.len();
        let driving = |tried: &TriedDoc| tried.timed.as_ref().map(|timed| timed.driving);
        if best.as_ref().is_none_or(|(least, other)| (rank, driving(&tried)) < (*least, driving(other))) {
            best = Some((rank, tried));
        }
    }
    best.map(|(_, tried)| tried).ok_or_else(|| unplannable(&PlanError::NoDays))
}

/// All choices of bases that the frame and the orders leave, in the order of the frame, at most so many.
fn bases(tour: &Tour, orders: &[Option<&Order>]) -> Result<Vec<Bases>> {
    let frame = &tour.frame;
    let known = |code: &String| {
        if tour.base(code).is_some() {
            return Ok(vec![code.clone()]);
        }
        Err(refused(format!("the tour has no base `{}`", shown(code))))
    };
    let mut choices: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (at, day) in frame.days.iter().enumerate() {
        let order = orders.get(at).copied().flatten();
        let from = order.and_then(|order| order.from.as_ref()).map(known).transpose()?;
        let to = order.and_then(|order| order.to.as_ref()).map(known).transpose()?;
        let last = at + 1 == frame.days.len();
        let mut longer = Vec::new();
        for choice in choices {
            let before = choice.last().map(|(_, to): &(String, String)| to.clone());
            let begins = match (&from, day.from.as_slice()) {
                (Some(from), _) => from.clone(),
                (None, []) => before.into_iter().collect(),
                (None, from) => from.to_vec(),
            };
            let hotel = choice.first().map(|(_, hotel)| hotel).filter(|_| frame.one_hotel && !last);
            let ends = to.clone().unwrap_or_else(|| {
                let sleeps = |code: &String| last || tour.base(code).is_some_and(|base| base.hotel);
                day.to
                    .iter()
                    .filter(|code| sleeps(code) && hotel.is_none_or(|hotel| hotel == *code))
                    .cloned()
                    .collect()
            });
            for from in &begins {
                let with = |to: &String| choice.iter().cloned().chain([(from.clone(), to.clone())]).collect();
                longer.extend(ends.iter().map(with));
            }
        }
        longer.truncate(CHOICES);
        choices = longer;
    }
    Ok(choices.into_iter().map(|days| Bases { days }).collect())
}

/// Looks for the best plan.
pub(super) async fn solve(
    State(shared): State<Arc<Shared>>,
    _: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<Solve, LONG>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    if let Some(start) = &wanted.start {
        bounded(start)?;
    }
    if wanted.alternatives > ALTERNATIVES {
        return Err(refused(format!("at most {ALTERNATIVES} alternatives are looked for")).into());
    }
    let limit = seconds(wanted.seconds)?;
    let solved = aside(&shared, limit, move |desk, spent| solved(desk, &id, &tour, &wanted, spent)).await?;
    json(&solved)
}

fn solved(desk: &Desk, id: &str, tour: &Tour, wanted: &Solve, spent: &dyn Fn() -> f64) -> Result<SolvedDoc> {
    let worth = worth(tour);
    let kept = wanted.start.as_ref().map(|start| hosts_of(tour, start)).unwrap_or_default();
    let travel = among(desk, id, tour, &worth, &kept)?;
    let start = wanted.start.as_ref();
    let options = Options { seed: wanted.seed, iterations: ITERATIONS, spent: Some(spent), start };
    let found = alternatives(tour, &travel, &worth, &options, wanted.alternatives + 1, DIFFER);
    Ok(match found {
        Ok(found) => {
            let timed = |planned: planning::Planned| document(tour, &travel, &worth, planned.plan);
            SolvedDoc { plans: found.plans.into_iter().map(timed).collect(), clashes: Vec::new() }
        }
        Err(error) => SolvedDoc { plans: Vec::new(), clashes: against(error)? },
    })
}

/// Changes a plan as little as possible after something has happened.
pub(super) async fn replan(
    State(shared): State<Arc<Shared>>,
    _: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<Replan, LONG>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    bounded(&wanted.plan)?;
    for host in &wanted.declined {
        known(&tour, host)?;
    }
    let limit = seconds(wanted.seconds)?;
    let replanned =
        aside(&shared, limit, move |desk, spent| replanned(desk, &id, &tour, wanted, spent)).await?;
    json(&replanned)
}

fn replanned(
    desk: &Desk,
    id: &str,
    tour: &Tour,
    wanted: Replan,
    spent: &dyn Fn() -> f64,
) -> Result<ReplannedDoc> {
    let worth = worth(tour);
    let travel = among(desk, id, tour, &worth, &hosts_of(tour, &wanted.plan))?;
    let options = Options { seed: wanted.seed, iterations: ITERATIONS, spent: Some(spent), start: None };
    let late = wanted.late.map(|late| Late { until: late.until, at: late.at });
    let event = Event { now: wanted.now, declined: wanted.declined, late };
    let mut answer = ReplannedDoc::default();
    match planning::replan(tour, &travel, &worth, &wanted.plan, &event, &options) {
        Err(error) => answer.clashes = against(error)?,
        Ok(replanned) => {
            for change in replanned.changes {
                match change {
                    Change::Removed { host, .. } => answer.gone.push(host),
                    Change::Added { host, .. } => answer.new.push(host),
                    Change::OtherDay { host, .. } | Change::OtherTime { host, .. } => answer.moved.push(host),
                }
            }
            answer.lost = replanned.lost;
            answer.plans.push(document(tour, &travel, &worth, replanned.plan));
        }
    }
    Ok(answer)
}

/// Why hosts are not in a plan.
pub(super) async fn reasons(
    State(shared): State<Arc<Shared>>,
    _: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<WhyNot, LONG>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    bounded(&wanted.plan)?;
    let limit = Duration::from_secs(LONGEST);
    let told = aside(&shared, limit, move |desk, _| explained(desk, &id, &tour, &wanted.plan)).await?;
    json(&told)
}

fn explained(desk: &Desk, id: &str, tour: &Tour, plan: &Plan) -> Result<ReasonsDoc> {
    let worth = worth(tour);
    let travel = among(desk, id, tour, &worth, &hosts_of(tour, plan))?;
    let outside = match reasons::reasons(tour, &travel, &worth, plan, &reasons::Asked::default()) {
        Ok(outside) => outside,
        Err(ReasonsError::Broken(violations)) => {
            let clashes = violations.iter().map(accounts::violated).collect();
            return Ok(ReasonsDoc { reasons: Vec::new(), clashes });
        }
        Err(ReasonsError::Tour(error)) => return Err(unplannable(&error)),
    };
    let told = outside.into_iter().map(|host| OutsideDoc {
        text: host.to_string(),
        host: host.host.code,
        adds: host.adds,
        reasons: host
            .reasons
            .into_iter()
            .map(|reason| ReasonDoc { text: reason.to_string(), whys: reason.whys })
            .collect(),
    });
    Ok(ReasonsDoc { reasons: told.collect(), clashes: Vec::new() })
}

/// What stands against any plan; an error where the tour itself is at fault.
fn against(error: PlanError) -> Result<Vec<ClashDoc>> {
    match error {
        PlanError::Infeasible(why) => Ok(why.missing.iter().map(accounts::missing).collect()),
        error => Err(unplannable(&error)),
    }
}

fn unplannable(error: &PlanError) -> Box<Fault> {
    Fault::new(Code::TourUnplannable, "the tour cannot be planned as it stands").because(error.to_string())
}

fn is_demanded(visit: &Visit) -> bool {
    visit.state == Stage::Confirmed || visit.demand == Demand::Mandatory
}

/// The ways between all places of a tour of usual size, so that they are there for the next try; between those that are asked about of a large
/// one.
fn near(desk: &Desk, id: &str, tour: &Tour, codes: &BTreeSet<&str>) -> Result<Arc<Travel>> {
    let all: BTreeSet<&str>;
    let codes = if tour.hosts.len() <= USUAL {
        all = tour.hosts.iter().map(|host| host.code.as_str()).collect();
        &all
    } else {
        codes
    };
    desk.travel(id, tour, &tour_hosts(tour, codes))
}

/// The ways among which a plan is looked for.
fn among(desk: &Desk, id: &str, tour: &Tour, worth: &Worth, kept: &[String]) -> Result<Arc<Travel>> {
    let list =
        planning::listed(tour, &Travel::default(), worth, kept).map_err(|error| unplannable(&error))?;
    near(desk, id, tour, &list.kept.iter().map(String::as_str).collect())
}

fn seconds(seconds: u64) -> Result<Duration> {
    if (1..=LONGEST).contains(&seconds) {
        return Ok(Duration::from_secs(seconds));
    }
    Err(refused(format!("a search takes 1 to {LONGEST} seconds")))
}

/// Does work on a thread of its own, when one is free. What it gets tells the share of the time that is spent, and that all of it is once nobody
/// waits any more.
async fn aside<T: Send + 'static>(
    shared: &Arc<Shared>,
    limit: Duration,
    work: impl FnOnce(&Desk, &dyn Fn() -> f64) -> Result<T> + Send + 'static,
) -> Result<T> {
    let busy = || {
        Fault::new(Code::AtlasBusy, "as many plans as the server allows are being looked for")
            .hint("ask again in a moment")
    };
    let turn = Arc::clone(&shared.desk()?.solves).try_acquire_owned().map_err(|_| busy())?;
    let stop = StopOnDrop(Arc::new(AtomicBool::new(false)));
    let (flag, shared) = (Arc::clone(&stop.0), Arc::clone(shared));
    let work = tokio::task::spawn_blocking(move || {
        // The turn is over when the work is, not when its reader went away.
        let _turn = turn;
        let began = Instant::now();
        let spent = || {
            if flag.load(Ordering::Relaxed) {
                1.0
            } else {
                began.elapsed().as_secs_f64() / limit.as_secs_f64()
            }
        };
        work(shared.desk()?, &spent)
    });
    work.await.map_err(|error| Fault::new(Code::Internal, "a search broke off").because(error.to_string()))?
}
