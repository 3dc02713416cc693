//! A device as the harness sees it: its process, its network, and what it said.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{ChildStdin, Stdio};
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use sparhund_shared::log::EventId;

use super::proxy::Proxy;
use super::served::{text, with_disk_that_can_be_full};
use super::words::{Said, Told};
use crate::process::Process;

/// What came from the process of a device: which one, which of its processes, what.
pub type Heard = (usize, u64, Said);

/// One device.
#[derive(Debug)]
pub struct Device {
    /// Its number.
    pub number: usize,
    /// Its data directory.
    pub data: PathBuf,
    /// Milliseconds its clock is ahead.
    pub skew: i64,
    /// Events its client told somebody are booked, of its present installation.
    pub booked: HashSet<EventId>,
    /// Syncs that came to a good end after they began since the server was restored.
    pub synced_since_restore: u32,
    /// Whether the sync in work began before the server was restored.
    pub stale_sync: bool,
    /// Whether it said that nothing is left to send.
    pub is_quiet: bool,
    /// How often it was installed.
    pub installed: u32,
    /// How many processes it had.
    pub lives: u64,
    proxy: Proxy,
    region: PathBuf,
    running: Option<Running>,
    heard: Sender<Heard>,
}

#[derive(Debug)]
struct Running {
    process: Process,
    keys: ChildStdin,
    reader: JoinHandle<()>,
}

impl Device {
    /// A device that does not run yet.
    pub fn new(number: usize, data: PathBuf, region: PathBuf, proxy: Proxy, heard: Sender<Heard>) -> Self {
        Self {
            number,
            data,
            skew: 0,
            booked: HashSet::new(),
            synced_since_restore: 0,
            stale_sync: false,
            is_quiet: false,
            installed: 1,
            lives: 0,
            proxy,
            region,
            running: None,
            heard,
        }
    }

    /// Starts its process on its data.
    pub fn start(&mut self, seed: u64) {
        self.lives += 1;
        let log = self.data.with_extension("log");
        let log = std::fs::File::options().create(true).append(true).open(log);
        let mut command = with_disk_that_can_be_full("torture_device");
        command
            .args(["--data", text(&self.data), "--server", &self.proxy.url()])
            .args(["--name", &super::region::login(self.number)])
            .args(["--region", text(&self.region)])
            .args([format!("--seed={seed}"), format!("--skew={}", self.skew)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log.expect("a file for what the device says"));
        let mut process = Process::start(&mut command);
        let keys = process.child().stdin.take().expect("its keyboard");
        let output = process.child().stdout.take().expect("its words");
        let (number, life, heard) = (self.number, self.lives, self.heard.clone());
        let reader = std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut words = String::new();
            // A line without an end was cut by a kill: it was not said.
            while output.read_line(&mut words).is_ok_and(|read| read > 0) && words.ends_with('\n') {
                if let Ok(said) = serde_json::from_str(&words) {
                    let _ = heard.send((number, life, said));
                }
                words.clear();
            }
        });
        self.running = Some(Running {
            process,
            keys,
            reader,
        });
    }

    /// `kill -9`. What it said before is heard when this returns.
    pub fn kill_9(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.kill_9();
            let _ = running.reader.join();
        }
        self.is_quiet = false;
    }

    /// Whether it ended without being killed.
    pub fn has_died(&mut self) -> bool {
        let ended = |running: &mut Running| {
            running
                .process
                .child()
                .try_wait()
                .is_ok_and(|status| status.is_some())
        };
        self.running.as_mut().is_some_and(ended)
    }

    /// Tells it something. One that was killed meanwhile does not hear it.
    pub fn tell(&mut self, told: &Told) {
        if let Some(running) = &mut self.running {
            let mut line = serde_json::to_vec(told).expect("JSON");
            line.push(b'\n');
            let _ = running.keys.write_all(&line).and_then(|()| running.keys.flush());
        }
    }

    /// Its process.
    pub fn pid(&mut self) -> Option<u32> {
        self.running.as_mut().map(|running| running.process.child().id())
    }

    /// Its database.
    pub fn database(&self) -> PathBuf {
        self.data.join("scanner.db")
    }

    /// Whether its network holds no request any more that the device knows nothing of.
    pub fn is_heard_out(&self) -> bool {
        self.proxy.is_empty()
    }
}
