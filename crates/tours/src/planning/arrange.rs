//! Visits in a given order, timed as well as possible, or the reason why each that does not fit does not.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::bases::Bases;
use super::error::Missing;
use super::prepared::Prepared;
use super::refusal::Refusal;
use super::timing::{Sequence, Timed};
use crate::plan::{DayPlan, Plan};
use crate::rules::Per;

/// Visits in a given order, timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arranged {
    /// The days of the tour.
    pub days: Vec<ArrangedDay>,
    /// What is demanded and missing over all days: confirmed and mandatory visits, least quotas, nights.
    pub missing: Vec<Missing>,
    /// What the visits that fit, and the nights, cost, in hundredths of the currency.
    pub cost: u64,
}

/// A day of given visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrangedDay {
    /// The date.
    pub date: NaiveDate,
    /// The day with the visits that fit; absent where it cannot even be travelled without visits.
    pub plan: Option<DayPlan>,
    /// The visits that do not fit.
    pub refused: Vec<Refused>,
    /// Why there is no plan of the day.
    pub why: Option<Refusal>,
}

/// A visit that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the order that was given, from 0.
    pub position: usize,
    /// Code of the host.
    pub host: String,
    /// Why it does not fit after those before it that fit.
    pub why: Refusal,
}

impl Arranged {
    /// Whether everything fits and nothing is missing.
    pub fn fits(&self) -> bool {
        self.missing.is_empty() && self.days.iter().all(|day| day.plan.is_some() && day.refused.is_empty())
    }

    /// The plan of all that fits.
    pub fn plan(&self) -> Plan {
        Plan { days: self.days.iter().filter_map(|day| day.plan.clone()).collect(), proven: None }
    }
}

/// What is counted over the days.
struct Counted {
    visited: BTreeMap<usize, NaiveDate>,
    quotas: Vec<u32>,
    today: Vec<u32>,
    cost: u64,
}

