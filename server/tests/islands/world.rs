//! One central server and two sites, over real stores on files.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicI64;

use sparhund_server::island::{CENTRAL_SETTING, Exchanged, exchange};
use sparhund_server::store::{
    Account, ConflictChoice, INCARNATION_SETTING, JoinedSite, Resolution, RowKind, StockQuery, VerifiedBackup,
};
use sparhund_shared::log::{Hash, HoldId, UserId};
use sparhund_shared::reference::{Order, Place, Role, User};
use uuid::Uuid;

use crate::changes::Changes;
use crate::cut::Cut;
use crate::server::Server;
use crate::store_world::{self as goods, BASE, BIN_A, T0, lot_item, receive, user};

fn mark(version: Hash) -> i64 {
    i64::from_be_bytes(version.0[..8].try_into().unwrap())
}

pub fn joined(name: &str) -> JoinedSite {
    JoinedSite {
        id: Uuid::from_u128(5),
        name: name.to_owned(),
        log: None,
        joined_at: Some(0),
        revoked_at: None,
        seen_at: None,
        offset: None,
        behind: None,
    }
}

pub fn shelf(number: u8, name: &str) -> Place {
    let mut place = goods::places().swap_remove(0);
    place.code = goods::place(&format!("{}/S-{number}", goods::SITE));
    name.clone_into(&mut place.name);
    place
}

pub fn account(number: u8, login: &str, name: &str) -> Account {
    Account {
        user: User {
            id: UserId(Uuid::from_bytes([number; 16])),
            login: login.to_owned(),
            name: name.to_owned(),
            roles: vec![Role::Ward],
        },
        password_hash: "$argon2id$none".to_owned(),
        active: true,
    }
}

pub fn order(no: &str, units: u32) -> Order {
    goods::order(no, "100", units)
}

