//! Ctrl-C as a flag.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::Failure;

/// A flag that Ctrl-C raises, with this said; a second Ctrl-C ends the program at once.
pub fn stop_on_interrupt(said: &'static str) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Fails only where a handler is set already.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(Failure::Interrupted.exit_code()));
        }
        eprintln!("{said}");
    });
    stop
}
