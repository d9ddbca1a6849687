//! `distretto engine`.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::Subcommand;
use distretto_study::fault::Fault;

use crate::failure::Failure;

/// A cluster that makes tables for studies: its scheduler and executors, with the functions of this program
///
/// A study asks for it with `engine = "ballista://HOST:PORT"`. Client, scheduler and executors must be of the same version. There is no
/// authentication: whoever reaches the ports can run queries, so listen on a trusted network only. Needs a program that was built with the
/// feature `cluster`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto engine scheduler\n  distretto engine executor --scheduler 127.0.0.1:50050 --memory \"8 GB\""
)]
pub struct Args {
    #[command(subcommand)]
    part: Part,
}

#[derive(Subcommand)]
enum Part {
    Scheduler(SchedulerArgs),
    Executor(ExecutorArgs),
}

/// Take plans from studies and give their parts to executors, until the process is ended
#[derive(clap::Args)]
struct SchedulerArgs {
    /// Address to listen at.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:50050", value_parser = resolved)]
    listen: SocketAddr,
    /// Seconds that an executor may be silent before its work is given to others.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    silence: u64,
}

/// Do the parts of plans that a scheduler gives, until the process is ended
#[derive(clap::Args)]
struct ExecutorArgs {
    /// Host and port of the scheduler.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    scheduler: String,
    /// Address to listen at; scheduler, executors and clients must reach it.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// Port for results; the next one takes tasks.
    #[arg(long, default_value_t = 50051)]
    port: u16,
    /// Tasks at a time; as many as there are processors where it is not given.
    #[arg(long)]
    threads: Option<usize>,
    /// What its tasks may hold together, such as "8 GB"; 70 % of the machine's memory where it is not given.
    #[arg(long)]
    memory: Option<String>,
    /// Folder for what tasks hand on; a temporary one where it is not given.
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
    /// Seconds between two signs of life to the scheduler.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    heartbeat: u64,
}

/// An address by numbers or by name: the first of IPv4 where a name has several.
fn resolved(text: &str) -> Result<SocketAddr, String> {
    let found = text.to_socket_addrs().map_err(|error| format!("{error}; write it as 127.0.0.1:50050"))?;
    let all: Vec<SocketAddr> = found.collect();
    let first = all.iter().find(|address| address.is_ipv4()).or(all.first());
    first.copied().ok_or_else(|| "the name has no address".to_owned())
}

#[cfg(not(feature = "cluster"))]
pub fn run(_: &Args, _: bool) -> Result<(), Failure> {
    Err(Fault::new(
        distretto_study::fault::Code::EngineMissing,
        "this program was built without the parts of a cluster",
    )
    .hint("build it with `cargo build --release --features cluster`")
    .into())
}

#[cfg(feature = "cluster")]
pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    use std::time::Duration;

    use distretto_engine::cluster::{Executor, Scheduler};
    use distretto_study::config::memory;
    use distretto_study::fault::Code;

    let ended = match &args.part {
        Part::Scheduler(given) => {
            if !given.listen.ip().is_loopback() && !quiet {
                eprintln!(
                    "warning: whoever reaches {} can run queries: there is no authentication",
                    given.listen
                );
            }
            if !quiet {
                eprintln!("listening at {0}; studies say: engine = \"ballista://{0}\"", given.listen);
            }
            Scheduler { listen: given.listen, silence: Duration::from_secs(given.silence) }.run()
        }
        Part::Executor(given) => {
            let address = given
                .scheduler
                .rsplit_once(':')
                .and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
            let Some((scheduler_host, scheduler_port)) = address else {
                return Err(Fault::new(
                    Code::StudyValue,
                    format!("`{}` is no host and port", given.scheduler),
                )
                .hint("write it as 127.0.0.1:50050")
                .into());
            };
            if given.threads == Some(0) {
                return Err(Fault::new(Code::StudyValue, "`--threads` is 0; at least one must work").into());
            }
            let executor = Executor {
                scheduler_host,
                scheduler_port,
                listen: given.listen,
                port: given.port,
                task_port: given.port.checked_add(1).unwrap_or(given.port - 1),
                threads: given.threads,
                memory: given.memory.as_deref().map(memory).transpose()?,
                work: given.work.clone(),
                heartbeat: Duration::from_secs(given.heartbeat),
            };
            if !quiet {
                eprintln!("working for {} at {}:{}", given.scheduler, given.listen, given.port);
            }
            executor.run()
        }
    };
    ended.map_err(|error| {
        let fault = Fault::new(Code::ClusterFailed, error.what);
        match error.why {
            Some(why) => fault.because(why).into(),
            None => fault.into(),
        }
    })
}