pub struct World {
    pub servers: [Server; 3],
    folder: tempfile::TempDir,
    pub now: i64,
    changes: Changes,
    holds: u64,
    /// What the central server says of how it writes rows; `None` = what is so.
    pub row_format: Option<u32>,
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let servers = [
            Server::open("central", at("central"), 11).await,
            Server::open("Väster", at("west"), 12).await,
            Server::open("Öster", at("east"), 13).await,
        ];
        servers[0]
            .store()
            .put_articles(vec![goods::article("100", &[(BASE, 1)])])
            .await
            .unwrap();
        for site in &servers[1..] {
            site.store()
                .set_setting(CENTRAL_SETTING, "https://central")
                .await
                .unwrap();
        }
        let mut world = Self {
            servers,
            folder,
            now: T0,
            changes: Changes::default(),
            holds: 0,
            row_format: None,
        };
        world.heal().await;
        world
    }

    pub fn tick(&mut self) {
        self.now += 1_000;
    }

    pub async fn book(&mut self, at: usize, records: u8) {
        let server = &mut self.servers[at];
        let from = server.device.records.len();
        for number in 0..records {
            let lot = format!("L{}", number % 5);
            server.device.write(&receive(lot_item(&lot), 1, BIN_A));
        }
        let batch = server.device.batch(server.device.records[from..].to_vec());
        server.store().append(batch).await.unwrap();
    }

    pub async fn hold(&mut self, at: usize) {
        self.holds += 1;
        let event = goods::hold(self.holds, &[BASE], Some("L1"));
        let own = self.servers[at].own_log.as_ref().unwrap();
        own.append(event, user(1), self.now).await.unwrap();
    }

    /// A number that no name has yet.
    pub fn fresh(&self) -> u32 {
        u32::try_from((self.now - T0) / 1_000).unwrap() + 1_000
    }

    pub async fn rename(&mut self, at: usize, place: u8, name: u32) {
        let place = shelf(place, &format!("Hylla {name}"));
        let body = serde_json::to_value(&place).unwrap();
        self.note(at, RowKind::Place, &place.code.to_string(), &body)
            .await;
        self.servers[at].store().put_places(vec![place]).await.unwrap();
        self.servers[at].by_its_clock();
    }

    pub async fn person(&mut self, at: usize, who: u8, name: u32, rights: u8) {
        let mut account = account(50 + who, &format!("person{who}"), &format!("Namn {name}"));
        account.active = rights.is_multiple_of(2);
        account.user.roles = vec![Role::ALL[usize::from(rights)], Role::Ward];
        let body = serde_json::json!({ "user": account.user });
        self.note(at, RowKind::Account, &account.user.id.to_string(), &body)
            .await;
        self.servers[at].store().put_account(account).await.unwrap();
        self.servers[at].by_its_clock();
    }

    /// A change is made on top of what stands there.
    async fn note(&mut self, at: usize, kind: RowKind, key: &str, body: &serde_json::Value) {
        let rows = self.servers[at].rows().await;
        let before = rows.get(&(kind.word(), key.to_owned())).map(|(_, body)| body);
        self.changes.made(kind, before, body);
    }

    pub async fn order(&mut self, at: usize, no: u8, units: u8) {
        // A number that is taken is refused; that is what a person would see.
        let order = order(&format!("O{no}"), units.into());
        if self.servers[at].store().add_order(order.clone()).await.is_ok() {
            let body = serde_json::to_value(&order).unwrap();
            self.changes.made(RowKind::Order, None, &body);
        }
    }

    /// A rule about a shelf is set there, or with `None` taken away.
    pub async fn rule(&mut self, at: usize, bin: u8, max: Option<u32>) {
        let rule = goods::stock_rule(&format!("{}/S-{bin}", goods::SITE), "100", max.unwrap_or(0));
        let key = rule.key();
        let server = &self.servers[at];
        if max.is_none() && !server.has_rule(&key).await {
            return;
        }
        let body = match max {
            Some(_) => serde_json::to_value(&rule).unwrap(),
            None => serde_json::json!({ "gone": key }),
        };
        self.note(at, RowKind::Rule, &key, &body).await;
        let store = self.servers[at].store();
        match max {
            Some(_) => store.put_rules(vec![rule]).await.unwrap(),
            None => assert!(store.remove_rule(&key).await.unwrap()),
        }
        self.servers[at].by_its_clock();
    }

    /// A person chooses about the first conflict that is open.
    pub async fn resolve(&mut self, at: usize, other: bool) {
        let open = self.servers[at].conflicts().await.into_iter().next();
        let Some(open) = open.filter(|conflict| conflict.resolved.is_none()) else {
            return;
        };
        let choice = if other {
            ConflictChoice::Other
        } else {
            ConflictChoice::Standing
        };
        let resolution = Resolution {
            choice,
            by: user(1),
            at: self.now,
        };
        let store = self.servers[at].store();
        let told = store.resolve_conflict(&open.id, resolution, open.face()).await;
        told.unwrap();
    }

    /// The clock of a server is off by so much from now on, milliseconds.
    pub fn clock(&mut self, at: usize, ahead: i64) {
        self.servers[at].ahead = ahead;
    }

    pub fn copy(&mut self, at: usize) {
        let copy = self.copied(at);
        let _ = std::fs::remove_file(&copy);
        sparhund_server::store::sqlite::copy(&self.servers[at].database(), &copy).unwrap();
    }

    fn copied(&self, at: usize) -> PathBuf {
        self.folder.path().join(format!("copy{at}.db"))
    }

    /// The server goes on from its copy, and its device tells it again what it lost.
    pub async fn restore(&mut self, at: usize) {
        if !self.copied(at).exists() {
            return;
        }
        assert_eq!(self.changes.lost(&self.servers).await, []);
        self.restore_of(at).await;
        let device = &self.servers[at].device;
        if !device.records.is_empty() {
            self.servers[at]
                .store()
                .append(device.everything())
                .await
                .unwrap();
        }
        self.changes.forget_lost(&self.servers).await;
    }

    /// As `restore` does it: another life of the database, with what the server itself wrote since.
    pub async fn restore_of(&mut self, at: usize) {
        let incarnation = self.servers[at]
            .store()
            .setting(INCARNATION_SETTING)
            .await
            .unwrap();
        self.servers[at].stop();
        let database = self.servers[at].database();
        let part = self.folder.path().join("part.db");
        std::fs::copy(self.copied(at), &part).unwrap();
        let backup = VerifiedBackup {
            made_at: self.now,
            file: format!("{}.db", self.now),
            sha256: [0; 32],
            bytes: 1,
            records: 1,
            heads: Vec::new(),
            incarnation,
        };
        sparhund_server::store::sqlite::begin_life(&part, &backup, Some(&database), self.now).unwrap();
        for rest in ["sparhund.db-wal", "sparhund.db-shm"] {
            let _ = std::fs::remove_file(database.with_file_name(rest));
        }
        std::fs::rename(&part, &database).unwrap();
        self.servers[at].start().await;
    }

    /// As a snapshot of its machine does it: the central server does not know that it is an older one.
    pub async fn set_back(&mut self) {
        self.servers[0].stop();
        let database = self.servers[0].database();
        for rest in ["sparhund.db-wal", "sparhund.db-shm"] {
            let _ = std::fs::remove_file(database.with_file_name(rest));
        }
        std::fs::copy(self.copied(0), &database).unwrap();
        self.servers[0].start().await;
    }

    pub async fn exchange(&mut self, site: usize, cut: Option<(u8, bool)>) {
        let (left, after) = cut.map_or((i64::MAX, false), |(left, after)| (i64::from(left), after));
        let told = self.exchange_by(site, left, after).await;
        if cut.is_none() {
            let left_out = told.unwrap().left_out;
            assert!(left_out.is_empty(), "{left_out:?}");
        }
    }

    pub async fn try_exchange(&mut self, site: usize) -> Result<Exchanged, String> {
        self.exchange_by(site, i64::MAX, false).await
    }

    async fn exchange_by(&mut self, site: usize, left: i64, after: bool) -> Result<Exchanged, String> {
        let [central, ..] = &self.servers;
        let asks = &self.servers[site];
        let joined = joined(asks.name);
        let there = central.end(&joined, self.now);
        let link = Cut {
            there,
            left: AtomicI64::new(left),
            after,
            row_format: self.row_format,
        };
        let own_log = asks.own_log.as_ref().unwrap();
        exchange(asks.store(), own_log, &link, self.now, None)
            .await
            .map_err(|error| error.to_string())
    }

    /// The link is back: few rounds must do.
    pub async fn heal(&mut self) {
        for _ in 0..3 {
            self.tick();
            for site in [1, 2] {
                self.exchange(site, None).await;
            }
        }
    }

    pub async fn judge(&mut self) {
        let told: usize = self
            .servers
            .iter()
            .map(|server| server.device.records.len())
            .sum();
        let records = self.servers[0].records().await;
        assert_eq!(
            u64::try_from(records.len()).unwrap(),
            told as u64 + self.holds,
            "what devices and servers told, each once"
        );
        let rows = self.servers[0].rows().await;
        let stock = self.stock(0).await;
        let held = self.held(0).await;
        for at in [1, 2] {
            let name = self.servers[at].name;
            assert_eq!(self.servers[at].records().await, records, "records of {name}");
            assert_eq!(self.servers[at].rows().await, rows, "rows of {name}");
            assert_eq!(self.stock(at).await, stock, "stock of {name}");
            assert_eq!(self.held(at).await, held, "holds of {name}");
            assert_eq!(held.len() as u64, self.holds, "holds of {name}");
            let sum = rows
                .values()
                .fold(0, |sum: i64, (version, _)| sum.wrapping_add(mark(*version)));
            let summed = self.servers[at].store().rows_sum().await.unwrap();
            assert_eq!(summed, (rows.len() as u64, sum), "sum of the rows of {name}");
            assert!(
                self.try_exchange(at).await.unwrap().equal,
                "{name} says that they are equal"
            );
        }
        let units: i64 = stock.iter().map(|(_, units)| units).sum();
        assert_eq!(
            units,
            i64::try_from(told).unwrap(),
            "stock sums to what was received"
        );
        assert_eq!(
            self.changes.lost(&self.servers).await,
            [],
            "changes that are lost unseen"
        );
        for server in &self.servers {
            let rebuilt = server.store().rebuild().await.unwrap();
            assert!(
                rebuilt.tables.iter().all(|(_, rows)| *rows == 0),
                "{}: {rebuilt:?}",
                server.name
            );
        }
    }

    async fn held(&self, at: usize) -> BTreeSet<HoldId> {
        let holds = self.servers[at].store().holds().await.unwrap();
        holds.into_iter().map(|hold| hold.id).collect()
    }

    pub async fn stock(&self, at: usize) -> Vec<(String, i64)> {
        let query = StockQuery {
            limit: 10_000,
            ..StockQuery::default()
        };
        let lines = self.servers[at].store().stock(&query).await.unwrap();
        lines
            .into_iter()
            .map(|line| {
                (
                    format!("{:?} {} {:?} {}", line.unit, line.place, line.status, line.held),
                    line.units,
                )
            })
            .collect()
    }
}
