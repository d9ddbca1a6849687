//! Ctrl-C, and being asked to end, as a flag.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use distretto_study::temporary;

use crate::failure::Failure;

/// What the next Ctrl-C does: says this and raises the flag, or ends the program.
static SAID: Mutex<Option<&str>> = Mutex::new(None);
static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// A flag that Ctrl-C raises, with this said; a second Ctrl-C ends the program at once. A request to end (SIGTERM) is the same.
pub fn stop_on_interrupt(said: &'static str) -> Arc<AtomicBool> {
    set(Some(said))
}

/// From here on Ctrl-C ends the program at once; nothing temporary is left behind.
pub fn end_on_interrupt() {
    set(None);
}

fn set(said: Option<&'static str>) -> Arc<AtomicBool> {
    *SAID.lock().unwrap_or_else(PoisonError::into_inner) = said;
    let stop = STOP.get_or_init(|| {
        let stop = Arc::new(AtomicBool::new(false));
        listen(Arc::clone(&stop));
        stop
    });
    Arc::clone(stop)
}

/// From now on hears Ctrl-C and requests to end.
fn listen(stop: Arc<AtomicBool>) {
    #[cfg(unix)]
    let _ = listen_for_end(Arc::clone(&stop));
    // Fails only where a handler is set already, and this is the only one.
    let _ = ctrlc::set_handler(move || heard(&stop));
}

/// SIGTERM alone: what `ctrlc` adds to Ctrl-C includes SIGHUP, which `nohup` must keep away.
#[cfg(unix)]
fn listen_for_end(stop: Arc<AtomicBool>) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut end = runtime.block_on(async { signal(SignalKind::terminate()) })?;
    let wait = move || {
        while runtime.block_on(end.recv()).is_some() {
            heard(&stop);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).map(|_| ())
}

fn heard(stop: &AtomicBool) {
    let said = *SAID.lock().unwrap_or_else(PoisonError::into_inner);
    match said {
        Some(said) if !stop.swap(true, Ordering::SeqCst) => eprintln!("{said}"),
        _ => {
            let _removed = temporary::remove_all();
            std::process::exit(i32::from(Failure::Interrupted.exit_code()));
        }
    }
}
