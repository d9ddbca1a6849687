//! Plans that are made, tried and explained. Nothing is stored.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use chrono::NaiveDate;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::choosing::{Worth, worth};
use distretto_tours::plan::DayPlan;
use distretto_tours::planning::{
    self, Bases, Change, Event, Late, Options, PlanError, Prepared, alternatives,
};
use distretto_tours::reasons::{self, ReasonsError};
use distretto_tours::{Demand, Host, Plan, State as Stage, Tour, Travel, Visit};

use super::accounts;
use super::agreements::known;
use super::at::At;
use super::documents::{
    ClashDoc, Order, OutsideDoc, ReasonDoc, ReasonsDoc, Replan, ReplannedDoc, Solve, SolvedDoc, TimedDoc,
    TriedDoc, Try, WhyNot,
};
use super::plans::{MOST, bounded};
use super::sent::{LONG, Sent, refused};
use super::timed::{document, hosts_of, tour_hosts};
use super::visitor::Visitor;
use super::whole::Whole;
use super::withheld::json_for;
use super::{Answered, Desk};
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
    visitor: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<Try>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    let tried = blocking(&shared, move |shared| tried(shared.desk()?, &id, &tour, &wanted.days)).await?;
    json_for(&visitor, tried)
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
    let most = tour.hosts.len().min(MOST);
    if hosts.iter().map(|hosts| hosts.len()).sum::<usize>() > most {
        return Err(refused(format!("at most {most} visits can be tried"))
            .because("the tour has no more hosts, or the server tries no more at once"));
    }
    let codes: BTreeSet<&str> = hosts.iter().copied().flatten().map(String::as_str).collect();
    let (travel, worth) = (near(desk, id, tour, &codes)?, worth(tour));
    let demanded = |code: &str| tour.visits.iter().any(|visit| visit.host == code && is_demanded(visit));
    let wanted = |host: &Host| codes.contains(host.code.as_str()) || demanded(&host.code);
    let prepared = Prepared::of(tour, &travel, wanted).map_err(|error| unplannable(&error))?;
    let orders: Vec<Option<&Order>> = days.iter().map(on).collect();
    let mut best: Option<(Rank, TriedDoc, Vec<DayPlan>)> = None;
    for bases in bases(tour, &orders)? {
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
            let timed = clashes.is_empty().then_some(timed);
            TriedDoc { feasible: clashes.is_empty(), timed, partly: None, clashes }
        } else {
            TriedDoc { feasible: false, timed: None, partly: None, clashes }
        };
        let driving = tried.timed.as_ref().map(|timed| timed.driving);
        let rank = (!tried.feasible, others(&bases, &orders), tried.clashes.len(), driving);
        if best.as_ref().is_none_or(|(least, ..)| rank < *least) {
            let fit =
                arranged.days.into_iter().filter(|day| day.refused.is_empty()).filter_map(|day| day.plan);
            best = Some((rank, tried, fit.filter(|day| !day.stops.is_empty()).collect()));
        }
    }
    let (_, tried, days) = best.ok_or_else(|| unplannable(&PlanError::NoDays))?;
    if tried.feasible || days.is_empty() {
        return Ok(tried);
    }
    let partly =
        TimedDoc { clashes: Vec::new(), ..document(tour, &travel, &worth, Plan { days, proven: None }) };
    Ok(TriedDoc { partly: Some(partly), ..tried })
}

/// What is better comes first: what can be kept, with the bases that were named, with fewer clashes, with less driving.
type Rank = (bool, usize, usize, Option<i64>);

/// How many bases are not those that the orders name.
fn others(bases: &Bases, orders: &[Option<&Order>]) -> usize {
    let named = |named: &Option<String>, code: &str| named.as_deref().is_none_or(|named| named == code);
    let days = bases.days.iter().zip(orders).filter_map(|(day, order)| Some((day, (*order)?)));
    days.map(|((from, to), order)| {
        usize::from(!named(&order.from, from)) + usize::from(!named(&order.to, to))
    })
    .sum()
}

