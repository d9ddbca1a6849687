//! The engine: sources, and tables made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use datafusion::common::TableReference;
use datafusion::physical_plan::displayable;
use datafusion::prelude::{DataFrame, SessionContext};
use tokio::runtime::Runtime;

use crate::error::{EngineError, Kind, Result};
use crate::made::{self, Made, Watch};
use crate::options::{Options, Place};
use crate::parts::Parts;
use crate::plans::query;
use crate::plans::register::Register;
use crate::plans::trade::{Firms, Trade};
use crate::plans::transactions::Transactions;
use crate::plans::trips::Trips;
use crate::session;
use crate::source::{Opened, Source, SourceFile};

/// A table to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// By an SQL query over the sources.
    Query(String),
    /// Jobs from a register of establishments.
    Register(Register),
    /// Flows from trips.
    Trips(Trips),
    /// A network of firms from invoices.
    Network(Transactions),
    /// Trade between zones or activities from a network of firms that was made before.
    Trade {
        /// What trade is summed up by.
        by: Trade,
        /// The folder of the network.
        network: PathBuf,
        /// Where firms are and what they do.
        firms: Firms,
        /// Whether those behind each sum are wanted, for disclosure control.
        contributors: bool,
    },
}

/// The name under which a network that was made is a source.
const NETWORK: &str = "network of firms";

/// Makes tables of raw sources with DataFusion, in this process or on a Ballista cluster.
pub struct Engine {
    options: Options,
    runtime: Runtime,
    sources: BTreeMap<String, Source>,
    /// Sources whose files were found: they are looked for once, however many tables are made of them.
    opened: Mutex<BTreeMap<String, Arc<Opened>>>,
}

