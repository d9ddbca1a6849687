//! `distretto atlas`.

use std::net::IpAddr;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::Subcommand;
use distretto_atlas::assets::Assets;
use distretto_atlas::atlas::{Atlas, Mode, Named};
use distretto_atlas::server::tours::Tours;
use distretto_atlas::server::{self, Limits, openapi};
use distretto_atlas::site;
use distretto_desk::store::{Store, StorePlace, wait};

use super::run::meta;
use crate::failure::Failure;
use crate::interrupt::stop_on_interrupt;
use crate::output::print_text;
use crate::progress::Counter;

/// Show editions as a web atlas: maps, tables, areas, and an API
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto atlas serve edition\n  distretto atlas serve it-2011=editions/italy us=editions/usa --port 9000\n  distretto atlas serve edition --study study.toml\n  distretto atlas build it-2011=editions/italy site"
)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(Serve),
    Build(Build),
    /// Print what can be asked, as OpenAPI
    Openapi,
}

/// Answer over HTTP until Ctrl-C
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto atlas serve edition\n  distretto atlas serve it-2011=editions/italy us=editions/usa --port 9000\n  distretto atlas serve edition --study study.toml --reruns 4\n  distretto atlas serve edition --tours tours.db\n  curl 'http://127.0.0.1:8080/api/v1/editions/edition/areas.csv?kind=district&sort=-workers'"
)]
struct Serve {
    /// Folders of editions, each with the name it has in addresses; without a name it is called as its title.
    #[arg(required = true, value_name = "[NAME=]EDITION")]
    editions: Vec<String>,
    /// Study of an edition, so that readers can run it again with other parameters; its name may be left away if there is one edition.
    #[arg(long, value_name = "[NAME=]STUDY")]
    study: Vec<String>,
    /// Address to listen at.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Port to listen at; 0 is any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Reruns at once; who asks for more is told to come back.
    #[arg(long, value_name = "N", default_value_t = 2)]
    reruns: usize,
    /// Seconds that a rerun may take.
    #[arg(long, value_name = "S", default_value_t = 20)]
    rerun_seconds: u64,
    /// The API without the pages.
    #[arg(long)]
    api_only: bool,
    /// Store of study tours, which those who log in plan: a file, or postgres://user@host/database.
    #[arg(long, value_name = "STORE")]
    tours: Option<String>,
    /// Address of a web server before this one, which says in `X-Forwarded-For` who asks: failed logins are counted by that.
    #[arg(long, value_name = "ADDRESS", requires = "tours")]
    proxy: Vec<IpAddr>,
}

/// Write the atlas as files that any web host can offer
#[derive(clap::Args)]
#[command(
    override_usage = "distretto atlas build [OPTIONS] [NAME=]EDITION... SITE",
    after_help = "Examples:\n  distretto atlas build edition site\n  distretto atlas build it-2011=editions/italy us=editions/usa site\n  distretto atlas build edition site --study study.toml"
)]
struct Build {
    /// Folders of editions, each with the name it has in addresses; last the folder to write.
    #[arg(required = true, num_args = 2.., value_name = "[NAME=]EDITION... SITE")]
    folders: Vec<String>,
    /// Study of an edition: it is run with a grid of parameters, for readers to choose from.
    #[arg(long, value_name = "[NAME=]STUDY")]
    study: Vec<String>,
    /// Replace the folder whatever it holds.
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match &args.command {
        Command::Serve(args) => serve(args, quiet),
        Command::Build(args) => build(args, quiet),
        Command::Openapi => print_text(&openapi::text(&meta().version)),
    }
}

fn serve(args: &Serve, quiet: bool) -> Result<(), Failure> {
    let assets = (!args.api_only).then(Assets::built_in);
    let atlas =
        Atlas::open(&named(&args.editions), Mode::Live, meta(), assets)?.with_studies(&named(&args.study))?;
    let store = match &args.tours {
        Some(store) => Some(wait(Store::open(&StorePlace::parse(store)?))?),
        None => None,
    };
    let atlas = match &store {
        Some(store) => atlas.with_tours(Tours::new(store.clone()).behind(args.proxy.clone())),
        None => atlas,
    };
    let limits =
        Limits { reruns: args.reruns, rerun: Duration::from_secs(args.rerun_seconds), ..Limits::default() };
    let served = server::run(atlas, limits, &args.host, args.port, |address, warning| {
        if let Some(warning) = warning.filter(|_| !quiet) {
            eprintln!("warning: {warning}");
        }
        if !quiet {
            eprintln!("the atlas is at http://{address}/ (Ctrl-C ends it)");
        }
    });
    if let Some(store) = store {
        wait(async {
            store.close().await;
            Ok(())
        })?;
    }
    Ok(served?)
}

fn build(args: &Build, quiet: bool) -> Result<(), Failure> {
    let Some((out, editions)) = args.folders.split_last() else { return Ok(()) };
    let out = Path::new(out);
    let atlas = Atlas::open(&named(editions), Mode::Static, meta(), Some(Assets::built_in()))?;
    site::may_replace(&atlas, out, args.force)?;
    let stop = stop_on_interrupt("stopping; nothing is left behind");
    let stopped =
        |fault| if stop.load(Ordering::SeqCst) { Failure::Interrupted } else { Failure::Fault(fault) };
    let counted = |things: &'static str| {
        let bar = OnceLock::new();
        move |done: usize, of: usize| {
            bar.get_or_init(|| Counter::new(things, 0, of as u64, quiet)).at(done as u64);
        }
    };
    let atlas = atlas.with_studies(&named(&args.study))?;
    let atlas = atlas.with_grids(&stop, &counted("reruns")).map_err(stopped)?;
    let written = site::write(&atlas, out, args.force, &stop, &counted("files")).map_err(stopped)?;
    if !quiet {
        eprintln!(
            "wrote {}: {} files, {:.1} MB; put the folder on any web host",
            out.display(),
            written.files,
            written.bytes as f64 / 1e6
        );
    }
    Ok(())
}

fn named(texts: &[String]) -> Vec<Named> {
    texts.iter().map(|text| Named::parse(text)).collect()
}
