//! The faults that are done to programs and disks, drawn as from a deck of cards.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::export::Export;
use super::fault::Fault;
use super::kept::Kept;
use super::served::{journal_bytes, limit_files};
use super::words::Told;
use super::world::{Retired, World};

/// Two days, milliseconds.
const TWO_DAYS: i64 = 2 * 24 * 3_600_000;

/// One deck. Each deck holds every fault, so that a short run tries each too.
const DECK: [(Card, usize); 12] = [
    (Card::KillServer, 18),
    (Card::KillDevice, 14),
    (Card::KillManyDevices, 2),
    (Card::SkewClock, 4),
    (Card::Reinstall, 1),
    (Card::BackUp, 1),
    (Card::Restore, 1),
    (Card::FillServersDisk, 1),
    (Card::FillDevicesDisk, 2),
    (Card::PartServers, 4),
    (Card::KillCentral, 4),
    (Card::RestoreCentral, 1),
];

/// How often it is looked whether somebody met a full disk, a tenth of a second after each other.
const MOST_LOOKS: usize = 40;
/// A round ends after so many when its time is over, whatever was met.
const MOST_DECKS: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Card {
    KillServer,
    KillDevice,
    KillManyDevices,
    SkewClock,
    Reinstall,
    BackUp,
    Restore,
    FillServersDisk,
    FillDevicesDisk,
    PartServers,
    KillCentral,
    RestoreCentral,
}

impl World {
    /// Does one fault after the other until the time is over and each was met in this run; programs that ended by themselves.
    pub fn harm(&mut self, until: Instant) -> Vec<String> {
        let mut deck = Vec::new();
        let mut decks = 0;
        // A full disk that nobody wrote to was not met: it is filled again, but not for ever.
        while Instant::now() < until || decks < 2 || (decks < MOST_DECKS && !self.tally.has_all()) {
            let pause = self.dice.between(10, 120).unsigned_abs();
            self.listen(Duration::from_millis(pause));
            let dead = self.dead();
            if !dead.is_empty() {
                return dead;
            }
            if deck.is_empty() {
                decks += 1;
                deck = DECK
                    .iter()
                    .flat_map(|(card, times)| std::iter::repeat_n(*card, *times))
                    .collect();
            }
            let card = deck.swap_remove(self.dice.below(deck.len()));
            self.draw(card);
        }
        self.listen(Duration::ZERO);
        self.dead()
    }

    fn draw(&mut self, card: Card) {
        match card {
            Card::KillServer => self.kill_server(),
            Card::KillDevice => {
                let number = self.dice.below(self.devices.len());
                self.kill_device(number);
            }
            Card::KillManyDevices => {
                for number in 0..self.devices.len() {
                    if self.dice.happens(500) {
                        self.kill_device(number);
                    }
                }
            }
            Card::SkewClock => self.skew_clock(),
            Card::Reinstall => self.reinstall(),
            Card::BackUp => self.back_up(),
            Card::Restore => self.restore(),
            Card::FillServersDisk => self.fill_servers_disk(),
            Card::FillDevicesDisk => self.fill_devices_disk(),
            Card::PartServers => self.part_servers(),
            Card::KillCentral => self.kill_central(),
            Card::RestoreCentral => self.restore_central(),
        }
    }

    fn kill_server(&mut self) {
        self.served.kill_9();
        self.tally.count(Fault::ServerKilled);
        let pause = self.dice.between(0, 200).unsigned_abs();
        self.wait_without_codes(Duration::from_millis(pause));
        self.served.start();
    }

    /// Cuts the way between the servers, or opens it again. Only a cut that the site met counts.
    fn part_servers(&mut self) {
        let cut = !self.central.link.is_cut();
        let refused = self.central.link.cut(cut);
        if !cut && refused > 0 {
            self.tally.count(Fault::Partitioned);
        }
        let time = self.dice.between(200, 1_500).unsigned_abs();
        self.listen(Duration::from_millis(time));
    }

    fn kill_central(&mut self) {
        self.central.served.kill_9();
        self.tally.count(Fault::CentralKilled);
        self.central.served.start();
    }

    /// What the site had handed over and the backup does not hold comes from the site again.
    fn restore_central(&mut self) {
        if self.central.backups.is_empty() {
            self.back_up();
        }
        let Some(backup) = self.dice.pick(&self.central.backups).cloned() else {
            return;
        };
        self.central.served.kill_9();
        self.central.served.restore(&backup);
        self.central.served.start();
        self.tally.count(Fault::CentralRestored);
    }

