//! What is sent and answered.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use distretto_desk::store::{Event, PlanEntry, Share, TourEntry};
use distretto_tours::choosing::Fairness;
use distretto_tours::reasons::Why;
use distretto_tours::visit::{Demand, State, Visit};
use distretto_tours::{Kind, Place, Plan, Rules, Tour};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::whole::Whole;

/// Who logs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    pub name: String,
    pub password: String,
}

/// Who is logged in; all null where nobody is.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Session)]
pub(super) struct SessionDoc {
    pub user: Option<UserDoc>,
    /// What every change carries in the header `X-Distretto-Token`.
    pub token: Option<String>,
    /// When the session ends where nothing more is asked, in seconds since 1970-01-01 UTC.
    pub expires: Option<i64>,
}

/// A user.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(super) struct UserDoc {
    pub name: String,
    /// `viewer` or `planner`.
    pub role: String,
}

/// The tours.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tours)]
pub(super) struct ToursDoc {
    pub tours: Vec<EntryDoc>,
}

/// A tour in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TourEntry)]
pub(super) struct EntryDoc {
    pub id: String,
    pub title: String,
    pub revision: i64,
    pub changed: i64,
    pub hosts: i64,
    pub delegates: i64,
    /// Date of the first day; empty where there is none.
    pub first: String,
    /// Date of the last day; empty where there is none.
    pub last: String,
    /// Names of its plans.
    pub plans: Vec<String>,
}

impl EntryDoc {
    pub fn new(entry: TourEntry, plans: Vec<String>) -> Self {
        let TourEntry { id, title, revision, changed, hosts, delegates, first, last } = entry;
        Self { id, title, revision, changed, hosts, delegates, first, last, plans }
    }
}

/// A tour as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TourSheet)]
pub(super) struct SheetDoc {
    pub id: String,
    pub revision: i64,
    pub changed: i64,
    /// The document, as `docs/tours-api.md` describes it.
    #[schema(value_type = Object)]
    pub tour: Tour,
    pub plans: Vec<PlanEntryDoc>,
    /// Where the travel times come from, as a sentence in English.
    pub travel: String,
}

/// A plan in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanEntry)]
pub(super) struct PlanEntryDoc {
    pub name: String,
    pub revision: i64,
    pub changed: i64,
    pub user: String,
}

impl From<PlanEntry> for PlanEntryDoc {
    fn from(plan: PlanEntry) -> Self {
        Self { name: plan.name, revision: plan.revision, changed: plan.changed, user: plan.user }
    }
}

/// The new revision of a tour, contact or traveller.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revision)]
pub(super) struct RevisionDoc {
    pub revision: i64,
    /// The visit that was changed, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub visit: Option<Visit>,
}

/// What was agreed with a host.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitChange {
    /// The revision of the tour that was seen.
    pub revision: i64,
    pub visit: Agreement,
}

/// A visit without its host.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreement {
    #[serde(default)]
    #[schema(value_type = String)]
    pub state: State,
    #[serde(default)]
    #[schema(value_type = String)]
    pub demand: Demand,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub start: Option<NaiveDateTime>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub day: Option<NaiveDate>,
    #[serde(default)]
    pub minutes: Option<u32>,
    #[serde(default)]
    pub extra: i64,
}

/// What is demanded of several hosts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DemandsChange {
    pub revision: i64,
    /// `free`, `mandatory` or `excluded`, by code of the host.
    #[schema(value_type = BTreeMap<String, String>)]
    pub demands: BTreeMap<String, Demand>,
}

/// What counts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesChange {
    pub revision: i64,
    #[schema(value_type = Object)]
    pub rules: Whole<Rules>,
}

/// What visits are worth, and which districts fit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TourWorth)]
pub(super) struct WorthDoc {
    pub districts: Vec<DistrictDoc>,
    pub hosts: Vec<HostDoc>,
}

/// A district with what speaks for it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RankedDistrict)]
pub(super) struct DistrictDoc {
    pub code: String,
    pub name: String,
    pub points: i64,
    pub lines: Vec<LineDoc>,
}

/// A host with what a visit would be worth, if it were the only one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RankedHost)]
pub(super) struct HostDoc {
    pub code: String,
    pub points: i64,
    pub lines: Vec<LineDoc>,
    /// Whether it can be visited at all.
    pub eligible: bool,
    /// Why not.
    pub clashes: Vec<ClashDoc>,
    /// Whether it is among those that a plan is made of.
    pub shortlisted: bool,
}

