//! When visits may begin.

use distretto_orienteering::Window;

/// What two lists of windows, each in order of time, have in common.
pub(super) fn common(some: &[Window], others: &[Window]) -> Vec<Window> {
    let mut found = Vec::new();
    for one in some {
        for other in others {
            let (open, last) = (one.open.max(other.open), one.last.min(other.last));
            if open <= last {
                found.push(Window { open, last });
            }
        }
    }
    found
}

/// What of windows lies between two moments, both included.
pub(super) fn between(windows: &[Window], open: i64, last: i64) -> Vec<Window> {
    common(windows, &[Window { open, last }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(i64, i64)]) -> Vec<Window> {
        pairs.iter().map(|&(open, last)| Window { open, last }).collect()
    }

    #[test]
    fn what_is_common_is_in_order_of_time() {
        assert_eq!(common(&of(&[(0, 5), (8, 9)]), &of(&[(4, 8)])), of(&[(4, 5), (8, 8)]));
        assert_eq!(between(&of(&[(0, 5), (8, 9)]), 6, 7), []);
    }
}
