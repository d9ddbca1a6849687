//! Where the engine runs, and with how much.

use std::path::PathBuf;
use std::time::Duration;

/// Where plans run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// In this process.
    #[default]
    Here,
    /// On a Ballista cluster, by the address of its scheduler.
    Cluster {
        /// Host of the scheduler.
        host: String,
        /// Its port.
        port: u16,
    },
}

/// The port of a Ballista scheduler where an address has none.
pub const SCHEDULER_PORT: u16 = 50050;
/// Memory that plans may use in this process where nothing is said: 4 GB.
pub const MEMORY: u64 = 4_000_000_000;
/// What each thread needs at least: sums and sorts keep a few batches of rows, whatever they spill.
pub const MEMORY_OF_A_THREAD: u64 = 4_000_000;
/// How long a cluster may take for one table where nothing is said: an hour.
pub const DEADLINE: Duration = Duration::from_hours(1);

/// Where plans run, and with how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where.
    pub place: Place,
    /// Bytes that sorts, joins and sums may hold in this process; beyond that they spill to disk.
    pub memory: u64,
    /// Threads; results do not depend on it. As many as there are processors where absent.
    pub threads: Option<usize>,
    /// The folder to spill to; the system's folder for temporary files where absent.
    pub spill: Option<PathBuf>,
    /// A folder that every executor of the cluster sees under the same path: borders are put there for it.
    pub shared: Option<PathBuf>,
    /// Settings of stores that speak S3, by their names in the environment (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, ...). The
    /// scheduler and executors of a cluster have those of their own environment.
    pub stores: Vec<(String, String)>,
    /// How long a cluster may take for one table before its work is cancelled and asked for once more.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            place: Place::Here,
            memory: MEMORY,
            threads: None,
            spill: None,
            shared: None,
            stores: of_environment(),
            deadline: DEADLINE,
        }
    }
}

/// The settings of stores in the environment of this process.
pub(crate) fn of_environment() -> Vec<(String, String)> {
    std::env::vars().filter(|(name, _)| name.starts_with("AWS_")).collect()
}

impl Options {
    /// Threads to use.
    pub(crate) fn threads(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
    }
}
