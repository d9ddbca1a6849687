//! A PostgreSQL server of one's own: started in a temporary folder, reached by a socket there, and stopped at the end.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use distretto_desk::store::StorePlace;
use tempfile::TempDir;

pub struct Server {
    programs: PathBuf,
    folder: TempDir,
    databases: AtomicUsize,
}

impl Server {
    /// Starts a server; `None` where none is installed, which is a failure where `CI=true` says that everything is to be tested.
    pub fn start() -> Option<Self> {
        let found = programs();
        let everything = std::env::var("CI").as_deref() == Ok("true");
        assert!(found.is_some() || !everything, "PostgreSQL is not installed (apt-get install postgresql)");
        let programs = found?;
        // Short, because the name of a socket may have 107 bytes.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap();
        if is_root() {
            done(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let server = Self { programs, folder, databases: AtomicUsize::new(0) };
        let data = server.data();
        let locale =
            ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
        done(server.program("initdb").args(locale).arg(&data));
        let options = format!("-k {} -c listen_addresses= -c fsync=off", server.folder.path().display());
        let log = server.folder.path().join("log");
        done(
            server
                .program("pg_ctl")
                .args(["-w", "-o", &options, "-l"])
                .arg(log)
                .arg("-D")
                .arg(&data)
                .arg("start"),
        );
        Some(server)
    }

    /// A new, empty database.
    pub fn database(&self) -> StorePlace {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let socket = self.folder.path().display().to_string();
        done(self.program("createdb").args(["-h", &socket, "-U", "postgres", &name]));
        StorePlace::parse(&format!("postgres://postgres@localhost/{name}?host={socket}")).unwrap()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of the server, as a user that the server takes: it refuses root.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let _ = self.program("pg_ctl").args(["-w", "-m", "immediate", "-D"]).arg(data).arg("stop").output();
    }
}

/// The folder of the programs of the newest version.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let found = versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists());
    found.max_by_key(|bin| version(bin))
}

fn version(bin: &Path) -> Option<u32> {
    bin.parent()?.file_name()?.to_str()?.parse().ok()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

fn done(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}{}", String::from_utf8_lossy(&output.stdout));
}
