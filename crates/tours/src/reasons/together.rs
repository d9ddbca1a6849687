//! What must be relaxed together where no single thing is enough.

use super::Reason;
use super::knob::{Knob, Reach};
use super::scene::{Fit, Scene};
use super::single::{least, relaxed};

/// The smallest set that a deletion filter finds: everything is relaxed as far as can be on one day, then one thing after the other is put back,
/// the last of the documented order first, as long as the host still fits; at last each that is left is put back as far as it can be. `None` where the host
/// does not even fit with everything relaxed.
pub(super) fn smallest(scene: &Scene, reach: Reach) -> Option<Reason> {
    (0..scene.tour.frame.days.len()).find_map(|day| on(scene, day, reach))
}

fn on(scene: &Scene, day: usize, reach: Reach) -> Option<Reason> {
    let concerns = |knob: &Knob| knob.day().is_none_or(|only| only == day);
    let mut turned: Vec<(Knob, i64)> = Knob::all(scene)
        .into_iter()
        .filter(concerns)
        .map(|knob| (knob, knob.most(scene, reach)))
        .filter(|&(_, most)| most > 0)
        .collect();
    let fit = |turned: &[(Knob, i64)]| -> Option<Fit> { relaxed(scene, turned)?.fit_on(day) };
    fit(&turned)?;
    for index in (0..turned.len()).rev() {
        let mut fewer = turned.clone();
        fewer.remove(index);
        if fit(&fewer).is_some() {
            turned = fewer;
        }
    }
    for index in 0..turned.len() {
        let with = |amount| {
            let mut less = turned.clone();
            less[index].1 = amount;
            fit(&less)
        };
        turned[index].1 = least(turned[index].1, with)?.0;
    }
    let found = fit(&turned)?;
    let whys = turned.iter().map(|&(knob, amount)| Some(knob.why(scene, amount)?.narrowed(scene, &found)));
    Reason::proven(scene, whys.collect::<Option<_>>()?, found.plan)
}
