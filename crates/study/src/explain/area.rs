//! Why an area is, or is not, a district.

use std::fmt::Write;

use distretto_regions::eu_ttwa::Parameters;

use super::certainty;
use crate::fault::Result;
use crate::run::Results;
use crate::run::areas::parameters;

pub(super) fn explain(results: &Results, area: u32) -> Result<String> {
    let found = &results.areas;
    let at = area as usize;
    let (name, code) = (&found.names[at], found.partition.code(area));
    let mut text = String::new();
    let _ = writeln!(text, "{name} (area {code}, {} zones)\n", found.zones[at]);
    if let Some(flows) = &found.flows {
        let of = &flows.statistics[at];
        let _ = writeln!(text, "As a labour market area");
        let _ = writeln!(
            text,
            "  {:.0} employed residents, {:.0} jobs, {:.0} people live and work inside",
            of.residents, of.workers, of.inside
        );
        for (side, share) in [("supply", of.sc_supply_side), ("demand", of.sc_demand_side)] {
            if let Some(share) = share {
                let _ = writeln!(text, "  {side}-side self-containment {:.1} %", 100.0 * share);
            }
        }
        let needed = needed_containment(&parameters(&results.input.config.areas), of.residents);
        let verdict =
            if of.validity >= 1.0 { "valid" } else { "not valid: it rests on the reserve list or on tuning" };
        let _ = writeln!(text, "  validity {:.4}: {verdict}", of.validity);
        match needed {
            Some(needed) => {
                let _ = writeln!(
                    text,
                    "  an area of this size needs self-containment of {:.1} % on both sides",
                    100.0 * needed
                );
            }
            None => {
                let _ = writeln!(text, "  it is below the minimum size, so no self-containment would do");
            }
        }
    }
    if let Some(tuning) = &found.tuning {
        let moved = tuning.moves.iter().filter(|step| tuning.before.code(step.to.area) == code);
        let zones: usize = moved.map(|step| step.zones.len()).sum();
        if zones > 0 {
            let _ = writeln!(text, "  tuning added {zones} zones to it");
        }
    }
    match &results.districts {
        Some(districts) => {
            let explanation = districts.rule()?.explain(area, name);
            let _ = writeln!(text, "\nAs an industrial district (ISTAT rule)");
            for line in explanation.lines() {
                let _ = writeln!(text, "  {line}");
            }
        }
        None => {
            let _ = writeln!(text, "\nThe study has no jobs, so nothing can be said of districts.");
        }
    }
    certainty::of_area(&mut text, results, area);
    Ok(text)
}

/// The self-containment at which validity is 1 for this many employed residents: minSC/Z; `None` below minSZ.
fn needed_containment(parameters: &Parameters, residents: f64) -> Option<f64> {
    let Parameters { min_size, min_sc, target_size, target_sc } = *parameters;
    let s = ((target_size - residents) / (target_size - min_size)).max(0.0);
    (residents >= min_size).then(|| min_sc / (1.0 - (1.0 - min_sc / target_sc) * s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_containment_needed_runs_from_target_to_minimum() {
        let parameters = Parameters::default();
        assert_eq!(needed_containment(&parameters, 999.0), None);
        assert!((needed_containment(&parameters, 1_000.0).unwrap() - 0.75).abs() < 1e-12);
        assert!((needed_containment(&parameters, 50_000.0).unwrap() - 0.60).abs() < 1e-12);
    }
}
