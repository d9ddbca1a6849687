//! The same pairs with other amounts, many times over.

use super::FlowTable;

/// Makes tables with the pairs of another table and new amounts; the memory of one is used for the next.
#[derive(Debug, Clone)]
pub struct Redraw {
    table: FlowTable,
    /// New amount of each pair, by origin, then destination.
    drawn: Vec<f64>,
    /// Where in `drawn` each row into a zone stands, by destination, then origin.
    mirror: Vec<u32>,
}

impl Redraw {
    /// Room for tables with the pairs of this one.
    pub fn new(base: &FlowTable) -> Self {
        let zones = base.zones();
        let mut next: Vec<u32> = Vec::with_capacity(zones);
        let mut place = 0;
        for zone in 0..zones {
            next.push(place);
            place += base.stretch(2 * zone).0.len() as u32;
        }
        let mut mirror = vec![0; place as usize];
        for (pair, (_, destination, _)) in (0..).zip(base.rows()) {
            let at = &mut next[destination as usize];
            mirror[*at as usize] = pair;
            *at += 1;
        }
        Self { table: base.clone(), drawn: Vec::with_capacity(mirror.len()), mirror }
    }

    /// The table in which each pair of `base` has the amount that `draw(origin, destination, units)` gives it, in units.
    /// Pairs are asked for once each, by origin, then destination. Otherwise as [`Self::by_origin`].
    pub fn of(&mut self, base: &FlowTable, mut draw: impl FnMut(u32, u32, f64) -> f64) -> &FlowTable {
        self.by_origin(base, |origin, amounts| {
            for ((destination, _), units) in base.out_of(origin).zip(amounts) {
                *units = draw(origin, destination, *units);
            }
        })
    }

    /// The table in which the pairs of `base` have other amounts: `draw(origin, amounts)` is handed the amounts of the rows
    /// out of each zone, in units, destinations ascending, and puts the new ones in their place. Origins come in order. A pair
    /// that gets 0 is no row of the new table: nobody makes the trip. Amounts are whole and not negative, and sum to less than
    /// 2^53. `base` has the pairs of the table that this was made for; its unit may be another. Cost: linear in pairs and zones.
    ///
    /// # Panics
    /// If `base` has more or fewer pairs.
    pub fn by_origin(&mut self, base: &FlowTable, mut draw: impl FnMut(u32, &mut [f64])) -> &FlowTable {
        let Self { table, drawn, mirror } = self;
        assert_eq!(mirror.len(), base.pairs(), "a redraw of another table");
        drawn.clear();
        for origin in 0..base.zones() as u32 {
            let first = drawn.len();
            drawn.extend_from_slice(base.stretch(2 * origin as usize + 1).1);
            draw(origin, &mut drawn[first..]);
        }
        debug_assert!(drawn.iter().all(|units| *units >= 0.0 && units.fract() == 0.0), "not whole units");
        let FlowTable { start, partner, amount, residents, workers, inside, .. } = table;
        for sums in [&mut *residents, &mut *workers, &mut *inside] {
            sums.clear();
        }
        start.clear();
        start.push(0);
        partner.resize(base.partner.len(), 0);
        amount.resize(base.amount.len(), 0.0);
        let mut rows = Rows { partner, amount, end: 0 };
        let (mut into, mut out) = (mirror.as_slice(), drawn.as_slice());
        for zone in 0..base.zones() {
            let (origins, _) = base.stretch(2 * zone);
            let (pairs, more) = into.split_at(origins.len());
            into = more;
            workers.push(rows.push(origins.iter().zip(pairs.iter().map(|&pair| drawn[pair as usize]))));
            start.push(rows.end as u32);
            let (destinations, _) = base.stretch(2 * zone + 1);
            let (amounts, more) = out.split_at(destinations.len());
            out = more;
            residents.push(rows.push(destinations.iter().zip(amounts.iter().copied())));
            start.push(rows.end as u32);
            inside.push(destinations.binary_search(&(zone as u32)).map_or(0.0, |at| amounts[at]));
        }
        let end = rows.end;
        partner.truncate(end);
        amount.truncate(end);
        (table.per_person, table.rounding, table.duplicates) =
            (base.per_person, base.rounding, base.duplicates);
        &self.table
    }
}

/// The rows of a table as it grows.
struct Rows<'a> {
    partner: &'a mut [u32],
    amount: &'a mut [f64],
    end: usize,
}

