//! What a reader must know before trusting probabilities.

use distretto_certainty::Verdict;

use super::CertaintyResults;
use crate::fault::{Code, Fault, Log};

/// Warns of replicates that are few, empty or unfinished, and of borders that do not hold.
pub fn warn(found: &CertaintyResults, log: &mut Log) {
    let convergence = &found.convergence;
    if !convergence.enough {
        log.add(
            Fault::new(
                Code::ReplicatesFew,
                format!("{} replicates are few for this study; {} would do", convergence.replicates, convergence.needed),
            )
            .because(format!(
                "the largest Monte Carlo standard error of a probability is {:.3}, that of the median of a count {:.2}",
                convergence.largest_mcse.unwrap_or_default(),
                convergence.count_mcse.unwrap_or_default(),
            ))
            .hint(format!(
                "the same command with `--replicates {}` makes only those that are missing",
                convergence.needed
            )),
        );
    }
    if let Some(structure) = found.structure.filter(|structure| structure.verdict() == Some(Verdict::Weak)) {
        log.add(
            Fault::new(
                Code::BordersWeak,
                format!(
                    "the borders of the run come back in only {:.0} % of the replicates",
                    100.0 * structure.mean_strength.unwrap_or_default()
                ),
            )
            .because("where commuting has no structure but distance, areas are drawn all the same, elsewhere each time"),
        );
    }
    for set in &found.sets {
        let (counts, name) = (&set.counts, set.varying.name());
        if counts.empty > 0 {
            log.add(
                Fault::new(
                    Code::ReplicatesEmpty,
                    format!("{} of {} replicates ({name}) found no area", counts.empty, counts.replicates),
                )
                .because("they count as 0 areas"),
            );
        }
        if counts.not_converged > 0 {
            log.add(Fault::new(
                Code::ReplicatesUnfinished,
                format!(
                    "the search of {} of {} replicates ({name}) was stopped",
                    counts.not_converged, counts.replicates
                ),
            ));
        }
    }
}
