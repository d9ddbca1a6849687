//! The scheduler of a cluster, with our functions.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::extension::SessionConfigExt;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::cluster::memory::InMemoryJobState;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service};
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::SessionConfig;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};

use super::all_or_nothing::AllOrNothing;
use super::failed;
use crate::error::Result;
use crate::{functions, session};

/// What a scheduler is started with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduler {
    /// Where it listens. There is no authentication: a trusted network only.
    pub listen: SocketAddr,
    /// How long an executor may be silent before its work is given to others.
    pub silence: Duration,
}

impl Scheduler {
    /// Runs the scheduler until the process ends.
    ///
    /// # Errors
    /// The address is taken or is not of this machine.
    pub fn run(&self) -> Result<()> {
        super::runtime()?.block_on(async {
            let silence = self.silence.as_secs().max(1);
            let config = SchedulerConfig {
                bind_host: self.listen.ip().to_string(),
                bind_port: self.listen.port(),
                external_host: self.listen.ip().to_string(),
                scheduling_policy: TaskSchedulingPolicy::PullStaged,
                executor_timeout_seconds: silence,
                expire_dead_executor_interval_seconds: (silence / 4).max(1),
                no_executors_grace_period_seconds: 2 * silence,
                // A part that fails ends its job: see `all_or_nothing`.
                task_max_failures: 1,
                stage_max_failures: 1,
                ..SchedulerConfig::default()
            }
            .with_override_config_producer(Arc::new(super::session_config));
            let session = |config: SessionConfig| {
                let mut state = SessionStateBuilder::new()
                    .with_config(config.upgrade_for_ballista())
                    .with_runtime_env(session::stores_only()?)
                    .with_default_features()
                    .build();
                functions::register_in(&mut state)?;
                Ok(state)
            };
            let executors = Arc::new(AllOrNothing::default());
            let jobs = InMemoryJobState::new(
                &config.scheduler_id,
                Arc::new(session),
                Arc::new(super::session_config),
            );
            let cluster = BallistaCluster::new(executors.clone(), Arc::new(jobs));
            let server = create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config))
                .await
                .map_err(|error| failed("scheduler", &error))?;
            executors.watch(server.clone());
            start_grpc_service(self.listen, server).await.map_err(|error| failed("scheduler", &error))
        })
    }
}
