//! How long the decoder's worker takes for a camera frame, in the browser.
//!
//! `cargo xtask bench worker`, or with the page built and its place in `SPARHUND_WEB_DIST`
//! `cargo bench -p sparhund-tests --bench worker [-- FRAMES [FIRST_SEED]]`. A frame is sent as the page sends it and the time counted until
//! its answer is there: the way to the worker and back, grey from colours, and reading. It is the time on the wall, so a machine that others
//! use tells too much. Targets: median 15 ms and 95th percentile 60 ms, no wrong reading.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use base64::Engine;
use serde_json::{Value, json};
use sparhund_tests::browser::Browser;
use sparhund_tests::frames::{Frame, Kind, Level, SIZE, frame};
use sparhund_tests::machine::Ticks;
use tower_http::services::ServeDir;

/// Times that the second reader is asked for a symbol that only it reads, before it counts as absent.
const TRIES: u64 = 40;
/// Pause between them.
const PAUSE: Duration = Duration::from_millis(500);

/// Starts the worker and keeps what sends it a frame.
const START: &str = r#"
const [width, height] = arguments;
const done = arguments[arguments.length - 1];
const worker = new Worker(new URL("decode-boot.js", location.href), { type: "module" });
window.read = (id, grey) => new Promise((answered) => {
  const pixels = atob(grey);
  const rgba = new Uint8Array(width * height * 4);
  // A camera is not transparent.
  rgba.fill(255);
  for (let i = 0; i < pixels.length; i++) rgba.fill(pixels.charCodeAt(i), i * 4, i * 4 + 3);
  worker.onmessage = (event) => answered({ time: performance.now() - start, ...JSON.parse(event.data) });
  const start = performance.now();
  worker.postMessage({ id, width, height, still: false, rgba: rgba.buffer }, [rgba.buffer]);
});
worker.onmessage = (event) => done(event.data);
"#;

const READ: &str = r"
const [id, grey, done] = arguments;
window.read(id, grey).then(done);
";

#[derive(Default)]
struct Tally {
    read: usize,
    wrong: Vec<String>,
    times: Vec<f64>,
}

impl Tally {
    fn row(&mut self, set: &str) {
        self.times.sort_by(f64::total_cmp);
        let count = self.times.len();
        let at = |part: usize| self.times[(count * part / 100).min(count - 1)];
        println!(
            "{set:<22} read {:>4} of {count:<4} ({:>3} %)  wrong {:<2}  median {:>5.1} ms  p95 {:>5.1} ms",
            self.read,
            self.read * 100 / count,
            self.wrong.len(),
            at(50),
            at(95),
        );
    }
}

#[tokio::main]
async fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let count = numbers.first().copied().unwrap_or(100);
    let first = numbers.get(1).copied().unwrap_or(0);
    let folder = tempfile::tempdir().expect("a folder");
    let Some(browser) = Browser::open(folder.path()).await else {
        return;
    };
    let page = std::env::var("SPARHUND_WEB_DIST")
        .expect("SPARHUND_WEB_DIST: where `cargo xtask web` built the page");
    let address = serve(Path::new(&page)).await;
    browser
        .client
        .goto(&format!("http://{address}/frames.html"))
        .await
        .expect("the page");
    let started = browser.run_later(START, vec![json!(SIZE.0), json!(SIZE.1)]).await;
    assert!(started.to_string().contains("ready"), "{started}");
    let second = with_second_reader(&browser).await;
    println!(
        "1280 × 720 frames from seed {first} on, in the worker, {} zxing-cpp",
        if second { "with" } else { "without" }
    );
    let before = Ticks::now();
    let mut wrong = Vec::new();
    for level in [Level::Mild, Level::Hard] {
        let set = format!("{} {}", Kind::Gs1DataMatrix.name(), level.name());
        let mut tally = Tally::default();
        for seed in first..first + count {
            let shown = frame(Kind::Gs1DataMatrix, level, seed);
            let answer = read(&browser, seed, &shown).await;
            tally.times.push(answer["time"].as_f64().expect("a time"));
            for symbol in answer["symbols"].as_array().expect("what it read") {
                if symbol["text"] == json!(shown.truth.text) {
                    tally.read += 1;
                } else {
                    tally.wrong.push(format!("{set} {seed}: {symbol}"));
                }
            }
        }
        tally.row(&set);
        wrong.append(&mut tally.wrong);
    }
    if let (Some(before), Some(now)) = (before, Ticks::now()) {
        println!(
            "{} % of the processors' time was taken by other guests of the host",
            now.stolen_since(before)
        );
    }
    println!("\nwrong readings:");
    for line in &wrong {
        println!("  {line}");
    }
    browser.close().await;
}

async fn read(browser: &Browser, id: u64, frame: &Frame) -> Value {
    let grey = base64::engine::general_purpose::STANDARD.encode(frame.picture.pixels());
    browser.run_later(READ, vec![json!(id), json!(grey)]).await
}

/// Waits until the second reader is there: only it reads DataBar.
async fn with_second_reader(browser: &Browser) -> bool {
    for seed in 0..TRIES {
        let shown = frame(Kind::DataBar, Level::Mild, seed);
        let answer = read(browser, seed, &shown).await;
        if answer["symbols"].as_array().is_some_and(|read| !read.is_empty()) {
            return true;
        }
        // The worker loads it between frames.
        tokio::time::sleep(PAUSE).await;
    }
    false
}

/// The page's files, and an empty page beside them.
async fn serve(files: &Path) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("its number");
    let router = Router::new()
        .route(
            "/frames.html",
            get(|| async { Html("<!doctype html><title>frames</title>") }),
        )
        .fallback_service(ServeDir::new(files));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