impl Prepared<'_> {
    /// Times visits in the given order, day by day between the given bases. Days without an order are without visits; orders beyond the last
    /// day are not looked at.
    ///
    /// Each day is timed whole if it can be. Otherwise its visits are put one after the other, and each that does not fit after those before
    /// it is refused and left out. So a visit that is confirmed can be refused because of one before it. Of the earliest end of the day the
    /// latest departure is taken; see [`crate::planning`]. Nights that cost more than the budget are missing a budget, whatever is visited.
    /// Cost: some ten microseconds for each visit.
    pub fn arrange<S: AsRef<str>>(&self, bases: &Bases, days: &[Vec<S>]) -> Arranged {
        let mut counted = self.nothing_counted(bases);
        let mut arranged = Vec::new();
        let mut timed: Vec<Option<Timed>> = Vec::new();
        let mut missing = Vec::new();
        for (day, rules) in self.days.iter().enumerate() {
            let ends = bases.days.get(day).map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()));
            let hosts: &[S] = days.get(day).map_or(&[], Vec::as_slice);
            let before = timed.last_mut().and_then(Option::as_mut);
            let (day, times) = self.arrange_day(day, ends, hosts, before, &mut counted);
            arranged.push(day);
            timed.push(times);
            missing.extend(self.short(&counted.today, Per::Day, Some(rules.date)));
            counted.today.fill(0);
        }
        missing.extend(self.short(&counted.quotas, Per::Tour, None));
        let required = self.candidates.iter().enumerate().filter(|(_, candidate)| candidate.required);
        let absent = required.filter(|(index, _)| !counted.visited.contains_key(index));
        missing.extend(absent.map(|(_, candidate)| Missing::Visit { host: candidate.code.clone() }));
        missing.extend(self.nights(&timed));
        if let Some(budget) = self.tour.frame.budget.filter(|&budget| counted.cost > budget) {
            let currency = self.tour.frame.currency.clone();
            missing.push(Missing::Budget { needed: counted.cost, budget, currency });
        }
        for (day, timed) in arranged.iter_mut().zip(&timed) {
            day.plan = timed.as_ref().map(|day| day.sequence.day_plan(&day.schedule));
        }
        Arranged { days: arranged, missing, cost: counted.cost }
    }

    /// Whether nothing but times can be against these visits: no quota is exceeded, nor the budget, and none comes twice.
    pub(super) fn within<S: AsRef<str>>(&self, bases: &Bases, days: &[Vec<S>]) -> bool {
        let mut counted = self.nothing_counted(bases);
        days.iter().enumerate().all(|(day, hosts)| {
            counted.today.fill(0);
            hosts.iter().all(|host| self.admit(day, host.as_ref(), &mut counted).is_ok())
        })
    }

    /// The least quotas that given visits fall short of.
    pub(super) fn short_quotas<S: AsRef<str>>(&self, days: &[Vec<S>]) -> Vec<Missing> {
        let mut all = vec![0; self.tour.rules.quotas.len()];
        let mut missing = Vec::new();
        for (rules, hosts) in self.days.iter().zip(days) {
            let mut today = vec![0; all.len()];
            for candidate in hosts.iter().filter_map(|host| self.candidate(host.as_ref())) {
                for &quota in &self.candidates[candidate].quotas {
                    all[quota] += 1;
                    today[quota] += 1;
                }
            }
            missing.extend(self.short(&today, Per::Day, Some(rules.date)));
        }
        missing.extend(self.short(&all, Per::Tour, None));
        missing
    }

    fn nothing_counted(&self, bases: &Bases) -> Counted {
        let quotas = self.tour.rules.quotas.len();
        Counted {
            visited: BTreeMap::new(),
            quotas: vec![0; quotas],
            today: vec![0; quotas],
            cost: bases.cost(&self.tour.frame),
        }
    }

    fn arrange_day<'b, S: AsRef<str>>(
        &'b self,
        day: usize,
        ends: (&'b str, &'b str),
        hosts: &[S],
        before: Option<&mut Timed<'b>>,
        counted: &mut Counted,
    ) -> (ArrangedDay, Option<Timed<'b>>) {
        let date = self.days[day].date;
        let mut refused = Vec::new();
        let mut refuse = |position: usize, host: &S, why| {
            refused.push(Refused { position, host: host.as_ref().to_owned(), why });
        };
        let mut admitted = Vec::new();
        for (position, host) in hosts.iter().enumerate() {
            match self.admit(day, host.as_ref(), counted) {
                Ok(candidate) => admitted.push((position, candidate)),
                Err(why) => refuse(position, host, why),
            }
        }
        let all: Vec<usize> = admitted.iter().map(|&(_, candidate)| candidate).collect();
        let mut sequence = Sequence::new(self, day, ends, &all);
        if !all.is_empty() && sequence.earliest().is_err() {
            let mut kept = Vec::new();
            for &(position, candidate) in &admitted {
                kept.push(candidate);
                if let Err(why) = Sequence::new(self, day, ends, &kept).earliest() {
                    kept.pop();
                    refuse(position, &hosts[position], why);
                    self.dismiss(candidate, counted);
                }
            }
            sequence = Sequence::new(self, day, ends, &kept);
        }
        refused.sort_by_key(|refused| refused.position);
        let timed = Timed::after(before, sequence);
        let why = timed.as_ref().err().cloned();
        (ArrangedDay { date, plan: None, refused, why }, timed.ok())
    }

    /// Counts a visit in, if nothing but its time can be against it.
    fn admit(&self, day: usize, host: &str, counted: &mut Counted) -> Result<usize, Refusal> {
        let index = self.candidate(host).ok_or(Refusal::UnknownHost)?;
        let candidate = &self.candidates[index];
        if let Some(&date) = counted.visited.get(&index) {
            return Err(Refusal::Twice { date });
        }
        if let Some(bar) = &candidate.bar {
            return Err(Refusal::Barred(bar.clone()));
        }
        if let Err(bar) = &candidate.days[day] {
            return Err(Refusal::NotThatDay(bar.clone()));
        }
        for &quota in &candidate.quotas {
            let rule = &self.tour.rules.quotas[quota];
            let visits = 1 + match rule.per {
                Per::Tour => counted.quotas[quota],
                Per::Day => counted.today[quota],
            };
            if let Some(most) = rule.most.filter(|&most| visits > most) {
                return Err(Refusal::Quota { quota, over: i64::from(visits - most) });
            }
        }
        let cost = counted.cost.saturating_add(candidate.cost);
        if let Some(budget) = self.tour.frame.budget.filter(|&budget| candidate.cost > 0 && cost > budget) {
            let currency = self.tour.frame.currency.clone();
            return Err(Refusal::Budget { over: cost - budget, currency });
        }
        counted.cost = cost;
        counted.visited.insert(index, self.days[day].date);
        for &quota in &candidate.quotas {
            counted.quotas[quota] += 1;
            counted.today[quota] += 1;
        }
        Ok(index)
    }

    fn dismiss(&self, candidate: usize, counted: &mut Counted) {
        counted.visited.remove(&candidate);
        counted.cost = counted.cost.saturating_sub(self.candidates[candidate].cost);
        for &quota in &self.candidates[candidate].quotas {
            counted.quotas[quota] -= 1;
            counted.today[quota] -= 1;
        }
    }

    fn short(&self, visits: &[u32], per: Per, date: Option<NaiveDate>) -> Vec<Missing> {
        let quotas = self.tour.rules.quotas.iter().zip(visits).enumerate();
        quotas
            .filter(|(_, (quota, visits))| quota.per == per && quota.least > **visits)
            .map(|(index, (quota, visits))| Missing::Quota {
                quota: index,
                date,
                missing: i64::from(quota.least - visits),
            })
            .collect()
    }

    fn nights(&self, days: &[Option<Timed>]) -> Vec<Missing> {
        let short = |pair: &[Option<Timed>]| {
            let (before, after) = (pair[0].as_ref()?, pair[1].as_ref()?);
            let short = self.short_night(&before.schedule, &after.schedule) > 0;
            short.then(|| Missing::Night { date: self.days[after.sequence.day].date })
        };
        days.windows(2).filter_map(short).collect()
    }
}
