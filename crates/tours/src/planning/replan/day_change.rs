//! What is different in the frame of a day: its ends, its meal and its rests.

use chrono::{NaiveDate, NaiveDateTime};

use crate::plan::{Pause, Plan};

/// Something of a day that is different in a plan, beside its visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChange {
    /// The day.
    pub date: NaiveDate,
    /// What is different.
    pub what: DayDifference,
}

/// What is different in a day beside its visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayDifference {
    /// It begins at another base.
    From {
        /// Code of the base where it would have begun.
        before: String,
        /// Code of the base where it begins.
        after: String,
    },
    /// The coach leaves at another time.
    Departs {
        /// When it would have left.
        before: NaiveDateTime,
        /// When it leaves.
        after: NaiveDateTime,
    },
    /// The meal is at another time or place, is new, or is no longer in the plan. A meal that is a visit is that visit's time and place.
    Meal {
        /// The meal that would have been; absent where it is new.
        before: Option<Pause>,
        /// The meal; absent where it is no longer in the plan.
        after: Option<Pause>,
    },
    /// The driver rests at other times.
    Rests {
        /// The rests that would have been.
        before: Vec<Pause>,
        /// The rests.
        after: Vec<Pause>,
    },
    /// The coach is back at another time.
    Returns {
        /// When it would have been back.
        before: NaiveDateTime,
        /// When it is back.
        after: NaiveDateTime,
    },
    /// It ends, and the night is spent, at another base.
    To {
        /// Code of the base where it would have ended.
        before: String,
        /// Code of the base where it ends.
        after: String,
    },
}

/// What is different in the days that both plans have, beside their visits: in the order of the new plan, and of what happens in a day.
pub fn day_changes(old: &Plan, new: &Plan) -> Vec<DayChange> {
    let mut changes = Vec::new();
    for day in &new.days {
        let Some(was) = old.days.iter().find(|was| was.date == day.date) else { continue };
        let base =
            |before: &String, after: &String| (before != after).then(|| (before.clone(), after.clone()));
        let time = |before: NaiveDateTime, after: NaiveDateTime| (before != after).then_some((before, after));
        let differences = [
            base(&was.from, &day.from).map(|(before, after)| DayDifference::From { before, after }),
            time(was.departs, day.departs).map(|(before, after)| DayDifference::Departs { before, after }),
            (was.meal != day.meal)
                .then(|| DayDifference::Meal { before: was.meal.clone(), after: day.meal.clone() }),
            (was.rests != day.rests)
                .then(|| DayDifference::Rests { before: was.rests.clone(), after: day.rests.clone() }),
            time(was.returns, day.returns).map(|(before, after)| DayDifference::Returns { before, after }),
            base(&was.to, &day.to).map(|(before, after)| DayDifference::To { before, after }),
        ];
        changes.extend(differences.into_iter().flatten().map(|what| DayChange { date: day.date, what }));
    }
    changes
}