impl Engine {
    /// An engine over these sources. Nothing is read yet.
    ///
    /// # Errors
    /// Two sources of one name; threads that cannot be started.
    pub fn new(options: Options, sources: Vec<Source>) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(options.threads())
            .enable_all()
            .build()
            .map_err(|error| {
                EngineError::new(Kind::Internal, "threads cannot be started").because(error.to_string())
            })?;
        let mut by_name = BTreeMap::new();
        for source in sources {
            if let Some(twice) = by_name.insert(source.name.clone(), source) {
                return Err(EngineError::new(
                    Kind::Query,
                    format!("two sources are called `{}`", twice.name),
                ));
            }
        }
        Ok(Self { options, runtime, sources: by_name, opened: Mutex::default() })
    }

    /// The files behind a table, sorted, each once. They are listed, not read.
    pub fn files(&self, order: &Order) -> Result<Vec<SourceFile>> {
        self.runtime.block_on(async {
            let ctx = session::here(&self.options)?;
            let mut files = self.register(&ctx, order).await?;
            files.sort();
            files.dedup();
            Ok(files)
        })
    }

    /// Makes a table and writes it to `folder` as Parquet: files of at most 4 million rows, in the order of its keys. `watch` hears how
    /// far it is, and may stop it. What stood in `folder` is replaced; after an error it holds nothing that is whole.
    ///
    /// On a cluster, work that does not end by the deadline, or is lost with an executor, is cancelled and asked for once more.
    ///
    /// # Errors
    /// See [`Kind`]: a query that cannot be understood, sources that cannot be read, values that mean nothing, a memory limit that is
    /// too small, a cluster that is not there.
    pub fn make(&self, order: &Order, folder: &Path, watch: &mut Watch<'_>) -> Result<Made> {
        self.runtime.block_on(async {
            match (&self.options.place, order) {
                // A network that was made is in this process already.
                (Place::Here, _) | (_, Order::Trade { .. }) => {
                    let ctx = session::here(&self.options)?;
                    self.run(&ctx, order, folder, watch).await
                }
                #[cfg(feature = "cluster")]
                (Place::Cluster { host, port }, _) => {
                    crate::cluster::client::insist(&self.options, host, *port, async |ctx| {
                        self.run(ctx, order, folder, watch).await
                    })
                    .await
                }
                #[cfg(not(feature = "cluster"))]
                (Place::Cluster { .. }, _) => Err(EngineError::new(
                    Kind::Missing,
                    "this program was built without the client of a cluster",
                )
                .hint("build it with `--features cluster`, or take `engine` out of the study to run here")),
            }
        })
    }

    async fn run(
        &self,
        ctx: &SessionContext,
        order: &Order,
        folder: &Path,
        watch: &mut Watch<'_>,
    ) -> Result<Made> {
        let files = self.register(ctx, order).await?;
        #[cfg(feature = "cluster")]
        self.look(ctx, order).await?;
        let frame = plan(ctx, order).await?;
        let frame_schema = frame.schema().clone();
        let physical = frame.create_physical_plan().await?;
        // A table without rows has no columns where they come from a cluster, so they are taken from what was asked for.
        let task = made::Task {
            plan: physical.clone(),
            columns: Arc::clone(frame_schema.inner()),
            context: ctx.task_ctx(),
            placed: !matches!(order, Order::Query(_)),
            tells: self.options.place == Place::Here || matches!(order, Order::Trade { .. }),
        };
        let is_here = task.tells;
        let work = made::make(task, folder, watch);
        if is_here {
            return work.await.map_err(|error| placed(error, &files));
        }
        let done = tokio::time::timeout(self.options.deadline, work).await.unwrap_or_else(|_| {
            let seconds = self.options.deadline.as_secs();
            Err(EngineError::new(Kind::Lost, format!("the cluster did not end within {seconds} s")))
        });
        #[cfg(feature = "cluster")]
        if let (Err(_), Place::Cluster { host, port }) = (&done, &self.options.place) {
            crate::cluster::client::cancel(&physical, &format!("{host}:{port}")).await;
        }
        #[cfg(feature = "cluster")]
        let done = done.map_err(crate::cluster::said::explained);
        done.map_err(|error| placed(error, &files))
    }

    /// Makes sure that a cluster sees the files of this machine that a table needs.
    #[cfg(feature = "cluster")]
    async fn look(&self, ctx: &SessionContext, order: &Order) -> Result<()> {
        if self.options.place == Place::Here || matches!(order, Order::Trade { .. }) {
            return Ok(());
        }
        let here = session::here(&self.options)?;
        let files = self.register(&here, order).await?;
        crate::cluster::client::look_at_files(ctx, &files).await?;
        for (name, source) in &self.sources {
            let is_needed = source.query.is_none()
                && here.table_exist(TableReference::bare(name.as_str())).unwrap_or(false);
            if is_needed && files.iter().any(|file| file.local) {
                crate::cluster::client::look(ctx, &here, name)
                    .await
                    .map_err(|error| placed(error, &files))?;
            }
        }
        Ok(())
    }

    /// A table without rows that has the columns of an order, written to `folder`: plans over a table can be tried before it is made.
    pub fn make_empty(&self, order: &Order, folder: &Path) -> Result<()> {
        self.runtime.block_on(async {
            let ctx = session::here(&self.options)?;
            self.register(&ctx, order).await?;
            let columns = plan(&ctx, order).await?.create_physical_plan().await?.schema();
            Parts::new(folder, &columns)?.close().map(|_| ())
        })
    }

    /// The plan of a table, for people: what is done in which order, then the same as this process would run it.
    pub fn explain(&self, order: &Order) -> Result<String> {
        self.runtime.block_on(async {
            let ctx = session::here(&self.options)?;
            self.register(&ctx, order).await?;
            let frame = plan(&ctx, order).await?;
            let (state, logical) = frame.into_parts();
            let optimised = state.optimize(&logical)?;
            let physical = state.create_physical_plan(&logical).await?;
            Ok(format!(
                "what is done\n{}\n\nhow\n{}",
                indented(&optimised.display_indent().to_string()),
                indented(&displayable(physical.as_ref()).indent(false).to_string())
            ))
        })
    }

    /// Registers the sources that a table needs, and names their files.
    async fn register(&self, ctx: &SessionContext, order: &Order) -> Result<Vec<SourceFile>> {
        let mut files = Vec::new();
        let names = match order {
            Order::Query(sql) => names_in(ctx, sql)?,
            Order::Register(register) => vec![register.source.clone()],
            Order::Trips(trips) => vec![trips.source.clone()],
            Order::Network(transactions) => vec![transactions.source.clone()],
            Order::Trade { network, firms, .. } => {
                let network = Source {
                    name: NETWORK.to_owned(),
                    paths: vec![network.display().to_string()],
                    ..Source::default()
                };
                network.open(ctx, self.options.threads()).await?.register(ctx, NETWORK)?;
                vec![firms.source.clone()]
            }
        };
        let mut known = BTreeSet::new();
        for name in names {
            self.register_source(ctx, &name, &mut Vec::new(), &mut known, &mut files).await?;
        }
        Ok(files)
    }

    /// Registers a source after those that it is a query over. `above` are the queries that it is needed for.
    async fn register_source(
        &self,
        ctx: &SessionContext,
        name: &str,
        above: &mut Vec<String>,
        known: &mut BTreeSet<String>,
        files: &mut Vec<SourceFile>,
    ) -> Result<()> {
        // Names that are no source are told by whoever looks them up.
        let Some(source) = self.sources.get(name) else { return Ok(()) };
        if let Some(at) = above.iter().position(|other| other == name) {
            let round: Vec<String> = above[at..]
                .iter()
                .map(String::as_str)
                .chain([name])
                .map(|name| format!("`{name}`"))
                .collect();
            return Err(EngineError::new(Kind::Query, format!("source `{name}` is a query over itself"))
                .because(format!("one asks the next: {}", round.join(", ")))
                .hint("a `query` names other sources: give the files a source of their own"));
        }
        if !known.insert(name.to_owned()) {
            return Ok(());
        }
        let Some(sql) = &source.query else {
            let opened = self.opened(ctx, source).await?;
            opened.register(ctx, name)?;
            files.extend(opened.files.iter().cloned());
            return Ok(());
        };
        source.check_query()?;
        above.push(name.to_owned());
        for other in names_in(ctx, sql)? {
            Box::pin(self.register_source(ctx, &other, above, known, files)).await?;
        }
        above.pop();
        let view = query::view(ctx, sql).await.map_err(|error| error.at(format!("source `{name}`")))?;
        ctx.register_table(TableReference::bare(name), view.into_view())?;
        Ok(())
    }

    /// A source with its files, as they were when it was first asked for.
    async fn opened(&self, ctx: &SessionContext, source: &Source) -> Result<Arc<Opened>> {
        let known = || self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = known().get(&source.name) {
            return Ok(Arc::clone(opened));
        }
        let opened = Arc::new(source.open(ctx, self.options.threads()).await?);
        known().insert(source.name.clone(), Arc::clone(&opened));
        Ok(opened)
    }
}

