//! The same pairs with other amounts, many times over.

use super::FlowTable;

/// Makes tables with the pairs of another table and new amounts; the memory of one is used for the next.
#[derive(Debug, Clone)]
pub struct Redraw {
    table: FlowTable,
    /// New amounts of the rows out of one zone.
    drawn: Vec<f64>,
}

impl Redraw {
    /// Room for tables like this one.
    pub fn new(base: &FlowTable) -> Self {
        Self { table: base.clone(), drawn: Vec::new() }
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
    /// 2^53. Cost: linear in pairs and zones.
    pub fn by_origin(&mut self, base: &FlowTable, mut draw: impl FnMut(u32, &mut [f64])) -> &FlowTable {
        let zones = base.zones();
        let Self { table, drawn } = self;
        // Every row has the place that it has in `base`, or one before it: nothing must be counted first.
        table.stretches.clone_from(&base.stretches);
        for (start, end) in table.stretches.iter_mut().step_by(2) {
            *end = *start;
        }
        let FlowTable { stretches, partner, amount, residents, workers, inside, .. } = table;
        partner.resize(base.partner.len(), 0);
        amount.resize(base.amount.len(), 0.0);
        workers.clear();
        workers.resize(zones, 0.0);
        residents.clear();
        inside.clear();
        let mut pairs = 0;
        for origin in 0..zones as u32 {
            let (destinations, amounts) = base.stretch(2 * origin as usize + 1);
            drawn.clear();
            drawn.extend_from_slice(amounts);
            draw(origin, drawn);
            let (mut out, mut own) = (0.0, 0.0);
            let (start, _) = stretches[2 * origin as usize + 1];
            let mut end = start;
            for (&destination, &units) in destinations.iter().zip(&*drawn) {
                debug_assert!(units >= 0.0 && units.fract() == 0.0, "{units} is not a whole number of units");
                // Whether a row stays is anyone's guess, so it is written in any case and the next one over it: a processor
                // that guesses wrong half the time would need twice as long.
                let stays = u32::from(units > 0.0);
                (partner[end as usize], amount[end as usize]) = (destination, units);
                end += stays;
                let (_, into) = &mut stretches[2 * destination as usize];
                (partner[*into as usize], amount[*into as usize]) = (origin, units);
                *into += stays;
                workers[destination as usize] += units;
                out += units;
                if destination == origin {
                    own = units;
                }
            }
            stretches[2 * origin as usize + 1].1 = end;
            pairs += (end - start) as usize;
            residents.push(out);
            inside.push(own);
        }
        table.pairs = pairs;
        (table.per_person, table.rounding, table.duplicates) =
            (base.per_person, base.rounding, base.duplicates);
        &self.table
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
    fn a_room_serves_a_table_of_other_zones_and_units() {
        let base = base();
        let rows = [(0, 1, 0.25), (1, 1, 3.0)].map(|(origin, destination, amount)| Row {
            origin,
            destination,
            amount,
        });
        let other = FlowTable::from_rows(2, &rows).unwrap();
        let mut redraw = Redraw::new(&base);
        same(redraw.of(&other, |_, _, units| units), &other);
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
