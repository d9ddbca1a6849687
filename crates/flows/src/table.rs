//! The flow table: who lives where and works where.
//!
//! Amounts are held as whole multiples of one unit (a person, or a hundredth of a person where the input has
//! two decimals, and so on). Sums and differences of such amounts are exact in an `f64` up to 2^53 units, so no
//! result depends on the order in which flows are added, and a total kept up to date by additions and
//! subtractions equals the same total added up anew.

mod redraw;

use distretto_territory::Partition;

pub use redraw::Redraw;

/// One row of a flow table: `amount` persons live in zone `origin` and work in zone `destination`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Index of the zone of residence.
    pub origin: u32,
    /// Index of the zone of work.
    pub destination: u32,
    /// Persons; finite and not negative, not necessarily whole.
    pub amount: f64,
}

/// Why rows are not a flow table.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum FlowsError {
    /// A negative, infinite or missing amount; `row` counts from 0.
    #[error("flow {amount} in row {row} is not a number of persons")]
    Amount {
        /// Position of the row in the input.
        row: usize,
        /// What stood there.
        amount: f64,
    },
    /// A zone index outside the zones; `row` counts from 0.
    #[error("row {row} names zone index {zone}, but there are {zones} zones")]
    Zone {
        /// Position of the row in the input.
        row: usize,
        /// The index.
        zone: u32,
        /// Number of zones.
        zones: usize,
    },
    /// A positive amount below half a unit, which would become nothing; `row` counts from 0.
    #[error("flow {amount:e} in row {row} is less than half of the unit of the table, {unit:e} persons")]
    Vanishes {
        /// Position of the row in the input.
        row: usize,
        /// What stood there.
        amount: f64,
        /// Persons in one unit.
        unit: f64,
    },
    /// The total cannot be held exactly, even in whole persons.
    #[error("the flows add up to {total:e} persons, more than 2^53")]
    Total {
        /// Sum of all amounts.
        total: f64,
    },
}

/// Largest total (in units) below which every partial sum is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Decimals kept at most: finer amounts are rounded to a billionth of a person.
const MAX_DECIMALS: i32 = 9;

/// A sparse origin-destination table over zones `0..zones()`, readable by origin and by destination.
///
/// Every pair occurs once; rows of the same pair were added up. A pair given with amount 0 is kept: it is a row
/// of the table (the EU-TTWA method makes candidates of such rows).
#[derive(Debug, Clone)]
pub struct FlowTable {
    /// Rows of zone z: into it from `start[2z]`, out of it from `start[2z + 1]`, up to `start[2z + 2]`. Whoever looks at
    /// one direction looks at the other next, so they lie side by side.
    start: Vec<u32>,
    partner: Vec<u32>,
    amount: Vec<f64>,
    residents: Vec<f64>,
    workers: Vec<f64>,
    inside: Vec<f64>,
    per_person: f64,
    rounding: f64,
    duplicates: usize,
}

/// One direction of the table: the partners of each zone, ascending, and the amounts.
#[derive(Debug, Clone)]
struct Adjacency {
    start: Vec<u32>,
    partner: Vec<u32>,
    amount: Vec<f64>,
}

impl Adjacency {
    fn of(&self, zone: u32) -> impl ExactSizeIterator<Item = (u32, f64)> + Clone + '_ {
        let range = self.start[zone as usize] as usize..self.start[zone as usize + 1] as usize;
        self.partner[range.clone()].iter().copied().zip(self.amount[range].iter().copied())
    }

    /// The same pairs from the other side. Stable, so partners stay ascending.
    fn transposed(&self) -> Self {
        let zones = self.start.len() - 1;
        let mut start = vec![0u32; zones + 1];
        for &partner in &self.partner {
            start[partner as usize + 1] += 1;
        }
        for zone in 0..zones {
            start[zone + 1] += start[zone];
        }
        let mut next = start.clone();
        let mut partner = vec![0u32; self.partner.len()];
        let mut amount = vec![0.0; self.amount.len()];
        for zone in 0..zones as u32 {
            for (other, value) in self.of(zone) {
                let at = next[other as usize] as usize;
                partner[at] = zone;
                amount[at] = value;
                next[other as usize] += 1;
            }
        }
        Self { start, partner, amount }
    }
}

