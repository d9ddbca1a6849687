//! Opening and making a store.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use distretto_study::fault::{Code, Fault, Result};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor, Row};

use super::Store;
use super::faults::{is_busy, refuse_newer, told};
use super::place::{Engine, StorePlace, sqlite_url};
use super::schema::{META, STEPS, VERSION};

/// How long one waits for a connection, and in SQLite for somebody else who writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// What every connection to a file begins with: readers and one writer at a time, nothing lost when the power fails, and what is deleted is overwritten.
const SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                      PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF";

impl Store {
    /// Opens a store that is there. Tables of an older version are brought up to this one.
    ///
    /// # Errors
    /// D1050 where it is not there, cannot be reached or holds something else; D1051 of a newer version: nothing is touched; D1052 where somebody else
    /// holds it.
    pub async fn open(place: &StorePlace) -> Result<Self> {
        let store = match place {
            StorePlace::File(path) => {
                if !path.exists() {
                    return Err(unopened(place, "there is no such file").hint(
                        "check the path; `distretto tour store put` makes a store where there is none",
                    ));
                }
                Self::file(place, path).await?
            }
            StorePlace::Postgres(address) => Self::server(place, address).await?,
        };
        store.upgrade(place, false).await
    }

    /// Opens a store, and makes it where there is none: a file that only its owner may read, or tables in an empty database.
    ///
    /// # Errors
    /// As [`Store::open`]; D1050 where a file cannot be made.
    pub async fn open_or_make(place: &StorePlace) -> Result<Self> {
        let store = match place {
            StorePlace::File(path) => {
                make_file(path).map_err(|error| unopened(place, error.to_string()))?;
                Self::file(place, path).await?
            }
            StorePlace::Postgres(address) => Self::server(place, address).await?,
        };
        store.upgrade(place, true).await
    }

    async fn file(place: &StorePlace, path: &Path) -> Result<Self> {
        let url = |mode: &str| sqlite_url(path, mode).ok_or_else(|| unopened(place, "its path is not UTF-8"));
        look_into(place, &url("ro")?).await?;
        empty_log(place, &url("rw")?).await;
        let options = options(place, &url("rw")?)?;
        let pool = AnyPoolOptions::new().max_connections(4).acquire_timeout(PATIENCE * 2).after_connect(
            |connection, _| Box::pin(async move { connection.execute(SQLITE).await.map(|_| ()) }),
        );
        connected(place, pool, options, Engine::Sqlite).await
    }

    async fn server(place: &StorePlace, address: &str) -> Result<Self> {
        let options = options(place, address)?;
        let pool = AnyPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE * 2);
        connected(place, pool, options, Engine::Postgres).await
    }

    /// Brings the tables up to this version. Whoever comes second finds them made.
    async fn upgrade(self, place: &StorePlace, make: bool) -> Result<Self> {
        let there = self.version().await?;
        refuse_newer(&named(place), there)?;
        if there == Some(VERSION) {
            return Ok(self);
        }
        if there.is_none() && !make {
            return Err(unopened(place, "there are no tables of a store in it")
                .hint("`distretto tour store put` makes them"));
        }
        if there.is_none() {
            // Two that make it at once: one of them may be told that it is there, which is what was wanted.
            let _ = self.pool.execute(META).await;
        }
        let mut tx = self.begin_any().await?;
        let first = "INSERT INTO desk_meta (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING";
        tx.execute(first).await.map_err(told)?;
        // The row is held from here on, so that only one brings the tables up.
        tx.execute("UPDATE desk_meta SET version = version WHERE id = 1").await.map_err(told)?;
        let version = tx.fetch_one("SELECT version FROM desk_meta WHERE id = 1").await.map_err(told)?;
        let version: i64 = version.try_get(0).map_err(told)?;
        refuse_newer(&named(place), Some(version))?;
        let steps = STEPS.iter().skip(usize::try_from(version).unwrap_or(0));
        let statements: Vec<&'static str> = steps.flat_map(|step| step.iter().copied()).collect();
        for statement in statements {
            tx.execute(statement).await.map_err(told)?;
        }
        sqlx::query("UPDATE desk_meta SET version = $1 WHERE id = 1")
            .bind(VERSION)
            .execute(&mut *tx)
            .await
            .map_err(told)?;
        tx.commit().await.map_err(told)?;
        Ok(self)
    }

    /// The version of the tables; `None` where there are none.
    async fn version(&self) -> Result<Option<i64>> {
        let count = match self.engine {
            Engine::Sqlite => {
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'desk_meta'"
            }
            Engine::Postgres => {
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'desk_meta'"
            }
        };
        let count: i64 = self.pool.fetch_one(count).await.and_then(|row| row.try_get(0)).map_err(told)?;
        if count == 0 {
            return Ok(None);
        }
        let row =
            self.pool.fetch_optional("SELECT version FROM desk_meta WHERE id = 1").await.map_err(told)?;
        row.map(|row| row.try_get(0)).transpose().map_err(told)
    }
}

