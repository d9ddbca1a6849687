//! A cluster of a scheduler and two executors on loopback, and what may happen to it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::command::{distretto, fails, ok};

/// Processes that end with the test.
struct Cluster {
    scheduler: SocketAddr,
    processes: Vec<Child>,
    folder: TempDir,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// A port that was free, and the next one.
fn free_port() -> u16 {
    loop {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = first.local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind((Ipv4Addr::LOCALHOST, port + 1)).is_ok() {
            return port;
        }
    }
}

fn wait_for(port: u16) {
    let until = Instant::now() + Duration::from_mins(1);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(Instant::now() < until, "nothing listens at port {port}");
        sleep(Duration::from_millis(100));
    }
}

impl Cluster {
    fn start(executors: usize) -> Self {
        let port = free_port();
        let scheduler = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut cluster = Self { scheduler, processes: Vec::new(), folder: TempDir::new().unwrap() };
        cluster.spawn(&["scheduler", "--listen", &scheduler.to_string(), "--silence", "6"]);
        wait_for(port);
        for number in 0..executors {
            let port = free_port();
            let work = format!("work-{number}");
            std::fs::create_dir(cluster.folder.path().join(&work)).unwrap();
            let (scheduler, results) = (scheduler.to_string(), port.to_string());
            cluster.spawn(&[
                "executor",
                "--scheduler",
                &scheduler,
                "--port",
                &results,
                "--threads",
                "1",
                "--heartbeat",
                "1",
                "--work",
                &work,
                "--memory",
                "1 GB",
            ]);
            wait_for(port);
        }
        sleep(Duration::from_secs(2));
        cluster
    }

    fn spawn(&mut self, args: &[&str]) {
        let child = Command::new(env!("CARGO_BIN_EXE_distretto"))
            .arg("engine")
            .args(args)
            .arg("--quiet")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.processes.push(child);
    }

    fn address(&self) -> String {
        format!("ballista://{}", self.scheduler)
    }
}

/// A made country whose micro-data have coordinates, with a study of them: in this process, and on a cluster.
fn country(address: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    ok(
        at,
        &[
            "world",
            "--zones",
            "60",
            "--seed",
            "5",
            "--no-register",
            "--register",
            "--trips=60000",
            "--invoices=20000",
            "--out",
            ".",
            "--force",
            "-q",
        ],
    );
    let study = "[zones]\npath = 'zones.csv'\n[borders]\npath = 'borders.geojson.gz'\nkey = 'code'\n\
        [sources.register]\npath = 'register'\n[sources.trips]\npath = 'trips'\n[sources.invoices]\npath = 'invoices'\n\
        [flows]\nquery = '''SELECT from_zone AS origin, to_zone AS destination, sum(CAST(weight AS DOUBLE) / 3) AS flow, max(largest) AS l\n\
          FROM trips JOIN (SELECT zone, max(employees) AS largest FROM register GROUP BY zone) r ON r.zone = trips.to_zone\n\
          WHERE purpose = 'work' GROUP BY from_zone, to_zone'''\n\
        [jobs.register]\nsource = 'register'\non = '2011-10-09'\n\
        columns = { lon = 'lon', lat = 'lat', activity = 'activity', employees = 'employees', from = 'from', to = 'to' }\n\
        [transactions]\nsource = 'invoices'\ncolumns = { seller = 'seller', buyer = 'buyer', amount = 'amount', date = 'date' }\n\
        [transactions.firms]\nsource = 'register'\n\
        columns = { firm = 'firm', unit = 'unit', zone = 'zone', activity = 'activity', employees = 'employees' }\n\
        [disclosure]\nsuppress = false\n";
    std::fs::write(at.join("here.toml"), study).unwrap();
    let engine = format!("[engine]\naddress = '{address}'\nshared = '.'\ndeadline_minutes = 3\n");
    std::fs::write(at.join("there.toml"), format!("{study}{engine}")).unwrap();
    folder
}

