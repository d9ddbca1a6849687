//! The published instances of the team orienteering problem with time windows.
//!
//! A file has a line `k v N t`, of which N is the number of sites, a line `D Q` that is not used, and a line for each of the N + 1
//! nodes: `i x y d S f a list... O C`: the number, the coordinates, the minutes of the visit, the value, and, always as the last two
//! fields, when a visit may start first and last. The fields between are not used. Node 0 is where every route starts and ends; it
//! closes when a route must have ended. Travel takes as long as the straight line, rounded down to a number of decimals.

use crate::Ticks;
use crate::problem::{Parts, Problem, ProblemError, Route, Site, Window};
use crate::travel::Travel;

/// To how many decimals distances are rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decimals {
    /// One: the instances made from Solomon's (c, r, rc).
    One,
    /// Two: the instances made from Cordeau's (pr).
    Two,
}

impl Decimals {
    /// How many ticks make one unit of the file.
    pub fn ticks(self) -> Ticks {
        match self {
            Self::One => 10,
            Self::Two => 100,
        }
    }

    /// The default by the first two lines: Solomon's files give a capacity but no longest route (`D` is 0), Cordeau's give both or
    /// neither; where that leaves it open, any coordinate written with three decimals or more is Cordeau's.
    fn guess(text: &str) -> Self {
        let precise = text.lines().skip(2).any(|line| {
            let mut fields = line.split_whitespace().skip(1).take(2);
            fields.any(|field| field.split_once('.').is_some_and(|(_, decimals)| decimals.len() >= 3))
        });
        if precise { Self::Two } else { Self::One }
    }
}

/// A node of an instance, in ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// The coordinates, in thousandths of a unit.
    pub position: (i64, i64),
    /// How long a visit takes.
    pub duration: Ticks,
    /// What a visit is worth.
    pub value: i64,
    /// When a visit may start.
    pub window: Window,
}

/// An instance: node 0 is the start and end, the others are sites (node 1 is site 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Ticks of one unit of the file.
    pub decimals: Decimals,
    /// The nodes.
    pub nodes: Vec<Node>,
}

/// Why a text is not an instance. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The text ends too soon.
    #[error("line {line}: {what} is expected, the text has ended")]
    Ended {
        /// The line that is missing.
        line: usize,
        /// What should be there.
        what: &'static str,
    },
    /// A line has too few fields.
    #[error("line {line}: {found} fields, {what} takes at least {least}")]
    Fields {
        /// The line.
        line: usize,
        /// What should be there.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be.
        least: usize,
    },
    /// A field is not a number, or not one that can be used.
    #[error("line {line}: {what} is '{field}', which is not {wanted}")]
    Number {
        /// The line.
        line: usize,
        /// Which field.
        what: &'static str,
        /// What it holds.
        field: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A node opens after it closes.
    #[error("line {line}: node {node} opens after it closes")]
    Window {
        /// The line.
        line: usize,
        /// The node.
        node: usize,
    },
    /// The nodes are not numbered from 0 on.
    #[error("line {line}: node {expected} is expected, this is '{field}'")]
    Order {
        /// The line.
        line: usize,
        /// The number that is due.
        expected: usize,
        /// What is there.
        field: String,
    },
    /// There is something after the last node.
    #[error("line {line}: there is text after the last node")]
    Trailing {
        /// The line.
        line: usize,
    },
}

/// Reads an instance. Without `decimals` they are two if any coordinate is written with three decimals or more, as in Cordeau's
/// files, and one if none is, as in Solomon's.
///
/// # Errors
/// The first line that is not as it should be; see [`ReadError`]. Cost: linear in the text.
pub fn read(text: &str, decimals: Option<Decimals>) -> Result<Instance, ReadError> {
    let decimals = decimals.unwrap_or_else(|| Decimals::guess(text));
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let mut next = |what: &'static str, least: usize, due: usize| {
        let (line, text) = lines.next().ok_or(ReadError::Ended { line: due, what })?;
        let fields: Vec<&str> = text.split_whitespace().collect();
        if fields.len() < least {
            return Err(ReadError::Fields { line, what, found: fields.len(), least });
        }
        Ok((line, fields))
    };
    let (line, header) = next("the header k v N t", 4, 1)?;
    let what = "the number of sites N";
    let wanted = "a whole number from 0 to 65535";
    let sites: u16 = header[2].parse().map_err(|_| ReadError::Number {
        line,
        what,
        field: header[2].to_owned(),
        wanted,
    })?;
    next("the header D Q", 2, 2)?;
    let mut nodes = Vec::with_capacity(usize::from(sites) + 1);
    for node in 0..=usize::from(sites) {
        let (line, fields) = next("a node i x y d S f a O C", 8, node + 3)?;
        nodes.push(read_node(line, node, &fields, decimals)?);
    }
    match lines.find(|(_, text)| !text.trim().is_empty()) {
        Some((line, _)) => Err(ReadError::Trailing { line }),
        None => Ok(Instance { decimals, nodes }),
    }
}