/// Makes a file that only its owner may read, where there is none.
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        done => done.map(|_| ()),
    }
}

/// Looks into a file without changing anything: whether it is a database, whether a store or empty, and not a newer one.
async fn look_into(place: &StorePlace, url: &str) -> Result<()> {
    let unreadable = |error: sqlx::Error| {
        let busy = told(error);
        if busy.code == Code::StoreBusy { busy } else { unopened(place, busy.why.unwrap_or_default()) }
    };
    let mut connection = AnyConnection::connect_with(&options(place, url)?).await.map_err(unreadable)?;
    let tables = "SELECT count(*), sum(CASE WHEN name = 'desk_meta' THEN 1 ELSE 0 END) FROM sqlite_master WHERE type = 'table'";
    let row = connection.fetch_one(tables).await.map_err(unreadable)?;
    let tables: i64 = row.try_get(0).map_err(unreadable)?;
    let ours: Option<i64> = row.try_get(1).map_err(unreadable)?;
    if ours.unwrap_or(0) == 1 {
        let version = "SELECT version FROM desk_meta WHERE id = 1";
        let row = connection.fetch_optional(version).await.map_err(unreadable)?;
        refuse_newer(&named(place), row.map(|row| row.try_get(0)).transpose().map_err(unreadable)?)?;
    } else if tables > 0 {
        return Err(unopened(place, "it is a database of another program"));
    }
    connection.close().await.map_err(told)
}

/// Empties the log of writes, where an erasure that was broken off, or that somebody read all the while, has left traces. Who is at work with the store is
/// not waited for: then the next who opens it does this.
async fn empty_log(place: &StorePlace, url: &str) {
    let Ok(options) = options(place, url) else { return };
    let Ok(mut connection) = AnyConnection::connect_with(&options).await else { return };
    for statement in ["PRAGMA busy_timeout = 0", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        let _ = connection.fetch_optional(statement).await;
    }
    let _ = connection.close().await;
}

fn options(place: &StorePlace, url: &str) -> Result<AnyConnectOptions> {
    sqlx::any::install_default_drivers();
    let options = AnyConnectOptions::from_str(url).map_err(|_| {
        Fault::new(Code::StoreAddress, format!("`{place}` is not an address of a database"))
            .hint("write it as `postgres://user@host/database`")
    })?;
    // Statements are not logged: what is slow would be told with its text to whoever reads the log.
    Ok(options.disable_statement_logging())
}

async fn connected(
    place: &StorePlace,
    pool: AnyPoolOptions,
    options: AnyConnectOptions,
    engine: Engine,
) -> Result<Store> {
    let pool: AnyPool = pool.connect_with(options).await.map_err(|error| match error {
        sqlx::Error::Database(_) if is_busy(&error) => told(error),
        error => unopened(place, error.to_string()),
    })?;
    Ok(Store { pool, engine })
}

fn named(place: &StorePlace) -> String {
    format!("the store `{place}`")
}

fn unopened(place: &StorePlace, why: impl Into<String>) -> Box<Fault> {
    Fault::new(Code::StoreUnopened, format!("the store `{place}` cannot be opened"))
        .because(why)
        .hint("check the path or address, and that it may be read and written")
}
