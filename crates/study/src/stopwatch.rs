//! The stages of a run: announced as they begin, timed until the next.

use std::time::{Duration, Instant};

/// Tells an observer what begins, and remembers how long it took.
pub struct Stopwatch<'a> {
    observer: Box<dyn FnMut(&'static str) + 'a>,
    running: Option<(&'static str, Instant)>,
    done: Vec<(&'static str, Duration)>,
}

impl<'a> Stopwatch<'a> {
    /// A stopwatch whose observer hears the name of each stage as it begins.
    pub fn new(observer: impl FnMut(&'static str) + 'a) -> Self {
        Self { observer: Box::new(observer), running: None, done: Vec::new() }
    }

    /// One that nobody watches.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    /// The next stage begins.
    pub fn begin(&mut self, stage: &'static str) {
        self.stop();
        (self.observer)(stage);
        self.running = Some((stage, Instant::now()));
    }

    /// The stages that are over, in order, and how long each took.
    pub fn stop(&mut self) -> &[(&'static str, Duration)] {
        if let Some((stage, began)) = self.running.take() {
            self.done.push((stage, began.elapsed()));
        }
        &self.done
    }
}