impl FlowTable {
    /// Builds the table from rows in any order, over zones `0..zones`. Rows of the same pair are added.
    ///
    /// Amounts are rounded to the fewest decimals (at most nine) that represent all of them; fewer where
    /// the total would otherwise exceed 2^53 units ([`Self::rounding`] says by how much). Cost: linear in rows and zones;
    /// memory 24 bytes a pair, as much again while building.
    ///
    /// # Errors
    /// An amount that is no number of persons or that rounding would make nothing, a zone outside the zones, a total
    /// that cannot be exact.
    pub fn from_rows(zones: usize, rows: &[Row]) -> Result<Self, FlowsError> {
        let mut total = 0.0;
        for (row, &Row { origin, destination, amount }) in rows.iter().enumerate() {
            if !(amount.is_finite() && amount >= 0.0) {
                return Err(FlowsError::Amount { row, amount });
            }
            if let Some(&zone) = [origin, destination].iter().find(|&&zone| zone as usize >= zones) {
                return Err(FlowsError::Zone { row, zone, zones });
            }
            total += amount;
        }
        let per_person = units_per_person(rows, total)?;
        let rounding = largest_rounding(rows, per_person)?;
        let (out, duplicates) = sorted_by_origin(zones, rows, per_person);
        Ok(Self { rounding, duplicates, ..Self::from_adjacency(&out, per_person) })
    }

    fn from_adjacency(out: &Adjacency, per_person: f64) -> Self {
        let into = out.transposed();
        let zones = out.start.len() - 1;
        let mut start = Vec::with_capacity(2 * zones + 1);
        let mut partner = Vec::with_capacity(2 * out.partner.len());
        let mut amount = Vec::with_capacity(2 * out.partner.len());
        start.push(0);
        for zone in 0..zones as u32 {
            for side in [&into, out] {
                for (other, units) in side.of(zone) {
                    partner.push(other);
                    amount.push(units);
                }
                start.push(partner.len() as u32);
            }
        }
        let sum = |side: &Adjacency, zone: u32| side.of(zone).map(|(_, amount)| amount).sum();
        let own =
            |zone: u32| out.of(zone).find(|&(partner, _)| partner == zone).map_or(0.0, |(_, units)| units);
        Self {
            residents: (0..zones as u32).map(|zone| sum(out, zone)).collect(),
            workers: (0..zones as u32).map(|zone| sum(&into, zone)).collect(),
            inside: (0..zones as u32).map(own).collect(),
            start,
            partner,
            amount,
            per_person,
            rounding: 0.0,
            duplicates: 0,
        }
    }

    /// A stretch of the rows, from one place of `start` to the next.
    fn stretch(&self, at: usize) -> (&[u32], &[f64]) {
        let range = self.start[at] as usize..self.start[at + 1] as usize;
        (&self.partner[range.clone()], &self.amount[range])
    }

    /// Number of zones.
    pub fn zones(&self) -> usize {
        self.residents.len()
    }

    /// Number of pairs (rows of the table).
    pub fn pairs(&self) -> usize {
        self.partner.len() / 2
    }

