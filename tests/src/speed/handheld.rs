//! The page of a handheld in a slow browser: typed into as by a scanner, listened to through the marks of its screens.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use super::slow::Slowed;
use super::wire::{Target, Wire};
use crate::browser::Browser;
use crate::keys::scan;

/// Between two keys of a scan: at the fast end of what scanners do.
pub const BETWEEN_KEYS: Duration = Duration::from_millis(5);
/// How long a verdict may take before the scan counts as missed.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a page may take to open, and a whole region to arrive.
const LONG_PATIENCE: Duration = Duration::from_mins(20);

/// Tells verdicts; see the file.
const EAR: &str = include_str!("ear.js");

/// Notes when the page takes a scan: a task is on the screen, and the worker that answers is there.
const NOTE_READY: &str = "
    const look = () => {
        if (window.readyAt || !document.querySelector('[data-state=\"ready\"] [data-test=\"typed-open\"]')) return;
        window.readyAt = performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });";

/// A loop that takes a processor some hundred milliseconds, and how long it took.
const LOOP: &str = "(() => {
    const began = performance.now();
    let x = 1;
    for (let i = 0; i < 3e7; i += 1) x = (x * 31 + i) | 0;
    return [performance.now() - began, x][0];
})()";

/// A verdict on the screen.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Answer {
    /// Its word.
    pub verdict: String,
    /// Why.
    pub reasons: Vec<String>,
    /// Milliseconds from the Enter of the scan until each of [`STEPS`].
    pub steps: [f64; 6],
}

/// The way of a scan, as a table has it.
pub const STEPS: [&str; 6] = [
    "the page hears the Enter",
    "the worker is asked",
    "the worker has answered",
    "the verdict is in the document",
    "its frame begins",
    "its frame is drawn",
];

impl Answer {
    /// Milliseconds from the Enter of the scan until the frame with the verdict.
    pub fn shown(&self) -> f64 {
        self.steps[4]
    }
}

/// What page and worker hold, bytes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Memory {
    /// JavaScript of page and worker, after what nobody needs was thrown away.
    pub scripts: u64,
    /// WebAssembly of the page.
    pub page: u64,
    /// WebAssembly of the worker.
    pub worker: u64,
    /// Nodes of the document, also those that are not shown.
    pub nodes: u64,
}

/// The page.
pub struct Handheld {
    /// Its browser.
    pub browser: Browser,
    wire: Wire,
    page: Target,
    profile: PathBuf,
    slowed: Option<Slowed>,
}