/// All choices of bases that the frame leaves, at most so many: those that the orders name first, then in the order of the frame.
fn bases(tour: &Tour, orders: &[Option<&Order>]) -> Result<Vec<Bases>> {
    let frame = &tour.frame;
    let known = |code: &String| {
        if tour.base(code).is_some() {
            return Ok(code.clone());
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
            let begins: Vec<String> = if day.from.is_empty() {
                before.into_iter().collect()
            } else {
                let others = day.from.iter().filter(|code| Some(*code) != from.as_ref());
                from.iter().chain(others).cloned().collect()
            };
            let hotel = choice.first().map(|(_, hotel)| hotel).filter(|_| frame.one_hotel && !last);
            let sleeps = |code: &String| last || tour.base(code).is_some_and(|base| base.hotel);
            let fits = |code: &&String| sleeps(code) && hotel.is_none_or(|hotel| hotel == *code);
            let others = day.to.iter().filter(fits).filter(|code| Some(*code) != to.as_ref());
            let ends: Vec<String> = to.iter().chain(others).cloned().collect();
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
    visitor: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<Solve, LONG>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    if let Some(Whole(start)) = &wanted.start {
        bounded(start, &tour.frame)?;
    }
    if wanted.alternatives > ALTERNATIVES {
        return Err(refused(format!("at most {ALTERNATIVES} alternatives are looked for")).into());
    }
    let limit = seconds(wanted.seconds)?;
    let solved =
        aside(&shared, &visitor, limit, move |desk, spent| solved(desk, &id, &tour, &wanted, spent)).await?;
    json_for(&visitor, solved)
}

fn solved(desk: &Desk, id: &str, tour: &Tour, wanted: &Solve, spent: &dyn Fn() -> f64) -> Result<SolvedDoc> {
    let worth = worth(tour);
    let start = wanted.start.as_ref().map(|Whole(start)| start);
    let kept = start.map(|start| hosts_of(tour, start)).unwrap_or_default();
    let travel = among(desk, id, tour, &worth, &kept)?;
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
    visitor: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<Replan, LONG>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    bounded(&wanted.plan.0, &tour.frame)?;
    if wanted.declined.len() > MOST {
        return Err(refused(format!("at most {MOST} hosts can decline at once")).into());
    }
    for host in &wanted.declined {
        known(&tour, host)?;
    }
    if wanted.late.is_some() && wanted.now.is_none() {
        let fault = refused("where the coach is late, `now` must say what time it is");
        return Err(fault.because("what has begun by then is kept").into());
    }
    let limit = seconds(wanted.seconds)?;
    let replanned =
        aside(&shared, &visitor, limit, move |desk, spent| replanned(desk, &id, &tour, wanted, spent))
            .await?;
    json_for(&visitor, replanned)
}

fn replanned(
    desk: &Desk,
    id: &str,
    tour: &Tour,
    wanted: Replan,
    spent: &dyn Fn() -> f64,
) -> Result<ReplannedDoc> {
    let worth = worth(tour);
    let Whole(plan) = wanted.plan;
    let travel = among(desk, id, tour, &worth, &hosts_of(tour, &plan))?;
    let options = Options { seed: wanted.seed, iterations: ITERATIONS, spent: Some(spent), start: None };
    let late = wanted.late.map(|late| Late { until: late.until, at: late.at });
    let event = Event { now: wanted.now, declined: wanted.declined, late };
    let mut answer = ReplannedDoc::default();
    match planning::replan(tour, &travel, &worth, &plan, &event, &options) {
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
            let days: BTreeSet<NaiveDate> = replanned.day_changes.iter().map(|change| change.date).collect();
            answer.days = days.into_iter().collect();
            answer.plans.push(document(tour, &travel, &worth, replanned.plan));
        }
    }
    Ok(answer)
}

/// Why hosts are not in a plan.
pub(super) async fn reasons(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    At(id): At<String>,
    Sent(wanted): Sent<WhyNot, LONG>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    let Whole(plan) = wanted.plan;
    bounded(&plan, &tour.frame)?;
    let limit = Duration::from_secs(LONGEST);
    let told =
        aside(&shared, &visitor, limit, move |desk, spent| explained(desk, &id, &tour, &plan, spent)).await?;
    json_for(&visitor, told)
}

fn explained(desk: &Desk, id: &str, tour: &Tour, plan: &Plan, spent: &dyn Fn() -> f64) -> Result<ReasonsDoc> {
    let worth = worth(tour);
    let travel = among(desk, id, tour, &worth, &hosts_of(tour, plan))?;
    let asked = reasons::Asked { host: None, spent: Some(spent) };
    let outside = match reasons::reasons(tour, &travel, &worth, plan, &asked) {
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
    let why = match error {
        // What stands in the way could be what travellers need, which is not for everybody.
        PlanError::Infeasible(_) => "no plan keeps to all that is demanded".to_owned(),
        error => error.to_string(),
    };
    Fault::new(Code::TourUnplannable, "the tour cannot be planned as it stands").because(why)
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

/// A search of a user; over when it is dropped.
struct Search {
    shared: Arc<Shared>,
    user: String,
}

impl Search {
    /// Begins where no other of the same user is under way, so that one user leaves room for others.
    fn begin(shared: &Arc<Shared>, user: String) -> Result<Self> {
        if !shared.desk()?.begin_search(&user) {
            return Err(Fault::new(Code::AtlasBusy, "a plan is being looked for already")
                .because("each user has one search at a time")
                .hint("wait until it is over, or stop it"));
        }
        Ok(Self { shared: Arc::clone(shared), user })
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        if let Ok(desk) = self.shared.desk() {
            desk.end_search(&self.user);
        }
    }
}

/// Does work for a user on a thread of its own, when one is free. What it gets tells the share of the time that is spent, and that all of it is once nobody
/// waits any more.
async fn aside<T: Send + 'static>(
    shared: &Arc<Shared>,
    visitor: &Visitor,
    limit: Duration,
    work: impl FnOnce(&Desk, &dyn Fn() -> f64) -> Result<T> + Send + 'static,
) -> Result<T> {
    let busy = || {
        Fault::new(Code::AtlasBusy, "as many plans as the server allows are being looked for")
            .hint("ask again in a moment")
    };
    let search = Search::begin(shared, visitor.session.user.clone())?;
    let turn = Arc::clone(&shared.desk()?.solves).try_acquire_owned().map_err(|_| busy())?;
    let stop = StopOnDrop(Arc::new(AtomicBool::new(false)));
    let (flag, shared) = (Arc::clone(&stop.0), Arc::clone(shared));
    let work = tokio::task::spawn_blocking(move || {
        // The turn is over when the work is, not when its reader went away.
        let _turn = (turn, search);
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