    /// How many input rows repeated a pair and were added to it.
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }

    /// Bytes that the table holds: 24 a pair, 32 a zone.
    pub fn bytes(&self) -> usize {
        4 * self.start.len() + 12 * self.partner.len() + 24 * self.zones()
    }

    /// Units in one person: 1 where all amounts are whole, 100 where they have two decimals.
    pub fn units_per_person(&self) -> f64 {
        self.per_person
    }

    /// The largest difference, in persons, between an amount given and the amount held: 0 where all amounts have at most
    /// nine decimals and the total leaves room for them.
    pub fn rounding(&self) -> f64 {
        self.rounding
    }

    /// Persons in this many units: the `f64` nearest to the exact value.
    pub fn persons(&self, units: f64) -> f64 {
        units / self.per_person
    }

    /// Flows out of a zone, `(destination, units)`, destinations ascending; the zone itself included.
    pub fn out_of(&self, zone: u32) -> impl ExactSizeIterator<Item = (u32, f64)> + Clone + '_ {
        let (partner, amount) = self.stretch(2 * zone as usize + 1);
        partner.iter().copied().zip(amount.iter().copied())
    }

    /// Flows into a zone, `(origin, units)`, origins ascending; the zone itself included.
    pub fn into_zone(&self, zone: u32) -> impl ExactSizeIterator<Item = (u32, f64)> + Clone + '_ {
        let (partner, amount) = self.stretch(2 * zone as usize);
        partner.iter().copied().zip(amount.iter().copied())
    }

    /// L: employed people living in the zone, in units.
    pub fn residents(&self, zone: u32) -> f64 {
        self.residents[zone as usize]
    }

    /// W: people working in the zone (its jobs), in units.
    pub fn workers(&self, zone: u32) -> f64 {
        self.workers[zone as usize]
    }

    /// f(c,c): people living and working in the zone, in units.
    pub fn inside(&self, zone: u32) -> f64 {
        self.inside[zone as usize]
    }

    /// f(o,d) in units, `None` where the table has no such row. Cost: logarithmic.
    pub fn get(&self, origin: u32, destination: u32) -> Option<f64> {
        let (partner, amount) = self.stretch(2 * origin as usize + 1);
        Some(amount[partner.binary_search(&destination).ok()?])
    }

    /// All rows `(origin, destination, units)`, by origin, then destination.
    pub fn rows(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..self.zones() as u32)
            .flat_map(|zone| self.out_of(zone).map(move |(other, units)| (zone, other, units)))
    }

    /// Sum of all flows, in units.
    pub fn total(&self) -> f64 {
        self.residents.iter().sum()
    }

    /// Share of the total on the diagonal, in 0..=1; `None` for an empty table.
    pub fn share_inside(&self) -> Option<f64> {
        let total = self.total();
        (total > 0.0).then(|| self.inside.iter().sum::<f64>() / total)
    }

    /// Flows between the areas of a partition, as a table over area indices; flows of zones without an area are
    /// left out. A row exists where any pair of members has one. Cost: linear in pairs.
    #[must_use]
    pub fn between_areas(&self, partition: &Partition) -> Self {
        let rows: Vec<Row> = self
            .rows()
            .filter_map(|(o, d, amount)| {
                Some(Row { origin: partition.area_of(o)?, destination: partition.area_of(d)?, amount })
            })
            .collect();
        let (out, _) = sorted_by_origin(partition.areas(), &rows, 1.0);
        Self { rounding: self.rounding, ..Self::from_adjacency(&out, self.per_person) }
    }

    /// The table without the zones for which `keep` is false: same indices, their rows gone.
    #[must_use]
    pub fn keeping(&self, keep: &[bool]) -> Self {
        let mut start = Vec::with_capacity(self.zones() + 1);
        let (mut partner, mut amount) = (Vec::new(), Vec::new());
        start.push(0);
        for zone in 0..self.zones() as u32 {
            if keep[zone as usize] {
                for (other, units) in self.out_of(zone).filter(|&(other, _)| keep[other as usize]) {
                    partner.push(other);
                    amount.push(units);
                }
            }
            start.push(partner.len() as u32);
        }
        let kept = Self::from_adjacency(&Adjacency { start, partner, amount }, self.per_person);
        Self { rounding: self.rounding, ..kept }
    }
}

impl FlowTable {
    /// The same flows with zones numbered anew: zone z becomes `place[z]`, a permutation. Cost: linear in pairs.
    #[must_use]
    pub fn renumbered(&self, place: &[u32]) -> Self {
        let rows: Vec<Row> = self
            .rows()
            .map(|(o, d, amount)| Row { origin: place[o as usize], destination: place[d as usize], amount })
            .collect();
        let (out, _) = sorted_by_origin(self.zones(), &rows, 1.0);
        Self { rounding: self.rounding, ..Self::from_adjacency(&out, self.per_person) }
    }

    /// The same flows in units up to `factor` times finer, for amounts that are to become fractions of a unit: the largest
    /// power of ten, at most `factor`, that keeps the total below 2^52 units; the same table where that is 1. Cost: linear
    /// in pairs.
    #[must_use]
    pub fn finer(&self, factor: f64) -> Self {
        let mut scale = 1.0;
        while scale * 10.0 <= factor && self.total() * scale * 10.0 < EXACT / 2.0 {
            scale *= 10.0;
        }
        let mut finer = self.clone();
        for amounts in [&mut finer.amount, &mut finer.residents, &mut finer.workers, &mut finer.inside] {
            for units in amounts {
                *units *= scale;
            }
        }
        finer.per_person *= scale;
        finer
    }
}

