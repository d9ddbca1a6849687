//! Tours, hosts, people and plans in a database; who may see and change them.
//!
//! A store is a file (SQLite) or a database of a server (PostgreSQL), with the same tables and the same queries. Every change is one transaction:
//! it is there whole or not at all. Who changes a tour or a plan says which revision they saw; where another is there meanwhile, nothing is changed.
//! The time is always given (seconds since 1970-01-01 UTC), never asked of a clock.
//!
//! Personal data (contacts of hosts, names and numbers of travellers, numbers of persons to call) stands in three tables of its own and nowhere else: not
//! in tours, plans or the log. Passwords are kept as argon2id hashes, tokens of sessions and shares as SHA-256.
//!
//! | module | concept |
//! |---|---|
//! | `place` | where a store is |
//! | `open` | opening and making a store |
//! | `schema` | the tables, version by version |
//! | `faults` | what a database says, as a fault |
//! | `name` | what a name may be |
//! | `tours` | tours with their revisions |
//! | `plans` | plans with their revisions |
//! | `extras` | what stands beside a tour: where its travel times come from, orders of phases, whom to call, its edition |
//! | `whole` | a tour put with all that belongs to it, at once |
//! | `personal` | contacts and people, and their erasure |
//! | `events` | who changed what, and when |
//! | `users` | who may log in, and as what |
//! | `password` | passwords as hashes |
//! | `sessions` | who is logged in |
//! | `shares` | links that show a plan to anybody who has them |
//! | `token` | secrets that are sent once and kept as hashes |

mod events;
mod extras;
mod faults;
mod name;
mod open;
mod password;
mod personal;
mod place;
mod plans;
mod schema;
mod sessions;
mod shares;
mod token;
mod tours;
mod users;
mod whole;

use std::future::Future;
use std::sync::OnceLock;
use std::time::Duration;

use distretto_study::fault::{Code, Fault, Result};
use sqlx::{Any, AnyPool, Executor, Row, Transaction};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

pub use events::{Event, What};
pub use extras::{Extras, KeptEdition};
pub use name::check_name;
pub use personal::KeptPersonal;
pub use place::StorePlace;
pub use plans::PlanEntry;
pub use schema::VERSION;
pub use sessions::{IDLE, LONGEST, Session};
pub use shares::{Share, Shown};
pub use token::Token;
pub use tours::TourEntry;
pub use users::{Role, User, can_be_user};
pub use whole::WholeTour;

use faults::{refuse_newer, told};
use place::Engine;

/// A store that is open. Copies share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
    engine: Engine,
}

/// On whose behalf something is done, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By<'a> {
    /// Name of the user; what the command line does has the name that the caller gives.
    pub user: &'a str,
    /// Seconds since 1970-01-01 UTC.
    pub now: i64,
}

/// A document as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<T> {
    /// Above 0, higher with each change, and never twice for one name: not even where what had it was removed and is put again.
    pub revision: i64,
    /// When it was changed last.
    pub changed: i64,
    /// Who changed it last.
    pub user: String,
    /// The document.
    pub document: T,
}

impl Store {
    /// A transaction that may write, in tables that are still of this version: a newer program may have brought them up since the store was opened.
    async fn begin(&self) -> Result<Transaction<'static, Any>> {
        let mut tx = self.begin_any().await?;
        let version = match self.engine {
            Engine::Sqlite => "SELECT version FROM desk_meta WHERE id = 1",
            // Who brings the tables up waits until this is over, and this until they are brought up.
            Engine::Postgres => "SELECT version FROM desk_meta WHERE id = 1 FOR SHARE",
        };
        let version = tx.fetch_one(version).await.and_then(|row| row.try_get(0)).map_err(told)?;
        refuse_newer("the store", Some(version))?;
        Ok(tx)
    }

    /// The same in tables of any version. In SQLite it is the only one from the beginning: one that reads first and writes then could find that another
    /// has written between.
    async fn begin_any(&self) -> Result<Transaction<'static, Any>> {
        let begin = match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        self.pool.begin_with(begin).await.map_err(told)
    }

    /// Closes all connections; an SQLite file is then whole by itself, without files beside it, where nobody else has it open. Waits a few seconds for those who
    /// are at work.
    pub async fn close(&self) {
        let _ = timeout(Duration::from_secs(5), self.pool.close()).await;
    }
}

/// Does what waits, for callers that do not wait otherwise. What is opened so lasts: all is done on one runtime, which ends with the process.
///
/// # Errors
/// Those of the work; D0901 where the system gives no threads.
pub fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    // Connections to a server die with the runtime that they were made on.
    static RUNTIME: OnceLock<std::io::Result<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Builder::new_multi_thread().worker_threads(1).enable_all().build());
    let runtime = runtime.as_ref().map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    runtime.block_on(work)
}
