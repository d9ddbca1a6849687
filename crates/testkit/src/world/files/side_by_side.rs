//! Pieces of work on several threads, with results that do not depend on how many.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// Every thread keeps files open and rows in memory, so there are few.
const MOST_THREADS: usize = 8;

/// Does every piece of work from 0 to `pieces`, each once and on one thread; after an error no new piece is begun. Errors: that of
/// the lowest number among the pieces that failed.
pub(super) fn side_by_side<E: Send>(
    pieces: usize,
    work: impl Fn(usize) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let first: Mutex<Option<(usize, E)>> = Mutex::new(None);
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS).min(pieces);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while !failed.load(Ordering::Relaxed) {
                    let piece = next.fetch_add(1, Ordering::Relaxed);
                    if piece >= pieces {
                        return;
                    }
                    if let Err(error) = work(piece) {
                        failed.store(true, Ordering::Relaxed);
                        let mut first = first.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        if first.as_ref().is_none_or(|(other, _)| piece < *other) {
                            *first = Some((piece, error));
                        }
                    }
                }
            });
        }
    });
    let first = first.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    first.map_or(Ok(()), |(_, error)| Err(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_done_once_and_the_first_error_is_told() {
        let done: Vec<AtomicUsize> = (0..100).map(|_| AtomicUsize::new(0)).collect();
        let work = |piece: usize| {
            done[piece].fetch_add(1, Ordering::Relaxed);
            Ok::<(), usize>(())
        };
        assert_eq!(side_by_side(100, work), Ok(()));
        assert!(done.iter().all(|times| times.load(Ordering::Relaxed) == 1));
        assert_eq!(side_by_side(100, |piece| if piece < 3 { Ok(()) } else { Err(piece) }), Err(3));
        assert_eq!(side_by_side(0, |_| Err(())), Ok(()));
    }
}
