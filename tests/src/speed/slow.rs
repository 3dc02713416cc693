//! A slower processor for the page: its renderer runs a part of the time only.
//!
//! DevTools slows down the thread of a page (`Emulation.setCPUThrottlingRate`) and answers for a worker that it cannot. The store of
//! this page lives in a worker. So all threads of the browser's renderers are stopped and let go by signals, in turns of a few
//! milliseconds; a stop lasts by as much longer than the run before it as was asked for, however late a signal came.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// A turn to run. Shorter ones would be eaten up by stopping and starting some twenty threads.
const RUN: Duration = Duration::from_millis(2);
/// How often new renderers are looked for.
const LOOK: Duration = Duration::from_millis(15);

/// Slows down until it is dropped.
#[derive(Debug)]
pub struct Slowed {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Slowed {
    /// Lets the renderers of the browser with this profile run one part of `rate`, from now on and those that come later.
    pub fn begin(profile: &Path, rate: u32) -> Self {
        let over = Arc::new(AtomicBool::new(rate <= 1));
        let (thread_over, profile) = (Arc::clone(&over), profile.to_owned());
        let thread = std::thread::spawn(move || {
            let mut renderers = Renderers::of(&profile);
            while !thread_over.load(Ordering::Relaxed) {
                turn(&mut renderers, rate);
            }
            renderers.tell(Signal::CONT);
        });
        Self {
            over,
            thread: Some(thread),
        }
    }
}

impl Drop for Slowed {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It does not panic; if it did, the browser is killed by name of its profile all the same.
            let _ = thread.join();
        }
    }
}

fn turn(renderers: &mut Renderers, rate: u32) {
    let began = Instant::now();
    renderers.tell(Signal::CONT);
    std::thread::sleep(RUN);
    renderers.tell(Signal::STOP);
    let stopped = Instant::now();
    let pause = (stopped - began) * (rate - 1);
    renderers.look();
    if let Some(left) = pause.checked_sub(stopped.elapsed()) {
        std::thread::sleep(left);
    }
}

/// The renderers of a browser.
struct Renderers {
    argument: String,
    known: Vec<Pid>,
    /// Processes that have nothing to do with the browser.
    others: HashSet<i32>,
    looked: Option<Instant>,
}

impl Renderers {
    fn of(profile: &Path) -> Self {
        Self {
            argument: format!("--user-data-dir={}", profile.display()),
            known: Vec::new(),
            others: HashSet::new(),
            looked: None,
        }
    }

    fn tell(&mut self, signal: Signal) {
        self.known.retain(|pid| kill_process(*pid, signal).is_ok());
    }

    fn look(&mut self) {
        if self.looked.is_some_and(|looked| looked.elapsed() < LOOK) {
            return;
        }
        self.looked = Some(Instant::now());
        for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let number = process
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<i32>().ok());
            let Some(pid) = number.and_then(Pid::from_raw) else {
                continue;
            };
            let number = pid.as_raw_nonzero().get();
            if self.others.contains(&number) || self.known.contains(&pid) {
                continue;
            }
            let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            let command = String::from_utf8_lossy(&command);
            if !command.contains(&self.argument) {
                self.others.insert(number);
            } else if command.contains("--type=renderer") {
                self.known.push(pid);
            }
        }
    }
}
