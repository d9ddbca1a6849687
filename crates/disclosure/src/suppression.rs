//! Secondary suppression: what else must be withheld, so that sums do not tell what is withheld.
//!
//! Where every value stands in at most two sums, a table is a graph: sums are nodes, values are edges, and what is published
//! falls away, since it is known. An outsider can compute a withheld value exactly if and only if its edge is a bridge of
//! what is left: if it lies on a cycle, a little can be added to it and taken from its neighbours all the way round without any
//! published figure changing. So every bridge gets the cheapest cycle through it. Source: Gusfield (1988), A graph theoretic
//! approach to statistical data security, SIAM Journal on Computing 17(3), DOI 10.1137/0217034.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::bridges::{Bridges, Links, bridges};
use crate::contributions::Contributions;
use crate::rule::Rule;

/// The sum of a value that stands in no other: what lies outside the tables.
pub const OUTSIDE: u32 = u32::MAX;

/// Where a value stands in a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A part of it.
    Part(u32),
    /// What the parts add up to.
    Total(u32),
}

impl Place {
    /// The sum.
    pub fn sum(self) -> u32 {
        match self {
            Self::Part(sum) | Self::Total(sum) => sum,
        }
    }
}

/// One figure that would be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// Its two sums; [`OUTSIDE`] for what stands in one or none.
    pub places: [Place; 2],
    /// What it is made of, as far as it counts in sums with others: no contributor may be in two values of a sum.
    pub contributions: Contributions,
    /// What it is judged by alone: the same, unless contributors stand behind several values.
    pub alone: Contributions,
    /// Whether it is withheld already, for the sake of figures outside this network.
    pub withheld: bool,
    /// What it costs to withhold it for the sake of others; compared with that of other values.
    pub price: u64,
    /// Whether it is published unless it is itself unsafe: nothing else is protected by withholding it.
    pub keep: bool,
}

impl Value {
    /// A value that costs as much as it amounts to, so that small values go first.
    pub fn new(places: [Place; 2], contributions: Contributions) -> Self {
        let price = u64::try_from(contributions.parts()).unwrap_or(u64::MAX).saturating_add(1);
        Self { places, contributions, alone: contributions, withheld: false, price, keep: false }
    }

    /// The same, judged by these contributions as long as it is alone.
    #[must_use]
    pub fn judged_by(self, alone: Contributions) -> Self {
        Self { alone, ..self }
    }

    /// The same, so many times dearer: margins are worth more to a reader than what is inside a table.
    #[must_use]
    pub fn dearer(self, times: u64) -> Self {
        Self { price: self.price.saturating_mul(times), ..self }
    }

    /// The same, published unless unsafe.
    #[must_use]
    pub fn kept(self) -> Self {
        Self { keep: true, ..self }
    }
}

/// Whether a figure is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// It is.
    #[default]
    Published,
    /// Withheld because it is unsafe itself.
    Primary,
    /// Withheld because it would tell another.
    Secondary,
}

impl Status {
    /// The word for it; none where it is published.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Published => None,
            Self::Primary => Some("primary"),
            Self::Secondary => Some("secondary"),
        }
    }

    /// Whether it is withheld.
    pub fn withheld(self) -> bool {
        self != Self::Published
    }
}

/// Why values and sums are no graph that the theorem speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// A sum that does not exist.
    #[error("value {value} stands in sum {sum}, but there are {sums}")]
    Sum {
        /// Index of the value.
        value: usize,
        /// The sum.
        sum: u32,
        /// Number of sums.
        sums: usize,
    },
    /// Sums that cannot be turned so that every value enters one and leaves the other.
    #[error("value {value} makes a circle of sums in which it counts twice instead of cancelling out")]
    Unbalanced {
        /// Index of the value.
        value: usize,
    },
    /// A cell outside its table, or given twice.
    #[error("cell {cell} (row {row}, column {column}) is outside the table or stands there a second time")]
    Cell {
        /// Index of the cell.
        cell: usize,
        /// Its row.
        row: u32,
        /// Its column.
        column: u32,
    },
    /// More values than indices.
    #[error("{0} values are too many")]
    TooMany(usize),
}

/// Values and the sums they stand in.
#[derive(Debug, Clone)]
pub struct Network {
    sums: usize,
    values: Vec<Value>,
}

/// What is published and what is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protection {
    /// By value.
    pub status: Vec<Status>,
    /// Withheld values that can be computed all the same, ascending: nothing that may be withheld would protect them.
    pub exposed: Vec<u32>,
    /// Sums whose withheld parts are unsafe even together, ascending, with nothing left to withhold.
    pub exposed_sums: Vec<u32>,
}

