//! A sample of the residents of each zone.

use distretto_flows::{FlowTable, Redraw};
use rand_chacha::ChaCha8Rng;

use super::alias::{Alias, AliasTables};
use super::poisson::PoissonLaws;
use super::{SamplingError, in_fractions};

/// Flows of a sample survey: of the R_i residents of zone i, n_i = f R_i (rounded, at least one) were asked where they work, and
/// each answer stands for R_i / n_i residents.
///
/// The bootstrap asks again: n*_i ~ Multinomial(n_i, F_ij / R_i), F*_ij = n*_ij R_i / n_i. As the sample holds a good part of
/// the residents, what it says varies less than that, and flows are moved only part of the way:
/// F_ij + sqrt(1 - n_i / R_i) (F*_ij - F_ij), the rescaling of Rao & Wu (1988, JASA 83:231-241) for simple random sampling without
/// replacement. (Their factor n / (n - 1) is left out: it matters only where a handful was asked, and could make flows negative.)
/// Then Var F*_ij = (1 - n_i / R_i) R_i^2 p (1 - p) / n_i with p = F_ij / R_i, the residents of each zone stay the same, and
/// flows from one zone vary against each other.
///
/// Assumes that residents were drawn alike and one by one; with households or unequal weights more varies than is shown. It
/// cannot draw flows that the sample missed altogether.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    /// The flows in fractions of persons.
    flows: FlowTable,
    origins: Vec<Origin>,
    /// First answers of many, all pairs of the table.
    bulk: PoissonLaws,
    /// Answers one by one, a distribution for each origin.
    answers: AliasTables,
}

/// The residents of one zone.
#[derive(Debug, Clone, Copy)]
struct Origin {
    /// n_i.
    asked: u64,
    /// R_i / n_i, in units.
    each: f64,
    /// sqrt(1 - n_i / R_i); 0 where nothing varies.
    correction: f64,
    answer: Option<Alias>,
}

impl Survey {
    /// A survey that asked this share of the residents.
    ///
    /// # Errors
    /// A share outside (0, 1].
    pub fn new(flows: &FlowTable, fraction: f64) -> Result<Self, SamplingError> {
        if !(fraction > 0.0 && fraction <= 1.0) {
            return Err(SamplingError::Fraction(fraction));
        }
        let flows = in_fractions(flows, 1_000.0);
        let mut answers = AliasTables::default();
        let mut weights = Vec::new();
        let mut means = Vec::with_capacity(flows.pairs());
        let mut origins = Vec::with_capacity(flows.zones());
        for zone in 0..flows.zones() as u32 {
            let residents = flows.persons(flows.residents(zone));
            let asked = asked(residents, fraction);
            let rate = bulk_rate(asked, fraction);
            weights.clear();
            weights.extend(flows.out_of(zone).map(|(_, units)| units));
            means.extend(weights.iter().map(|&units| rate * flows.persons(units)));
            let answer = (asked > 0).then(|| answers.push(&weights));
            let correction = (1.0 - asked as f64 / residents).max(0.0).sqrt();
            let each = flows.residents(zone) / asked as f64;
            origins.push(Origin { asked, each, correction, answer });
        }
        Ok(Self { bulk: PoissonLaws::new(&means), flows, origins, answers })
    }

    /// The flows as another sample of the same size would have them. Cost: linear in pairs and in the square roots of the
    /// numbers asked.
    pub fn draw<'r>(&self, room: &'r mut Redraw, rng: &mut ChaCha8Rng) -> &'r FlowTable {
        let mut first = 0;
        let mut answers = Vec::new();
        room.by_origin(&self.flows, |zone, amounts| {
            let origin = self.origins[zone as usize];
            if origin.correction > 0.0 {
                answers.clear();
                answers.resize(amounts.len(), 0.0);
                self.ask(origin, first, &mut answers, rng);
                expand(origin, &answers, amounts);
            }
            first += amounts.len();
        })
    }

    /// Puts n*_i ~ Multinomial(n_i, F_ij / R_i) in `answers`, the pairs from `first` on.
    ///
    /// Independent Poisson numbers of means proportional to F_ij are multinomial once their sum is known. So that sum
    /// is drawn until it is at most n_i, and the persons still missing are asked one by one: as exact as asking all, in the time
    /// of one Poisson number a pair (after Brown & Bromberg 1984, The American Statistician 38:216-219).
    fn ask(&self, origin: Origin, first: usize, answers: &mut [f64], rng: &mut ChaCha8Rng) {
        let Some(answer) = origin.answer else { return };
        let asked = origin.asked as f64;
        let mut bulk = 0.0;
        if origin.asked >= ONE_BY_ONE {
            loop {
                bulk = 0.0;
                for (pair, number) in (first..).zip(answers.iter_mut()) {
                    *number = self.bulk.draw(pair, rng);
                    bulk += *number;
                }
                if bulk <= asked {
                    break;
                }
            }
        }
        for _ in 0..(asked - bulk) as u64 {
            answers[self.answers.draw(answer, rng) as usize] += 1.0;
        }
    }
}

/// Persons asked from which the first answers are drawn in bulk.
const ONE_BY_ONE: u64 = 16;

/// n: the number of residents asked.
fn asked(residents: f64, fraction: f64) -> u64 {
    if residents > 0.0 { (fraction * residents).round().max(1.0) as u64 } else { 0 }
}

/// Answers a resident in bulk: about a standard deviation fewer than asked, so that four times in five there are not too many.
/// The same for all zones of similar size, which then share their Poisson laws; 0 where persons are asked one by one.
fn bulk_rate(asked: u64, fraction: f64) -> f64 {
    if asked < ONE_BY_ONE {
        return 0.0;
    }
    let similar = (1u64 << asked.ilog2()) as f64;
    fraction * (1.0 - 1.0 / similar.sqrt())
}

/// Flows from answers, moved by the correction only. Rounded so that their sum stays what it was.
fn expand(origin: Origin, answers: &[f64], amounts: &mut [f64]) {
    let (mut sum, mut rounded) = (0.0, 0.0);
    for (units, answers) in amounts.iter_mut().zip(answers) {
        sum += *units + origin.correction * (origin.each * answers - *units);
        let up_to_here = f64::round(sum);
        *units = up_to_here - rounded;
        rounded = up_to_here;
    }
}
