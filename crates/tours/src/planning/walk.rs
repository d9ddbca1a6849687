//! Which choices of bases are tried.

use std::collections::BTreeSet;

use super::bases::Choices;

/// Up to so many choices of bases are all tried; of more no more than these.
pub const MOST_CHOICES: usize = 120;

/// Of more choices than are all tried, the most that are drawn in search of one not tried before.
const MOST_DRAWN: u64 = 20 * MOST_CHOICES as u64;

/// Tries choices: all where they are few enough. Of more, `first` (where absent, the first option of everything) is changed for the better: one
/// thing at a time, where that does not help two that meet in a day or a night; and as long as the best is not `settled`, choices drawn from
/// all over are tried and bettered. `ask` says how good a choice is, greater is better; no choice is asked about twice.
///
/// # Errors
/// The first of `ask`.
pub(super) fn walk<S: Ord + Copy, E>(
    choices: &Choices,
    first: Option<Vec<usize>>,
    settled: impl Fn(S) -> bool,
    mut ask: impl FnMut(&[usize]) -> Result<S, E>,
) -> Result<(), E> {
    if choices.count() <= MOST_CHOICES {
        return choices.all().iter().try_for_each(|chosen| ask(chosen).map(drop));
    }
    let options = choices.options();
    let first = first.unwrap_or_else(|| vec![0; options.len()]);
    let score = ask(&first)?;
    let mut walk = Walk { options, seen: BTreeSet::from([first.clone()]), best: (score, first), ask };
    let mut drawn = 1..=MOST_DRAWN;
    loop {
        walk.climb(&choices.tied())?;
        if settled(walk.best.0) || !walk.look_around(&mut drawn)? {
            return Ok(());
        }
    }
}

struct Walk<S, A> {
    options: Vec<usize>,
    seen: BTreeSet<Vec<usize>>,
    best: (S, Vec<usize>),
    ask: A,
}

impl<S: Ord + Copy, E, A: FnMut(&[usize]) -> Result<S, E>> Walk<S, A> {
    /// Tries a choice if it is new and there may be more; returns whether it is better than all before.
    fn step(&mut self, chosen: Vec<usize>) -> Result<bool, E> {
        if self.seen.len() >= MOST_CHOICES || !self.seen.insert(chosen.clone()) {
            return Ok(false);
        }
        let score = (self.ask)(&chosen)?;
        let better = score > self.best.0;
        if better {
            self.best = (score, chosen);
        }
        Ok(better)
    }

    /// Changes the best for the better until nothing helps.
    fn climb(&mut self, tied: &[(usize, usize)]) -> Result<(), E> {
        let dials = self.options.len();
        let (mut dial, mut same) = (0, 0);
        loop {
            while same < dials {
                same = if self.change(dial, dial)? { 1 } else { same + 1 };
                dial = (dial + 1) % dials;
            }
            let mut better = false;
            for &(one, other) in tied {
                if self.change(one, other)? {
                    better = true;
                    break;
                }
            }
            if !better {
                return Ok(());
            }
            same = 0;
        }
    }

    /// Tries all options of two dials, or of one that is given twice.
    fn change(&mut self, one: usize, other: usize) -> Result<bool, E> {
        let from = self.best.1.clone();
        let mut better = false;
        for first in 0..self.options[one] {
            for second in 0..self.options[other] {
                let mut chosen = from.clone();
                chosen[one] = first;
                chosen[other] = second;
                better |= self.step(chosen)?;
            }
        }
        Ok(better)
    }

    /// Tries choices from all over, up to the first that is better.
    fn look_around(&mut self, drawn: &mut impl Iterator<Item = u64>) -> Result<bool, E> {
        for number in drawn {
            if self.step(scattered(&self.options, number))? {
                return Ok(true);
            }
            if self.seen.len() >= MOST_CHOICES {
                break;
            }
        }
        Ok(false)
    }
}

/// A choice for a number: those of numbers in turn are spread evenly over all choices, by multiples of the golden ratio.
fn scattered(options: &[usize], number: u64) -> Vec<usize> {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut part = number.wrapping_mul(GOLDEN);
    options
        .iter()
        .map(|&count| {
            let digits = u128::from(part) * count as u128;
            part = digits as u64;
            (digits >> 64) as usize
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::scattered;

    #[test]
    fn choices_from_all_over_are_spread_over_every_option() {
        let options = [3, 1, 4, 2, 5];
        let drawn: BTreeSet<Vec<usize>> = (1..=60).map(|number| scattered(&options, number)).collect();
        assert!(drawn.len() > 50, "{}", drawn.len());
        for (dial, &count) in options.iter().enumerate() {
            let seen: BTreeSet<usize> = drawn.iter().map(|chosen| chosen[dial]).collect();
            assert_eq!(seen, (0..count).collect());
        }
    }
}