impl Network {
    /// Values that stand in the sums `0..sums`.
    ///
    /// # Errors
    /// A sum that does not exist, or sums that are no graph: it must be possible to multiply each by 1 or -1 so that every value
    /// cancels out between its two sums. Rows against columns can; two equal rows cannot. Cost: linear.
    pub fn new(sums: usize, values: Vec<Value>) -> Result<Self, NetworkError> {
        if values.len() >= OUTSIDE as usize || sums >= OUTSIDE as usize {
            return Err(NetworkError::TooMany(values.len().max(sums)));
        }
        for (at, value) in values.iter().enumerate() {
            for sum in value.places.map(Place::sum) {
                if sum != OUTSIDE && sum as usize >= sums {
                    return Err(NetworkError::Sum { value: at, sum, sums });
                }
            }
        }
        let network = Self { sums, values };
        network.balanced()?;
        Ok(network)
    }

    /// Withholds what is unsafe by `rule`, and what must be withheld with it, at a low price.
    ///
    /// Two conditions hold afterwards, except where [`Protection`] says otherwise. No withheld value is a bridge, so none can be
    /// computed. And in every sum whose total is known, the withheld parts, whose sum is therefore known too, are together a
    /// figure that the rule would let pass: otherwise two units of one firm would tell each other. Values without contributors
    /// protect nothing and stay published, and so do zeros that are safe, since who knows that a value is not negative could
    /// not be misled by them.
    ///
    /// Ties are broken by the index of values. Cost: linear in values for each round of bridges (two or three as a rule), and
    /// for each part of the graph that hangs on a bridge one cheapest path, which is local where cheap neighbours are and at
    /// worst n log n.
    pub fn protect(&self, rule: &Rule) -> Protection {
        Work::new(self, *rule).run()
    }

    /// Ends of every value as nodes; the last node is what lies outside.
    fn ends(&self, value: usize) -> [u32; 2] {
        self.values[value].places.map(|place| place.sum().min(self.sums as u32))
    }

    /// Whether a value may be withheld for others and would be in doubt then.
    fn may_protect(&self, value: usize) -> bool {
        let Value { contributions, keep, .. } = &self.values[value];
        !keep && !contributions.is_empty() && contributions.parts() > 0
    }

    fn balanced(&self) -> Result<(), NetworkError> {
        let inner = |value: usize| self.ends(value).iter().all(|&node| (node as usize) < self.sums);
        let links = Links::new(self.sums + 1, (0..self.values.len()).map(|value| self.ends(value)));
        let mut sign = vec![0i8; self.sums];
        let mut waiting = Vec::new();
        for first in 0..self.sums {
            if sign[first] != 0 {
                continue;
            }
            sign[first] = 1;
            waiting.push(first);
            while let Some(node) = waiting.pop() {
                for &(value, to) in links.of(node).iter().filter(|(value, _)| inner(*value as usize)) {
                    let value = value as usize;
                    let alike = matches!(
                        self.values[value].places,
                        [Place::Part(_), Place::Part(_)] | [Place::Total(_), Place::Total(_)]
                    );
                    let wanted = if alike { -sign[node] } else { sign[node] };
                    let found = &mut sign[to as usize];
                    if *found == 0 {
                        *found = wanted;
                        waiting.push(to as usize);
                    } else if *found != wanted {
                        return Err(NetworkError::Unbalanced { value });
                    }
                }
            }
        }
        let is_loop = |&value: &usize| inner(value) && self.ends(value)[0] == self.ends(value)[1];
        match (0..self.values.len()).find(is_loop) {
            Some(value) => Err(NetworkError::Unbalanced { value }),
            None => Ok(()),
        }
    }
}

/// The withheld parts of one sum.
#[derive(Debug, Clone, Copy, Default)]
struct Withheld {
    parts: Contributions,
    any: bool,
    /// Whether the total is withheld too: then the sum of the parts is not known.
    total: bool,
}

/// One run of the algorithm.
struct Work<'a> {
    network: &'a Network,
    rule: Rule,
    links: Links,
    status: Vec<Status>,
    withheld: Vec<Withheld>,
    /// Sums whose withheld parts have changed.
    changed: Vec<u32>,
    paths: Paths,
}