    fn kill_device(&mut self, number: usize) {
        let seed = self.dice.seed();
        let device = &mut self.devices[number];
        device.kill_9();
        device.start(seed);
        self.tally.count(Fault::DeviceKilled);
    }

    fn skew_clock(&mut self) {
        let number = self.dice.below(self.devices.len());
        let ms = if self.dice.happens(300) {
            0
        } else {
            self.dice.between(-TWO_DAYS, TWO_DAYS + 1)
        };
        let device = &mut self.devices[number];
        device.skew = ms;
        device.tell(&Told::Skew { ms });
        if ms != 0 {
            self.tally.count(Fault::ClockSkewed);
        }
    }

    /// The old data are gone for the device; the harness keeps them to compare.
    fn reinstall(&mut self) {
        let (number, seed) = (self.dice.below(self.devices.len()), self.dice.seed());
        self.devices[number].kill_9();
        self.hear_all();
        let device = &mut self.devices[number];
        let kept = Kept::read(&device.database()).expect("a sound database on the device");
        let acknowledged = kept.into_iter().flat_map(|kept| kept.records);
        let acknowledged = acknowledged.filter(|held| held.sent == 1).map(|held| held.event);
        // What the server lost when it was restored comes back from the device at its next sync; this one had none.
        let promised: HashSet<_> = match &self.restored {
            Some(there) if device.synced_since_restore < 2 => {
                acknowledged.filter(|event| there.contains(event)).collect()
            }
            _ => acknowledged.collect(),
        };
        let database = device.database();
        device.installed += 1;
        device.data = self.folder.join(format!("device-{number}-{}", device.installed));
        device.booked.clear();
        device.start(seed);
        self.retired.push(Retired { database, promised });
        self.tally.count(Fault::Reinstalled);
    }

    fn back_up(&mut self) {
        match self.central.served.backup(&self.folder.join("central-backups")) {
            Ok(file) if self.central.backups.last() != Some(&file) => self.central.backups.push(file),
            Ok(_) => {}
            Err(told) => self.trouble("backup-failed", told),
        }
        match self.served.backup(&self.folder.join("backups")) {
            // Two within a second would have one name.
            Ok(file) if self.backups.last() != Some(&file) => self.backups.push(file),
            Ok(_) => {}
            // No backup was made, and it says so: whoever keeps the server makes another. It stands with the troubles.
            Err(told) => self.trouble("backup-failed", told),
        }
    }

    fn restore(&mut self) {
        if self.backups.is_empty() {
            self.back_up();
            self.listen(Duration::from_millis(1_500));
        }
        let Some(backup) = self.dice.pick(&self.backups).cloned() else {
            return;
        };
        self.served.kill_9();
        self.served.restore(&backup);
        let there = Export::of_what_is_there(self.served.data(), &self.folder.join("restored.log"))
            .expect("a sound log");
        let there = there.events();
        for retired in &mut self.retired {
            retired.promised.retain(|event| there.contains(event));
        }
        self.restored = Some(there);
        self.hear_all();
        for device in &mut self.devices {
            device.synced_since_restore = 0;
            device.stale_sync = true;
        }
        self.served.start();
        self.tally.count(Fault::Restored);
    }

    fn fill_servers_disk(&mut self) {
        let before = self.tally.unwritten();
        let spare = self.dice.between(0, 150_000).unsigned_abs();
        self.served.fill_disk(Some(spare));
        let time = self.dice.between(500, 2_500).unsigned_abs();
        self.wait_without_codes(Duration::from_millis(time));
        // Only a disk that a device met counts; its work may have fitted into what the journal has already.
        self.served.fill_disk_to_the_last_byte();
        for _ in 0..MOST_LOOKS {
            if self.tally.unwritten() > before {
                self.tally.count(Fault::ServerDiskFull);
                break;
            }
            self.wait_without_codes(Duration::from_millis(100));
        }
        self.served.fill_disk(None);
    }

    fn fill_devices_disk(&mut self) {
        let number = self.dice.below(self.devices.len());
        let spare = self.dice.between(0, 60_000).unsigned_abs();
        let device = &mut self.devices[number];
        let limit = journal_bytes(&device.database()) + spare;
        let Some(pid) = device.pid() else { return };
        if !limit_files(pid, Some(limit)) {
            return;
        }
        let before = self.full_devices();
        let time = self.dice.between(500, 1_500).unsigned_abs();
        self.listen(Duration::from_millis(time));
        if self.full_devices() == before {
            limit_files(pid, Some(0));
            self.listen(Duration::from_millis(500));
        }
        limit_files(pid, None);
        // Only a disk that the device met and told of counts.
        if self.full_devices() > before {
            self.tally.count(Fault::DeviceDiskFull);
        }
    }
}