/// Sorts rows by origin and destination with two counting passes and adds up those of the same pair.
fn sorted_by_origin(zones: usize, rows: &[Row], per_person: f64) -> (Adjacency, usize) {
    let bucket = |key: &dyn Fn(&Row) -> u32| {
        let mut start = vec![0u32; zones + 1];
        for row in rows {
            start[key(row) as usize + 1] += 1;
        }
        for zone in 0..zones {
            start[zone + 1] += start[zone];
        }
        start
    };
    let mut next = bucket(&|row| row.destination);
    let mut by_destination = vec![0u32; rows.len()];
    for (i, row) in rows.iter().enumerate() {
        let at = &mut next[row.destination as usize];
        by_destination[*at as usize] = i as u32;
        *at += 1;
    }
    let mut next = bucket(&|row| row.origin);
    let mut order = vec![0u32; rows.len()];
    for &i in &by_destination {
        let at = &mut next[rows[i as usize].origin as usize];
        order[*at as usize] = i;
        *at += 1;
    }
    drop((by_destination, next));

    let mut start = vec![0u32; zones + 1];
    let mut partner = Vec::with_capacity(rows.len());
    let mut amount: Vec<f64> = Vec::with_capacity(rows.len());
    let mut last = None;
    for &i in &order {
        let row = &rows[i as usize];
        let units = (row.amount * per_person).round();
        if last == Some((row.origin, row.destination)) {
            if let Some(sum) = amount.last_mut() {
                *sum += units;
            }
        } else {
            partner.push(row.destination);
            amount.push(units);
            start[row.origin as usize + 1] += 1;
            last = Some((row.origin, row.destination));
        }
    }
    for zone in 0..zones {
        start[zone + 1] += start[zone];
    }
    let duplicates = rows.len() - partner.len();
    (Adjacency { start, partner, amount }, duplicates)
}

/// The smallest power of ten that makes all amounts whole, kept small enough for exact sums.
fn units_per_person(rows: &[Row], total: f64) -> Result<f64, FlowsError> {
    if total >= EXACT {
        return Err(FlowsError::Total { total });
    }
    let mut decimals = 0;
    for row in rows {
        while decimals < MAX_DECIMALS && !is_whole(row.amount, decimals) {
            decimals += 1;
        }
    }
    while decimals > 0 && total * 10f64.powi(decimals) >= EXACT / 2.0 {
        decimals -= 1;
    }
    Ok(10f64.powi(decimals))
}

/// The largest difference between an amount and the units it is held in, in persons.
fn largest_rounding(rows: &[Row], per_person: f64) -> Result<f64, FlowsError> {
    let mut largest: f64 = 0.0;
    for (row, &Row { amount, .. }) in rows.iter().enumerate() {
        let units = (amount * per_person).round();
        if units == 0.0 && amount > 0.0 {
            return Err(FlowsError::Vanishes { row, amount, unit: 1.0 / per_person });
        }
        largest = largest.max((amount - units / per_person).abs());
    }
    Ok(largest)
}

