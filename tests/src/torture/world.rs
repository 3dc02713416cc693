//! One server, its devices, and what is known of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::json;
use sparhund_shared::log::{EventId, Head};
use tokio::runtime::Runtime;

use super::central::Central;
use super::device::{Device, Heard};
use super::dice::Dice;
use super::export::Export;
use super::fault::Tally;
use super::proxy::Proxy;
use super::region;
use super::served::Served;
use super::words::{Said, Told};
use crate::api::Api;

/// A device that was lost, with what its server had acknowledged: more is promised of none.
#[derive(Debug)]
pub struct Retired {
    /// Its database.
    pub database: PathBuf,
    /// Events that the server must have.
    pub promised: HashSet<EventId>,
}

/// All that one round is about.
#[derive(Debug)]
pub struct World {
    /// The server of the site.
    pub served: Served,
    /// The central server.
    pub central: Central,
    /// The devices.
    pub devices: Vec<Device>,
    /// Devices that are gone.
    pub retired: Vec<Retired>,
    /// Backups, the oldest first.
    pub backups: Vec<PathBuf>,
    /// What was in the server's log before the devices came.
    pub before: HashSet<Head>,
    /// The same as an export.
    pub first_export: Vec<u8>,
    /// Events the server had after it was restored last.
    pub restored: Option<HashSet<EventId>>,
    /// No faults of the network while it is set.
    pub calm: Arc<AtomicBool>,
    /// Faults tried.
    pub tally: Arc<Tally>,
    /// Chance.
    pub dice: Dice,
    /// What the clients would not do, by the word of the problem, with one of its sentences.
    pub troubles: BTreeMap<String, (u64, String)>,
    /// Folder of it all.
    pub folder: PathBuf,
    want_codes: BTreeSet<usize>,
    heard: Receiver<Heard>,
    _runtime: Arc<Runtime>,
}

impl World {
    /// Makes a region and starts the devices.
    pub fn begin(
        folder: PathBuf,
        devices: usize,
        seed: u64,
        tally: &Arc<Tally>,
        runtime: &Arc<Runtime>,
    ) -> Self {
        let mut dice = Dice::new(seed);
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut served = Served::made(&folder.join("server"), &["--demo"]);
        let calm = Arc::new(AtomicBool::new(false));
        let seed = dice.seed();
        let central = Central::joined_by(&served, &folder, |port| {
            Proxy::start(runtime.handle(), port, seed, calm.clone(), tally.clone())
        });
        served.start();
        let region = region::prepare(&served.url(), devices, &mut dice);
        let region_file = folder.join("region.json");
        let bytes = serde_json::to_vec(&region).expect("JSON");
        std::fs::write(&region_file, bytes).expect("the region on disk");
        let before =
            Export::of(served.data(), &folder.join("before.log")).expect("a sound log to begin with");
        let (tell, heard) = mpsc::channel();
        let devices = (0..devices).map(|number| {
            let (seed, calm, tally) = (dice.seed(), calm.clone(), tally.clone());
            let proxy = Proxy::start(runtime.handle(), served.port(), seed, calm, tally);
            let data = folder.join(format!("device-{number}-1"));
            let mut device = Device::new(number, data, region_file.clone(), proxy, tell.clone());
            device.start(dice.seed());
            device
        });
        let devices = devices.collect();
        Self {
            served,
            central,
            devices,
            retired: Vec::new(),
            backups: Vec::new(),
            before: before.places(),
            first_export: before.bytes,
            restored: None,
            calm,
            tally: tally.clone(),
            dice,
            troubles: BTreeMap::new(),
            folder,
            want_codes: BTreeSet::new(),
            heard,
            _runtime: runtime.clone(),
        }
    }

    /// Hears the devices for a while and hands out the codes they ask for.
    pub fn listen(&mut self, time: Duration) {
        let end = Instant::now() + time;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(heard) => self.note(heard),
                Err(_) => break,
            }
        }
        self.hand_out_codes();
    }

    /// Hears what was said already.
    pub fn hear_all(&mut self) {
        while let Ok(heard) = self.heard.try_recv() {
            self.note(heard);
        }
    }

    fn note(&mut self, (number, life, said): Heard) {
        let device = &mut self.devices[number];
        match said {
            Said::Booked { events } => device.booked.extend(events),
            Said::Syncing => device.stale_sync = false,
            Said::Synced if !device.stale_sync => device.synced_since_restore += 1,
            Said::NeedsCode if life == device.lives => {
                self.want_codes.insert(number);
            }
            Said::Quiet if life == device.lives => device.is_quiet = true,
            Said::Trouble { code, message } => self.trouble(&code, message),
            Said::Synced | Said::NeedsCode | Said::Quiet => {}
        }
    }

    /// Counts something that a program would not do and said so.
    pub fn trouble(&mut self, code: &str, message: String) {
        let (times, example) = self.troubles.entry(code.to_owned()).or_default();
        *times += 1;
        *example = message;
    }

    /// How often a device said that its store failed.
    pub fn full_devices(&self) -> u64 {
        let times = |code| self.troubles.get(code).map_or(0, |(times, _)| *times);
        // Which of them it is, is the system's to say: at the limit of a file, or inside a page that is there already.
        times("store") + times("store-full")
    }

    /// The harness speaks to the server past the faulty network, and only while it runs and its disk has room.
    fn hand_out_codes(&mut self) {
        let wanted = std::mem::take(&mut self.want_codes);
        if wanted.is_empty() {
            return;
        }
        let admin = Api::sign_in(&self.served.url(), "admin", "admin-nordmark");
        for number in wanted {
            let issued = admin.post("/devices/codes", &json!({}));
            let code = issued["code"].as_str().expect("a code").to_owned();
            self.devices[number].tell(&Told::Code { code });
        }
    }

    /// Waits while the server cannot be spoken to; nobody gets a code.
    pub fn wait_without_codes(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(heard) = self
            .heard
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.note(heard);
        }
    }

    /// Programs that ended though nobody killed them: each is a fault of ours.
    pub fn dead(&mut self) -> Vec<String> {
        let mut dead = Vec::new();
        if self.served.has_died() {
            dead.push(format!(
                "the server ended by itself; see {}.log",
                self.served.data().display()
            ));
        }
        for device in &mut self.devices {
            if device.has_died() {
                dead.push(format!(
                    "device {} ended by itself; see {}.log",
                    device.number,
                    device.data.display()
                ));
            }
        }
        dead
    }
}
