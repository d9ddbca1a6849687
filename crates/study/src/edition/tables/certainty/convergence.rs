//! Whether there are enough replicates, how well the consensus stands for them, and whether borders are firm.

use arrow::error::ArrowError;

use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};

/// One row a figure.
pub fn convergence(found: &CertaintyResults) -> Result<Table, ArrowError> {
    let (convergence, consensus) = (&found.convergence, &found.consensus);
    let count = |number: usize| Some(number as f64);
    let mut figures: Vec<(&str, Option<f64>, &str)> = vec![
        ("replicates", count(convergence.replicates), "Replicates in which all sources vary together."),
        (
            "replicates_needed",
            count(convergence.needed),
            "Replicates that would be enough: probabilities within 0.025 and medians of counts within 0.5, as standard errors.",
        ),
        (
            "largest_mcse",
            convergence.largest_mcse,
            "Largest Monte Carlo standard error of a probability of a zone, area or border.",
        ),
        (
            "count_mcse",
            convergence.count_mcse,
            "Largest Monte Carlo standard error of the median number of areas or districts.",
        ),
        (
            "halves_replicates",
            count(found.halves.map_or(0, |halves| halves.replicates)),
            "Replicates in each of the two halves that are compared.",
        ),
        (
            "halves_mean_difference",
            found.halves.map(|halves| halves.mean),
            "Mean difference of the memberships of zones between the halves.",
        ),
        (
            "halves_largest_difference",
            found.halves.map(|halves| halves.largest),
            "Largest difference of the membership of a zone between the halves.",
        ),
        ("consensus_areas", Some(f64::from(consensus.areas)), "Areas of the consensus."),
        (
            "consensus_mean_ari",
            Some(consensus.mean_ari),
            "Mean adjusted Rand index of the replicates against the consensus.",
        ),
        (
            "consensus_mean_rand",
            Some(consensus.mean_rand),
            "Mean Rand index of the replicates against the consensus.",
        ),
        (
            "consensus_expected_loss",
            Some(consensus.expected_loss),
            "Mean number of pairs of zones that a replicate and the consensus do not treat alike.",
        ),
        (
            "consensus_cohesion",
            consensus.cohesion,
            "Mean share of replicates in which two zones of the same consensus area are together.",
        ),
        (
            "consensus_share_supported",
            consensus.share_supported(),
            "Share of zones with company in the consensus whose support is above a half.",
        ),
    ];
    if let Some(structure) = found.structure {
        figures.extend([
            (
                "borders",
                count(structure.base_borders),
                "Borders of the run: pairs of neighbouring zones that it puts in different areas; where the study has no borders, pairs of a zone and one of its six strongest partners.",
            ),
            (
                "borders_mean_strength_raw",
                structure.mean_strength,
                "Their mean strength_raw; below 0.6 replicates mostly draw borders elsewhere, and there may be no areas to be sure of.",
            ),
            (
                "borders_share_sure",
                structure.firm_share,
                "Share of them that more than 0.9 of the replicates draw too.",
            ),
        ]);
    }
    if let Some(districts) = &found.districts {
        let elsewhere = districts.elsewhere;
        figures.push((
            "districts_found",
            Some(f64::from(elsewhere.of)),
            "Districts found in all replicates together.",
        ));
        figures.push((
            "districts_elsewhere_share",
            elsewhere.share(),
            "Share of them whose area is none of the run.",
        ));
    }
    TableBuilder::new(
        "convergence",
        "Whether there are enough replicates, how well the consensus stands for them, and whether borders are firm.",
        &["figure"],
    )
    .text("figure", "Name of the figure.", figures.iter().map(|figure| Some(figure.0)))
    .number("value", "Its value; missing where it is not defined.", figures.iter().map(|figure| figure.1))
    .text("description", "What it is.", figures.iter().map(|figure| Some(figure.2)))
    .build()
}
