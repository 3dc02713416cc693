//! One run: a region on a device, and a shift of scans on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::figures::{Times, budget};
use super::handheld::{Answer, BETWEEN_KEYS, Handheld};
use super::region::{self, Region};
use super::steps::{enrol, open_receipt, slow_down, to_pick, to_receive};
use super::tally::{Tally, Unit};
use super::work::{Kind, Scan, Task, Work};
use super::{bytes, tell};
use crate::machine::{Ticks, load};
use crate::page::{place_label, wait_until_sent};

/// Between a verdict and the next scan.
const BREATH: Duration = Duration::from_millis(30);

/// How much of everything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Articles on the device.
    pub articles: usize,
    /// Holds on it.
    pub holds: usize,
    /// Timed scans, half of them of a receipt, half of a pick.
    pub timed: usize,
    /// Scans by the clock.
    pub paced: usize,
    /// Of those, so many in a second.
    pub per_second: u32,
    /// Scans as fast as verdicts come, before and after those by the clock.
    pub fast: usize,
    /// How often the page is killed and started anew without a server.
    pub starts: usize,
    /// How much slower than the machine the device is.
    pub rate: u32,
}

/// What must not happen, however slow it is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Outcome {
    /// Scans typed.
    pub scans: usize,
    /// Scans without a verdict on the screen.
    pub missed: usize,
    /// Scans with another verdict than they must get.
    pub wrong: Vec<String>,
    /// Units scanned that the server does not have in the end, and units that it has too many.
    pub books: (i64, i64),
    /// All units that were booked.
    pub units: i64,
}

impl Outcome {
    /// Whether nothing of it happened.
    pub fn is_sound(&self) -> bool {
        self.missed == 0 && self.wrong.is_empty() && self.books == (0, 0)
    }
}

/// A run. `None` with a printed word where there is no browser.
pub async fn run(plan: Plan, folder: &Path) -> Option<Outcome> {
    let mut shift = Shift::begin(plan, folder).await?;
    let plan = shift.plan.clone();
    shift.start_anew().await;
    shift.tell_memory().await;
    shift.timed(Task::Receive, plan.timed / 2).await;
    shift.timed(Task::Pick, plan.timed - plan.timed / 2).await;
    tell::times(&shift.ordered, &shift.kinds, &shift.steps);
    shift.tell_memory().await;
    shift.fast(plan.fast / 2).await;
    shift.tell_memory().await;
    shift.paced().await;
    shift.tell_memory().await;
    shift.fast(plan.fast - plan.fast / 2).await;
    shift.tell_memory().await;
    Some(shift.end().await)
}

struct Shift {
    plan: Plan,
    region: Region,
    handheld: Option<Handheld>,
    profile: PathBuf,
    folder: PathBuf,
    work: Work,
    tally: Tally,
    outcome: Outcome,
    /// Scanned, and not booked yet.
    basket: Vec<Unit>,
    /// Times of a task, in the order of its scans.
    ordered: BTreeMap<Task, Times>,
    /// The same by what was scanned.
    kinds: BTreeMap<(Task, Kind), Times>,
    /// Of all of them, until each step.
    steps: [Times; 6],
    ticks: Option<Ticks>,
}

impl Shift {
    /// A server, and a device with all of it on board.
    async fn begin(plan: Plan, folder: &Path) -> Option<Self> {
        let ticks = Ticks::now();
        tell::load(load());
        let mut region = region::prepare(&plan, folder).await;
        println!(
            "{} articles imported in {:.1} s, {} holds told in {:.1} s",
            plan.articles,
            region.articles_in.as_secs_f64(),
            plan.holds,
            region.holds_in.as_secs_f64()
        );
        let address = format!("{}/app/", region.server.url());
        let fetched = bytes::fetched(&folder.join("first"), &address).await?;
        tell::bytes(&fetched);
        let profile = folder.join("profile");
        let mut handheld = Handheld::open(&profile, &address, 1).await?;
        slow_down(&mut handheld, plan.rate).await;
        enrol(&handheld, &region).await;
        open_receipt(&handheld).await;
        handheld
            .run("navigator.serviceWorker.ready.then(() => true)")
            .await;
        region.server.kill_9();
        let shelf = place_label(&region.scenario.bin);
        Some(Self {
            work: Work::new(plan.articles, plan.holds, shelf),
            plan,
            region,
            handheld: Some(handheld),
            profile,
            folder: folder.to_owned(),
            tally: Tally::default(),
            outcome: Outcome::default(),
            basket: Vec::new(),
            ordered: BTreeMap::new(),
            kinds: BTreeMap::new(),
            steps: Default::default(),
            ticks,
        })
    }

    fn handheld(&mut self) -> &mut Handheld {
        self.handheld.as_mut().expect("an open page")
    }

    /// Kills the browser and starts it without a server, again and again; each time a scan shows that the page takes one.
    async fn start_anew(&mut self) {
        let address = format!("{}/app/", self.region.server.url());
        let (mut ready, mut first) = (Times::default(), Times::default());
        for _ in 0..self.plan.starts {
            self.handheld.take().expect("an open page").kill_9();
            let handheld = Handheld::open(&self.profile, &address, self.plan.rate).await;
            self.handheld = handheld;
            ready.add(self.handheld().ready_after().await);
            self.handheld().listen().await;
            let scan = self.work.basket(Task::Receive, true).swap_remove(1);
            if let Some(answer) = self.scan(scan).await {
                first.add(answer.shown());
            }
        }
        println!("\nstart without a server, from navigation until a scan is taken, ms:");
        println!("{}", ready.listed());
        println!(
            "the first scan after each, Enter to the frame with the verdict, ms: {}",
            first.listed()
        );
        println!(
            "{}",
            budget("the slowest start", ready.percentile(100), 3_000.0, "ms")
        );
    }

