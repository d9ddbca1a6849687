//! The same pairs with other amounts, many times over.

use super::FlowTable;

/// Makes tables with the pairs of another table and new amounts; the memory of one is used for the next.
#[derive(Debug, Clone)]
pub struct Redraw {
    table: FlowTable,
    /// New amount of each pair, by origin, then destination.
    drawn: Vec<f64>,
    /// Where the next row into each zone goes.
    next_into: Vec<u32>,
}

impl Redraw {
    /// Room for tables like this one.
    pub fn new(base: &FlowTable) -> Self {
        Self {
            table: base.clone(),
            drawn: Vec::with_capacity(base.pairs()),
            next_into: vec![0; base.zones()],
        }
    }

    /// The table in which each pair of `base` has the amount that `draw(origin, destination, units)` gives it, in units.
    /// Pairs are asked for once each, by origin, then destination. A pair that gets 0 is no row of the new table: nobody
    /// makes the trip. Amounts are whole and not negative, and sum to less than 2^53. Cost: linear in pairs and zones.
    pub fn of(&mut self, base: &FlowTable, mut draw: impl FnMut(u32, u32, f64) -> f64) -> &FlowTable {
        let zones = base.zones();
        let FlowTable { start, partner, amount, residents, workers, inside, .. } = &mut self.table;
        let (drawn, next_into) = (&mut self.drawn, &mut self.next_into);
        drawn.clear();
        next_into.clear();
        next_into.resize(zones, 0);
        workers.clear();
        workers.resize(zones, 0.0);
        residents.clear();
        inside.clear();
        // `start` holds the number of rows out of each zone until it holds places.
        start.clear();
        start.resize(2 * zones + 1, 0);
        for origin in 0..zones as u32 {
            let (mut out, mut own, mut rows) = (0.0, 0.0, 0);
            for (destination, units) in base.out_of(origin) {
                let units = draw(origin, destination, units);
                debug_assert!(units >= 0.0 && units.fract() == 0.0, "{units} is not a whole number of units");
                drawn.push(units);
                if units > 0.0 {
                    rows += 1;
                    out += units;
                    next_into[destination as usize] += 1;
                    workers[destination as usize] += units;
                    if destination == origin {
                        own = units;
                    }
                }
            }
            start[2 * origin as usize + 1] = rows;
            residents.push(out);
            inside.push(own);
        }
        let mut place = 0;
        for zone in 0..zones {
            let (into, out) = (next_into[zone], start[2 * zone + 1]);
            (start[2 * zone], next_into[zone]) = (place, place);
            place += into;
            start[2 * zone + 1] = place;
            place += out;
        }
        start[2 * zones] = place;
        partner.resize(place as usize, 0);
        amount.resize(place as usize, 0.0);
        let mut drawn = drawn.iter();
        for origin in 0..zones as u32 {
            let mut at = start[2 * origin as usize + 1] as usize;
            for ((destination, _), &units) in base.out_of(origin).zip(&mut drawn) {
                if units > 0.0 {
                    (partner[at], amount[at]) = (destination, units);
                    at += 1;
                    let into = &mut next_into[destination as usize];
                    (partner[*into as usize], amount[*into as usize]) = (origin, units);
                    *into += 1;
                }
            }
        }
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
}
