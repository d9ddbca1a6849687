//! The least by which one thing must be relaxed.

use super::Reason;
use super::knob::{Knob, Reach};
use super::scene::{Fit, Scene};
use super::why::Why;

/// What bars the host from every day, whatever the plan.
pub(super) fn facts(scene: &Scene) -> Vec<Why> {
    Knob::FACTS.iter().filter(|knob| knob.bars(scene)).filter_map(|knob| knob.why(scene, 1)).collect()
}

/// A reason of each sort but the last, in their order. Where something bars the host, nothing else can be the only reason.
pub(super) fn all(scene: &Scene, facts: &[Why]) -> Vec<Reason> {
    if !facts.is_empty() {
        return first(scene, &Knob::FACTS).into_iter().collect();
    }
    let days = || 0..scene.tour.frame.days.len();
    let facts: Vec<Knob> = Knob::FACTS.into_iter().chain([Knob::WantedAt, Knob::WantedOn]).collect();
    let longer: Vec<Knob> = days().map(Knob::EndsEarly).chain(days().map(Knob::BeginsLate)).collect();
    [
        first(scene, &facts),
        first(scene, &[Knob::Length, Knob::Groups]),
        hours(scene),
        least_of(scene, &longer),
        least_of(scene, &days().map(Knob::MealTime).collect::<Vec<_>>())
            .or_else(|| least_of(scene, &days().map(Knob::MealLength).collect::<Vec<_>>()))
            .or_else(|| first(scene, &days().map(Knob::Meal).collect::<Vec<_>>())),
        first(scene, &Knob::limits(scene)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first of these that is enough alone.
fn first(scene: &Scene, knobs: &[Knob]) -> Option<Reason> {
    let can_be = worth_trying(scene, knobs);
    can_be.into_iter().find_map(|knob| one(scene, knob)).map(|(_, reason)| reason)
}

/// Of those of these that are enough alone, the first that is relaxed least.
fn least_of(scene: &Scene, knobs: &[Knob]) -> Option<Reason> {
    let found = worth_trying(scene, knobs).into_iter().filter_map(|knob| one(scene, knob));
    found.min_by_key(|&(amount, _)| amount).map(|(_, reason)| reason)
}

/// Those of these that there is something to relax of; none where not even all together are enough, which saves trying them one by one.
fn worth_trying(scene: &Scene, knobs: &[Knob]) -> Vec<Knob> {
    let most = knobs.iter().map(|&knob| (knob, knob.most(scene, Reach::Sensible)));
    let turned: Vec<(Knob, i64)> = most.filter(|&(_, most)| most > 0).collect();
    let fits = turned.len() < 2 || relaxed(scene, &turned).is_some_and(|scene| scene.fit().is_some());
    turned.into_iter().filter(|_| fits).map(|(knob, _)| knob).collect()
}

/// By how much one thing must be relaxed for the host to fit, and the reason; `None` where it does not, or where nothing can be relaxed.
fn one(scene: &Scene, knob: Knob) -> Option<(i64, Reason)> {
    let most = knob.most(scene, Reach::Sensible);
    let (amount, fit) = least(most, |amount| relaxed(scene, &[(knob, amount)])?.fit_for(knob))?;
    let why = knob.why(scene, amount)?.narrowed(scene, &fit);
    Some((amount, Reason::proven(scene, vec![why], fit.plan)?))
}

/// The hours in which the host would have to be open: of all places in the plan the one that is least outside of those in which it is.
fn hours(scene: &Scene) -> Option<Reason> {
    let fits = (0..scene.tour.frame.days.len()).filter_map(|day| {
        let open = relaxed(scene, &[(Knob::Hours(day), 1)])?;
        let fits = open.fits_on(day);
        fits.into_iter().map(|fit| (outside(scene, &fit), fit)).min_by_key(|&(outside, _)| outside)
    });
    let (_, fit) = fits.min_by_key(|&(outside, _)| outside)?;
    let why = Knob::Hours(fit.day).why(scene, 1)?.narrowed(scene, &fit);
    Reason::proven(scene, vec![why], fit.plan)
}

/// By how many minutes the visit of a plan is outside of the host's hours of that day; more than a day where it is closed.
fn outside(scene: &Scene, fit: &Fit) -> i64 {
    const CLOSED: i64 = 48 * 60;
    let Some((day, stop)) = fit.plan.stop_at(&scene.host) else { return CLOSED };
    let minutes =
        |later: chrono::NaiveDateTime, sooner| later.signed_duration_since(sooner).num_minutes().max(0);
    let open = scene.open_on(day.date).into_iter();
    open.map(|(from, until)| minutes(from, stop.starts) + minutes(stop.ends, until)).min().unwrap_or(CLOSED)
}

/// A scene in which things are relaxed.
pub(super) fn relaxed(scene: &Scene, knobs: &[(Knob, i64)]) -> Option<Scene> {
    let mut changed = scene.clone();
    for &(knob, amount) in knobs {
        knob.why(scene, amount)?.relax(&scene.host, &mut changed.tour, &mut changed.travel);
    }
    Some(changed)
}

impl Scene {
    /// A place for the host where something is relaxed: on its day, if it has one.
    pub(super) fn fit_for(&self, knob: Knob) -> Option<Fit> {
        knob.day().map_or_else(|| self.fit(), |day| self.fit_on(day))
    }
}

/// The least amount from 1 to `most` that is enough, and what it is enough for. More is taken to be enough where less is.
pub(super) fn least<T>(most: i64, mut enough: impl FnMut(i64) -> Option<T>) -> Option<(i64, T)> {
    if most < 1 {
        return None;
    }
    let mut best = (most, enough(most)?);
    let mut low = 1;
    while low < best.0 {
        let middle = low + (best.0 - low) / 2;
        match enough(middle) {
            Some(found) => best = (middle, found),
            None => low = middle + 1,
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::least;

    #[test]
    fn the_least_that_is_enough_is_found() {
        for need in 1..=20 {
            assert_eq!(least(20, |amount| (amount >= need).then_some(amount)), Some((need, need)));
        }
        assert_eq!(least(20, |amount| (amount >= 21).then_some(amount)), None);
        assert_eq!(least(0, Some), None);
    }
}
