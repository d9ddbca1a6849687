//! What a system of linear equations determines.

use std::collections::{BTreeMap, BTreeSet};

/// A prime: the equations of a table have the same rank over its field as over the numbers.
const P: i64 = 2_147_483_647;

fn power(mut base: i64, mut exponent: i64) -> i64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % P;
        }
        base = base * base % P;
        exponent >>= 1;
    }
    result
}

/// The unknowns that equations determine, whatever their sums are: those that stand alone in a row of the reduced echelon form
/// (Gauss and Jordan). An equation is its unknowns with their coefficients. Cost: the cube of the number of unknowns.
pub fn determined<K: Ord + Clone>(equations: &[BTreeMap<K, i64>]) -> Vec<K> {
    let names: Vec<&K> =
        equations.iter().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>().into_iter().collect();
    let dense = |row: &BTreeMap<K, i64>| -> Vec<i64> {
        names.iter().map(|name| row.get(*name).copied().unwrap_or(0).rem_euclid(P)).collect()
    };
    let mut waiting: Vec<Vec<i64>> = equations.iter().map(dense).collect();
    let mut reduced: Vec<Vec<i64>> = Vec::new();
    for column in 0..names.len() {
        let Some(at) = waiting.iter().position(|row| row[column] != 0) else { continue };
        let mut pivot = waiting.swap_remove(at);
        let inverse = power(pivot[column], P - 2);
        for x in &mut pivot {
            *x = *x * inverse % P;
        }
        for row in waiting.iter_mut().chain(&mut reduced).filter(|row| row[column] != 0) {
            let factor = row[column];
            for (x, y) in row.iter_mut().zip(&pivot) {
                *x = (*x + (P - factor) * y) % P;
            }
        }
        reduced.push(pivot);
    }
    let alone = |row: &Vec<i64>| {
        let mut entries = (0..names.len()).filter(|&at| row[at] != 0);
        entries.next().filter(|_| entries.next().is_none())
    };
    reduced.iter().filter_map(alone).map(|at| names[at].clone()).collect()
}
