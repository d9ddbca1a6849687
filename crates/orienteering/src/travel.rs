//! Travel times between places.

use crate::Ticks;
use crate::problem::ProblemError;

/// The longest travel between two places, in ticks: 2³¹ − 1, which is 68 years of seconds.
pub const LONGEST_TRAVEL: Ticks = i32::MAX as Ticks;

/// How "no route" is stored. It never leaves this module.
const NONE: u32 = u32::MAX;

/// Travel times in ticks between places, by index, from each to each. The way back may take longer, and a detour may be shorter
/// than the direct way; "no route" is a state of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    places: usize,
    ticks: Vec<u32>,
}

impl Travel {
    /// Places without a route between any two of them, and with nothing to travel from a place to itself.
    pub fn none(places: usize) -> Self {
        let mut ticks = vec![NONE; places * places];
        ticks.iter_mut().step_by(places + 1).for_each(|own| *own = 0);
        Self { places, ticks }
    }

    /// A whole matrix by rows of origins; `None` is "no route".
    ///
    /// # Errors
    /// Rows of another length than their number; a time below 0 or above [`LONGEST_TRAVEL`].
    pub fn from_rows(rows: &[Vec<Option<Ticks>>]) -> Result<Self, ProblemError> {
        let mut travel = Self::none(rows.len());
        for (from, row) in rows.iter().enumerate() {
            if row.len() != rows.len() {
                return Err(ProblemError::NotSquare { row: from, length: row.len(), places: rows.len() });
            }
            for (to, &ticks) in row.iter().enumerate() {
                travel.set(from, to, ticks)?;
            }
        }
        Ok(travel)
    }

    /// Sets the travel time from one place to another; `None` is "no route".
    ///
    /// # Errors
    /// A place that does not exist; a time below 0 or above [`LONGEST_TRAVEL`].
    pub fn set(&mut self, from: usize, to: usize, ticks: Option<Ticks>) -> Result<(), ProblemError> {
        for place in [from, to] {
            if place >= self.places {
                return Err(ProblemError::NoSuchPlace { place, places: self.places });
            }
        }
        self.ticks[from * self.places + to] = match ticks {
            None => NONE,
            Some(ticks) if (0..=LONGEST_TRAVEL).contains(&ticks) => ticks as u32,
            Some(ticks) => return Err(ProblemError::TravelOutOfRange { from, to, ticks }),
        };
        Ok(())
    }

    /// The travel time from one place to another; `None` where there is no route or no such place.
    #[inline]
    pub fn get(&self, from: usize, to: usize) -> Option<Ticks> {
        if to >= self.places {
            return None;
        }
        match self.ticks.get(from * self.places + to) {
            None | Some(&NONE) => None,
            Some(&ticks) => Some(Ticks::from(ticks)),
        }
    }

    /// The number of places.
    pub fn places(&self) -> usize {
        self.places
    }
}
