//! Ctrl-C as a flag.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::failure::Failure;

/// What the next Ctrl-C does: says this and raises the flag, or ends the program.
static SAID: Mutex<Option<&str>> = Mutex::new(None);
static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// A flag that Ctrl-C raises, with this said; a second Ctrl-C ends the program at once.
pub fn stop_on_interrupt(said: &'static str) -> Arc<AtomicBool> {
    *SAID.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
    let stop = STOP.get_or_init(|| {
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        // Fails only where a handler is set already, and this is the only one.
        let _ = ctrlc::set_handler(move || {
            let said = *SAID.lock().unwrap_or_else(PoisonError::into_inner);
            match said {
                Some(said) if !flag.swap(true, Ordering::SeqCst) => eprintln!("{said}"),
                _ => std::process::exit(i32::from(Failure::Interrupted.exit_code())),
            }
        });
        stop
    });
    Arc::clone(stop)
}

/// From here on Ctrl-C ends the program at once.
pub fn end_on_interrupt() {
    *SAID.lock().unwrap_or_else(PoisonError::into_inner) = None;
}
