//! The client of a cluster: a context whose plans run there, looks before it starts, and a second try.

use std::sync::Arc;
use std::time::Duration;

use arrow::array::AsArray;
use ballista::prelude::SessionContextExt;
use ballista_core::execution_plans::DistributedQueryExec;
use ballista_core::serde::protobuf::CancelJobParams;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use ballista_core::utils::create_grpc_client_endpoint;
use datafusion::execution::SessionStateBuilder;
use datafusion::logical_expr::LogicalPlanBuilder;
use datafusion::logical_expr::Operator;
use datafusion::logical_expr::expr_fn::binary_expr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::{Expr, SessionContext, col, lit};
use datafusion_proto::protobuf::LogicalPlanNode;

use super::said::explained;
use crate::error::{EngineError, Kind, Result};
use crate::functions::{self, file_size_expr};
use crate::made::Made;
use crate::options::Options;
use crate::session;
use crate::source::SourceFile;

/// How long a scheduler may take to answer the door.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a cluster may take to show that it sees a source.
const LOOK: Duration = Duration::from_mins(2);
/// How often the work is asked for.
const TRIES: u32 = 3;

/// A context whose plans run on the cluster.
pub(crate) async fn context(options: &Options, host: &str, port: u16) -> Result<SessionContext> {
    let address = format!("{host}:{port}");
    let knock = tokio::time::timeout(CONNECT, tokio::net::TcpStream::connect((host, port))).await;
    let refused = |why: String| {
        EngineError::new(Kind::Cluster, "there is no scheduler of a cluster")
            .at(format!("ballista://{address}"))
            .because(why)
            .hint("start one with `distretto engine scheduler`, correct `engine` in the study, or take it out to run here")
    };
    match knock {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => return Err(refused(error.to_string())),
        Err(_) => return Err(refused(format!("no answer within {} s", CONNECT.as_secs()))),
    }
    let state = SessionStateBuilder::new()
        .with_config(super::session_config())
        .with_runtime_env(session::runtime(options)?)
        .with_default_features()
        .build();
    let ctx = SessionContext::remote_with_state(&format!("df://{address}"), state).await;
    let ctx = ctx.map_err(|error| explained(error.into()))?;
    functions::register(&ctx);
    Ok(ctx)
}

/// Asks the cluster for a table until it has it, at most three times: again where the work was lost or took too long.
///
/// # Errors
/// What the last try says; at once what another try would not change.
pub(crate) async fn insist(
    options: &Options,
    host: &str,
    port: u16,
    mut make: impl AsyncFnMut(&SessionContext) -> Result<Made>,
) -> Result<Made> {
    let mut tried = 0;
    loop {
        tried += 1;
        let ctx = context(options, host, port).await?;
        match make(&ctx).await {
            Err(error) if error.kind == Kind::Lost && tried < TRIES => {}
            Err(error) if error.kind == Kind::Lost => {
                return Err(error
                    .at(format!("ballista://{host}:{port}"))
                    .hint("look at the logs of scheduler and executors; `deadline_minutes` of [engine] says how long a table may take"));
            }
            done => return done,
        }
    }
}

/// Makes sure that the cluster sees a source that is not empty here: a scheduler that does not see a folder takes it for an empty
/// table, and results would be wrong without a word.
pub(crate) async fn look(ctx: &SessionContext, here: &SessionContext, source: &str) -> Result<()> {
    let table = || datafusion::common::TableReference::bare(source);
    let any = async |ctx: &SessionContext| -> Result<bool> {
        let rows = ctx
            .table(table())
            .await?
            .select(vec![lit(1_i64).alias("one")])?
            .limit(0, Some(1))?
            .collect()
            .await?;
        Ok(rows.iter().any(|batch| batch.num_rows() > 0))
    };
    if !any(here).await? {
        return Ok(());
    }
    let seen = tokio::time::timeout(LOOK, any(ctx)).await.map_err(|_| no_answer())?;
    if seen.map_err(explained)? {
        return Ok(());
    }
    Err(EngineError::new(Kind::Cluster, format!("the cluster does not see the files of source `{source}`"))
        .because("they are here, but the scheduler finds none under the same path")
        .hint("put them where scheduler and executors find them under the same path, or on an object store"))
}

/// Makes sure that an executor sees these files of this machine as they are here.
pub(crate) async fn look_at_files(ctx: &SessionContext, files: &[SourceFile]) -> Result<()> {
    let local: Vec<&SourceFile> = files.iter().filter(|file| file.local).collect();
    for some in local.chunks(1000) {
        let rows = some.iter().map(|file| vec![lit(file.location.as_str()), lit(file.size as i64)]).collect();
        let plan = LogicalPlanBuilder::values(rows)?
            .filter(is_distinct(file_size_expr(col("column1")), col("column2")))?
            .project(vec![col("column1")])?
            .build()?;
        let unseen = tokio::time::timeout(LOOK, ctx.execute_logical_plan(plan).await?.collect())
            .await
            .map_err(|_| no_answer())?;
        let unseen = unseen.map_err(|error| explained(error.into()))?;
        let first = unseen.iter().find(|batch| batch.num_rows() > 0);
        if let Some(path) = first.map(|batch| batch.column(0).as_string::<i32>().value(0).to_owned()) {
            return Err(EngineError::new(Kind::Cluster, "a machine of the cluster does not see a file, or sees another")
                .at(path)
                .hint("put the files of a source where every executor finds them under the same path, or on an object store"));
        }
    }
    Ok(())
}

fn is_distinct(a: Expr, b: Expr) -> Expr {
    binary_expr(a, Operator::IsDistinctFrom, b)
}

fn no_answer() -> EngineError {
    EngineError::new(Kind::Cluster, format!("the cluster does not answer within {} s", LOOK.as_secs()))
        .hint("are there executors? start some with `distretto engine executor`")
}

/// Cancels what a plan has asked the cluster for.
pub(crate) async fn cancel(plan: &Arc<dyn ExecutionPlan>, address: &str) {
    let Some(job) = job_of(plan.as_ref()) else { return };
    let Ok(endpoint) = create_grpc_client_endpoint(format!("http://{address}"), None) else { return };
    // A cluster that is gone has nothing to cancel.
    if let Ok(Ok(channel)) = tokio::time::timeout(CONNECT, endpoint.connect()).await {
        let _ = SchedulerGrpcClient::new(channel).cancel_job(CancelJobParams { job_id: job }).await;
    }
}

fn job_of(plan: &dyn ExecutionPlan) -> Option<String> {
    if let Some(query) = (plan as &dyn std::any::Any).downcast_ref::<DistributedQueryExec<LogicalPlanNode>>()
    {
        return query.job_id().map(|job| job.to_string());
    }
    plan.children().into_iter().find_map(|child| job_of(child.as_ref()))
}