fn read_node(line: usize, node: usize, fields: &[&str], decimals: Decimals) -> Result<Node, ReadError> {
    if fields[0].parse() != Ok(node) {
        return Err(ReadError::Order { line, expected: node, field: fields[0].to_owned() });
    }
    let ticks = decimals.ticks();
    let number = |what, field: &str, scale, wanted| {
        let found = scaled(field, scale).filter(|found| found.abs() <= 1_000_000 * scale);
        found.ok_or_else(|| ReadError::Number { line, what, field: field.to_owned(), wanted })
    };
    let positive = |what, field: &str, scale, wanted| {
        let found = number(what, field, scale, wanted)?;
        if found >= 0 {
            return Ok(found);
        }
        Err(ReadError::Number { line, what, field: field.to_owned(), wanted })
    };
    let coordinate = "a number of at most three decimals between -1000000 and 1000000";
    let time = "a number of 0 to 1000000 that is whole in ticks";
    let [.., opens, closes] = fields else {
        return Err(ReadError::Fields { line, what: "a node", found: fields.len(), least: 8 });
    };
    let window = Window {
        open: positive("the opening O", opens, ticks, time)?,
        last: positive("the closing C", closes, ticks, time)?,
    };
    if window.last < window.open {
        return Err(ReadError::Window { line, node });
    }
    Ok(Node {
        position: (
            number("the coordinate x", fields[1], 1000, coordinate)?,
            number("the coordinate y", fields[2], 1000, coordinate)?,
        ),
        duration: positive("the visit d", fields[3], ticks, time)?,
        value: positive("the value S", fields[4], 1, "a whole number of 0 to 1000000")?,
        window,
    })
}

/// A decimal number times a power of ten, if that is whole.
fn scaled(field: &str, scale: i64) -> Option<i64> {
    let (sign, digits) = match field.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, field),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut number = whole.parse::<i64>().ok()?.checked_mul(scale)?;
    let mut place = scale;
    for digit in decimals.bytes() {
        let digit = i64::from(digit - b'0');
        if place % 10 == 0 {
            place /= 10;
            number = number.checked_add(digit * place)?;
        } else if digit != 0 {
            return None;
        }
    }
    Some(sign * number)
}

impl Instance {
    /// The travel time between two nodes: the straight line, rounded down. Both nodes must exist.
    pub fn distance(&self, from: usize, to: usize) -> Ticks {
        let ((x, y), (u, v)) = (self.nodes[from].position, self.nodes[to].position);
        // In thousandths of a unit, both below 2 000 000 000: the squares fit.
        let square = i128::from(x - u).pow(2) + i128::from(y - v).pow(2);
        let ticks = i128::from(self.decimals.ticks());
        ((square * ticks * ticks / 1_000_000) as u128).isqrt() as Ticks
    }

    /// The problem with so many routes.
    ///
    /// # Errors
    /// Too many routes.
    pub fn problem(&self, routes: usize) -> Result<Problem, ProblemError> {
        let mut travel = Travel::none(self.nodes.len());
        for from in 0..self.nodes.len() {
            for to in 0..self.nodes.len() {
                travel.set(from, to, Some(self.distance(from, to)))?;
            }
        }
        let depot = self.nodes.first().map_or(Window { open: 0, last: 0 }, |node| node.window);
        let sites = self.nodes.iter().enumerate().skip(1);
        Problem::new(Parts {
            travel,
            sites: sites
                .map(|(place, node)| Site::new(place, node.value, node.duration, node.window))
                .collect(),
            routes: vec![Route::round(0, depot.open, depot.last); routes],
            rewards: Vec::new(),
            quotas: Vec::new(),
        })
    }
}
