//! Which way of changing a plan is taken: more often one that has been of use.

use crate::search::chance::Chance;

/// How many choices are looked at together.
const PERIOD: u32 = 500;

/// Weights of ways by the use they were of.
pub struct Habit {
    weights: Vec<f64>,
    uses: Vec<u32>,
    merits: Vec<f64>,
    chosen: u32,
}

impl Habit {
    pub fn new(ways: usize) -> Self {
        Self { weights: vec![1.0; ways], uses: vec![0; ways], merits: vec![0.0; ways], chosen: 0 }
    }

    /// A way by chance.
    pub fn choose(&mut self, chance: &mut Chance) -> usize {
        if self.chosen == PERIOD {
            self.learn();
        }
        self.chosen += 1;
        let mut left = chance.share() * self.weights.iter().sum::<f64>();
        let mut way = 0;
        while way + 1 < self.weights.len() && left > self.weights[way] {
            left -= self.weights[way];
            way += 1;
        }
        self.uses[way] += 1;
        way
    }

    /// Tells that a way was of use.
    pub fn praise(&mut self, way: usize, merit: f64) {
        self.merits[way] += merit;
    }

    /// Half of the weight is what it was, half the merit in the last period; no way is forgotten.
    fn learn(&mut self) {
        let merit = |way: usize| self.merits[way] / f64::from(self.uses[way].max(1));
        let merits: Vec<f64> = (0..self.weights.len()).map(merit).collect();
        let mean = merits.iter().sum::<f64>() / merits.len().max(1) as f64;
        if mean > 0.0 {
            for (weight, merit) in self.weights.iter_mut().zip(merits) {
                *weight = (0.7 * *weight + 0.3 * merit / mean).max(0.1);
            }
        }
        self.uses.fill(0);
        self.merits.fill(0.0);
        self.chosen = 0;
    }
}
