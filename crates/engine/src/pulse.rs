//! Whether a plan still does something.

use std::time::{Duration, Instant};

use datafusion::physical_plan::ExecutionPlan;

use crate::error::{EngineError, Kind, Result};

/// How long nothing at all may happen in this process before the work is given up: operators that wait for each other's memory would
/// wait for ever.
const STANDSTILL: Duration = Duration::from_mins(5);

/// What was seen of the activity of a plan.
#[derive(Default)]
pub(crate) struct Pulse {
    last: u64,
    since: Option<Instant>,
}

impl Pulse {
    /// Takes note of the [`activity`] at a moment. A plan that tells nothing of its work (0), as one on a cluster, never stands still.
    ///
    /// # Errors
    /// [`Kind::Memory`] when nothing has happened for too long.
    pub(crate) fn beat(&mut self, activity: u64, now: Instant) -> Result<()> {
        if activity != self.last || activity == 0 {
            (self.last, self.since) = (activity, None);
            return Ok(());
        }
        if now.duration_since(*self.since.get_or_insert(now)) <= STANDSTILL {
            return Ok(());
        }
        Err(EngineError::new(Kind::Memory, "the work stands still")
            .because(format!("nothing was read, computed or written for {} s", STANDSTILL.as_secs()))
            .hint("raise `memory` of [engine], or lower `threads`: each needs a share of it"))
    }
}

/// A number that grows with whatever the operators of a plan do.
pub(crate) fn activity(plan: &dyn ExecutionPlan) -> u64 {
    let own = plan.metrics().map_or(0, |metrics| {
        let counted = [metrics.output_rows(), metrics.elapsed_compute(), metrics.spilled_bytes()];
        counted.into_iter().flatten().fold(0u64, |sum, count| sum.wrapping_add(count as u64))
    });
    plan.children().into_iter().fold(own, |sum, child| sum.wrapping_add(activity(child.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_stands_still_when_nothing_happens_for_too_long() {
        let (mut pulse, start) = (Pulse::default(), Instant::now());
        let mut at = |activity, seconds| pulse.beat(activity, start + Duration::from_secs(seconds));
        assert!(at(1, 0).is_ok());
        assert!(at(1, 10).is_ok() && at(1, 310).is_ok(), "just long enough");
        assert_eq!(at(1, 311).unwrap_err().what, "the work stands still");
        assert!(at(2, 312).is_ok() && at(2, 400).is_ok(), "it goes on");
    }

    #[test]
    fn work_that_tells_nothing_never_stands_still() {
        let (mut pulse, start) = (Pulse::default(), Instant::now());
        for hours in 0..10 {
            assert!(pulse.beat(0, start + Duration::from_secs(3600 * hours)).is_ok());
        }
    }
}
