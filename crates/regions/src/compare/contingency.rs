//! The table of two partitions: how much of each area of one lies in each area of the other.

use std::collections::BTreeMap;

use distretto_territory::Partition;

/// What an area of the first partition shares with an area of the second.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// Number of zones.
    pub zones: usize,
    /// Their weight.
    pub weight: f64,
    /// Sum of the squares of their weights.
    pub squares: f64,
}

impl Cell {
    fn add(&mut self, weight: f64) {
        self.zones += 1;
        self.weight += weight;
        self.squares += weight * weight;
    }

    /// Weight of the pairs of different zones: sum over i < j of w_i w_j.
    pub fn pairs(&self) -> f64 {
        (self.weight * self.weight - self.squares) / 2.0
    }
}

/// A contingency table, sparse; also the crosswalk from one partition to the other.
#[derive(Debug, Clone)]
pub struct Contingency {
    cells: BTreeMap<(u32, u32), Cell>,
    of_a: BTreeMap<u32, Cell>,
    of_b: BTreeMap<u32, Cell>,
    all: Cell,
}

impl Contingency {
    /// Counts zones with an area in both; `weights` by zone index.
    pub fn new(a: &Partition, b: &Partition, weights: &[f64]) -> Self {
        let mut table = Self {
            cells: BTreeMap::new(),
            of_a: BTreeMap::new(),
            of_b: BTreeMap::new(),
            all: Cell::default(),
        };
        for ((of_a, of_b), &weight) in a.as_slice().iter().zip(b.as_slice()).zip(weights) {
            if let (&Some(of_a), &Some(of_b)) = (of_a, of_b) {
                table.cells.entry((of_a, of_b)).or_default().add(weight);
                table.of_a.entry(of_a).or_default().add(weight);
                table.of_b.entry(of_b).or_default().add(weight);
                table.all.add(weight);
            }
        }
        table
    }

    /// `((area of a, area of b), what they share)`, ascending.
    pub fn cells(&self) -> impl Iterator<Item = ((u32, u32), &Cell)> {
        self.cells.iter().map(|(&key, cell)| (key, cell))
    }

    /// What two areas share.
    pub fn cell(&self, a: u32, b: u32) -> Cell {
        self.cells.get(&(a, b)).copied().unwrap_or_default()
    }

    /// What both partitions cover of an area of the first.
    pub fn of_a(&self, area: u32) -> Cell {
        self.of_a.get(&area).copied().unwrap_or_default()
    }

    /// What both partitions cover of an area of the second.
    pub fn of_b(&self, area: u32) -> Cell {
        self.of_b.get(&area).copied().unwrap_or_default()
    }

    /// Margins of the first partition.
    pub fn margins_a(&self) -> impl Iterator<Item = &Cell> {
        self.of_a.values()
    }

    /// Margins of the second partition.
    pub fn margins_b(&self) -> impl Iterator<Item = &Cell> {
        self.of_b.values()
    }

    /// Everything both cover.
    pub fn all(&self) -> Cell {
        self.all
    }

    /// Weight of everything both cover.
    pub fn total(&self) -> f64 {
        self.all.weight
    }

    /// Areas of the first with a zone that both cover.
    pub fn areas_of_a(&self) -> usize {
        self.of_a.len()
    }

    /// Areas of the second with a zone that both cover.
    pub fn areas_of_b(&self) -> usize {
        self.of_b.len()
    }

    /// Areas made of the same zones in both.
    pub fn identical(&self) -> usize {
        self.cells()
            .filter(|((a, b), cell)| cell.zones == self.of_a(*a).zones && cell.zones == self.of_b(*b).zones)
            .count()
    }
}
