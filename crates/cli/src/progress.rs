//! A line that says what is going on, on a terminal only.

use std::time::Duration;

use distretto_study::engine;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar of stages. It draws on standard error if that is a terminal, and nothing otherwise.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar of this many stages.
    pub fn new(stages: u64, quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(stages), target);
        let style =
            ProgressStyle::with_template("{spinner} [{pos}/{len}] {msg} ({elapsed}, about {eta} left)");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// The next stage begins.
    pub fn stage(&self, name: &'static str) {
        if !self.0.message().is_empty() {
            self.0.inc(1);
        }
        self.0.set_message(name);
    }

    /// Takes the line away until the next stage.
    pub fn clear(&self) {
        self.0.disable_steady_tick();
        self.0.set_draw_target(ProgressDrawTarget::hidden());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar of things that are counted, with the time that is left.
pub struct Counter(ProgressBar);

impl Counter {
    /// A bar that stands at `done` of `of` of these things.
    pub fn new(things: &str, done: u64, of: u64, quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(of), target)
            .with_position(done)
            .with_message(things.to_owned());
        let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} {msg}, about {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.reset_eta();
        Self(bar)
    }

    /// It stands here now.
    pub fn at(&self, done: u64) {
        self.0.set_position(done);
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A time for people: `40 s`, `3 min`, `2 h 5 min`.
pub fn duration(time: Duration) -> String {
    match time.as_secs_f64().ceil() as u64 {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7_199 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

/// A line that says how many rows have been read and made of which table, on a terminal only.
pub struct Rows(ProgressBar);

impl Rows {
    /// No rows yet.
    pub fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// The work is here now.
    pub fn at(&self, progress: engine::Progress<'_>) {
        let read = match progress.read {
            0 => "at work".to_owned(),
            rows => format!("{} rows read", HumanCount(rows)),
        };
        let made =
            if progress.made > 0 { format!(", {} made", HumanCount(progress.made)) } else { String::new() };
        self.0.set_message(format!("[{}] {read}{made}", progress.section));
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
