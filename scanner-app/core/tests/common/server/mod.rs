//! A server by script: keeps what it is sent, tells heads and feeds, and fails when it is told to.
//!
//! The rules of proof are the real server's and are tested there and end to end; this one only keeps sets.

mod account;
mod feed;
mod http;
mod order;
mod records;
mod stock;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;
use sparhund_shared::event::{BizStep, Event, Movement};
use sparhund_shared::fold::Books;
use sparhund_shared::log::{EventId, Hash, LogId, PublicKey, Sealed, Seen, UserId};
use sparhund_shared::wire::{OwnHead, PrintLabel, RefusalCode, Topic};

use super::region;

/// What goes wrong next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The request never arrives.
    Lost,
    /// It arrives and is done, and the answer never comes.
    Unanswered,
    /// It is answered, and the answer is long on its way: what is asked later is answered sooner.
    Slow,
    /// 503 with Retry-After.
    Busy,
    /// 429 with what is left of five minutes.
    Throttled,
}

#[derive(Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each switch is one fault of the script"
)]
pub struct State {
    /// Key of each log, by enrolment.
    pub keys: BTreeMap<LogId, PublicKey>,
    /// Log of each device token.
    pub tokens: BTreeMap<String, LogId>,
    pub records: BTreeMap<(LogId, u64), Vec<Sealed>>,
    pub feeds: BTreeMap<Topic, BTreeMap<String, (u64, Option<Value>)>>,
    pub rev: u64,
    /// By path, in the order they came.
    pub heard: Vec<String>,
    /// How long each request was willing to wait, milliseconds.
    pub waits: Vec<u32>,
    /// Happens while a request is on its way.
    pub on_request: Option<Rc<dyn Fn()>>,
    pub offline: bool,
    /// Faults by request number from now, consumed as they happen.
    pub faults: Vec<Option<Fault>>,
    /// Sequence numbers refused, with the word.
    pub refuse: BTreeMap<u64, RefusalCode>,
    /// Unproven only when they come with others.
    pub refuse_in_company: bool,
    /// The device's token is no longer accepted: the server does not know it.
    pub unauthorized: bool,
    /// The device was revoked; until it is enrolled again.
    pub revoked: bool,
    /// The end of the server's own log, signed; none by a server of an earlier version.
    pub own: Option<OwnHead>,
    /// What the server says it holds at the place the device asks of; else what the device says.
    pub own_then: Option<Hash>,
    /// Since when the server, a site's, does not reach the central one.
    pub alone_since: Option<i64>,
    /// What the server signs to hold.
    pub seen: Vec<Seen>,
    /// What devices signed to have seen of the server's log.
    pub witnessed: Vec<Seen>,
    /// Events that a revoked device handed over.
    pub aside: Vec<EventId>,
    /// Every call of a sync is answered with this status and code.
    pub forbid: Option<(u16, &'static str)>,
    pub covered: BTreeMap<LogId, u64>,
    /// Another number after each restore.
    pub incarnation: u128,
    /// Keep the order's row as its records say, as the real server does in the same transaction.
    pub keeps_order: bool,
    pub now: i64,
    pub page: usize,
    pub largest_batch: usize,
    /// It unpacks nothing, and does not say that it does.
    pub earlier_version: bool,
    /// Uploads that came packed.
    pub packed: usize,
    /// Series of numbers for logistic units, by who got them.
    pub series: Vec<LogId>,
    /// Labels that went to printers.
    pub printed: Vec<PrintLabel>,
    pub printer_off: bool,
    /// Uploads larger than this are refused.
    pub body_limit: Option<usize>,
}

#[derive(Clone)]
pub struct Server(pub Rc<RefCell<State>>);

impl Server {
    pub fn new() -> Self {
        Self(Rc::new(RefCell::new(State {
            now: 1_790_000_000_000,
            page: 3,
            ..State::default()
        })))
    }