/// A line of an account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Line)]
pub(super) struct LineDoc {
    pub what: String,
    /// Null where what it rests on is not known.
    pub points: Option<i64>,
    #[schema(value_type = Object)]
    pub details: Value,
    pub text: String,
}

/// What is broken.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Clash)]
pub(super) struct ClashDoc {
    pub rule: String,
    pub text: String,
    #[schema(value_type = Option<String>)]
    pub day: Option<NaiveDate>,
    pub host: Option<String>,
    #[schema(value_type = Object)]
    pub details: Value,
    /// Place in the order that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
}

/// The log of a tour.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TourLog)]
pub(super) struct LogDoc {
    pub events: Vec<EventDoc>,
}

/// Who changed what, and when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TourEvent)]
pub(super) struct EventDoc {
    pub number: i64,
    pub at: i64,
    pub user: String,
    pub what: String,
    pub about: String,
}

impl From<Event> for EventDoc {
    fn from(event: Event) -> Self {
        let Event { number, at, user, what, about } = event;
        Self { number, at, user, what, about }
    }
}

/// A plan with what is reckoned of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Timed)]
pub(super) struct TimedDoc {
    #[schema(value_type = Object)]
    pub plan: Plan,
    /// What it breaks; empty where it keeps to everything.
    pub clashes: Vec<ClashDoc>,
    pub value: i64,
    pub visits: Vec<VisitedDoc>,
    /// What each delegate gets.
    #[schema(value_type = Object)]
    pub fairness: Fairness,
    /// In hundredths of the currency.
    pub cost: u64,
    /// Minutes.
    pub driving: i64,
    /// Minutes.
    pub waiting: i64,
    pub metres: Option<u64>,
    pub legs: Vec<LegDoc>,
}

/// What a visit adds to those before it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Visited)]
pub(super) struct VisitedDoc {
    pub host: String,
    pub points: i64,
    pub lines: Vec<LineDoc>,
}

/// A way of a plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TourLeg)]
pub(super) struct LegDoc {
    #[schema(value_type = String)]
    pub day: NaiveDate,
    pub from: String,
    pub to: String,
    /// As they are planned: rounded up.
    pub minutes: Option<u32>,
    pub metres: Option<u32>,
    /// `leg`, `no_route` or `unknown`.
    pub state: String,
}

/// A plan that is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeptPlan)]
pub(super) struct KeptPlanDoc {
    pub name: String,
    pub revision: i64,
    pub changed: i64,
    pub user: String,
    #[serde(flatten)]
    pub timed: TimedDoc,
}

/// A plan to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanChange {
    /// The revision of the plan that was seen; 0 for a new one.
    pub revision: i64,
    #[schema(value_type = Object)]
    pub plan: Whole<Plan>,
}

/// A plan to be removed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanRemoval {
    pub revision: i64,
}

/// An order to be tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Try {
    pub days: Vec<Order>,
}

/// Hosts of a day, in the order wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    #[schema(value_type = String)]
    pub date: NaiveDate,
    pub hosts: Vec<String>,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

/// What came of trying.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tried)]
pub(super) struct TriedDoc {
    pub feasible: bool,
    pub timed: Option<TimedDoc>,
    /// Where not all of it fits, the days of which everything does; without clashes.
    pub partly: Option<TimedDoc>,
    pub clashes: Vec<ClashDoc>,
}

/// How to look for a plan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Solve {
    #[serde(default = "five")]
    pub seconds: u64,
    #[serde(default = "first")]
    pub seed: u64,
    /// A plan to improve.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub start: Option<Whole<Plan>>,
    /// How many others that differ.
    #[serde(default)]
    pub alternatives: usize,
}

/// How to change a plan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Replan {
    #[schema(value_type = Object)]
    pub plan: Whole<Plan>,
    #[serde(default = "five")]
    pub seconds: u64,
    #[serde(default = "first")]
    pub seed: u64,
    /// What is before it stays as it is. A coach that is late needs it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub now: Option<NaiveDateTime>,
    /// Hosts that have said no.
    #[serde(default)]
    pub declined: Vec<String>,
    /// The coach is late.
    #[serde(default)]
    pub late: Option<LateSent>,
}

/// A coach that is late.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Late)]
pub(super) struct LateSent {
    /// When it can go on.
    #[schema(value_type = String)]
    pub until: NaiveDateTime,
    /// From where: code of a host or base.
    pub at: String,
}

