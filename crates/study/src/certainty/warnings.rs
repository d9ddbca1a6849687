//! What a reader must know before trusting probabilities.

use distretto_certainty::{Source, Verdict};

use super::{CertaintyResults, settings};
use crate::config::certainty::FlowModel;
use crate::fault::{Code, Fault, Log};
use crate::input::Input;

/// Warns of replicates that are few, empty or unfinished, and of borders that do not hold.
pub fn warn(found: &CertaintyResults, input: &Input, log: &mut Log) {
    log.append(not_expanded(input));
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

/// Answers that were not expanded to all residents: of a share f, an answer stands for 1 / f persons, so hardly a flow is smaller.
fn not_expanded(input: &Input) -> Log {
    let mut log = Log::default();
    let settings = settings(input);
    let varies = settings.varying(&input.config.areas).has(Source::Sampling);
    let models = settings.sampling.filter(|models| varies && models.flows == FlowModel::Survey);
    let (Some(fraction), Some(flows)) = (models.and_then(|models| models.fraction), &input.flows) else {
        return log;
    };
    let (mut pairs, mut small) = (0usize, 0usize);
    for (_, _, units) in flows.table.rows().filter(|row| row.2 > 0.0) {
        pairs += 1;
        small += usize::from(flows.table.persons(units) * fraction < 0.5);
    }
    if small * 4 > pairs {
        let what = format!("{small} of {pairs} flows are smaller than half an answer");
        log.add(
            Fault::new(Code::SampleNotExpanded, what)
                .because(format!(
                    "where {fraction} of the residents were asked, one answer stands for {:.0} persons",
                    1.0 / fraction
                ))
                .hint("divide answers by the share asked before they are read; [flows] holds persons"),
        );
    }
    log
}