/// Whether `amount` is the `f64` nearest to some decimal number with this many decimals.
fn is_whole(amount: f64, decimals: i32) -> bool {
    let scale = 10f64.powi(decimals);
    let units = (amount * scale).round();
    units / scale == amount
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(u32, u32, f64)]) -> FlowTable {
        let rows: Vec<Row> =
            rows.iter().map(|&(origin, destination, amount)| Row { origin, destination, amount }).collect();
        FlowTable::from_rows(3, &rows).unwrap()
    }

    #[test]
    fn rows_of_a_pair_add_up_in_any_order() {
        let table = table(&[(2, 0, 1.5), (0, 1, 3.0), (2, 0, 0.25), (1, 1, 0.0)]);
        assert_eq!(table.rows().collect::<Vec<_>>(), [(0, 1, 300.0), (1, 1, 0.0), (2, 0, 175.0)]);
        assert_eq!((table.pairs(), table.duplicates(), table.units_per_person()), (3, 1, 100.0));
        assert_eq!(table.persons(table.residents(2)), 1.75);
        assert_eq!(table.into_zone(0).collect::<Vec<_>>(), [(2, 175.0)]);
        assert_eq!((table.get(1, 1), table.get(1, 2)), (Some(0.0), None));
    }

    #[test]
    fn tenths_add_up_exactly() {
        let ten_tenths = table(&[(0, 0, 0.1); 10]);
        assert_eq!(ten_tenths.persons(ten_tenths.total()), 1.0);
    }

    #[test]
    fn what_is_no_number_of_persons_is_refused_with_its_row() {
        for amount in [-1.0, f64::NAN, f64::INFINITY] {
            let rows =
                [Row { origin: 0, destination: 0, amount: 1.0 }, Row { origin: 0, destination: 1, amount }];
            assert!(matches!(FlowTable::from_rows(2, &rows), Err(FlowsError::Amount { row: 1, .. })));
        }
    }

    #[test]
    fn rounding_is_told_and_never_to_nothing() {
        let rows = |amounts: &[f64]| -> Vec<Row> {
            amounts.iter().map(|&amount| Row { origin: 0, destination: 0, amount }).collect()
        };
        let rounding =
            |amounts: &[f64]| FlowTable::from_rows(1, &rows(amounts)).map(|table| table.rounding());
        assert_eq!(rounding(&[0.1, 0.25, 3.0, 123_456.789, 0.0]), Ok(0.0));
        let thirds = rounding(&[1.0 / 3.0, 1.0]).unwrap();
        assert!((thirds - 1e-9 / 3.0).abs() < 1e-15, "{thirds}");
        let tenths_beside_a_huge_one = rounding(&[0.8, 8e15]).unwrap();
        assert!((tenths_beside_a_huge_one - 0.2).abs() < 1e-15);
        assert_eq!(rounding(&[1.0, 1e-12]), Err(FlowsError::Vanishes { row: 1, amount: 1e-12, unit: 1e-9 }));
        assert_eq!(rounding(&[0.1, 8e15]), Err(FlowsError::Vanishes { row: 0, amount: 0.1, unit: 1.0 }));
    }

    #[test]
    fn zones_can_be_numbered_anew() {
        let flows = table(&[(0, 1, 2.5), (1, 2, 3.0), (2, 2, 4.0)]);
        let other = flows.renumbered(&[2, 0, 1]);
        assert_eq!(other.rows().collect::<Vec<_>>(), [(0, 1, 30.0), (1, 1, 40.0), (2, 0, 25.0)]);
        assert_eq!((other.residents(2), other.workers(0), other.inside(1)), (25.0, 25.0, 40.0));
        assert_eq!(other.units_per_person(), 10.0);
    }

    #[test]
    fn units_can_be_finer_as_far_as_sums_stay_exact() {
        let flows = table(&[(0, 1, 2.5), (1, 2, 3.0), (2, 2, 4.0)]);
        let finer = flows.finer(100.0);
        assert_eq!(finer.rows().collect::<Vec<_>>(), [(0, 1, 2_500.0), (1, 2, 3_000.0), (2, 2, 4_000.0)]);
        assert_eq!((finer.units_per_person(), finer.total()), (1_000.0, 9_500.0));
        let sums = [finer.residents(1), finer.workers(2), finer.inside(2)];
        assert_eq!(sums.map(|units| finer.persons(units)), [3.0, 7.0, 4.0]);
        assert_eq!(finer.into_zone(1).collect::<Vec<_>>(), [(0, 2_500.0)]);
        assert_eq!(flows.finer(99.0).units_per_person(), 100.0);
        for no_finer in [1.0, 0.0, f64::NAN] {
            assert_eq!(flows.finer(no_finer).units_per_person(), 10.0);
        }
        let huge = table(&[(0, 0, 1e14), (0, 1, 3.0)]);
        assert_eq!((huge.finer(1e9).units_per_person(), huge.finer(1e9).get(0, 1)), (10.0, Some(30.0)));
    }

    #[test]
    fn areas_add_up_their_members() {
        let flows = table(&[(0, 1, 2.0), (1, 2, 3.0), (2, 2, 4.0), (0, 2, 5.0)]);
        let areas = flows.between_areas(&Partition::from_codes(&[Some("a"), Some("a"), Some("b")]));
        assert_eq!(areas.rows().collect::<Vec<_>>(), [(0, 0, 2.0), (0, 1, 8.0), (1, 1, 4.0)]);
    }
}