const fn five() -> u64 {
    5
}

const fn first() -> u64 {
    1
}

/// Plans that were found, best first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Solved)]
pub(super) struct SolvedDoc {
    pub plans: Vec<TimedDoc>,
    /// What stands against any plan.
    pub clashes: Vec<ClashDoc>,
}

/// A plan that was changed.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Replanned)]
pub(super) struct ReplannedDoc {
    pub plans: Vec<TimedDoc>,
    pub clashes: Vec<ClashDoc>,
    /// Hosts that are visited at another time.
    pub moved: Vec<String>,
    /// Hosts that are visited no more.
    pub gone: Vec<String>,
    /// Hosts that are visited in addition.
    pub new: Vec<String>,
    /// Hosts that are confirmed or mandatory and cannot be visited any longer.
    pub lost: Vec<String>,
    /// Days that begin, pause for the meal or end at another time or place.
    #[schema(value_type = Vec<String>)]
    pub days: Vec<NaiveDate>,
}

/// A plan of which reasons are asked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhyNot {
    #[schema(value_type = Object)]
    pub plan: Whole<Plan>,
}

/// Why hosts are not in a plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reasons)]
pub(super) struct ReasonsDoc {
    pub reasons: Vec<OutsideDoc>,
    /// What the plan breaks itself; then there are no reasons.
    pub clashes: Vec<ClashDoc>,
}

/// Why a host is not in a plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Outside)]
pub(super) struct OutsideDoc {
    pub host: String,
    /// What it would add to the value of the plan.
    pub adds: i64,
    pub text: String,
    /// The simplest reasons, at most three.
    pub reasons: Vec<ReasonDoc>,
}

/// A reason: without any one of several the others still stand in the way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reason)]
pub(super) struct ReasonDoc {
    pub text: String,
    /// Each with its word, `why`, and what it holds.
    #[schema(value_type = Vec<Object>)]
    pub whys: Vec<Why>,
}

/// All that is personal of a tour.
#[derive(Serialize, ToSchema)]
#[schema(as = Personal)]
pub(super) struct PersonalDoc {
    /// By code of the host or base.
    pub contacts: BTreeMap<String, ContactDoc>,
    /// By code of the delegate.
    pub people: BTreeMap<String, PersonDoc>,
    /// Persons to call in an emergency, in their order.
    pub emergency: Vec<NumberDoc>,
}

/// A number to call.
#[derive(Serialize, ToSchema)]
#[schema(as = Number)]
pub(super) struct NumberDoc {
    pub who: String,
    pub number: String,
}

/// Whom to ask for at a host.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = Contact)]
pub(super) struct ContactDoc {
    /// The revision that is there, or was seen; 0 where there is none.
    pub revision: i64,
    pub name: String,
    pub role: String,
    pub phone: String,
    pub email: String,
}

/// A traveller by name.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = Person)]
pub(super) struct PersonDoc {
    /// The revision that is there, or was seen; 0 where there is none.
    pub revision: i64,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub emergency: String,
}

/// Links of a tour.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Shares)]
pub(super) struct SharesDoc {
    pub shares: Vec<ShareDoc>,
}

/// A link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Share)]
pub(super) struct ShareDoc {
    pub id: String,
    pub plan: String,
    pub user: String,
    pub created: i64,
    pub expires: i64,
    pub revoked: bool,
    /// Told once, when the link is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Told once, when the link is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl From<Share> for ShareDoc {
    fn from(share: Share) -> Self {
        let Share { id, plan, user, created, expires, revoked } = share;
        Self { id, plan, user, created, expires, revoked, token: None, address: None }
    }
}

/// A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareWanted {
    pub plan: String,
    /// How long it works, 1 to 366.
    pub days: i64,
}

/// What a link shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Shared)]
pub(super) struct SharedDoc {
    pub title: String,
    pub aim: String,
    pub expires: i64,
    pub time_zone: String,
    #[schema(value_type = Object)]
    pub plan: Plan,
    pub legs: Vec<LegDoc>,
    pub hosts: Vec<SpotDoc>,
    pub bases: Vec<SpotDoc>,
}

/// A place of a plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Spot)]
pub(super) struct SpotDoc {
    pub code: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub kind: Option<Kind>,
    #[schema(value_type = Object)]
    pub place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_for: Option<String>,
}
