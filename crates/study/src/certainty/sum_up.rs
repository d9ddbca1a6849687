//! What replicates say, summed up.

use distretto_certainty::{
    BorderBias, Convergence, CountsBySet, Decomposition, Distribution, DistrictCertainties, FlowSampling,
    Halves, Regions, Replicate, Source, Structure, Varying, agreements, area_certainties, border_strengths,
    consensus, match_all, strongest_partners, zone_certainties,
};
use distretto_flows::FlowTable;

use super::{CertaintyResults, ReplicateSet, SetResults, settings};
use crate::fault::{Code, Fault, Result};
use crate::input::Input;
use crate::run::Results;
use crate::run::comparisons::persons;

/// From the run and its replicates, the set in which all sources vary together first, to everything that is told of them.
pub fn sum_up(results: &Results, base: Replicate, sets: Vec<ReplicateSet>) -> Result<CertaintyResults> {
    let input = &results.input;
    let flows = input.flows.as_ref().map(|flows| &flows.table);
    let (weights, jobs_of_zone) = weights(input, flows);
    let (names, of_zone) = regions(input);
    let regions = (!names.is_empty()).then_some(Regions {
        number: names.len(),
        of_zone: &of_zone,
        jobs_of_zone: &jobs_of_zone,
    });
    let industries =
        results.districts.as_ref().map_or(0, |found| found.manufacturing.grouping().groups().len());
    let mut together = None;
    let mut sets: Vec<SetResults> = sets
        .into_iter()
        .map(|ReplicateSet { varying, replicates }| {
            let matched = match_all(&base, &replicates, &weights);
            let set = SetResults {
                varying,
                agreement: agreements(&base, &replicates, &matched),
                counts: CountsBySet::new(varying, &base, &replicates, regions.as_ref(), industries),
                replicates,
            };
            together.get_or_insert(matched);
            set
        })
        .collect();
    let sampling = sets.iter().find(|set| set.varying == Varying::only(Source::Sampling));
    if let Some(shifts) = sampling.map(|set| set.counts.shifts()).filter(|_| is_sample(input)) {
        for set in sets.iter_mut().filter(|set| set.varying.has(Source::Sampling)) {
            set.counts.stretch_by(&shifts);
        }
    }
    let (Some(set), Some(matched)) = (sets.first(), together) else {
        return Err(Fault::new(Code::Internal, "there are no replicates to sum up"));
    };
    let replicates = &set.replicates;
    let zones = zone_certainties(&base, replicates, &matched);
    let areas = area_certainties(&base, replicates, &matched, &zones, &weights);
    let borders = input.neighbours().map(|neighbours| {
        let pairs: Vec<(u32, u32)> = neighbours.pairs().collect();
        // The bias of borders is seen where nothing but the sampling varies.
        let alone = sets.iter().find(|set| set.varying == Varying::only(Source::Sampling));
        let bias = alone.and_then(|set| BorderBias::new(&base, &set.replicates, &pairs));
        border_strengths(&base, replicates, &pairs, bias)
    });
    let structure = match (&borders, flows) {
        (Some(borders), _) => Some(Structure::new(&base, borders)),
        (None, Some(flows)) => {
            let pairs = strongest_partners(flows, Structure::PARTNERS);
            Some(Structure::new(&base, &border_strengths(&base, replicates, &pairs, None)))
        }
        (None, None) => None,
    };
    let districts = base
        .judged
        .is_some()
        .then(|| DistrictCertainties::new(&base, replicates, &matched, &input.zones.residents));
    let decomposition = |count: &dyn Fn(&CountsBySet) -> Option<&Distribution>| {
        let mut parts = sets.iter().filter_map(|set| Some((set.varying, count(&set.counts)?)));
        let together = parts.next()?;
        Some(Decomposition::new(together, &parts.collect::<Vec<_>>()))
    };
    let Some(areas_by_source) = decomposition(&|counts| Some(&counts.areas)) else {
        return Err(Fault::new(Code::Internal, "there are no counts to take apart"));
    };
    let districts_by_source = decomposition(&|counts| counts.districts.as_ref());
    let of_zones = zones.iter().filter_map(|zone| Some((zone.membership?, zone.replicates)));
    let of_areas = areas.iter().map(|area| (area.existence, area.replicates));
    let of_borders = borders.iter().flatten().filter_map(|border| Some((border.raw?, border.replicates)));
    let probabilities = of_zones.chain(of_areas).chain(of_borders);
    let counts = std::iter::once(&set.counts.areas).chain(&set.counts.districts);
    let convergence = Convergence::new(replicates.len(), probabilities, counts);
    let halves = Halves::new(&base, replicates, &matched);
    let consensus = consensus(replicates)
        .ok_or_else(|| Fault::new(Code::Internal, "there are no replicates to agree"))?;
    Ok(CertaintyResults {
        regions: names,
        zones,
        areas,
        borders,
        areas_by_source,
        districts_by_source,
        districts,
        consensus,
        convergence,
        halves,
        structure,
        base,
        sets,
    })
}

/// Whether the flows of the study are a sample of persons.
fn is_sample(input: &Input) -> bool {
    matches!(settings(input).sampling().flows, FlowSampling::Survey { .. } | FlowSampling::Margins { .. })
}

/// Employed residents and jobs of each zone; without flows every zone counts the same.
fn weights(input: &Input, flows: Option<&FlowTable>) -> (Vec<f64>, Vec<f64>) {
    flows.map_or_else(|| (vec![1.0; input.zones.len()], vec![1.0; input.zones.len()]), persons)
}

/// The names of the regions, and the region of each zone.
fn regions(input: &Input) -> (Vec<String>, Vec<Option<u32>>) {
    let mut names: Vec<String> = input.zones.regions.iter().flatten().cloned().collect();
    names.sort_unstable();
    names.dedup();
    let index = |region: &String| names.binary_search(region).ok().map(|at| at as u32);
    let of_zone = input.zones.regions.iter().map(|region| region.as_ref().and_then(index)).collect();
    (names, of_zone)
}
