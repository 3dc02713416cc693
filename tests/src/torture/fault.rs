//! What can go wrong, and how often it was made to.

use std::sync::atomic::{AtomicU64, Ordering};

/// A fault that the suite makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// `kill -9` of the server, started again on the same data.
    ServerKilled,
    /// `kill -9` of a device's process, started again on the same data.
    DeviceKilled,
    /// The connection ends inside a request.
    CutRequest,
    /// The server does what was asked, and the connection ends before or inside its answer.
    CutResponse,
    /// The answer comes in small pieces with pauses.
    Slow,
    /// A finished request comes to the server once more.
    Duplicated,
    /// The device hears nothing, and its request comes to the server after later ones.
    Reordered,
    /// A device's clock jumps to up to two days from the true time, back or ahead.
    ClockSkewed,
    /// The server is restored from a backup.
    Restored,
    /// A device loses its data directory and begins anew.
    Reinstalled,
    /// The server cannot make its files larger.
    ServerDiskFull,
    /// A device cannot make its files larger.
    DeviceDiskFull,
    /// The two servers do not reach each other for a while.
    Partitioned,
    /// `kill -9` of the central server, started again on the same data.
    CentralKilled,
    /// The central server is restored from a backup.
    CentralRestored,
}

impl Fault {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 15] = [
        Self::ServerKilled,
        Self::DeviceKilled,
        Self::CutRequest,
        Self::CutResponse,
        Self::Slow,
        Self::Duplicated,
        Self::Reordered,
        Self::ClockSkewed,
        Self::Restored,
        Self::Reinstalled,
        Self::ServerDiskFull,
        Self::DeviceDiskFull,
        Self::Partitioned,
        Self::CentralKilled,
        Self::CentralRestored,
    ];

    /// Its row of the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServerKilled => "`kill -9` of the server",
            Self::DeviceKilled => "`kill -9` of a device",
            Self::CutRequest => "connection cut inside a request",
            Self::CutResponse => "connection cut before or inside an answer",
            Self::Slow => "slow network",
            Self::Duplicated => "request sent twice",
            Self::Reordered => "request comes after later ones",
            Self::ClockSkewed => "clock of a device set up to 2 days off",
            Self::Restored => "server restored from a backup",
            Self::Reinstalled => "device installed anew",
            Self::ServerDiskFull => "disk of the server full",
            Self::DeviceDiskFull => "disk of a device full",
            Self::Partitioned => "two servers partitioned",
            Self::CentralKilled => "`kill -9` of the central server",
            Self::CentralRestored => "central server restored from a backup",
        }
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|fault| *fault == self).unwrap_or(0)
    }
}

/// How often each fault was tried.
#[derive(Debug, Default)]
pub struct Tally {
    tried: [AtomicU64; Fault::ALL.len()],
    unwritten: AtomicU64,
}

impl Tally {
    /// It was done once more.
    pub fn count(&self, fault: Fault) {
        self.tried[fault.place()].fetch_add(1, Ordering::Relaxed);
    }

    /// All of them in a line.
    pub fn told(&self) -> String {
        let told = Fault::ALL.map(|fault| format!("{} {}", fault.name(), self.of(fault)));
        told.join(", ")
    }

    /// A device was told that the server cannot write.
    pub fn note_unwritten(&self) {
        self.unwritten.fetch_add(1, Ordering::Relaxed);
    }

    /// How often devices were told that.
    pub fn unwritten(&self) -> u64 {
        self.unwritten.load(Ordering::Relaxed)
    }

    /// Each was tried.
    pub fn has_all(&self) -> bool {
        Fault::ALL.iter().all(|fault| self.of(*fault) > 0)
    }

    /// So often.
    pub fn of(&self, fault: Fault) -> u64 {
        self.tried[fault.place()].load(Ordering::Relaxed)
    }
}
