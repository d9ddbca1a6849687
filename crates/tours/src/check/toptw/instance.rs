//! The format of the instances.
//!
//! Two lines of head, `k v N t` and `D Q`, then one line for each of the nodes 0 to N: `i x y d S f a list O C`, where d is the time of
//! service, S the profit, and the last two fields are when the window opens and closes. Node 0 is the depot; f, a, the list and all other
//! numbers of the head are not used.

use super::Refused;

/// A length or a time, in thousandths.
pub(super) type Thousandths = i64;

pub(super) struct Node {
    x: Thousandths,
    y: Thousandths,
    pub service: Thousandths,
    pub profit: u64,
    pub opens: Thousandths,
    pub closes: Thousandths,
}

pub(super) struct Instance {
    /// By their numbers; at least the depot.
    pub nodes: Vec<Node>,
    /// What distances are rounded down to a multiple of.
    step: Thousandths,
}

impl Instance {
    /// Cordeau's instances write coordinates with three decimals, Solomon's with two at most.
    pub fn read(text: &str) -> Result<Self, Refused> {
        let mut lines = (1..).zip(text.lines()).map(|(line, text)| Line { line, text });
        let head = next(&mut lines)?.numbers::<u64>()?;
        let &[_, _, last, _] = head.as_slice() else {
            return Err(Refused::Unreadable {
                line: 1,
                why: "the four numbers `k v N t` are expected".to_owned(),
            });
        };
        next(&mut lines)?;
        let (mut nodes, mut step) = (Vec::new(), 100);
        for line in lines.filter(|line| !line.text.trim().is_empty()) {
            nodes.push(line.node(nodes.len())?);
            if line.is_precise() {
                step = 10;
            }
        }
        if nodes.len() as u64 != last.saturating_add(1) {
            let why = format!("it announces nodes 0 to {last}, and {} follow", nodes.len());
            return Err(Refused::Unreadable { line: 1, why });
        }
        Ok(Self { nodes, step })
    }

    pub fn distance(&self, from: &Node, to: &Node) -> Thousandths {
        let (x, y) = (from.x.abs_diff(to.x), from.y.abs_diff(to.y));
        let exact = (u128::from(x).pow(2) + u128::from(y).pow(2)).isqrt();
        let exact = Thousandths::try_from(exact).unwrap_or(LARGEST);
        exact - exact % self.step
    }
}

/// No number of an instance is larger, so that no sum can overflow.
const LARGEST: Thousandths = 1_000_000_000_000;

struct Line<'a> {
    line: usize,
    text: &'a str,
}

fn next<'a>(lines: &mut impl Iterator<Item = Line<'a>>) -> Result<Line<'a>, Refused> {
    let why = "two lines of head are expected".to_owned();
    lines.next().ok_or(Refused::Unreadable { line: 1, why })
}

impl Line<'_> {
    fn wrong<T>(&self, why: String) -> Result<T, Refused> {
        Err(Refused::Unreadable { line: self.line, why })
    }

    fn numbers<T: std::str::FromStr>(&self) -> Result<Vec<T>, Refused> {
        let read =
            |field: &str| field.parse().or_else(|_| self.wrong(format!("`{field}` is not a whole number")));
        self.text.split_whitespace().map(read).collect()
    }

    fn node(&self, expected: usize) -> Result<Node, Refused> {
        let fields: Vec<&str> = self.text.split_whitespace().collect();
        let [number, x, y, service, profit, _, _, .., opens, closes] = fields[..] else {
            return self.wrong("at least the nine fields `i x y d S f a O C` are expected".to_owned());
        };
        if number.parse() != Ok(expected) {
            return self.wrong(format!("node {expected} is expected, not `{number}`"));
        }
        let node = Node {
            x: self.thousandths(x)?,
            y: self.thousandths(y)?,
            service: self.thousandths(service)?,
            profit: self.whole(profit)?,
            opens: self.thousandths(opens)?,
            closes: self.thousandths(closes)?,
        };
        if node.service < 0 {
            return self.wrong(format!("the service takes {service}, less than no time"));
        }
        Ok(node)
    }

    /// Whether a coordinate is written with three decimals.
    fn is_precise(&self) -> bool {
        let mut coordinates = self.text.split_whitespace().skip(1).take(2);
        coordinates.any(|field| field.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 2))
    }

    fn whole(&self, field: &str) -> Result<u64, Refused> {
        let thousandths = self.thousandths(field)?;
        match u64::try_from(thousandths) {
            Ok(profit) if profit % 1000 == 0 => Ok(profit / 1000),
            _ => self.wrong(format!("the profit `{field}` is not a whole number from 0 on")),
        }
    }

    /// A decimal number with at most three decimals.
    fn thousandths(&self, field: &str) -> Result<Thousandths, Refused> {
        let digits = field.strip_prefix('-').unwrap_or(field);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let part = part.trim_end_matches('0');
        if whole.is_empty() || !plain(whole) || !plain(part) || part.len() > 3 {
            return self.wrong(format!("`{field}` is not a number of at most three decimals"));
        }
        let number: Option<Thousandths> = format!("{whole}{part:0<3}").parse().ok();
        match number.filter(|&number| number <= LARGEST) {
            None => self.wrong(format!("`{field}` is too large")),
            Some(number) => Ok(if field.starts_with('-') { -number } else { number }),
        }
    }
}
