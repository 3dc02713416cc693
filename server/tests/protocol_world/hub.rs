//! The server: a router over a store in a data directory that is backed up and restored.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use serde_json::{Value, json};
use sparhund_server::auth::{Session, Tokens};
use sparhund_server::backup::{Consent, make, restore};
use sparhund_server::http::{AppState, Site, app};
use sparhund_server::ingest::OwnLog;
use sparhund_server::ops::{DataDir, now_ms};
use sparhund_server::store::Store;
use sparhund_server::store::sqlite::{SqliteStore, note_beside};
use sparhund_shared::log::EventId;
use sparhund_shared::reference::Role;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use crate::common::TestServer;

/// A server with people, articles and places, to begin each history from.
pub struct Template {
    file: PathBuf,
    _dir: TempDir,
    pub runtime: Rc<Runtime>,
    /// Records that devices forgot in the history.
    pub forgotten: Rc<Cell<u64>>,
}

impl Template {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let dir = tempfile::tempdir().unwrap();
        let server = runtime.block_on(TestServer::with_world());
        let made = make(&server.data_dir().database(), dir.path(), now_ms()).unwrap();
        Self {
            file: made.file,
            _dir: dir,
            runtime: Rc::new(runtime),
            forgotten: Rc::default(),
        }
    }
}

pub struct Hub {
    dir: TempDir,
    data: DataDir,
    state: Option<AppState>,
    /// What devices reach; nothing while a backup is restored.
    pub app: Rc<RefCell<Option<Router>>>,
    pub runtime: Rc<Runtime>,
    pub forgotten: Rc<Cell<u64>>,
    /// With the events in them, oldest first.
    backups: Vec<(PathBuf, BTreeSet<EventId>)>,
    /// What the newest backup of this life holds: only that may be forgotten.
    pub covered: BTreeSet<EventId>,
    clock: i64,
}

impl Hub {
    pub fn of(template: &Template) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path().join("data"));
        restore(&template.file, &data, &[], now_ms()).unwrap();
        let mut hub = Self {
            dir,
            data,
            state: None,
            app: Rc::default(),
            runtime: Rc::clone(&template.runtime),
            forgotten: Rc::clone(&template.forgotten),
            backups: Vec::new(),
            covered: BTreeSet::new(),
            clock: now_ms(),
        };
        hub.serve();
        // One from before any device.
        hub.back_up();
        hub
    }

    fn serve(&mut self) {
        let state = self.runtime.block_on(async {
            let store: Arc<dyn Store> = Arc::new(SqliteStore::open(self.data.database()).unwrap());
            let own_log = OwnLog::open(Arc::clone(&store), &self.data, now_ms())
                .await
                .unwrap();
            let tokens = Tokens::open(&self.data).unwrap();
            AppState::new(store, own_log, tokens, Site::default()).unwrap()
        });
        *self.app.borrow_mut() = Some(app(state.clone()));
        self.state = Some(state);
    }

    /// What every handler can reach.
    pub fn state(&self) -> &AppState {
        self.state.as_ref().unwrap()
    }

    /// The database, as another program finds it.
    pub fn database(&self) -> PathBuf {
        self.data.database()
    }

    pub fn back_up(&mut self) {
        self.clock += 1;
        let made = make(
            &self.data.database(),
            &self.dir.path().join("backups"),
            self.clock,
        )
        .unwrap();
        note_beside(&self.data.database(), &made.verified).unwrap();
        self.covered = self.events();
        self.backups.push((made.file, self.covered.clone()));
    }

    /// Restores a backup, counted from the newest.
    pub fn restore(&mut self, which: usize, any: bool) {
        let (backup, held) = self.backups.iter().rev().nth(which).unwrap_or(&self.backups[0]);
        self.state = None;
        *self.app.borrow_mut() = None;
        let agreed: &[Consent] = if any {
            &[Consent::Replace, Consent::Older]
        } else {
            &[Consent::Replace]
        };
        self.clock += 1;
        self.covered = held.clone();
        restore(backup, &self.data, agreed, self.clock).unwrap();
        self.serve();
    }

    /// A code for a new device.
    pub fn code(&self) -> String {
        let app = self.app.borrow().clone().unwrap();
        let state = self.state.as_ref().unwrap();
        self.runtime.block_on(async {
            let admin = state.store.account(Role::Admin.word()).await.unwrap().unwrap();
            let token = state
                .tokens
                .user(&admin, Session::begin(now_ms()).unwrap(), now_ms())
                .unwrap();
            let request = Request::builder()
                .method(Method::POST)
                .uri("/api/v1/devices/codes")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json")
                .body(Body::from(json!({}).to_string()))
                .unwrap();
            let answer = app.oneshot(request).await.unwrap();
            let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            let body: Value = serde_json::from_slice(&body).unwrap();
            body["code"]
                .as_str()
                .unwrap_or_else(|| panic!("{body}"))
                .to_owned()
        })
    }

    /// Events of all records that are there.
    pub fn events(&self) -> BTreeSet<EventId> {
        let state = self.state.as_ref().unwrap();
        self.runtime.block_on(async {
            let mut events = BTreeSet::new();
            for log in state.store.logs().await.unwrap() {
                for record in state.store.log_page(log.log, 0, 10_000).await.unwrap() {
                    let sealed = sparhund_shared::log::Sealed::open(record.bytes).unwrap();
                    events.insert(sealed.record().event_id);
                }
            }
            events
        })
    }
}
