//! A host as the planning sees it: when it can be visited on which day, and for how long.

use chrono::NaiveDate;
use distretto_orienteering::Window;

use super::bar::{Bar, DayBar, bar, day_bar};
use super::clock::{Minute, local, minute};
use super::error::PlanError;
use crate::host::{Groups, Host};
use crate::plan::Slot;
use crate::tour::Tour;
use crate::visit::{Demand, State, Visit};

/// A host as the planning sees it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Code of the host, and of the place where the coach arrives.
    pub code: String,
    /// The place over which the coach goes on, because it is late there.
    pub via: Option<String>,
    /// Minutes from the beginning to the end of the last group.
    pub minutes: i64,
    /// Minutes between the end and the departure.
    pub pause: i64,
    /// How many of these are free for the meal; none where no meal is taken there beside the visit.
    pub free: Option<i64>,
    /// Minutes of one group.
    pub each: i64,
    /// The groups.
    pub groups: Groups,
    /// Minutes between the arrival and the beginning.
    pub buffer: i64,
    /// Whether it must be visited.
    pub required: bool,
    /// Whether a visit can be the meal.
    pub feeds: bool,
    /// What it costs.
    pub cost: u64,
    /// Why it cannot be visited at all.
    pub bar: Option<Bar>,
    /// When a visit may begin on each day, or why it cannot be on it.
    pub days: Vec<Result<Vec<Window>, DayBar>>,
    /// Which of the rules' quotas count it.
    pub quotas: Vec<usize>,
    /// Whether the visit has begun, and is kept whatever is given up.
    pub begun: bool,
    /// What it is worth where nobody says what visits are worth.
    pub own: i64,
    /// A day on which it is worth more, and how much more.
    pub home: Option<(usize, i64)>,
}

/// When a day begins and ends at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub date: NaiveDate,
    pub opens: Minute,
    pub closes: Minute,
}

impl Candidate {
    /// A host of a tour with these days.
    pub fn new(tour: &Tour, host: &Host, visit: &Visit, spans: &[Span]) -> Result<Self, PlanError> {
        let each = visit.minutes.unwrap_or(host.minutes);
        let groups = host.groups_of(tour.delegation.people(), each);
        let confirmed = visit.state == State::Confirmed;
        let minutes = i64::from(groups.minutes);
        let days =
            spans.iter().map(|span| days(tour, host, visit, minutes, *span)).collect::<Result<_, _>>()?;
        let quotas = tour.rules.quotas.iter().enumerate();
        Ok(Self {
            code: host.code.clone(),
            via: None,
            minutes,
            pause: i64::from(tour.delegation.pace.pause()),
            free: Some(0),
            each: i64::from(each),
            groups,
            buffer: if confirmed { i64::from(tour.frame.buffer) } else { 0 },
            required: confirmed || visit.demand == Demand::Mandatory,
            feeds: host.meal,
            cost: host.cost,
            bar: bar(tour, host, visit),
            days,
            quotas: quotas
                .filter(|(_, quota)| super::quota::counts(&quota.which, host))
                .map(|(at, _)| at)
                .collect(),
            begun: false,
            own: 0,
            home: None,
        })
    }

    /// When a visit may begin on a day; never where it cannot be on it.
    pub fn windows(&self, day: usize) -> &[Window] {
        match (&self.bar, self.days.get(day)) {
            (None, Some(Ok(windows))) => windows,
            _ => &[],
        }
    }

    /// Whether there is a day on which it can be visited.
    pub fn possible(&self) -> bool {
        (0..self.days.len()).any(|day| !self.windows(day).is_empty())
    }

    /// How long the coach stands there for a visit.
    pub fn stay(&self) -> i64 {
        self.minutes + self.pause
    }

    /// The groups of a visit that begins at a moment; none where all go together.
    pub fn slots(&self, zone: chrono_tz::Tz, start: Minute) -> Vec<Slot> {
        if self.groups.sizes.len() < 2 {
            return Vec::new();
        }
        let slots = self.groups.sizes.iter().zip(&self.groups.starts);
        slots
            .map(|(&people, &after)| {
                let starts = start + i64::from(after);
                Slot { people, starts: local(zone, starts), ends: local(zone, starts + self.each) }
            })
            .collect()
    }
}

/// When a visit may begin on a day.
fn days(
    tour: &Tour,
    host: &Host,
    visit: &Visit,
    minutes: i64,
    span: Span,
) -> Result<Result<Vec<Window>, DayBar>, PlanError> {
    if let Some(bar) = day_bar(tour, host, visit, span.date) {
        return Ok(Err(bar));
    }
    let wanted = visit.start.map(|start| (start, minute(tour.frame.time_zone, start)));
    let fixed = |start: Minute| vec![Window { open: start, last: start }];
    let hours = match (&host.hours, wanted) {
        (_, Some((_, start))) if visit.state == State::Confirmed => return Ok(Ok(fixed(start))),
        (None, Some((_, start))) => return Ok(Ok(fixed(start))),
        (None, None) => return Ok(Err(DayBar::Closed)),
        (Some(hours), _) => hours,
    };
    let ground = host.ground(&tour.frame);
    let zone = ground.zone;
    let open = hours
        .open(local(zone, span.opens), local(zone, span.closes), &ground)
        .map_err(|why| PlanError::Hours { host: host.code.clone(), why })?;
    let spans: Vec<(Minute, Minute)> = open
        .iter()
        .map(|open| (minute(zone, open.from).max(span.opens), minute(zone, open.until).min(span.closes)))
        .filter(|(from, until)| from < until)
        .collect();
    let Some(longest) = spans.iter().map(|(from, until)| until - from).max() else {
        return Ok(Err(DayBar::Closed));
    };
    let windows: Vec<Window> = spans
        .iter()
        .filter(|(from, until)| until - from >= minutes)
        .map(|&(from, until)| Window { open: from, last: until - minutes })
        .collect();
    if windows.is_empty() {
        return Ok(Err(DayBar::TooShort { open: longest, takes: minutes }));
    }
    match wanted {
        None => Ok(Ok(windows)),
        Some((_, start)) if windows.iter().any(|window| window.open <= start && start <= window.last) => {
            Ok(Ok(fixed(start)))
        }
        Some((wanted, _)) => Ok(Err(DayBar::NotAtWanted { wanted })),
    }
}
