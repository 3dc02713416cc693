//! A server by script: keeps what it is sent, tells heads and feeds, and fails when it is told to.
//!
//! The rules of proof are the real server's and are tested there and end to end; this one only keeps sets.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use sparhund_scanner_core::env::{Request, Response, Transport, TransportError};
use sparhund_shared::event::{Event, OrderLineRef, Product, StockStatus};
use sparhund_shared::fold::Books;
use sparhund_shared::log::{EventId, Hash, Head, LogId, PublicKey, Sealed};
use sparhund_shared::reference::{LotOption, fefo};
use sparhund_shared::wire::{
    Covered, Enrol, FeedPage, FeedRow, Heads, HeadsAnswer, Receipt, Refusal, RefusalCode, Topic, TopicDigest,
    Upload,
};

use super::region;

/// What goes wrong next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The request never arrives.
    Lost,
    /// It arrives and is done, and the answer never comes.
    Unanswered,
    /// 503 with Retry-After.
    Busy,
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
    /// Every call of a sync is answered with this status and code.
    pub forbid: Option<(u16, &'static str)>,
    pub covered: BTreeMap<LogId, u64>,
    /// Keep the order's row as its records say, as the real server does in the same transaction.
    pub keeps_order: bool,
    pub now: i64,
    pub page: usize,
    pub largest_batch: usize,
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

    /// Ids of the events it holds, each once, in no log twice.
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

    pub fn payloads(&self) -> Vec<Event> {
        self.0
            .borrow()
            .records
            .values()
            .flatten()
            .map(|sealed| sealed.record().event().unwrap())
            .collect()
    }

    pub fn heard(&self) -> Vec<String> {
        self.0.borrow().heard.clone()
    }

    pub fn fail_next(&self, faults: &[Option<Fault>]) {
        self.0.borrow_mut().faults = faults.to_vec();
    }

    pub fn offline(&self, offline: bool) {
        self.0.borrow_mut().offline = offline;
    }
}

/// Waits once, so that other commands get their turn and a sync can be given up in the middle.
struct Once(bool);

impl Future for Once {
    type Output = ();
    fn poll(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    }
}

impl Transport for Server {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        Once(false).await;
        let fault = {
            let mut state = self.0.borrow_mut();
            let fault = if state.faults.is_empty() {
                None
            } else {
                state.faults.remove(0)
            };
            if state.offline { Some(Fault::Lost) } else { fault }
        };
        let lost = |url: String| TransportError::Timeout { url, timeout_ms: 1 };
        if fault == Some(Fault::Lost) {
            return Err(lost(request.url));
        }
        if fault == Some(Fault::Busy) {
            let mut busy = problem(503, "busy");
            busy.headers.push(("retry-after".to_owned(), "1".to_owned()));
            return Ok(busy);
        }
        let response = self.0.borrow_mut().answer(&request);
        Once(false).await;
        if fault == Some(Fault::Unanswered) {
            return Err(lost(request.url));
        }
        Ok(response)
    }
}

fn ok(body: &impl serde::Serialize) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: serde_json::to_vec(body).unwrap(),
    }
}

fn problem(status: u16, code: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: json!({ "code": code, "detail": code }).to_string().into_bytes(),
    }
}

impl State {
    /// Restored from a backup made before any device was enrolled.
    pub fn forget_devices(&mut self) {
        self.keys.clear();
        self.records.clear();
        self.tokens.clear();
    }

    fn answer(&mut self, request: &Request) -> Response {
        let path = request
            .url
            .strip_prefix("https://server/api/v1")
            .unwrap()
            .to_owned();
        self.heard.push(path.split('?').next().unwrap().to_owned());
        match path.as_str() {
            "/devices/enrol" => return self.enrol(&request.body),
            "/auth/sign-in" => return sign_in(&request.body),
            "/auth/sign-out" => return ok(&json!({})),
            _ => {}
        }
        let token = request
            .headers
            .iter()
            .find_map(|(_, value)| value.strip_prefix("Bearer "));
        let log = token.and_then(|token| self.tokens.get(token).copied());
        let Some(log) = log.filter(|_| !self.unauthorized) else {
            return problem(401, "unauthenticated");
        };
        if self.revoked {
            return problem(403, "device-revoked");
        }
        if let Some((status, code)) = self.forbid {
            return problem(status, code);
        }
        if let Some(rest) = path.strip_prefix("/sync/feed/") {
            return self.feed(rest);
        }
        match path.as_str() {
            "/sync/heads" => self.heads(log, &request.body),
            "/sync/records" => self.records(log, &request.body),
            _ => problem(404, "not-found"),
        }
    }

