//! A reader of Mapbox Vector Tiles 2, written from the specification, that takes nothing else.

use std::collections::BTreeMap;

/// A position in a tile.
pub type At = (i64, i64);

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(u64),
}

#[derive(Debug)]
pub struct Feature {
    pub id: Option<u64>,
    pub tags: BTreeMap<String, Value>,
    /// 2 for lines, 3 for polygons.
    pub kind: u64,
    /// Lines, or open rings.
    pub chains: Vec<Vec<At>>,
}

impl Feature {
    pub fn number(&self, key: &str) -> Option<u64> {
        match self.tags.get(key)? {
            Value::Number(number) => Some(*number),
            Value::Text(text) => panic!("{key} is the text {text}"),
        }
    }

    /// Twice the area of all rings; holes count less than nothing.
    pub fn twice_area(&self) -> i64 {
        self.chains.iter().map(|ring| twice_area(ring)).sum()
    }
}

pub fn twice_area(ring: &[At]) -> i64 {
    sides(ring).map(|(p, q)| p.0 * q.1 - q.0 * p.1).sum()
}

/// Sides of an open ring, the closing one included.
pub fn sides(ring: &[At]) -> impl Iterator<Item = (At, At)> + '_ {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()]))
}

/// Features by layer.
pub fn tile(bytes: &[u8]) -> BTreeMap<String, Vec<Feature>> {
    let mut layers = BTreeMap::new();
    for (number, field) in fields(bytes) {
        assert_eq!(number, 3);
        let (name, features) = layer(field.bytes());
        assert!(layers.insert(name, features).is_none(), "a layer stands twice");
    }
    layers
}

fn layer(bytes: &[u8]) -> (String, Vec<Feature>) {
    let (mut name, mut keys, mut values, mut features) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut version, mut extent) = (0, 0);
    for (number, field) in fields(bytes) {
        match number {
            1 => name = text(field.bytes()),
            2 => features.push(field.bytes()),
            3 => keys.push(text(field.bytes())),
            4 => values.push(value(field.bytes())),
            5 => extent = field.number(),
            15 => version = field.number(),
            _ => panic!("field {number} of a layer"),
        }
    }
    assert_eq!((version, extent), (2, 4096));
    (name, features.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect())
}

fn value(bytes: &[u8]) -> Value {
    match fields(bytes).next().unwrap() {
        (1, field) => Value::Text(text(field.bytes())),
        (4..=5, field) => Value::Number(field.number()),
        (number, _) => panic!("value of kind {number}"),
    }
}

fn feature(bytes: &[u8], keys: &[String], values: &[Value]) -> Feature {
    let mut feature = Feature { id: None, tags: BTreeMap::new(), kind: 0, chains: Vec::new() };
    let mut commands = Vec::new();
    for (number, field) in fields(bytes) {
        match number {
            1 => feature.id = Some(field.number()),
            2 => {
                let tags = varints(field.bytes());
                let pairs = tags
                    .chunks(2)
                    .map(|pair| (keys[pair[0] as usize].clone(), values[pair[1] as usize].clone()));
                feature.tags = pairs.collect();
            }
            3 => feature.kind = field.number(),
            4 => commands = varints(field.bytes()),
            _ => panic!("field {number} of a feature"),
        }
    }
    feature.chains = chains(&commands, feature.kind == 3);
    feature
}

fn chains(commands: &[u64], polygons: bool) -> Vec<Vec<At>> {
    let mut chains = Vec::new();
    let mut at = (0, 0);
    let mut rest = commands.iter().copied();
    let zigzag = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
    while let Some(first) = rest.next() {
        assert_eq!(first, 1 | 1 << 3, "a chain starts with one MoveTo");
        let mut chain = Vec::new();
        let mut step = |rest: &mut dyn Iterator<Item = u64>| {
            at = (at.0 + zigzag(rest.next().unwrap()), at.1 + zigzag(rest.next().unwrap()));
            at
        };
        chain.push(step(&mut rest));
        let line = rest.next().unwrap();
        assert_eq!(line & 7, 2, "then one LineTo");
        assert!(line >> 3 >= if polygons { 2 } else { 1 });
        for _ in 0..line >> 3 {
            let before = *chain.last().unwrap();
            let next = step(&mut rest);
            assert_ne!(before, next, "no position twice in a row");
            chain.push(next);
        }
        if polygons {
            assert_eq!(rest.next(), Some(7 | 1 << 3), "and a ring ends with ClosePath");
            assert_ne!(chain.first(), chain.last());
        }
        chains.push(chain);
    }
    chains
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    fn number(&self) -> u64 {
        let Self::Number(number) = self else { panic!("not a number") };
        *number
    }

    fn bytes(&self) -> &'a [u8] {
        let Self::Bytes(bytes) = self else { panic!("not bytes") };
        bytes
    }
}

fn fields(mut bytes: &[u8]) -> impl Iterator<Item = (u64, Field<'_>)> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let key = varint(&mut bytes);
        let value = varint(&mut bytes);
        let field = match key & 7 {
            0 => Field::Number(value),
            2 => {
                let (field, rest) = bytes.split_at(value as usize);
                bytes = rest;
                Field::Bytes(field)
            }
            other => panic!("wire type {other}"),
        };
        Some((key >> 3, field))
    })
}

/// Takes a number off the front.
pub fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let (&byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
    }
    value
}

fn varints(mut bytes: &[u8]) -> Vec<u64> {
    std::iter::from_fn(|| (!bytes.is_empty()).then(|| varint(&mut bytes))).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
