//! What scheduler and executors say of their work, on standard error.

use log::{LevelFilter, Log, Metadata, Record};

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("ballista") && metadata.level() <= log::max_level()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{}: {}", record.level().as_str().to_lowercase(), record.args());
        }
    }

    fn flush(&self) {}
}

/// Warnings and errors, or as much as the environment variable `RUST_LOG` asks for: `info`, `debug`.
pub(super) fn begin() {
    let level = std::env::var("RUST_LOG").ok().and_then(|level| level.parse().ok());
    // Fails only where there is a log already.
    if log::set_logger(&Stderr).is_ok() {
        log::set_max_level(level.unwrap_or(LevelFilter::Warn));
    }
}