/// Every file of tables with its bytes.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for table in std::fs::read_dir(folder).unwrap() {
        let table = table.unwrap().path();
        if table.is_dir() {
            for file in std::fs::read_dir(&table).unwrap() {
                let file = file.unwrap().path();
                files.push((
                    file.strip_prefix(folder).unwrap().display().to_string(),
                    std::fs::read(&file).unwrap(),
                ));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_cluster_makes_the_same_tables_byte_for_byte() {
    let cluster = Cluster::start(2);
    let country = country(&cluster.address());
    let here = ok(country.path(), &["tables", "here.toml", "--out", "here", "-q"]);
    let there = ok(country.path(), &["tables", "there.toml", "--out", "there", "-q"]);
    let (a, b) = (bytes(&country.path().join("here")), bytes(&country.path().join("there")));
    assert_eq!(a.len(), 5, "{here}{there}");
    for ((name, here), (_, there)) in a.iter().zip(&b) {
        assert!(here == there, "{name} differs");
        assert!(here.len() > 1000, "{name} is empty");
    }
    // A whole run, on top of tables from the cluster.
    let run = |study: &str, out: &str| ok(country.path(), &["run", study, "--out", out, "-q"]);
    assert_eq!(run("here.toml", "a"), run("there.toml", "b"));
}

#[test]
fn an_executor_that_is_killed_in_the_middle_does_no_harm() {
    let mut cluster = Cluster::start(2);
    let country = country(&cluster.address());
    let here = "[flows]\nquery = '''SELECT a.from_zone AS origin, b.to_zone AS destination, count(*) AS flow FROM trips a\n\
        JOIN trips b ON a.person % 500 = b.person % 500 AND a.purpose = b.purpose GROUP BY a.from_zone, b.to_zone'''\n[sources.trips]\npath = 'trips'\n";
    std::fs::write(country.path().join("here.toml"), here).unwrap();
    let there = format!("{here}[engine]\naddress = '{}'\ndeadline_minutes = 2\n", cluster.address());
    std::fs::write(country.path().join("there.toml"), there).unwrap();
    ok(country.path(), &["tables", "here.toml", "--out", "here", "-q"]);
    let started = Instant::now();
    let work = Command::new(env!("CARGO_BIN_EXE_distretto"))
        .args(["tables", "there.toml", "--out", "there", "-q"])
        .current_dir(country.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    sleep(Duration::from_millis(1500));
    cluster.processes[2].kill().unwrap();
    let done = work.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(started.elapsed() < Duration::from_secs(200), "it took {:?}", started.elapsed());
    // Ballista alone would go on with what the others have done, and count rows twice.
    assert!(done.status.success(), "{told}");
    assert!(bytes(&country.path().join("here")) == bytes(&country.path().join("there")), "another result");
}

#[test]
fn a_scheduler_that_is_not_there_is_told_and_nothing_is_written() {
    let port = free_port();
    let country = country(&format!("ballista://127.0.0.1:{port}"));
    let told = fails(country.path(), 3, &["tables", "there.toml", "--out", "there"]);
    assert!(told.contains("D0746") && told.contains("there is no scheduler of a cluster"), "{told}");
    assert!(!country.path().join("there").exists());
    let left: Vec<_> =
        std::fs::read_dir(country.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("partial")), "{left:?}");
}

#[test]
fn a_file_that_the_executors_do_not_see_is_told() {
    let cluster = Cluster::start(1);
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("folder")).unwrap();
    for file in ["t.csv", "folder/t.csv"] {
        std::fs::write(at.join(file), "zone,n\nA,1\n").unwrap();
    }
    // The same words lead every process to another folder.
    for path in ["/proc/self/cwd/t.csv", "/proc/self/cwd/folder"] {
        let study = format!(
            "engine = '{}'\n[sources.t]\npath = '{path}'\n[flows]\nquery = 'SELECT zone AS origin, zone AS destination, CAST(n AS BIGINT) AS flow FROM t'\n",
            cluster.address()
        );
        std::fs::write(at.join("study.toml"), study).unwrap();
        let told = fails(at, 3, &["tables", "study.toml", "--out", "out"]);
        assert!(told.contains("D0746") && told.contains("see"), "{path}: {told}");
        assert!(!at.join("out").exists());
    }
    assert!(distretto(at, &["tables", "study.toml", "--explain"]).status.success());
}

#[test]
fn errors_of_data_are_told_as_in_this_process_and_empty_tables_have_their_columns() {
    let cluster = Cluster::start(1);
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    std::fs::write(at.join("t.csv"), "zone,JobTitle\nA,lost\n").unwrap();
    std::fs::write(at.join("broken.csv"), "zone,n\nA,1\nB\n").unwrap();
    let study = |query: &str| {
        let sources = "[sources.t]\npath = 't.csv'\n[sources.broken]\npath = 'broken.csv'\n";
        let study = format!("engine = '{}'\n{sources}[flows]\nquery = '''{query}'''\n", cluster.address());
        std::fs::write(at.join("study.toml"), study).unwrap();
    };
    let columns = "zone AS origin, zone AS destination";
    for (query, code, exit, words) in [
        (format!(r#"SELECT {columns}, CAST("JobTitle" AS BIGINT) AS flow FROM t"#), "D0744", 3, "'lost'"),
        (format!("SELECT {columns}, 1 / (ascii(zone) - 65) AS flow FROM t"), "D0744", 3, "divides by zero"),
        (format!(r#"SELECT {columns}, "JobTitles" AS flow FROM t"#), "D0742", 2, "JobTitle"),
        (format!("SELECT {columns}, n AS flow FROM broken"), "D0743", 3, "number of fields"),
    ] {
        study(&query);
        let told = fails(at, exit, &["tables", "study.toml", "--out", "out"]);
        assert!(told.contains(code) && told.contains(words), "{query}: {told}");
    }
    study(&format!("SELECT {columns}, 1 AS flow FROM t WHERE zone = 'none'"));
    let told = ok(at, &["tables", "study.toml", "--out", "out"]);
    assert!(!told.contains("from"), "rows that were read are not known: {told}");
    let file = std::fs::File::open(at.join("out/flows/part-00000.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let names: Vec<&str> = reader.schema().fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, ["origin", "destination", "flow"]);
}
