//! Each flow Poisson, with its own amount as mean.

use std::collections::BTreeMap;

use distretto_flows::{FlowTable, Redraw};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

use super::alias::{Alias, AliasTables};

/// Flows as a register or a full census has them, taken as one draw of what could have been: the trips of every pair are events
/// that each happen or not, whatever the others do, so a flow of F persons is Poisson with mean and variance F (for flows between
/// places: Flowerdew & Aitkin 1982, Journal of Regional Science 22:191-202). The number of residents of a zone varies like its flows. A flow need not be whole; what is drawn is.
///
/// Assumes that one amount is all there is to know of a pair: the amount drawn varies about an amount that varied about the
/// truth, so replicates are rougher than the table they are drawn from.
#[derive(Debug, Clone)]
pub(super) struct PoissonFlows {
    laws: PoissonLaws,
}

impl PoissonFlows {
    /// For the flows of a table, in persons.
    pub fn new(flows: &FlowTable) -> Self {
        let means: Vec<f64> = flows.rows().map(|(_, _, units)| flows.persons(units)).collect();
        Self { laws: PoissonLaws::new(&means) }
    }

    /// The flows redrawn. Cost: linear in pairs.
    pub fn draw<'r>(&self, flows: &FlowTable, room: &'r mut Redraw, rng: &mut ChaCha8Rng) -> &'r FlowTable {
        let per_person = flows.units_per_person();
        let mut first = 0;
        room.by_origin(flows, |_, amounts| {
            let last = first + amounts.len();
            for (units, pair) in amounts.iter_mut().zip(first..last) {
                *units = self.laws.draw(pair, rng) * per_person;
            }
            first = last;
        })
    }
}

/// A Poisson law for each of many pairs, prepared once for all pairs of the same mean.
///
/// Small means have tables of their own. The sum of Poisson numbers is Poisson with the sum of their means, so a larger mean is
/// taken apart into three that many share: all tables together stay in the processor's second cache.
#[derive(Debug, Clone)]
pub(super) struct PoissonLaws {
    of_pair: Vec<u32>,
    laws: Vec<Law>,
    tables: Vec<Table>,
    aliases: AliasTables,
}

#[derive(Debug, Clone, Copy)]
enum Law {
    /// By one table.
    Table(Table),
    /// The sum of what three tables give, by index.
    Sum([u32; 3]),
    /// Too wide for tables.
    Mean(f64),
}

/// As many as `first`, and what the alias table adds.
#[derive(Debug, Clone, Copy)]
struct Table {
    first: u32,
    more: Alias,
}

impl PoissonLaws {
    /// Means below this have tables of their own, others are multiples of it and a rest.
    const STEP: f64 = 64.0;
    /// Largest mean that is drawn from tables.
    const LARGEST: f64 = 1_024.0;
    /// Values in all tables together: 8 MB. Smallest means come first.
    const COLUMNS: usize = 1 << 20;
    /// Means differ by whole multiples of a billionth, as amounts of flow tables do.
    const FINEST: f64 = 1e9;

    /// Laws of these means, finite and not negative. Cost: n log n; memory 4 bytes a pair, 16 a distinct mean and at most 8 MB.
    pub fn new(means: &[f64]) -> Self {
        let mut distinct = means.to_vec();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup();
        let mut made = Made::default();
        let laws = distinct.iter().map(|&mean| made.law(mean)).collect();
        let of_pair =
            means.iter().map(|mean| distinct.partition_point(|other| other < mean) as u32).collect();
        Self { of_pair, laws, tables: made.tables, aliases: made.aliases }
    }

    /// A number of persons: of tables, with each probability up to 2^-32; of a wide law, by rejection from the normal (Ahrens &
    /// Dieter 1982, ACM TOMS 8:163-179).
    #[inline]
    pub fn draw(&self, pair: usize, rng: &mut impl Rng) -> f64 {
        match self.laws[self.of_pair[pair] as usize] {
            Law::Table(table) => f64::from(self.of_table(table, rng)),
            Law::Sum(parts) => f64::from(
                parts.into_iter().map(|part| self.of_table(self.tables[part as usize], rng)).sum::<u32>(),
            ),
            Law::Mean(mean) => wide(mean, rng),
        }
    }

    #[inline]
    fn of_table(&self, table: Table, rng: &mut impl Rng) -> u32 {
        table.first + self.aliases.draw(table.more, rng)
    }
}

/// The tables as they are made.
#[derive(Default)]
struct Made {
    tables: Vec<Table>,
    aliases: AliasTables,
    /// The tables of parts of means, by the billionth.
    of_part: BTreeMap<u64, u32>,
}

impl Made {
    fn law(&mut self, mean: f64) -> Law {
        if mean >= PoissonLaws::LARGEST || self.aliases.len() > PoissonLaws::COLUMNS {
            return Law::Mean(mean);
        }
        if mean < PoissonLaws::STEP {
            return Law::Table(self.table(mean));
        }
        let steps = (mean / PoissonLaws::STEP).floor() * PoissonLaws::STEP;
        let rest = mean - steps;
        Law::Sum([steps, rest.floor(), rest - rest.floor()].map(|part| self.part(part)))
    }

    fn part(&mut self, mean: f64) -> u32 {
        let billionths = (mean * PoissonLaws::FINEST).round();
        if let Some(&part) = self.of_part.get(&(billionths as u64)) {
            return part;
        }
        let table = self.table(billionths / PoissonLaws::FINEST);
        self.tables.push(table);
        let part = self.tables.len() as u32 - 1;
        self.of_part.insert(billionths as u64, part);
        part
    }

