//! An executor of a cluster, with our functions.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};

use super::failed;
use crate::error::Result;
use crate::{functions, session};

/// What an executor is started with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Executor {
    /// Host of the scheduler.
    pub scheduler_host: String,
    /// Its port.
    pub scheduler_port: u16,
    /// The address it listens at; clients and other executors fetch results there.
    pub listen: IpAddr,
    /// Port for results.
    pub port: u16,
    /// Port for tasks.
    pub task_port: u16,
    /// Tasks at a time; as many as there are processors where absent.
    pub threads: Option<usize>,
    /// Bytes that its tasks may hold together; 70 % of the machine's where absent.
    pub memory: Option<u64>,
    /// Folder for what tasks hand on; a temporary one where absent.
    pub work: Option<PathBuf>,
    /// How often it tells the scheduler that it is there.
    pub heartbeat: Duration,
}

impl Executor {
    /// Runs the executor until the process ends.
    ///
    /// # Errors
    /// There is no scheduler, or a port is taken.
    pub fn run(&self) -> Result<()> {
        super::runtime()?.block_on(async {
            let mut registry = BallistaFunctionRegistry::default();
            for function in functions::scalar() {
                registry.scalar_functions.insert(function.name().to_owned(), function);
            }
            for function in functions::aggregate() {
                registry.aggregate_functions.insert(function.name().to_owned(), function);
            }
            let config = ExecutorProcessConfig {
                bind_host: self.listen.to_string(),
                external_host: Some(self.listen.to_string()),
                port: self.port,
                grpc_port: self.task_port,
                scheduler_host: self.scheduler_host.clone(),
                scheduler_port: self.scheduler_port,
                // Executors ask for work when they are free: a scheduler that counts their free places loses count when one is lost.
                task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
                scheduler_connect_timeout_seconds: 20,
                vcores: self.threads.unwrap_or(0),
                work_dir: self.work.as_ref().map(|work| work.to_string_lossy().into_owned()),
                memory_pool_size: self.memory,
                executor_heartbeat_interval_seconds: self.heartbeat.as_secs().max(1),
                override_function_registry: Some(Arc::new(registry)),
                override_runtime_producer: Some(Arc::new(|_| session::stores_only())),
                override_config_producer: Some(Arc::new(super::session_config)),
                ..ExecutorProcessConfig::default()
            };
            start_executor_process(Arc::new(config)).await.map_err(|error| failed("executor", &error))
        })
    }
}
