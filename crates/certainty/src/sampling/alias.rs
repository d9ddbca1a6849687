//! Distributions over a few values, drawn in the same short time whatever their shape.

use std::hint::select_unpredictable;

use rand::Rng;

/// One of the distributions of [`AliasTables`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Alias {
    start: u32,
    columns: u32,
}

/// One value of a distribution, and the one that fills up what its probability leaves of an equal share.
#[derive(Debug, Clone, Copy)]
struct Column {
    /// Share of the column that is the value's own, in 2^-32.
    own: u32,
    other: u32,
}

/// Tables of the alias method (Walker 1977, ACM TOMS 3:253-256; made as by Vose 1991, IEEE TSE 17:972-975), many
/// distributions side by side. Memory: 8 bytes a value.
#[derive(Debug, Clone, Default)]
pub(super) struct AliasTables {
    columns: Vec<Column>,
}

impl AliasTables {
    /// Adds the distribution of 0, 1, 2, ... with probabilities proportional to `weights`: finite, not negative, at least one
    /// positive. Cost: linear.
    pub fn push(&mut self, weights: &[f64]) -> Alias {
        let (start, columns) = (self.columns.len(), weights.len());
        let share = weights.iter().sum::<f64>() / columns as f64;
        let mut left: Vec<f64> = weights.iter().map(|weight| weight / share).collect();
        self.columns.extend((0..columns as u32).map(|value| Column { own: u32::MAX, other: value }));
        let (mut short, mut long): (Vec<usize>, Vec<usize>) =
            (0..columns).partition(|&value| left[value] < 1.0);
        while let (Some(value), Some(&giver)) = (short.pop(), long.last()) {
            // A share of 1 cannot be written, but is only of values that need no other.
            let own = (left[value] * 4_294_967_296.0).round() as u32;
            self.columns[start + value] = Column { own, other: giver as u32 };
            left[giver] -= 1.0 - left[value];
            if left[giver] < 1.0 {
                short.extend(long.pop());
            }
        }
        Alias { start: start as u32, columns: columns as u32 }
    }

    /// Values of all distributions together.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// A value. Each has its probability up to 2^-32. Cost: constant; one number of 64 bits.
    pub fn draw(&self, alias: Alias, rng: &mut impl Rng) -> u32 {
        let scaled = u128::from(rng.next_u64()) * u128::from(alias.columns);
        let (value, rest) = ((scaled >> 64) as u32, (scaled >> 32) as u32);
        let Column { own, other } = self.columns[(alias.start + value) as usize];
        // Either is as likely: no branch, which would be guessed wrong half the time.
        select_unpredictable(rest < own, value, other)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// The probability that the tables give each value.
    fn probabilities(tables: &AliasTables, alias: Alias) -> Vec<f64> {
        let columns = &tables.columns[alias.start as usize..(alias.start + alias.columns) as usize];
        let mut sums = vec![0.0; columns.len()];
        for (value, column) in columns.iter().enumerate() {
            let own = f64::from(column.own) / 4_294_967_296.0;
            sums[value] += own / columns.len() as f64;
            sums[column.other as usize] += (1.0 - own) / columns.len() as f64;
        }
        sums
    }

    #[test]
    fn each_value_has_its_probability() {
        let mut tables = AliasTables::default();
        for weights in [
            vec![1.0],
            vec![0.0, 3.0],
            vec![1.0; 7],
            vec![0.5, 0.25, 0.125, 0.125],
            vec![1e-9, 0.0, 5.0, 2.0, 1e6],
            (1..200).map(|k| 1.0 / f64::from(k)).collect(),
        ] {
            let alias = tables.push(&weights);
            let total: f64 = weights.iter().sum();
            for (probability, weight) in probabilities(&tables, alias).iter().zip(&weights) {
                assert!((probability - weight / total).abs() < 1.0 / 4e9, "{probability} {weight}");
            }
        }
    }

    #[test]
    fn what_has_no_weight_is_not_drawn() {
        let mut tables = AliasTables::default();
        let alias = tables.push(&[0.0, 1.0, 0.0, 2.0, 0.0]);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut count = [0; 5];
        for _ in 0..30_000 {
            count[tables.draw(alias, &mut rng) as usize] += 1;
        }
        assert_eq!((count[0], count[2], count[4]), (0, 0, 0));
        assert!((9_700..10_300).contains(&count[1]), "{count:?}");
    }
}