    pub fn with_region() -> Self {
        let server = Self::new();
        for article in region::articles() {
            server.put(
                Topic::Articles,
                article.no.as_str(),
                Some(region::value(&article)),
            );
        }
        for place in region::places() {
            server.put(
                Topic::Places,
                &place.code.to_string(),
                Some(region::value(&place)),
            );
        }
        let user = region::user();
        server.put(Topic::Users, &user.id.to_string(), Some(region::value(&user)));
        for user in region::others() {
            server.put(Topic::Users, &user.id.to_string(), Some(region::value(&user)));
        }
        let order = region::order();
        server.put(Topic::Orders, order.no.as_str(), Some(region::value(&order)));
        server
    }

    /// Changes a row of reference data.
    pub fn put(&self, topic: Topic, key: &str, body: Option<Value>) {
        let mut state = self.0.borrow_mut();
        state.rev += 1;
        let rev = state.rev;
        state
            .feeds
            .entry(topic)
            .or_default()
            .insert(key.to_owned(), (rev, body));
    }

    /// Changes a row without telling that it changed: a fault the digest must find.
    pub fn corrupt(&self, topic: Topic, key: &str, body: Value) {
        let mut state = self.0.borrow_mut();
        let row = state.feeds.get_mut(&topic).unwrap().get_mut(key).unwrap();
        row.1 = Some(body);
    }

    pub fn hold(&self, hold: &sparhund_shared::event::Hold) {
        self.put(Topic::Holds, &hold.id.to_string(), Some(region::value(hold)));
    }

    /// Ids of the events it holds, sorted; one that two logs tell stands twice.
    pub fn events(&self) -> Vec<EventId> {
        let state = self.0.borrow();
        let mut ids: Vec<EventId> = state
            .records
            .values()
            .flatten()
            .map(|sealed| sealed.record().event_id)
            .collect();
        ids.sort_unstable();
        ids
    }

    /// The fold of everything it holds.
    pub fn books(&self) -> Books {
        let mut books = Books::default();
        for sealed in self.0.borrow().records.values().flatten() {
            books.add(sealed);
        }
        books
    }

    /// What it holds that moves goods, by log and place in it.
    pub fn movements(&self) -> Vec<Movement> {
        let state = self.0.borrow();
        let records = state.records.values().flatten();
        records
            .filter_map(|sealed| match sealed.record().event().unwrap() {
                Event::Move(movement) => Some(movement),
                _ => None,
            })
            .collect()
    }

    /// The movements of one step.
    pub fn movements_of(&self, step: BizStep) -> Vec<Movement> {
        let mut movements = self.movements();
        movements.retain(|movement| movement.step == step);
        movements
    }

    /// Who is named by what it holds, each once.
    pub fn writers(&self) -> Vec<UserId> {
        let state = self.0.borrow();
        let records = state.records.values().flatten();
        let writers: BTreeSet<_> = records.map(|sealed| sealed.record().user).collect();
        writers.into_iter().collect()
    }

    /// Everything it holds of records, as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let state = self.0.borrow();
        let records = state.records.values().flatten();
        records.flat_map(|sealed| sealed.bytes().to_vec()).collect()
    }

    pub fn heard(&self) -> Vec<String> {
        self.0.borrow().heard.clone()
    }

    pub fn waits(&self) -> Vec<u32> {
        self.0.borrow().waits.clone()
    }

    pub fn on_request(&self, happens: impl Fn() + 'static) {
        self.0.borrow_mut().on_request = Some(Rc::new(happens));
    }

    pub fn fail_next(&self, faults: &[Option<Fault>]) {
        self.0.borrow_mut().faults = faults.to_vec();
    }

    pub fn offline(&self, offline: bool) {
        self.0.borrow_mut().offline = offline;
    }
}

impl State {
    /// Restored from a backup made before any device was enrolled.
    pub fn forget_devices(&mut self) {
        self.keys.clear();
        self.records.clear();
        self.tokens.clear();
    }
}
