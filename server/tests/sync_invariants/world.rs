//! Handhelds, a server and everything that happened between them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sparhund_scanner_core::api::AlertCode;
use sparhund_server::ingest::{IngestError, receive};
use sparhund_server::ops::now_ms;
use sparhund_server::store::{LogState, StockQuery};
use sparhund_shared::log::{EventId, Hash, LogId, Sealed};
use sparhund_shared::wire::Upload;

use crate::Step;
use crate::protocol_world::{Handheld, Hub, Template};

pub struct World<'t> {
    template: &'t Template,
    hub: Hub,
    pub devices: Vec<Handheld>,
    copies: Vec<Option<PathBuf>>,
    /// Uploads of devices that were set up anew.
    before: Vec<Upload>,
    /// What devices forgot, and what backups held by then.
    pub forgotten: BTreeSet<EventId>,
    pub ever_covered: BTreeSet<EventId>,
}

/// A record by its identity.
pub type Place = (LogId, u64, Hash);

impl<'t> World<'t> {
    pub fn new(template: &'t Template, devices: usize) -> Self {
        let hub = Hub::of(template);
        let devices: Vec<_> = (0..devices).map(|_| Handheld::new(&hub)).collect();
        Self {
            template,
            copies: devices.iter().map(|_| None).collect(),
            devices,
            hub,
            before: Vec::new(),
            forgotten: BTreeSet::new(),
            ever_covered: BTreeSet::new(),
        }
    }

    pub fn live(&mut self, step: &Step) {
        let Self { hub, devices, .. } = self;
        match step {
            Step::Capture(device, scans) => {
                self.copies[*device] = Some(devices[*device].copy());
                devices[*device].capture(*scans);
            }
            Step::Sync(device) => devices[*device].sync_in_process(hub),
            Step::Cut(device, call) => devices[*device].sync_in_process_cut(hub, *call),
            Step::Later(device) => {
                let forgotten = devices[*device].sync_later(hub);
                self.forgotten.extend(forgotten);
            }
            Step::Backup => {
                hub.back_up();
                self.ever_covered.extend(&hub.covered);
            }
            Step::Restore => hub.restore(0, false),
            Step::GoBack(device) => {
                if let Some(copy) = self.copies[*device].take() {
                    devices[*device].go_back_to(copy);
                }
            }
            Step::Reinstall(device) => {
                self.before.extend(devices[*device].arrived.take());
                self.copies[*device] = None;
                devices[*device] = Handheld::new(hub);
            }
            Step::Replay(which) => {
                let arrived = self.arrived();
                if !arrived.is_empty() {
                    let before = self.records();
                    let again = which.iter().map(|which| which.get(&arrived).clone());
                    Self::send(&self.hub, again.collect());
                    assert!(
                        before.is_subset(&self.records()),
                        "a repeated upload takes nothing away"
                    );
                }
            }
        }
    }

    /// Every device connects, and once more for what it learnt then.
    pub fn heal(&mut self) {
        for _ in 0..2 {
            for device in &self.devices {
                device.sync_in_process(&self.hub);
            }
        }
    }

    /// Every upload that arrived, in the order it did on each device.
    pub fn arrived(&self) -> Vec<Upload> {
        let of_devices = self
            .devices
            .iter()
            .flat_map(|device| device.arrived.borrow().clone());
        self.before.iter().cloned().chain(of_devices).collect()
    }

    /// Hands uploads to a server.
    fn send(hub: &Hub, uploads: Vec<Upload>) {
        let store = hub.state().store.as_ref();
        for upload in uploads {
            let log = upload.head.head.log;
            let sent = receive(store, log, upload, now_ms());
            match hub.runtime.block_on(sent) {
                // The server was restored from before the device was enrolled.
                Ok(_) | Err(IngestError::UnknownLog(_)) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// A server that was never reached by a device and gets these uploads.
    pub fn another_server(&self, uploads: Vec<Upload>) -> World<'t> {
        let other = World::new(self.template, 0);
        for state in self.logs() {
            let opened = other
                .hub
                .state()
                .store
                .open_log(state.log, state.key, &state.writer);
            self.hub.runtime.block_on(opened).unwrap();
        }
        Self::send(&other.hub, uploads);
        other
    }

    /// Logs of devices.
    pub fn logs(&self) -> Vec<LogState> {
        let logs = self.hub.runtime.block_on(self.hub.state().store.logs()).unwrap();
        let own = self.hub.state().own_log.log();
        logs.into_iter().filter(|state| state.log != own).collect()
    }

    pub fn records(&self) -> BTreeSet<Place> {
        let store = self.hub.state().store.as_ref();
        let mut records = BTreeSet::new();
        for state in self.logs() {
            let page = self
                .hub
                .runtime
                .block_on(store.log_page(state.log, 0, 10_000))
                .unwrap();
            let places: Vec<_> = page
                .iter()
                .map(|record| (state.log, record.seq, record.hash))
                .collect();
            assert_eq!(
                places.len(),
                places.iter().collect::<BTreeSet<_>>().len(),
                "each once"
            );
            records.extend(places);
        }
        records
    }

    pub fn events_of(&self, records: &BTreeSet<Place>) -> BTreeSet<EventId> {
        let events = self.hub.events();
        assert!(events.len() <= records.len());
        events
    }

    /// What another program finds in the server's file.
    pub fn durable_events(&self) -> BTreeSet<EventId> {
        let db = rusqlite::Connection::open(self.hub.database()).unwrap();
        let mut statement = db.prepare("SELECT bytes FROM record").unwrap();
        let records = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        records
            .map(|bytes| Sealed::open(bytes.unwrap()).unwrap().record().event_id)
            .collect()
    }

    /// Units in stock.
    pub fn stock(&self) -> usize {
        let query = StockQuery {
            limit: 10_000,
            ..StockQuery::default()
        };
        let lines = self
            .hub
            .runtime
            .block_on(self.hub.state().store.stock(&query))
            .unwrap();
        lines
            .iter()
            .map(|line| usize::try_from(line.units).unwrap())
            .sum()
    }

    /// Tables and how many rows a rebuild found to differ.
    pub fn rebuild(&self) -> Vec<(String, u64)> {
        self.hub
            .runtime
            .block_on(self.hub.state().store.rebuild())
            .unwrap()
            .tables
    }

    /// Records that devices were told are not taken.
    pub fn refused(&self) -> usize {
        let alerts = self.devices.iter().flat_map(|device| device.status().alerts);
        alerts
            .filter(|alert| alert.code == AlertCode::RecordRefused)
            .count()
    }
}
