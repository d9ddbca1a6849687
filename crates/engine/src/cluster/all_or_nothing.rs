//! No job outlives an executor that it began with.
//!
//! When an executor is lost, Ballista 55.0 makes its part of a job anew and goes on with what the others have done; in a join that was
//! killed in the middle some rows then counted twice, without a word. So a scheduler of ours ends every job that runs when an executor
//! leaves, before anything is made anew, and the client asks for the whole of it once more.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use ballista_core::JobId;
use ballista_core::error::Result;
use ballista_core::serde::protobuf::ExecutorHeartbeat;
use ballista_core::serde::scheduler::{ExecutorData, ExecutorMetadata};
use ballista_scheduler::cluster::memory::InMemoryClusterState;
use ballista_scheduler::cluster::{BoundTask, ClusterState, ClusterStateEventStream, ExecutorSlot};
use ballista_scheduler::config::TaskDistributionPolicy;
use ballista_scheduler::scheduler_server::SchedulerServer;
use ballista_scheduler::state::task_manager::JobInfoCache;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};

type Server = SchedulerServer<LogicalPlanNode, PhysicalPlanNode>;

/// The executors of a scheduler, in memory.
#[derive(Default)]
pub(super) struct AllOrNothing {
    executors: InMemoryClusterState,
    server: OnceLock<Server>,
}

impl AllOrNothing {
    /// Says whose jobs end when an executor leaves.
    pub(super) fn watch(&self, server: Server) {
        // It is said once.
        let _ = self.server.set(server);
    }

    async fn end_jobs(&self, executor: &str) {
        let Some(server) = self.server.get() else { return };
        for job in server.state.task_manager.get_running_job_cache().keys() {
            log::warn!("job {job} ends: executor {executor} has left");
            if let Err(error) = server.cancel_job(job.clone()).await {
                log::error!("job {job} cannot be ended: {error}");
            }
        }
    }
}

#[async_trait::async_trait]
impl ClusterState for AllOrNothing {
    /// Jobs end first: the order to make a lost part anew is given after the executor has been removed.
    async fn remove_executor(&self, executor_id: &str) -> Result<()> {
        self.end_jobs(executor_id).await;
        self.executors.remove_executor(executor_id).await
    }

    async fn init(&self) -> Result<()> {
        self.executors.init().await
    }

    async fn bind_schedulable_tasks(
        &self,
        distribution: TaskDistributionPolicy,
        active_jobs: Arc<HashMap<JobId, JobInfoCache>>,
        executors: Option<HashSet<String>>,
    ) -> Result<Vec<BoundTask>> {
        self.executors.bind_schedulable_tasks(distribution, active_jobs, executors).await
    }

    async fn unbind_tasks(&self, executor_slots: Vec<ExecutorSlot>) -> Result<()> {
        self.executors.unbind_tasks(executor_slots).await
    }

    async fn register_executor(&self, metadata: ExecutorMetadata, spec: ExecutorData) -> Result<()> {
        self.executors.register_executor(metadata, spec).await
    }

    async fn save_executor_metadata(&self, metadata: ExecutorMetadata) -> Result<()> {
        self.executors.save_executor_metadata(metadata).await
    }

    async fn get_executor_metadata(&self, executor_id: &str) -> Result<ExecutorMetadata> {
        self.executors.get_executor_metadata(executor_id).await
    }

    async fn registered_executor_metadata(&self) -> Vec<ExecutorMetadata> {
        self.executors.registered_executor_metadata().await
    }

    async fn save_executor_heartbeat(&self, heartbeat: ExecutorHeartbeat) -> Result<()> {
        self.executors.save_executor_heartbeat(heartbeat).await
    }

    fn executor_heartbeats(&self) -> HashMap<String, ExecutorHeartbeat> {
        self.executors.executor_heartbeats()
    }

    fn get_executor_heartbeat(&self, executor_id: &str) -> Option<ExecutorHeartbeat> {
        self.executors.get_executor_heartbeat(executor_id)
    }

    async fn cluster_state_events(&self) -> Result<ClusterStateEventStream> {
        self.executors.cluster_state_events().await
    }
}