impl Handheld {
    /// Opens the browser and the page. `None` with a printed word where there is no browser.
    pub async fn open(profile: &Path, address: &str, rate: u32) -> Option<Self> {
        let browser = Browser::open(profile).await?;
        browser
            .cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({"source": NOTE_READY}),
            )
            .await;
        let slowed = Slowed::begin(profile, rate);
        browser.client.goto(address).await.expect("the page");
        let wire = Wire::connect(profile, &["Runtime"]).await;
        let page = wire.target("page").await;
        Some(Self {
            browser,
            wire,
            page,
            profile: profile.to_owned(),
            slowed: Some(slowed),
        })
    }

    /// Kills the browser.
    pub fn kill_9(mut self) {
        self.slowed = None;
        self.browser.kill_9();
    }

    /// Closes the browser.
    pub async fn close(mut self) {
        self.slowed = None;
        self.browser.close().await;
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) -> Value {
        self.wire.run(&self.page.session, script).await
    }

    /// Waits until a script says something true.
    pub async fn until(&self, script: &str) -> Value {
        let end = Instant::now() + LONG_PATIENCE;
        while Instant::now() < end {
            let answer = self.run(script).await;
            if answer != Value::Null && answer != false {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("never: {script}; the page shows {}", self.shown().await);
    }

    /// Milliseconds from the beginning of the navigation until the page took scans.
    pub async fn ready_after(&self) -> f64 {
        self.until("window.readyAt").await.as_f64().expect("a time")
    }

    /// Begins to hear verdicts.
    pub async fn listen(&self) {
        let binding = json!({"name": "told"});
        let bound = self
            .wire
            .ask(Some(&self.page.session), "Runtime.addBinding", binding)
            .await;
        bound.expect("the page can tell");
        self.run(EAR).await;
    }

    /// How long the loop takes in the page and in its worker, milliseconds; the shortest of some.
    pub async fn loop_times(&self) -> [f64; 2] {
        let worker = self.wire.target("worker").await;
        let mut best = [f64::MAX; 2];
        for _ in 0..5 {
            for (best, session) in best.iter_mut().zip([&self.page.session, &worker.session]) {
                let took = self.wire.run(session, LOOP).await.as_f64().expect("a time");
                *best = best.min(took);
            }
        }
        best
    }

    /// Why DevTools do not slow down the worker; `None` when they do.
    pub async fn refuses_to_slow_worker(&self) -> Option<String> {
        let worker = self.wire.target("worker").await;
        let rate = json!({"rate": 1});
        let method = "Emulation.setCPUThrottlingRate";
        self.wire.ask(Some(&worker.session), method, rate).await.err()
    }

    /// Lets it run at full speed, or slows it down.
    pub fn set_rate(&mut self, rate: u32) {
        self.slowed = None;
        self.slowed = Some(Slowed::begin(&self.profile, rate));
    }

    /// Types a scan as a scanner does, key by key, without waiting for what becomes of it.
    pub async fn type_scan(&self, text: &str, between_keys: Duration) {
        let mut at = tokio::time::Instant::now();
        for stroke in scan(text) {
            tokio::time::sleep_until(at).await;
            at += between_keys;
            let modifiers = 2 * u32::from(stroke.ctrl) + 8 * u32::from(stroke.shift);
            for kind in ["rawKeyDown", "keyUp"] {
                let key =
                    json!({"type": kind, "code": stroke.code, "key": stroke.key, "modifiers": modifiers});
                self.wire.tell(&self.page.session, "Input.dispatchKeyEvent", &key);
            }
        }
    }

    /// The next verdict; `None` when there is none in time.
    pub async fn answer(&mut self) -> Option<Answer> {
        tokio::time::timeout(PATIENCE, self.next_answer())
            .await
            .ok()
            .flatten()
    }

    async fn next_answer(&mut self) -> Option<Answer> {
        while let Some(heard) = self.wire.heard.recv().await {
            if heard.method == "Runtime.bindingCalled" {
                let payload = heard.params["payload"].as_str().unwrap_or_default();
                return Some(serde_json::from_str(payload).expect("a verdict"));
            }
        }
        None
    }

    /// Verdicts that came already.
    pub fn answers_so_far(&mut self) -> Vec<Answer> {
        let mut answers = Vec::new();
        while let Ok(heard) = self.wire.heard.try_recv() {
            if heard.method == "Runtime.bindingCalled" {
                let payload = heard.params["payload"].as_str().unwrap_or_default();
                answers.push(serde_json::from_str(payload).expect("a verdict"));
            }
        }
        answers
    }

    /// Taps a STOP away.
    pub async fn acknowledge(&self) {
        self.run("window.speed.acknowledge()").await;
    }

    /// Books the basket, and waits until it is in the log.
    pub async fn book(&self) {
        self.run("window.speed.book()").await;
    }

    /// Books the basket as soon as that can be done, and does not wait.
    pub fn book_soon(&self) {
        let params = json!({"expression": "window.speed.bookSoon()"});
        self.wire.tell(&self.page.session, "Runtime.evaluate", &params);
    }

    /// Waits until no basket waits to be booked.
    pub async fn until_booked(&self) {
        self.run("window.speed.rest()").await;
    }

    /// What page and worker hold now.
    pub async fn memory(&self) -> Memory {
        let worker = self.wire.target("worker").await;
        let mut memory = Memory::default();
        for session in [&self.page.session, &worker.session] {
            let ask = |method: &'static str, params| self.wire.ask(Some(session), method, params);
            ask("HeapProfiler.collectGarbage", json!({}))
                .await
                .expect("collected");
            let heap = ask("Runtime.getHeapUsage", json!({})).await.expect("a heap");
            memory.scripts += whole(&heap["usedSize"]);
            let wasm = self.wasm(session).await;
            if *session == worker.session {
                memory.worker = wasm;
            } else {
                memory.page = wasm;
            }
        }
        let counters = self
            .wire
            .ask(Some(&self.page.session), "Memory.getDOMCounters", json!({}))
            .await;
        memory.nodes = whole(&counters.expect("counters")["nodes"]);
        memory
    }

    /// Bytes of all WebAssembly memories of a session.
    async fn wasm(&self, session: &str) -> u64 {
        const SUM: &str =
            "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }";
        let ask = |method: &'static str, params| self.wire.ask(Some(session), method, params);
        let group = "wasm";
        let prototype = json!({"expression": "WebAssembly.Memory.prototype", "objectGroup": group});
        let prototype = ask("Runtime.evaluate", prototype).await.expect("a prototype");
        let query = json!({"prototypeObjectId": prototype["result"]["objectId"], "objectGroup": group});
        let all = ask("Runtime.queryObjects", query).await.expect("memories");
        let sum = json!({"functionDeclaration": SUM, "objectId": all["objects"]["objectId"], "returnByValue": true});
        let sum = ask("Runtime.callFunctionOn", sum).await.expect("a sum");
        let release = json!({"objectGroup": group});
        ask("Runtime.releaseObjectGroup", release)
            .await
            .expect("released");
        whole(&sum["result"]["value"])
    }

    /// All that the page shows.
    pub async fn shown(&self) -> String {
        self.run("document.body.innerText").await.to_string()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of bytes is whole, though JSON may say it with a point"
)]
fn whole(value: &Value) -> u64 {
    value.as_f64().unwrap_or_default() as u64
}
