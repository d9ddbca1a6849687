//! A Ballista cluster: its client, and a scheduler and executors that know our functions.

mod all_or_nothing;
pub(crate) mod client;
mod executor;
mod log;
pub(crate) mod said;
mod scheduler;

use ballista_core::extension::SessionConfigExt;
use datafusion::prelude::SessionConfig;
use tokio::runtime::Runtime;

pub use executor::Executor;
pub use scheduler::Scheduler;

use crate::error::{EngineError, Kind, Result, first_line};
use crate::session;

/// Ballista's settings, without its adaptive planner: it does not recover from an executor that is lost (version 55.0), the other does.
fn session_config() -> SessionConfig {
    session::config(SessionConfig::new_with_ballista()).set_bool("ballista.planner.adaptive.enabled", false)
}

/// Deep plans are read and written by recursion, on stacks that are large enough for it.
const STACK: usize = 32 << 20;

fn runtime() -> Result<Runtime> {
    log::begin();
    tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build().map_err(
        |error| EngineError::new(Kind::Internal, "threads cannot be started").because(error.to_string()),
    )
}

fn failed(what: &str, error: &dyn std::fmt::Display) -> EngineError {
    EngineError::new(Kind::Cluster, format!("the {what} ended")).because(first_line(&error.to_string()))
}