impl<'a> Work<'a> {
    fn new(network: &'a Network, rule: Rule) -> Self {
        let nodes = network.sums + 1;
        Self {
            network,
            rule,
            links: Links::new(nodes, (0..network.values.len()).map(|value| network.ends(value))),
            status: vec![Status::Published; network.values.len()],
            withheld: vec![Withheld::default(); network.sums],
            changed: Vec::new(),
            paths: Paths::new(nodes),
        }
    }

    fn run(mut self) -> Protection {
        for (at, value) in self.network.values.iter().enumerate() {
            if self.rule.judge(&value.alone).is_some() {
                self.withhold(at, Status::Primary);
            } else if value.withheld {
                self.withhold(at, Status::Secondary);
            }
        }
        let mut exposed_sums = Vec::new();
        loop {
            self.fill_sums(&mut exposed_sums);
            let (found, of_edge) = self.bridges();
            let exposed = self.close(&found, &of_edge);
            if self.changed.is_empty() {
                exposed_sums.sort_unstable();
                exposed_sums.dedup();
                // A sum that a later cycle has filled is exposed no more.
                exposed_sums.retain(|&sum| !self.is_filled(sum));
                return Protection { status: self.status, exposed, exposed_sums };
            }
        }
    }

    fn withhold(&mut self, value: usize, status: Status) {
        if self.status[value].withheld() {
            return;
        }
        self.status[value] = status;
        let Value { places, contributions, .. } = self.network.values[value];
        for place in places {
            let Some(sum) = self.withheld.get_mut(place.sum() as usize) else { continue };
            match place {
                Place::Part(_) => (sum.parts, sum.any) = (sum.parts.merge(contributions), true),
                Place::Total(_) => sum.total = true,
            }
            self.changed.push(place.sum());
        }
    }

    /// Whether the withheld parts of a sum tell no contributor, taken together.
    fn is_filled(&self, sum: u32) -> bool {
        let Withheld { parts, any, total } = self.withheld[sum as usize];
        !any || total || (self.rule.judge(&parts).is_none() && parts.parts() > 0)
    }

    /// Withholds the cheapest further values in every changed sum until its withheld parts are safe together.
    fn fill_sums(&mut self, exposed: &mut Vec<u32>) {
        while let Some(sum) = self.changed.pop() {
            if self.is_filled(sum) {
                continue;
            }
            let open = |&(value, _): &(u32, u32)| {
                !self.status[value as usize].withheld() && self.network.may_protect(value as usize)
            };
            let cheapest = self
                .links
                .of(sum as usize)
                .iter()
                .filter(|link| open(link))
                .map(|&(value, _)| (self.network.values[value as usize].price, value))
                .min();
            match cheapest {
                // That changes this sum, so it is looked at again.
                Some((_, value)) => self.withhold(value as usize, Status::Secondary),
                None => exposed.push(sum),
            }
        }
    }

    /// The bridges among what is withheld, and the value of each edge.
    fn bridges(&self) -> (Bridges, Vec<u32>) {
        let of_edge: Vec<u32> =
            (0..self.status.len() as u32).filter(|&value| self.status[value as usize].withheld()).collect();
        let edges: Vec<[u32; 2]> = of_edge.iter().map(|&value| self.network.ends(value as usize)).collect();
        (bridges(self.network.sums + 1, &edges), of_edge)
    }

    /// Closes a cycle through every bridge; returns those for which there is none.
    fn close(&mut self, found: &Bridges, of_edge: &[u32]) -> Vec<u32> {
        let parts = found.part_of.iter().max().map_or(0, |last| last + 1);
        let mut together = Together((0..parts).collect());
        let mut exposed = Vec::new();
        for &edge in &found.edges {
            let bridge = of_edge[edge as usize];
            let [from, to] = self.network.ends(bridge as usize);
            let part = |node: u32| found.part_of[node as usize];
            if together.find(part(from)) == together.find(part(to)) {
                continue;
            }
            let Self { network, links, status, paths, .. } = &mut *self;
            let price = |value: u32| {
                let at = value as usize;
                match status[at] {
                    _ if value == bridge => None,
                    Status::Published if network.may_protect(at) => Some(network.values[at].price),
                    Status::Published => None,
                    Status::Primary | Status::Secondary => Some(0),
                }
            };
            let Some(path) = paths.cheapest(links, from, to, price) else {
                exposed.push(bridge);
                continue;
            };
            for (value, node) in path {
                together.join(part(from), part(node));
                self.withhold(value as usize, Status::Secondary);
            }
        }
        exposed
    }
}

/// Parts that have become one.
struct Together(Vec<u32>);