    fn table(&mut self, mean: f64) -> Table {
        let (first, weights) = weights(mean);
        Table { first, more: self.aliases.push(&weights) }
    }
}

/// Kept out of the way of the many that have a table.
#[cold]
fn wide(mean: f64, rng: &mut impl Rng) -> f64 {
    Poisson::new(mean).map_or(mean.round(), |law| law.sample(rng))
}

/// Probabilities of the numbers about a mean, up to a factor: the first number, and all up to where less than 2^-64 of the
/// largest is left. By ratios of neighbours from the mode, so it is the same on every machine.
fn weights(mean: f64) -> (u32, Vec<f64>) {
    const LEAST: f64 = 1.0 / 18_446_744_073_709_551_616.0;
    let mode = mean.floor();
    let below = std::iter::successors(Some((mode, 1.0)), |&(k, weight)| Some((k - 1.0, weight * k / mean)));
    let above =
        std::iter::successors(Some((mode, 1.0)), |&(k, weight)| Some((k + 1.0, weight * mean / (k + 1.0))));
    let mut weights: Vec<f64> =
        below.take_while(|&(k, weight)| k >= 0.0 && weight > LEAST).map(|(_, weight)| weight).collect();
    weights.reverse();
    let first = mode as u32 + 1 - weights.len() as u32;
    weights.extend(above.skip(1).map(|(_, weight)| weight).take_while(|&weight| weight > LEAST));
    (first, weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Purpose, stream};

    /// Probabilities of 0, 1, ... by the formula.
    fn formula(mean: f64, values: usize) -> Vec<f64> {
        let mut log = -mean;
        (0..values)
            .map(|k| {
                log += if k == 0 { 0.0 } else { (mean / k as f64).ln() };
                log.exp()
            })
            .collect()
    }

    fn draws(mean: f64, n: usize) -> Vec<f64> {
        let laws = PoissonLaws::new(&[7.0, mean, 1e5]);
        let mut rng = stream(1, Purpose::Flows, mean.to_bits());
        (0..n).map(|_| laws.draw(1, &mut rng)).collect()
    }

    #[test]
    fn weights_are_the_probabilities() {
        for mean in [1e-9, 0.79, 1.0, 2.37, 30.0, 250.5, 1_000.0] {
            let (first, weights) = weights(mean);
            let total: f64 = weights.iter().sum();
            let formula = formula(mean, first as usize + weights.len());
            for (k, weight) in weights.iter().enumerate() {
                let expected = formula[first as usize + k];
                assert!((weight / total - expected).abs() < 1e-12, "{mean} {k}: {weight} {expected}");
            }
            assert!(formula[..first as usize].iter().sum::<f64>() < 1e-16);
        }
        assert_eq!(weights(0.0), (0, vec![1.0]));
    }

    #[test]
    fn mean_and_variance_are_the_amount() {
        let n = 200_000;
        for mean in [0.79, 1.0, 1.58, 12.64, 64.0, 79.0, 127.97, 999.9, 1_023.5, 1_024.5, 5_000.0, 1e6] {
            let draws = draws(mean, n);
            assert!(draws.iter().all(|draw| draw.fract() == 0.0 && *draw >= 0.0));
            let found = draws.iter().sum::<f64>() / n as f64;
            let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / n as f64;
            // Four standard errors; the fourth central moment of a Poisson law is mean (1 + 3 mean).
            let n = n as f64;
            assert!((found - mean).abs() < 4.0 * (mean / n).sqrt(), "mean {found} of {mean}");
            let error = ((mean * (1.0 + 3.0 * mean) - mean * mean) / n).sqrt();
            assert!((variance - mean).abs() < 4.0 * error, "variance {variance} of {mean}");
        }
        assert!(draws(0.0, 1_000).iter().all(|draw| *draw == 0.0));
    }

    #[test]
    fn small_amounts_come_as_often_as_they_should() {
        let n = 400_000;
        for mean in [0.79, 1.0, 2.37, 12.64, 64.79] {
            let draws = draws(mean, n);
            let expected: Vec<f64> = formula(mean, 160).iter().map(|p| p * n as f64).collect();
            let mut count = vec![0.0; 160];
            for draw in draws {
                count[draw as usize] += 1.0;
            }
            let cells: Vec<usize> = (0..160).filter(|&k| expected[k] >= 10.0).collect();
            let chi2: f64 = cells.iter().map(|&k| (count[k] - expected[k]).powi(2) / expected[k]).sum();
            // Mean plus four standard deviations of chi-square.
            let freedom = cells.len() as f64 - 1.0;
            assert!(chi2 < freedom + 4.0 * (2.0 * freedom).sqrt(), "{mean}: {chi2} with {freedom}");
        }
    }

    #[test]
    fn amounts_without_a_table_are_drawn_too() {
        let means: Vec<f64> = (0..40_000u32).map(|i| 10.0 + f64::from(i) / 4_096.0).collect();
        let laws = PoissonLaws::new(&means);
        assert!(laws.aliases.len() < PoissonLaws::COLUMNS + 1_000);
        assert!(matches!(laws.laws[39_999], Law::Mean(_)));
        let mut rng = stream(2, Purpose::Flows, 1);
        let sum: f64 = (0..means.len()).map(|pair| laws.draw(pair, &mut rng)).sum();
        let expected: f64 = means.iter().sum();
        assert!((sum - expected).abs() < 4.0 * expected.sqrt());
    }
}
