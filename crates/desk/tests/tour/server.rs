//! A small HTTP server that speaks the format of OSRM, and all kinds of mischief.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// An answer: status, body, and how long it takes.
pub type Answer = (u16, String, Duration);

pub struct Server {
    pub url: String,
    pub asked: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers each question (path and query) as `answer` says.
    pub fn new(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, stopped) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, stop) = (asked.clone(), stopped.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(stream) = stream {
                    serve(&stream, &log, &answer);
                }
            }
        });
        Self { url, asked, stopped, thread: Some(thread) }
    }

    pub fn questions(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: &TcpStream, log: &Mutex<Vec<String>>, answer: &impl Fn(&str) -> Answer) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    log.lock().unwrap().push(path.clone());
    let (status, body, pause) = answer(&path);
    std::thread::sleep(pause);
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // Whoever has lost patience is not there any more.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The answer of OSRM to a question for a table: seconds are 100 000 times the difference of longitudes plus one for each way eastwards, metres
/// ten times as many; `null` from and to places south of the equator.
pub fn table(path: &str) -> Answer {
    let (places, query) = path.trim_start_matches("/table/v1/driving/").split_once('?').unwrap();
    let places: Vec<(f64, f64)> = places
        .split(';')
        .map(|place| {
            place.split_once(',').map(|(lon, lat)| (lon.parse().unwrap(), lat.parse().unwrap())).unwrap()
        })
        .collect();
    let list = |key: &str| -> Vec<usize> {
        let value = query.split('&').find_map(|part| part.strip_prefix(key)).unwrap();
        value.split(';').map(|at| at.parse().unwrap()).collect()
    };
    let (froms, tos) = (list("sources="), list("destinations="));
    let seconds = |from: (f64, f64), to: (f64, f64)| {
        let seconds = ((to.0 - from.0).abs() * 100_000.0).round() + f64::from(u8::from(to.0 > from.0));
        (from.1 >= 0.0 && to.1 >= 0.0).then_some(seconds)
    };
    let matrix = |times: f64| -> Vec<Vec<Option<f64>>> {
        froms
            .iter()
            .map(|&from| tos.iter().map(|&to| seconds(places[from], places[to]).map(|s| s * times)).collect())
            .collect()
    };
    let body = serde_json::json!({ "code": "Ok", "durations": matrix(1.0), "distances": matrix(10.0) });
    (200, body.to_string(), Duration::ZERO)
}
