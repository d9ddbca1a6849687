//! Flows with published margins of error.

use distretto_flows::{FlowTable, Redraw};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::{MarginClass, SamplingError, in_fractions};
use crate::stream::{Purpose, stream};

/// Flows with margins of error, as by Foote, Kutzbach & Vilhuber (2021, Applied Economics 53:1598-1612): F*_ij = max(0, F_ij + N(0, (moe_ij / z)^2)), each pair for itself.
///
/// The margin of a pair is its own where one is published. Elsewhere it is drawn once, as moe / flow ~ N(ratio, spread^2) of the
/// class of its size, anew while negative, and is then the same in every replicate: that is how they carry the margins of one
/// survey over to flows of a census that has none.
///
/// Assumes normal errors, independent between pairs; residents and jobs of a zone vary like the sum of their flows. As
/// what falls below 0 becomes 0, flows smaller than their margin come out larger on average: by 0.4 standard deviations
/// where the flow is about 0.
#[derive(Debug, Clone)]
pub(super) struct Margins {
    /// The flows in fractions of persons.
    flows: FlowTable,
    /// Standard deviation of each pair, in units of the flows.
    deviation: Vec<f64>,
}

impl Margins {
    /// For a table with its margins in persons, by origin, then destination; those that are no numbers, infinite or negative
    /// (as sources mark what they do not tell) are taken from classes.
    ///
    /// # Errors
    /// See [`SamplingError`].
    pub fn new(
        flows: &FlowTable,
        z: f64,
        classes: &[MarginClass],
        margins: Option<&[f64]>,
        seed: u64,
    ) -> Result<Self, SamplingError> {
        if !(z > 0.0 && z.is_finite()) {
            return Err(SamplingError::Quantile(z));
        }
        check(classes)?;
        let mut deviation = of_each_pair(flows, classes, margins, seed)?;
        // Twelve standard deviations above all flows: what is drawn must still add up exactly.
        let highest = flows.persons(flows.total()) + 12.0 * deviation.iter().sum::<f64>() / z;
        if highest * flows.units_per_person() >= LARGEST_TOTAL {
            return Err(SamplingError::TooWide { total: highest });
        }
        let flows = in_fractions(flows, (LARGEST_TOTAL / highest).min(1_000.0));
        for margin in &mut deviation {
            *margin *= flows.units_per_person() / z;
        }
        Ok(Self { flows, deviation })
    }

    /// The flows with other errors. Cost: linear in pairs.
    pub fn draw<'r>(&self, room: &'r mut Redraw, rng: &mut ChaCha8Rng) -> &'r FlowTable {
        let mut first = 0;
        room.by_origin(&self.flows, |_, amounts| {
            let last = first + amounts.len();
            for (units, deviation) in amounts.iter_mut().zip(&self.deviation[first..last]) {
                let error: f64 = StandardNormal.sample(rng);
                *units = (*units + deviation * error).round().max(0.0);
            }
            first = last;
        })
    }
}

/// Units up to which sums are exact, with room to spare.
const LARGEST_TOTAL: f64 = 4_503_599_627_370_496.0;

/// Refuses classes that do not ascend or do not cover all sizes, and ratios that are none.
fn check(classes: &[MarginClass]) -> Result<(), SamplingError> {
    let mut end = 0.0;
    for (class, &MarginClass { up_to, ratio, spread }) in classes.iter().enumerate() {
        if up_to.is_nan() || up_to <= end {
            return Err(SamplingError::ClassOrder { class: class + 1, up_to, before: end });
        }
        if ![ratio, spread].iter().all(|part| part.is_finite() && *part >= 0.0) {
            return Err(SamplingError::ClassRatio { class: class + 1, ratio, spread });
        }
        end = up_to;
    }
    if classes.is_empty() || end == f64::INFINITY { Ok(()) } else { Err(SamplingError::ClassesEnd(end)) }
}

/// The margin of each pair, in persons.
fn of_each_pair(
    flows: &FlowTable,
    classes: &[MarginClass],
    margins: Option<&[f64]>,
    seed: u64,
) -> Result<Vec<f64>, SamplingError> {
    let pairs = flows.pairs();
    if let Some(margins) = margins.filter(|margins| margins.len() != pairs) {
        return Err(SamplingError::MarginCount { margins: margins.len(), pairs });
    }
    let mut rng = stream(seed, Purpose::Margins, 0);
    let mut all = Vec::with_capacity(pairs);
    let mut unknown = None;
    for (pair, (origin, destination, units)) in flows.rows().enumerate() {
        let own = margins.map(|margins| margins[pair]).filter(|own| own.is_finite() && *own >= 0.0);
        let margin =
            own.or_else(|| Some(flows.persons(units) * ratio(classes, flows.persons(units), &mut rng)?));
        if margin.is_none() {
            let (_, missing) = unknown.get_or_insert(((origin, destination), 0));
            *missing += 1;
        }
        all.push(margin.unwrap_or_default());
    }
    match unknown {
        None => Ok(all),
        Some(((origin, destination), missing)) => {
            Err(SamplingError::NoMargin { missing, pairs, origin, destination })
        }
    }
}

/// Margin over flow for a flow of this size; `None` where there are no classes.
fn ratio(classes: &[MarginClass], persons: f64, rng: &mut impl Rng) -> Option<f64> {
    let class = classes.iter().find(|class| persons <= class.up_to)?;
    loop {
        let error: f64 = StandardNormal.sample(rng);
        let ratio = class.ratio + class.spread * error;
        if ratio >= 0.0 {
            return Some(ratio);
        }
    }
}
