//! New visits where they move no other.

use std::borrow::Cow;
use std::cmp::Reverse;

use distretto_orienteering::Window;

use crate::choosing::Worth;
use crate::planning::bases::Bases;
use crate::planning::prepared::Prepared;
use crate::planning::timing::{Sequence, in_turn};

/// Whether all nights between days are long enough.
pub(super) fn nights(days: &[Sequence]) -> bool {
    let Some(prepared) = days.first().map(|day| day.prepared) else { return true };
    in_turn(days)
        .is_ok_and(|times| times.windows(2).all(|pair| prepared.short_night(&pair[0], &pair[1]) <= 0))
}

/// Adds visits as long as they add to the value, the most worthwhile first, of equal ones the one with the least driving. All others keep the times
/// that they have.
pub(super) fn fill<'a>(
    prepared: &'a Prepared<'a>,
    bases: &Bases,
    worth: &Worth,
    days: &mut Vec<Sequence<'a>>,
) {
    freeze(days);
    while let Some(filled) = better(prepared, bases, worth, days) {
        *days = filled;
        freeze(days);
    }
}

/// Lets each visit begin when it does.
fn freeze(days: &mut [Sequence]) {
    let Ok(schedules) = in_turn(days) else { return };
    for (day, schedule) in days.iter_mut().zip(&schedules) {
        for (visit, stop) in day.visits.iter_mut().zip(&schedule.stops) {
            visit.1 = Cow::Owned(vec![Window { open: stop.start, last: stop.start }]);
        }
    }
}

/// The days with the best further visit.
fn better<'a>(
    prepared: &'a Prepared<'a>,
    bases: &Bases,
    worth: &Worth,
    days: &[Sequence<'a>],
) -> Option<Vec<Sequence<'a>>> {
    let code = |at: usize| prepared.candidates[at].code.as_str();
    let visited: Vec<&str> =
        days.iter().flat_map(|day| day.visits.iter().map(|visit| code(visit.0))).collect();
    let now = worth.value(&visited).total;
    let mut further = Vec::new();
    for (at, candidate) in prepared.candidates.iter().enumerate() {
        if visited.contains(&candidate.code.as_str()) {
            continue;
        }
        let mut with = visited.clone();
        with.push(&candidate.code);
        let gain = worth.value(&with).total - now;
        if gain > 0 {
            further.push((Reverse(gain), at));
        }
    }
    further.sort_unstable();
    for (_, at) in further {
        let mut best: Option<(i64, Vec<Sequence>)> = None;
        for day in 0..days.len() {
            let windows = prepared.candidates[at].windows(day);
            for position in (0..=days[day].visits.len()).filter(|_| !windows.is_empty()) {
                let mut longer = days[day].clone();
                longer.visits.insert(position, (at, Cow::Borrowed(windows)));
                let Ok(schedule) = longer.earliest() else { continue };
                if best.as_ref().is_some_and(|(travel, _)| schedule.travel >= *travel) {
                    continue;
                }
                let mut filled = days.to_vec();
                filled[day] = longer;
                if allowed(prepared, bases, &filled) && nights(&filled) {
                    best = Some((schedule.travel, filled));
                }
            }
        }
        if let Some((_, filled)) = best {
            return Some(filled);
        }
    }
    None
}

/// Whether quotas and the budget allow these visits.
fn allowed(prepared: &Prepared, bases: &Bases, days: &[Sequence]) -> bool {
    let hosts = |day: &Sequence| -> Vec<&str> {
        day.visits.iter().map(|visit| prepared.candidates[visit.0].code.as_str()).collect()
    };
    prepared.within(bases, &days.iter().map(hosts).collect::<Vec<_>>())
}