    fn enrol(&mut self, body: &[u8]) -> Response {
        let enrol: Enrol = serde_json::from_slice(body).unwrap();
        if enrol.code == "AAAA-AAAA" || enrol.name.is_empty() {
            return problem(422, "invalid-value");
        }
        if enrol.code != "CODE" {
            return problem(409, "code-unusable");
        }
        if self.keys.contains_key(&enrol.log) {
            return problem(409, "log-known");
        }
        self.keys.insert(enrol.log, enrol.key);
        self.revoked = false;
        let token = format!("device-token-{}", enrol.log);
        self.tokens.insert(token.clone(), enrol.log);
        ok(&json!({
            "device": "00000000-0000-7000-8000-00000000000d",
            "token": token,
            "region": "Region Prov",
        }))
    }

    /// Highest record without a hole.
    pub fn head(&self, log: LogId) -> Head {
        let mut head = Head {
            log,
            seq: 0,
            hash: Hash::ZERO,
        };
        while let Some(next) = self.records.get(&(log, head.seq + 1)) {
            head = Head::of(&next[0]);
        }
        head
    }

    fn heads(&self, own: LogId, body: &[u8]) -> Response {
        let heads: Heads = serde_json::from_slice(body).unwrap();
        if heads.heads.iter().any(|signed| signed.head.log != own) {
            return problem(403, "forbidden");
        }
        for signed in &heads.heads {
            signed.verify(&self.keys[&signed.head.log]).unwrap();
        }
        ok(&HeadsAnswer {
            heads: heads
                .heads
                .iter()
                .map(|signed| self.head(signed.head.log))
                .collect(),
            now: self.now,
            covered: heads
                .heads
                .iter()
                .map(|signed| Covered {
                    log: signed.head.log,
                    seq: self.covered.get(&signed.head.log).copied().unwrap_or(0),
                })
                .collect(),
        })
    }

    fn records(&mut self, own: LogId, body: &[u8]) -> Response {
        let upload: Upload = minicbor::decode(body).unwrap();
        let log = upload.head.head.log;
        if log != own {
            return problem(403, "forbidden");
        }
        upload.head.verify(&self.keys[&log]).unwrap();
        if self.body_limit.is_some_and(|limit| body.len() > limit) {
            return problem(413, "too-large");
        }
        self.largest_batch = self.largest_batch.max(upload.records.len());
        let alone = upload.records.len() == 1;
        let (mut stored, mut known, mut refused) = (0, 0, Vec::new());
        let batch: Vec<Sealed> = upload
            .records
            .iter()
            .map(|bytes| Sealed::open(bytes.to_vec()).unwrap())
            .collect();
        let reached = reach(&batch, upload.head.head.hash);
        for (index, sealed) in batch.into_iter().enumerate() {
            let seq = sealed.record().seq;
            let told = self.refuse.get(&seq).copied();
            let told = told.filter(|_| !(self.refuse_in_company && alone));
            let unproven = (!reached.contains(&sealed.hash())).then_some(RefusalCode::Unproven);
            if let Some(code) = told.or(unproven) {
                refused.push(Refusal {
                    index: u32::try_from(index).unwrap(),
                    seq: Some(seq),
                    hash: Some(sealed.hash()),
                    code,
                    detail: "by script".to_owned(),
                });
                continue;
            }
            let there = self.records.entry((log, seq)).or_default();
            if there.iter().any(|other| other.hash() == sealed.hash()) {
                known += 1;
            } else {
                there.push(sealed);
                stored += 1;
            }
        }
        if self.keeps_order && stored > 0 {
            self.refresh_order();
        }
        ok(&Receipt {
            head: self.head(log),
            stored,
            known,
            refused,
            now: self.now,
        })
    }