    /// Types a scan and waits for its verdict; a STOP is tapped away.
    async fn scan(&mut self, scan: Scan) -> Option<Answer> {
        self.outcome.scans += 1;
        self.handheld().type_scan(&scan.text, BETWEEN_KEYS).await;
        let answer = self.handheld().answer().await;
        let Some(answer) = answer else {
            let shown = self.handheld().shown().await;
            println!("missed: {scan:?}; the page shows {shown}");
            self.outcome.missed += 1;
            return None;
        };
        self.judge(&scan, &answer);
        if answer.verdict == "stop" {
            self.handheld().acknowledge().await;
        }
        Some(answer)
    }

    fn judge(&mut self, scan: &Scan, answer: &Answer) {
        if answer.verdict != scan.verdict {
            self.outcome.wrong.push(format!("{scan:?}: {answer:?}"));
        }
        if answer.verdict != "stop" {
            self.basket.extend(scan.unit.clone());
        }
    }

    async fn book(&mut self, task: Task) {
        self.handheld().book().await;
        for unit in self.basket.drain(..) {
            self.tally.add(task, unit);
        }
    }

    /// Scans one after the other, each timed.
    async fn timed(&mut self, task: Task, scans: usize) {
        if task == Task::Pick {
            to_pick(self.handheld()).await;
        }
        let end = self.outcome.scans + scans;
        while self.outcome.scans < end {
            for scan in self.work.basket(task, false) {
                let kind = scan.kind;
                if let Some(answer) = self.scan(scan).await {
                    self.ordered.entry(task).or_default().add(answer.shown());
                    for (times, ms) in self.steps.iter_mut().zip(answer.steps) {
                        times.add(ms);
                    }
                    self.kinds.entry((task, kind)).or_default().add(answer.shown());
                }
                tokio::time::sleep(BREATH).await;
            }
            self.book(task).await;
        }
        if task == Task::Pick {
            to_receive(self.handheld()).await;
        }
    }

    /// Scans as fast as verdicts come.
    async fn fast(&mut self, scans: usize) {
        let end = self.outcome.scans + scans;
        while self.outcome.scans < end {
            for scan in self.work.basket(Task::Receive, true) {
                self.scan(scan).await;
            }
            self.book(Task::Receive).await;
        }
    }

    /// Scans by the clock, whether verdicts come or not; baskets are booked in between.
    async fn paced(&mut self) {
        let apart = Duration::from_secs(1) / self.plan.per_second;
        let (begun, mut typed, mut answers) = (tokio::time::Instant::now(), Vec::new(), Vec::new());
        let mut late = Duration::ZERO;
        while typed.len() < self.plan.paced {
            for scan in self.work.basket(Task::Receive, true) {
                let at = begun + apart * u32::try_from(typed.len()).expect("some thousand");
                late = late.max(at.elapsed());
                tokio::time::sleep_until(at).await;
                // The keys take three quarters of the scan's time.
                let keys = u32::try_from(scan.text.len()).expect("a label");
                self.handheld().type_scan(&scan.text, apart * 3 / 4 / keys).await;
                if scan.kind == Kind::Place {
                    self.handheld().book_soon();
                }
                answers.extend(self.handheld().answers_so_far());
                typed.push(scan);
            }
        }
        let took = begun.elapsed();
        while answers.len() < typed.len() {
            match self.handheld().answer().await {
                Some(answer) => answers.push(answer),
                None => break,
            }
        }
        self.outcome.scans += typed.len();
        let missed = typed.len() - answers.len().min(typed.len());
        self.outcome.missed += missed;
        let mut times = Times::default();
        for (scan, answer) in typed.iter().zip(&answers) {
            self.judge(scan, answer);
            times.add(answer.shown());
        }
        for unit in self.basket.drain(..) {
            self.tally.add(Task::Receive, unit);
        }
        self.handheld().until_booked().await;
        tell::paced(&times, missed, took, late);
    }

    async fn tell_memory(&mut self) {
        let scans = self.outcome.scans;
        let memory = self.handheld().memory().await;
        tell::memory(scans, memory);
    }

    /// The server comes back and gets everything; what it has is held against what was scanned.
    async fn end(mut self) -> Outcome {
        self.handheld.take().expect("an open page").close().await;
        self.region.server.start_again();
        let address = format!("{}/app/", self.region.server.url());
        let handheld = Handheld::open(&self.profile, &address, 1)
            .await
            .expect("the browser again");
        let begun = Instant::now();
        wait_until_sent(&handheld.browser).await;
        let sent = begun.elapsed();
        handheld.close().await;
        self.region.server.kill_9();
        let at_server = Tally::at_server(self.region.server.data(), &self.folder.join("log"));
        let at_server = at_server.unwrap_or_else(|told| panic!("{told}"));
        self.outcome.books = self.tally.against(&at_server);
        self.outcome.units = self.tally.units();
        let stolen = self
            .ticks
            .zip(Ticks::now())
            .map(|(before, now)| now.stolen_since(before));
        tell::end(&self.outcome, sent, stolen);
        tell::load(load());
        self.outcome
    }
}
