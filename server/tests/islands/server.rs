//! One server of the region: its store on files, the log it writes itself, and a device.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use sparhund_server::ingest::OwnLog;
use sparhund_server::island::CentralEnd;
use sparhund_server::ops::DataDir;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{
    Conflict, ConflictsAbout, INCARNATION_SETTING, JoinedSite, RowKind, Store, VerifiedBackup,
};
use sparhund_shared::log::{Hash, Head};
use uuid::Uuid;

use crate::store_world::{Device, T0, user};
use crate::world::{joined, shelf};

pub struct Server {
    pub name: &'static str,
    folder: PathBuf,
    pub store: Option<Arc<dyn Store>>,
    pub own_log: Option<OwnLog>,
    pub device: Device,
    /// As whom the first site asks here.
    pub site: JoinedSite,
    backups: std::sync::atomic::AtomicI64,
    /// Its clock minus the right time, milliseconds.
    pub ahead: i64,
}

impl Server {
    pub async fn open(name: &'static str, folder: PathBuf, number: u8) -> Self {
        std::fs::create_dir_all(&folder).unwrap();
        let mut server = Self {
            name,
            folder,
            store: None,
            own_log: None,
            device: Device::new(number),
            site: joined("Väster"),
            backups: AtomicI64::new(0),
            ahead: 0,
        };
        server.start().await;
        server.enrol().await;
        server
    }

    /// Makes the device known as one; its log is a device's, not a server's.
    async fn enrol(&self) {
        use sparhund_server::store::{EnrolmentCode, NewDevice};
        use sparhund_shared::log::DeviceId;
        let code = [self.device.log().0.as_bytes()[0]; 32];
        let store = self.store();
        store
            .add_enrolment(EnrolmentCode {
                hash: code,
                created_by: user(1),
                expires_at: i64::MAX,
            })
            .await
            .unwrap();
        let device = NewDevice {
            id: DeviceId(self.device.log().0),
            name: format!("Handdator {}", self.name),
            key: self.device.public(),
            log: self.device.log(),
        };
        store.enrol(code, device, 0).await.unwrap().unwrap();
    }

    pub async fn start(&mut self) {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(self.database()).unwrap());
        let dir = DataDir::new(&self.folder);
        self.own_log = Some(OwnLog::open(Arc::clone(&store), &dir, T0).await.unwrap());
        self.store = Some(store);
    }

    pub fn stop(&mut self) {
        self.own_log = None;
        self.store = None;
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("sparhund.db")
    }

    /// The change that was just made gets the time that this server's clock shows.
    pub fn by_its_clock(&self) {
        if self.ahead != 0 {
            let conn = rusqlite::Connection::open(self.database()).unwrap();
            let last = "UPDATE shared_row SET changed_at = changed_at + ?1 WHERE rev = (SELECT max(rev) FROM shared_row)";
            conn.execute(last, [self.ahead]).unwrap();
        }
    }

    /// What a site meets here.
    pub fn end<'a>(&'a self, site: &'a JoinedSite, now: i64) -> CentralEnd<'a> {
        CentralEnd {
            store: self.store(),
            own_log: self.own_log.as_ref().unwrap(),
            site,
            now,
        }
    }

    pub fn store(&self) -> &dyn Store {
        self.store.as_ref().unwrap().as_ref()
    }

    /// Every record that is held.
    pub async fn records(&self) -> BTreeSet<(Uuid, u64, Hash)> {
        let mut all = BTreeSet::new();
        for log in self.store().logs().await.unwrap() {
            let page = self.store().log_page(log.log, 1, 100_000).await.unwrap();
            for record in page {
                assert!(all.insert((log.log.0, record.seq, record.hash)), "doubled");
            }
        }
        all
    }

    /// Every conflict, the open ones first.
    pub async fn conflicts(&self) -> Vec<Conflict> {
        let mut all = Vec::new();
        for about in [ConflictsAbout::People, ConflictsAbout::Goods] {
            all.extend(self.store().conflicts(about, 1_000).await.unwrap());
        }
        all.sort_by_key(|conflict| conflict.resolved.is_some());
        all
    }

    /// Every row but conflicts.
    pub async fn bodies(&self) -> Vec<(RowKind, serde_json::Value)> {
        let rows = self.rows().await.into_iter();
        rows.filter_map(|((kind, _), (_, body))| Some((RowKind::from_word(kind)?, body)))
            .filter(|(kind, _)| *kind != RowKind::Conflict)
            .collect()
    }

    /// Every row with its version.
    pub async fn rows(&self) -> BTreeMap<(&'static str, String), (Hash, serde_json::Value)> {
        let mut rows = BTreeMap::new();
        let mut after = 0;
        loop {
            let page = self.store().rows_after(after, 200).await.unwrap();
            let Some(last) = page.last() else { return rows };
            after = last.rev;
            for row in page {
                rows.insert((row.kind.word(), row.key), (row.version, row.body));
            }
        }
    }

    pub async fn has_rule(&self, key: &str) -> bool {
        let rules = self.store().rules().await.unwrap();
        rules.iter().any(|rule| rule.key() == key)
    }

    pub async fn place_name(&self, number: u8) -> String {
        self.store()
            .place(&shelf(number, "").code)
            .await
            .unwrap()
            .unwrap()
            .name
    }

    pub async fn note_backup(&self, heads: Vec<Head>) {
        let made_at = self.backups.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + T0;
        let incarnation = self.store().setting(INCARNATION_SETTING).await.unwrap();
        let backup = VerifiedBackup {
            made_at,
            file: format!("{made_at}.db"),
            sha256: [0; 32],
            bytes: 1,
            records: 1,
            heads,
            incarnation,
        };
        self.store().note_backup(backup).await.unwrap();
    }
}
