//! Reruns held against whole runs of changed studies, worked by hand, refused and stopped.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_cmp, reason = "tests")]

mod made;

mod by_hand;
mod grid;
mod refused;
mod same;
mod sliders;
mod stop;