impl Rows<'_> {
    /// Adds the rows that have somebody; the sum of all. Whether a row stays is anyone's guess, so it is written in any case and
    /// the next one over it: a processor that guesses wrong half the time would need twice as long.
    #[inline]
    fn push<'r>(&mut self, rows: impl Iterator<Item = (&'r u32, f64)>) -> f64 {
        let mut sum = 0.0;
        for (&other, units) in rows {
            (self.partner[self.end], self.amount[self.end]) = (other, units);
            self.end += usize::from(units > 0.0);
            sum += units;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::super::Row;
    use super::*;

    fn base() -> FlowTable {
        let rows = [(0, 0, 5.0), (0, 2, 1.5), (1, 0, 2.0), (2, 1, 4.0), (2, 2, 0.0)]
            .map(|(origin, destination, amount)| Row { origin, destination, amount });
        FlowTable::from_rows(3, &rows).unwrap()
    }

    fn same(a: &FlowTable, b: &FlowTable) {
        assert_eq!(a.rows().collect::<Vec<_>>(), b.rows().collect::<Vec<_>>());
        for zone in 0..a.zones() as u32 {
            assert_eq!(a.into_zone(zone).collect::<Vec<_>>(), b.into_zone(zone).collect::<Vec<_>>());
            let sums = |t: &FlowTable| (t.residents(zone), t.workers(zone), t.inside(zone));
            assert_eq!(sums(a), sums(b));
        }
        assert_eq!(a.units_per_person(), b.units_per_person());
    }

    #[test]
    fn amounts_change_and_pairs_without_any_go() {
        let base = base();
        let mut redraw = Redraw::new(&base);
        for _ in 0..2 {
            let drawn = redraw.of(&base, |o, d, units| if (o, d) == (1, 0) { 0.0 } else { 2.0 * units });
            let expected: Vec<(u32, u32, f64)> = vec![(0, 0, 100.0), (0, 2, 30.0), (2, 1, 80.0)];
            assert_eq!(drawn.rows().collect::<Vec<_>>(), expected);
            let rows = expected.iter().map(|&(origin, destination, units)| Row {
                origin,
                destination,
                amount: units / 10.0,
            });
            let anew = FlowTable::from_rows(3, &rows.collect::<Vec<_>>()).unwrap();
            assert_eq!(drawn.pairs(), 3);
            for zone in 0..3 {
                assert_eq!(
                    drawn.into_zone(zone).map(|(o, u)| (o, drawn.persons(u))).collect::<Vec<_>>(),
                    anew.into_zone(zone).map(|(o, u)| (o, anew.persons(u))).collect::<Vec<_>>()
                );
                assert_eq!(drawn.persons(drawn.workers(zone)), anew.persons(anew.workers(zone)));
                assert_eq!(drawn.persons(drawn.residents(zone)), anew.persons(anew.residents(zone)));
                assert_eq!(drawn.persons(drawn.inside(zone)), anew.persons(anew.inside(zone)));
            }
        }
    }

    #[test]
    fn the_same_amounts_give_the_same_table_whatever_was_drawn_before() {
        let base = base();
        let mut redraw = Redraw::new(&base);
        redraw.of(&base, |_, _, _| 0.0);
        assert_eq!(redraw.of(&base, |_, _, _| 0.0).pairs(), 0);
        let drawn = redraw.of(&base, |_, _, units| units);
        // A row of nobody is none after a draw.
        let kept: Vec<Row> = base
            .rows()
            .filter(|row| row.2 > 0.0)
            .map(|(origin, destination, units)| Row { origin, destination, amount: base.persons(units) })
            .collect();
        same(drawn, &FlowTable::from_rows(3, &kept).unwrap());
    }
    #[test]
    fn a_room_serves_the_same_pairs_in_other_units() {
        let base = base();
        let mut redraw = Redraw::new(&base);
        let finer = base.finer(100.0);
        let drawn = redraw.by_origin(&finer, |origin, amounts| {
            for units in amounts {
                *units += f64::from(origin);
            }
        });
        assert_eq!(drawn.rows().collect::<Vec<_>>()[2..], [(1, 0, 2_001.0), (2, 1, 4_002.0), (2, 2, 2.0)]);
        assert_eq!((drawn.units_per_person(), drawn.persons(drawn.inside(2))), (1_000.0, 0.002));
    }
}