    /// What the records make of the order: progress, and goods by lot and serial in each state.
    fn refresh_order(&mut self) {
        let mut books = Books::default();
        let mut expiries = BTreeMap::new();
        for sealed in self.records.values().flatten() {
            books.add(sealed);
            if let Event::Move(movement) = sealed.record().event().unwrap() {
                expiries.insert(movement.item.unit(), movement.item.expiry().copied());
            }
        }
        let mut order = region::order();
        for line in &mut order.lines {
            let article = region::articles()
                .into_iter()
                .find(|article| article.no == line.article)
                .unwrap();
            let base = Product::Di(article.base().unwrap().clone());
            let key = OrderLineRef {
                order: order.no.clone(),
                line: line.line,
            };
            line.progress = books.orders().get(&key).copied().unwrap_or_default();
            for (unit, place, status, units) in books.stock() {
                if unit.product != base {
                    continue;
                }
                let list = match status {
                    StockStatus::Available if place.extension().is_some() => &mut line.options,
                    StockStatus::Picked => &mut line.picked,
                    StockStatus::InTransit => &mut line.shipped,
                    StockStatus::Available => continue,
                };
                let there = list.iter_mut().find(|option| {
                    option.place == place && option.lot == unit.lot && option.serial == unit.serial
                });
                match there {
                    Some(option) => option.units += units,
                    None => list.push(LotOption {
                        place,
                        expiry: expiries.get(&unit).copied().flatten(),
                        lot: unit.lot,
                        serial: unit.serial,
                        units,
                    }),
                }
            }
            for list in [&mut line.options, &mut line.picked, &mut line.shipped] {
                list.retain(|option| option.units > 0);
                fefo(list);
            }
        }
        self.rev += 1;
        let row = (self.rev, Some(region::value(&order)));
        self.feeds
            .entry(Topic::Orders)
            .or_default()
            .insert(order.no.to_string(), row);
    }

    fn feed(&self, rest: &str) -> Response {
        let (topic, query) = rest.split_once('?').unwrap();
        let topic = Topic::from_word(topic).unwrap();
        let after: u64 = query
            .split('&')
            .find_map(|part| part.strip_prefix("after="))
            .unwrap()
            .parse()
            .unwrap();
        let empty = BTreeMap::new();
        let rows = self.feeds.get(&topic).unwrap_or(&empty);
        let mut digest = TopicDigest::default();
        for (key, (_, body)) in rows {
            if let Some(body) = body {
                digest.add(key, body);
            }
        }
        let mut changed: Vec<FeedRow> = rows
            .iter()
            .filter(|(_, (rev, _))| *rev > after)
            .map(|(key, (rev, body))| FeedRow {
                key: key.clone(),
                rev: *rev,
                body: body.clone(),
            })
            .collect();
        changed.sort_by_key(|row| row.rev);
        let more = changed.len() > self.page;
        changed.truncate(self.page);
        let next = changed.last().map_or(after, |row| row.rev);
        ok(&FeedPage {
            rows: changed,
            next,
            more,
            digest,
        })
    }
}

/// Records that the chain leads to from the head downwards.
fn reach(batch: &[Sealed], head: Hash) -> Vec<Hash> {
    let mut reached = Vec::new();
    let mut next = head;
    for sealed in batch.iter().rev() {
        if sealed.hash() != next {
            break;
        }
        reached.push(next);
        next = sealed.record().prev;
    }
    reached
}

fn sign_in(body: &[u8]) -> Response {
    let value: Value = serde_json::from_slice(body).unwrap();
    if value["password"] != "secret" {
        return problem(401, "credentials");
    }
    ok(&json!({
        "access": "access",
        "expires_in": 900,
        "refresh": "refresh",
        "user": region::value(&region::user_of(value["login"].as_str().unwrap())),
    }))
}
