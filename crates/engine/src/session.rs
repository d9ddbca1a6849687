//! The context that plans run in: functions, stores, memory, threads.

use std::sync::Arc;

use datafusion::execution::SessionStateBuilder;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::error::{EngineError, Kind, Result};
use crate::functions;
#[cfg(feature = "cluster")]
use crate::options::of_environment;
use crate::options::{MEMORY_OF_A_THREAD, Options};
use crate::stores::Stores;

/// A context in this process.
pub(crate) fn here(options: &Options) -> Result<SessionContext> {
    let state = SessionStateBuilder::new()
        .with_config(
            config(SessionConfig::new())
                .with_target_partitions(options.threads())
                .with_sort_spill_reservation_bytes(merge_reserve(options)),
        )
        .with_runtime_env(runtime(options)?)
        .with_default_features()
        .build();
    let ctx = SessionContext::new_with_state(state);
    functions::register(&ctx);
    Ok(ctx)
}

/// What each sort keeps for merging what it has spilled: 10 MB as a rule, less where memory is small.
fn merge_reserve(options: &Options) -> usize {
    let share = options.memory / (8 * options.threads() as u64);
    usize::try_from(share.min(10 << 20)).unwrap_or(10 << 20)
}

/// What is the same here and on a cluster.
pub(crate) fn config(config: SessionConfig) -> SessionConfig {
    let mut config = config.with_information_schema(true);
    // A folder is all that is below it.
    config.options_mut().execution.listing_table_ignore_subdirectory = false;
    config
}

/// What reads from every store, with whatever memory is there: for scheduler and executors, which set limits of their own.
#[cfg(feature = "cluster")]
pub(crate) fn stores_only() -> datafusion::common::Result<Arc<RuntimeEnv>> {
    RuntimeEnvBuilder::new().with_object_store_registry(Arc::new(Stores::new(of_environment()))).build_arc()
}

pub(crate) fn runtime(options: &Options) -> Result<Arc<RuntimeEnv>> {
    let least = MEMORY_OF_A_THREAD * options.threads() as u64;
    if options.memory < least {
        return Err(EngineError::new(Kind::Memory, "the memory limit is too small")
            .because(format!(
                "{} bytes are less than the {least} that {} threads need",
                options.memory,
                options.threads()
            ))
            .hint("raise `memory` of [engine], or lower `threads`: each needs a share of it"));
    }
    let memory = usize::try_from(options.memory).unwrap_or(usize::MAX);
    let disk = match &options.spill {
        Some(folder) => DiskManagerMode::Directories(vec![folder.clone()]),
        None => DiskManagerMode::OsTmpDirectory,
    };
    RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(memory)))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(disk))
        .with_object_store_registry(Arc::new(Stores::new(options.stores.clone())))
        .build_arc()
        .map_err(|error| {
            EngineError::new(Kind::Memory, "the engine cannot be set up").because(error.to_string())
        })
}
