//! Kills until there were enough.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use sparhund_shared::log::PublicKey;

use super::handheld::Handheld;
use super::judge::{Findings, of_file, of_serials};
use crate::api::Api;
use crate::browser::Browser;
use crate::page::wait_until_sent;
use crate::scenario::Scenario;
use crate::server::Server;
use crate::torture::dice::Dice;
use crate::torture::export::Export;
use crate::torture::run::print;

/// How a run goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Of all chance.
    pub seed: u64,
    /// How often the browser is killed.
    pub kills: u32,
    /// The server comes back after so many kills, and everything is sent.
    pub sent_every: u32,
    /// Where the data lie.
    pub folder: PathBuf,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Run {
    /// Kills while the page booked.
    pub at_work: u32,
    /// Kills while the page was loading and opened its store.
    pub at_start: u32,
    /// Kills while it sent.
    pub at_sending: u32,
    /// Kills of a page that did not open within a minute.
    pub stuck: u32,
    /// Bookings that the page showed before its browser was killed.
    pub told: usize,
    /// Records at the server in the end.
    pub records: usize,
    /// Which browser.
    pub browser: String,
    /// What is wrong.
    pub findings: Findings,
}

impl Run {
    /// All of them.
    pub fn kills(&self) -> u32 {
        self.at_work + self.at_start + self.at_sending + self.stuck
    }
}

/// What goes on while the run lasts.
struct Shift {
    options: Options,
    server: Server,
    scenario: Scenario,
    handheld: Handheld,
    key: PublicKey,
    dice: Dice,
    run: Run,
    /// Serials that the page showed as booked.
    told: BTreeSet<String>,
    /// Of those, the ones that the server has.
    sent: BTreeSet<String>,
    /// The next serial; one is never used twice.
    next: u64,
}

/// A life of the browser is judged when the next one begins; no life books so many.
const SERIALS_OF_A_LIFE: u64 = 10_000;

/// Runs to its end, or to the first damage. `None` with a printed word where there is no browser.
pub async fn run(options: Options) -> Option<Run> {
    print(&format!(
        "SPARHUND_SEED={} with {} kills",
        options.seed, options.kills
    ));
    let server = Server::demo(&options.folder.join("data"));
    let scenario = Scenario::prepare(&server);
    let handheld = Handheld::begin(&options.folder, &server, &scenario).await?;
    let mut shift = Shift {
        key: key_of(&server),
        dice: Dice::new(options.seed),
        run: Run::default(),
        told: BTreeSet::new(),
        sent: BTreeSet::new(),
        next: 1,
        options,
        server,
        scenario,
        handheld,
    };
    shift.server.kill_9();
    while shift.run.kills() < shift.options.kills && shift.run.findings.is_clean() {
        shift.life().await;
        if shift.run.kills().is_multiple_of(shift.options.sent_every) {
            shift.send(true).await;
        }
    }
    shift.send(false).await;
    let folder = shift.options.folder.display();
    for fault in shift.run.findings.all().take(40) {
        print(&fault);
    }
    if !shift.run.findings.is_clean() {
        print(&format!(
            "the data are in {folder}; run it again with SPARHUND_SEED={}",
            shift.options.seed
        ));
    }
    shift.run.told = shift.told.len();
    Some(shift.run)
}

/// Key of the one device that was enrolled by the run.
fn key_of(server: &Server) -> PublicKey {
    let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
    let devices = admin.get("/devices");
    let devices = devices.as_array().expect("devices");
    let ours = devices.iter().find(|device| device["name"] == "Handdator 7");
    serde_json::from_value(ours.expect("our device")["key"].clone()).expect("a key")
}

impl Shift {
    /// The browser starts, what it holds is judged, it books on, and is killed.
    async fn life(&mut self) {
        let browser = self.handheld.start().await;
        if self.dice.happens(150) {
            self.pass(0, 1_500).await;
            browser.kill_9();
            self.run.at_start += 1;
            return;
        }
        if let Err(shown) = self.handheld.is_open(&browser).await {
            print(&format!(
                "kill {}: the page did not open and shows {shown}",
                self.run.kills()
            ));
            browser.kill_9();
            self.run.stuck += 1;
            return;
        }
        self.judge_device(&browser).await;
        let first = self.next;
        self.next += SERIALS_OF_A_LIFE;
        let mut heard = self.handheld.work(&browser, &self.scenario, first).await;
        self.pass(0, 2_500).await;
        browser.kill_9();
        self.run.at_work += 1;
        // What was on its way out of the browser was shown.
        let before = self.told.len();
        while let Some(serial) = heard.recv().await {
            self.told.insert(serial);
        }
        print(&format!(
            "kill {}: {} bookings shown, {} in all",
            self.run.kills(),
            self.told.len() - before,
            self.told.len()
        ));
    }

    async fn pass(&mut self, from_ms: i64, to_ms: i64) {
        let ms = self.dice.between(from_ms, to_ms).unsigned_abs();
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }

    /// What waits on the device holds everything that was shown since the last sending, in one chain.
    async fn judge_device(&mut self, browser: &Browser) {
        if self.run.browser.is_empty() {
            let version = browser.cdp("Browser.getVersion", serde_json::json!({})).await;
            version["product"]
                .as_str()
                .unwrap_or_default()
                .clone_into(&mut self.run.browser);
        }
        let told: BTreeSet<String> = self.told.difference(&self.sent).cloned().collect();
        let records = match self.handheld.saved(browser).await {
            Some(file) => {
                let (records, findings) = of_file(file, &self.key);
                self.run.findings.add(findings);
                records
            }
            None => Vec::new(),
        };
        self.run
            .findings
            .add(of_serials(&told, &records, "on the device"));
    }

    /// The server comes back and gets everything, after a kill in the middle of it if wanted; then it goes again.
    async fn send(&mut self, killed: bool) {
        self.server.start_again();
        if killed {
            let browser = self.handheld.start().await;
            self.pass(0, 1_500).await;
            browser.kill_9();
            self.run.at_sending += 1;
        }
        let browser = self.handheld.start().await;
        wait_until_sent(&browser).await;
        browser.close().await;
        let out = self.options.folder.join("log");
        match Export::of(self.server.data(), &out) {
            Ok(export) => {
                self.run.records = export.records.len();
                let findings = of_serials(&self.told, &export.records, "at the server");
                self.run.findings.add(findings);
            }
            Err(told) => self.run.findings.broken.push(told),
        }
        self.sent.clone_from(&self.told);
        self.server.kill_9();
    }
}