impl Together {
    fn find(&mut self, mut part: u32) -> u32 {
        while self.0[part as usize] != part {
            let above = self.0[part as usize];
            self.0[part as usize] = self.0[above as usize];
            part = self.0[part as usize];
        }
        part
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// Cheapest paths, one after the other, on arrays that are used again.
struct Paths {
    round: u32,
    /// By node: in which round it was reached, at what price, by which value and from where.
    reached: Vec<(u32, u64, u32, u32)>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Paths {
    fn new(nodes: usize) -> Self {
        Self { round: 0, reached: vec![(0, 0, 0, 0); nodes], heap: BinaryHeap::new() }
    }

    /// The cheapest path as values, each with the node that it leads to; `None` as a price closes a value. Source: Dijkstra (1959),
    /// DOI 10.1007/BF01386390.
    fn cheapest(
        &mut self,
        links: &Links,
        from: u32,
        to: u32,
        price: impl Fn(u32) -> Option<u64>,
    ) -> Option<Vec<(u32, u32)>> {
        self.round += 1;
        self.heap.clear();
        self.reached[from as usize] = (self.round, 0, u32::MAX, from);
        self.heap.push(Reverse((0, from)));
        while let Some(Reverse((so_far, node))) = self.heap.pop() {
            if node == to {
                return Some(self.way_back(from, to));
            }
            if so_far > self.reached[node as usize].1 {
                continue;
            }
            for &(value, next) in links.of(node as usize) {
                let Some(price) = price(value) else { continue };
                let there = so_far.saturating_add(price);
                let reached = &mut self.reached[next as usize];
                if reached.0 != self.round || there < reached.1 {
                    *reached = (self.round, there, value, node);
                    self.heap.push(Reverse((there, next)));
                }
            }
        }
        None
    }

    fn way_back(&self, from: u32, to: u32) -> Vec<(u32, u32)> {
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let (_, _, value, before) = self.reached[node as usize];
            path.push((value, node));
            node = before;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(amounts: &[f64]) -> Contributions {
        amounts.iter().map(|&amount| Contributions::one(amount).unwrap()).sum()
    }

    fn many(amount: f64) -> Contributions {
        units(&[amount / 4.0; 4])
    }

    #[test]
    fn a_part_of_one_sum_is_joined_by_the_cheapest_other_part() {
        use Status::{Primary, Published, Secondary};
        let of = |contributions| Value::new([Place::Part(0), Place::Part(OUTSIDE)], contributions);
        let values = vec![of(many(40.0)), of(units(&[5.0])), of(many(20.0)), of(Contributions::default())];
        let found = Network::new(1, values).unwrap().protect(&Rule::default());
        assert_eq!(found.status, [Published, Primary, Secondary, Published]);
        assert_eq!((found.exposed.len(), found.exposed_sums.len()), (0, 0));
    }

    #[test]
    fn two_units_of_which_each_would_know_the_other_are_joined_by_a_third() {
        let of = |contributions| Value::new([Place::Part(0), Place::Part(OUTSIDE)], contributions);
        let values = vec![of(units(&[5.0])), of(units(&[6.0])), of(many(400.0)), of(many(500.0))];
        let found = Network::new(1, values).unwrap().protect(&Rule::default());
        assert_eq!(found.status[2..], [Status::Secondary, Status::Published]);
    }

    #[test]
    fn what_nothing_can_protect_is_said() {
        let of = |contributions| Value::new([Place::Part(0), Place::Part(OUTSIDE)], contributions);
        let values = vec![of(units(&[5.0])), of(many(20.0)).kept()];
        let found = Network::new(1, values).unwrap().protect(&Rule::default());
        assert_eq!(found.status, [Status::Primary, Status::Published]);
        assert_eq!((found.exposed, found.exposed_sums), (vec![0], vec![0]));
    }

    #[test]
    fn sums_that_are_no_graph_are_refused() {
        let twice = |a, b| Value::new([a, b], many(4.0));
        let (part, total) = (Place::Part, Place::Total);
        assert!(Network::new(2, vec![twice(part(0), part(1)), twice(part(0), part(1))]).is_ok());
        let error = Network::new(2, vec![twice(part(0), part(1)), twice(part(0), total(1))]).unwrap_err();
        assert_eq!(error, NetworkError::Unbalanced { value: 1 });
        assert!(Network::new(1, vec![twice(part(0), part(0))]).is_err());
        assert!(Network::new(1, vec![twice(part(OUTSIDE), part(OUTSIDE))]).is_ok());
        assert!(matches!(Network::new(1, vec![twice(part(0), part(1))]), Err(NetworkError::Sum { .. })));
    }
}
