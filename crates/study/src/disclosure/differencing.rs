//! What the areas of a study and the partitions beside them tell together.

use distretto_disclosure::{Contributions, Difference, Known, differences};

use crate::fault::{Code, Fault, Log, listed};
use crate::input::{GivenPartition, Input};
use crate::run::AreaResults;
use crate::words::counted;

/// Differences named in one warning.
const NAMED: usize = 5;

/// Warns of zones that could be computed if figures of jobs, or of residents, were published both for the areas of the study and for
/// those of a partition that it is compared with. Nothing is refused: the other figures may never be published. The warning is for
/// whoever runs the study; the edition keeps only its title.
pub(crate) fn warn_of_differences(input: &Input, areas: &AreaResults, log: &mut Log) {
    if !input.config.disclosure.suppress {
        return;
    }
    let zones = input.zones.len();
    let jobs = input.confidential.jobs.as_ref().map(|jobs| ("jobs", jobs.by_zone(zones)));
    let residents = input
        .confidential
        .flows
        .as_ref()
        .zip(input.flows.as_ref())
        .map(|(persons, flows)| ("employed residents", persons.residents(&flows.table)));
    for (what, contributions) in jobs.into_iter().chain(residents) {
        for other in &input.compare {
            warn(input, areas, other, what, &contributions, log);
        }
    }
}

fn warn(
    input: &Input,
    areas: &AreaResults,
    other: &GivenPartition,
    what: &str,
    contributions: &[Contributions],
    log: &mut Log,
) {
    let rule = input.config.disclosure.rule();
    let found = differences(&areas.partition, &other.partition, contributions, &rule);
    if found.is_empty() {
        return;
    }
    let told: Vec<String> = found.iter().take(NAMED).map(|one| sentence(input, areas, other, one)).collect();
    let more = match found.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let sets = counted(found.len(), "set");
    log.add(
        Fault::new(
            Code::DifferencingRisk,
            format!(
                "areas and `{}` together tell the {what} of {sets} of zones that are too few",
                other.name
            ),
        )
        .because(format!("{}{more}", told.join("; ")))
        .hint("do not publish the same figures for both sets of areas, or move the zones named"),
    );
}

fn sentence(input: &Input, areas: &AreaResults, other: &GivenPartition, found: &Difference) -> String {
    let codes: Vec<&str> = found.zones.iter().map(|&zone| input.zones.zones.code(zone)).collect();
    let (ours, theirs) = (|area: u32| areas.partition.code(area), |area: u32| other.partition.code(area));
    let place = match found.known {
        Known::Common { first, second } => {
            format!("`{}` and `{}` of the other have in common", ours(first), theirs(second))
        }
        Known::OnlyFirst { first } => format!("only `{}` has", ours(first)),
        Known::OnlySecond { second } => format!("only `{}` of the other has", theirs(second)),
        Known::RestOfFirst { first } => format!("are left of `{}`", ours(first)),
        Known::RestOfSecond { second } => format!("are left of `{}` of the other", theirs(second)),
    };
    format!("{} which {place} ({})", listed(&codes, NAMED), found.reason.name())
}