async fn plan(ctx: &SessionContext, order: &Order) -> Result<DataFrame> {
    match order {
        Order::Query(sql) => query::plan(ctx, sql).await,
        Order::Register(register) => register.plan(ctx).await,
        Order::Trips(trips) => trips.plan(ctx).await,
        Order::Network(transactions) => transactions.network(ctx).await,
        Order::Trade { by, firms, contributors, .. } => by.plan(ctx, NETWORK, firms, *contributors).await,
    }
}

/// An error of reading in terms of files: what reads them does not say which one it was.
fn placed(error: EngineError, files: &[SourceFile]) -> EngineError {
    match (files, error.kind) {
        ([file], Kind::Source) if error.place.is_none() => error.at(file.location.clone()),
        ([first, ..], Kind::Source) if error.place.is_none() => {
            error.at(format!("one of {} files, as {}", files.len(), first.location))
        }
        _ => error,
    }
}

/// The tables that a query names.
fn names_in(ctx: &SessionContext, sql: &str) -> Result<Vec<String>> {
    let state = ctx.state();
    let statement = state.sql_to_statement(sql, &datafusion::config::Dialect::Generic)?;
    let names = state.resolve_table_references(&statement)?;
    Ok(names.into_iter().map(|name| name.table().to_owned()).collect())
}

fn indented(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
