//! What the server remembers: few, coarse methods in the words of the domain, so that each engine can do them its
//! own best way. SQLite is the engine today ([`sqlite`]); the trait keeps the seat for PostgreSQL.

mod admin;
mod answers;
mod audit;
mod backup;
mod error;
mod islands;
mod patient;
mod quarantine;
mod rebase;
pub mod sqlite;
mod told;

pub use admin::{
    Account, AccountChange, Device, DeviceState, EnrolmentCode, NewDevice, NewSeries, SessionId,
};
pub use answers::{
    ArticleQuery, DeviationRow, LastSeen, LogState, MOST_TOLD, OrderQuery, Rebuilt, StockLine, StockQuery,
    StoredRecord, Trace, TraceEvent, TraceQuery,
};
pub use audit::{AuditQuery, AuditRow, AuditText, NewRead, ReadOf};
pub use backup::{
    ANCESTORS_SETTING, Begun, Carried, DATABASE_SETTING, INCARNATION_SETTING, LastBackup, ShutOut,
    VerifiedBackup,
};
pub use error::StoreError;
pub use islands::{
    CENTRAL_SETTING, CENTRAL_WRITER, CentralCursor, Conflict, ConflictChoice, ConflictsAbout, Islands,
    JoinedSite, LogIntro, LogKind, LogSum, NewSite, Offered, PAGE_BYTES, Resolution, RowKind, SharedRow,
    SiteHeard, Take, TakenRow, is_for_admins,
};
pub use patient::{PATIENT_LINK_SETTING, SealRow, TokenRow};
pub use quarantine::{
    QUARANTINE_BYTES, QUARANTINE_KEPT_BYTES, QUARANTINE_MOST, QuarantineDecided, QuarantineDecision,
    QuarantinePage, Quarantined, Verdict,
};
pub use told::Told;

use async_trait::async_trait;
use sparhund_shared::event::{ArticleNo, Hold, OrderNo, UnitKey};
use sparhund_shared::identity::{CompanyPrefix, Lot, PlaceCode, UdiDi};
use sparhund_shared::log::{
    DeviceId, EventId, Hash, Head, LogId, PublicKey, Sealed, Seen, SignedHead, UserId,
};
use sparhund_shared::reference::{AnnouncedDelivery, Article, Order, Place, Rule, User};
use sparhund_shared::wire::{FeedPage, Topic};

/// Result of a store method.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Name of the logs that the server itself writes, among the writers of logs. Each life of its key begins another one.
pub const SERVER_LOG: &str = "server";

/// Records of one log, each proven by the signed head; made by [`crate::ingest`].
#[derive(Clone, Debug)]
pub struct Batch {
    /// Signed head that proves them.
    pub head: SignedHead,
    /// The records, in order of sequence number.
    pub records: Vec<Sealed>,
    /// Server clock at arrival, Unix milliseconds.
    pub received_at: i64,
}

/// What became of a batch that its own device sent. Told only after the commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// It is in the log.
    In(Appended),
    /// The device was revoked, or goes on under another key: so many records are new in quarantine.
    Aside(u32),
}

/// What an append did. Sent only after the commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    /// Highest record without a hole.
    pub head: Head,
    /// Records that are new.
    pub stored: u32,
    /// Records that were there.
    pub known: u32,
}

/// The store. Every method that writes returns after its commit is durable.
#[async_trait]
pub trait Store: Islands + Send + Sync + 'static {
    /// Stores records with all their projections in one transaction; idempotent.
    async fn append(&self, batch: Batch) -> Result<Appended>;
    /// The same for records that their own device sends. What comes of a device after it was revoked, or changed its key, is
    /// put aside instead: it is no part of the log, and stands in no answer, until a person takes it in.
    async fn take(&self, batch: Batch) -> Result<Taken>;
    /// Highest record without a hole of each log asked for; absent logs answer with sequence 0.
    async fn heads(&self, logs: &[LogId]) -> Result<Vec<Head>>;
    /// Every log with its writer and its state of proof.
    async fn logs(&self) -> Result<Vec<LogState>>;
    /// Records of a log from a sequence number on, forks included, at most `max`.
    async fn log_page(&self, log: LogId, from: u64, max: usize) -> Result<Vec<StoredRecord>>;
    /// Signed heads of a log, oldest first.
    async fn signed_heads(&self, log: LogId) -> Result<Vec<SignedHead>>;
    /// Keeps countersignatures, each checked before: of each log by each witness the last of a day, at `now` (Unix
    /// milliseconds). One of a log, or by a witness, that is not known here is left out.
    async fn keep_seen(&self, seen: Vec<Seen>, now: i64) -> Result<()>;
    /// Countersignatures of a log, in order of place.
    async fn seen(&self, log: LogId) -> Result<Vec<Seen>>;
    /// The newest countersignature of a log by a witness.
    async fn last_seen(&self, log: LogId, by: LogId) -> Result<Option<Seen>>;
    /// Registers a log that somebody other than a device writes (the server itself); idempotent.
    async fn open_log(&self, log: LogId, key: PublicKey, name: &str) -> Result<()>;
    /// Public key under which a log's heads must verify; `None` for an unknown log.
    async fn log_key(&self, log: LogId) -> Result<Option<PublicKey>>;

    /// Goods by place, article, lot, serial and status.
    async fn stock(&self, query: &StockQuery) -> Result<Vec<StockLine>>;
    /// Goods of these products that a hold on a lot, or on every lot, may meet: of the lot in any letter case, and of no
    /// lot. [`Hold::meets_unit`] decides.
    async fn stock_of(&self, products: &[UdiDi], lot: Option<&Lot>) -> Result<Vec<StockLine>>;
    /// Lots and serials ever booked that are one of these texts, in the order of the texts, each with its product and
    /// nothing else, at most `max`; of these products only, or of any when none is given.
    async fn booked_as(&self, products: &[UdiDi], texts: &[String], max: usize) -> Result<Vec<UnitKey>>;
    /// The bytes of a scan that nobody could read, by which its goods are kept.
    async fn unread_scan(&self, raw: Hash) -> Result<Option<Vec<u8>>>;
    /// Where every unit is and everything that happened to it.
    async fn trace(&self, query: &TraceQuery) -> Result<Trace>;
    /// The goods that an event moved, by the record of it that counts; `None` when it is unknown or moved nothing.
    async fn goods_of_event(&self, event: EventId) -> Result<Option<UnitKey>>;
    /// Sealed identities of patients after a number, in order, at most `max`.
    async fn patient_seals(&self, after: u64, max: usize) -> Result<Vec<SealRow>>;
    /// Keeps what the patient-link service made of seals; how many of them there are here. Idempotent.
    async fn keep_patient_tokens(&self, tokens: Vec<TokenRow>) -> Result<u64>;
    /// Open deviations, newest first, at most `max`.
    async fn deviations(&self, max: usize) -> Result<Vec<DeviationRow>>;
    /// Every hold, lifted ones included.
    async fn holds(&self) -> Result<Vec<Hold>>;
    /// Computes the projections anew and compares them with the kept ones.
    async fn rebuild(&self) -> Result<Rebuilt>;

    /// Changes of a topic after a cursor.
    async fn feed(&self, topic: Topic, after: u64, limit: usize) -> Result<FeedPage>;
    /// Adds or replaces articles by number, all or nothing. An identifier may belong to one article only.
    async fn put_articles(&self, articles: Vec<Article>) -> Result<()>;
    /// One article.
    async fn article(&self, no: &ArticleNo) -> Result<Option<Article>>;
    /// The article that has this identifier at any packaging level.
    async fn article_by_di(&self, di: &UdiDi) -> Result<Option<Article>>;
    /// Articles by text and page.
    async fn articles(&self, query: &ArticleQuery) -> Result<Vec<Article>>;
    /// Adds or replaces places by code, all or nothing.
    async fn put_places(&self, places: Vec<Place>) -> Result<()>;
    /// Every place.
    async fn places(&self) -> Result<Vec<Place>>;
    /// One place.
    async fn place(&self, code: &PlaceCode) -> Result<Option<Place>>;
    /// Adds or replaces rules by key, all or nothing.
    async fn put_rules(&self, rules: Vec<Rule>) -> Result<()>;
    /// Takes a rule away; whether it was there.
    async fn remove_rule(&self, key: &str) -> Result<bool>;
    /// Every rule, by key.
    async fn rules(&self) -> Result<Vec<Rule>>;
    /// Adds or replaces announced deliveries by key, all or nothing. Thirty days after one was expected, and was told, it is
    /// taken away.
    async fn put_deliveries(&self, deliveries: Vec<AnnouncedDelivery>) -> Result<()>;
    /// Takes an announced delivery away; whether it was there.
    async fn remove_delivery(&self, key: &str) -> Result<bool>;
    /// Every announced delivery, by key.
    async fn deliveries(&self) -> Result<Vec<AnnouncedDelivery>>;
    /// Adds an order; its number must be free.
    async fn add_order(&self, order: Order) -> Result<()>;
    /// Orders, newest first, with progress; options are filled in only by [`Store::order`].
    async fn orders(&self, query: &OrderQuery) -> Result<Vec<Order>>;
    /// One order with progress and pick options, first expired first out.
    async fn order(&self, no: &OrderNo) -> Result<Option<Order>>;

    /// Adds or replaces a person; the login must not belong to another.
    async fn put_account(&self, account: Account) -> Result<()>;
    /// Changes one thing about a person and leaves the rest as it is by then; `None` when nobody has the id.
    async fn change_account(&self, id: UserId, change: AccountChange) -> Result<Option<Account>>;
    /// A person by login.
    async fn account(&self, login: &str) -> Result<Option<Account>>;
    /// A person by id.
    async fn account_by_id(&self, id: UserId) -> Result<Option<Account>>;
    /// A person who may sign in, if the session they show, which began at that time, has ended neither by itself nor with their
    /// account.
    async fn account_in_session(&self, id: UserId, session: SessionId, since: i64)
    -> Result<Option<Account>>;
    /// Every person.
    async fn users(&self) -> Result<Vec<User>>;
    /// Keeps the hash of a refresh token until it expires (Unix milliseconds).
    async fn keep_refresh(&self, hash: [u8; 32], user: UserId, expires_at: i64) -> Result<()>;
    /// Takes a refresh token out: its owner if it was there and not expired. It can be used once.
    async fn take_refresh(&self, hash: [u8; 32], now: i64) -> Result<Option<UserId>>;
    /// Ends a session at `now`; no token of it is valid after `until` (Unix milliseconds). Idempotent.
    async fn end_session(&self, session: SessionId, until: i64, now: i64) -> Result<()>;
    /// Forgets every refresh token: everybody must sign in anew.
    async fn end_sessions(&self) -> Result<()>;

    /// Notes a read that tells about people. Notes are never changed.
    async fn note_read(&self, read: NewRead) -> Result<()>;
    /// Reads that were noted, newest first.
    async fn reads(&self, query: &AuditQuery) -> Result<Vec<AuditRow>>;

    /// Keeps an enrolment code.
    async fn add_enrolment(&self, code: EnrolmentCode) -> Result<()>;
    /// Uses up an enrolment code and adds the device with its log, in one transaction; `None` when the code is
    /// unknown, used or expired. The same code, key and log again (a retried request) answers the same device
    /// as long as the code is good.
    async fn enrol(&self, code_hash: [u8; 32], device: NewDevice, now: i64) -> Result<Option<Device>>;
    /// Lets a device go on under another key and log: the new one is added and the old one may not sync any more, in one
    /// transaction. Again with the same key and log answers the same device; `None` when it was revoked.
    async fn replace_device(&self, old: DeviceId, new: NewDevice, now: i64) -> Result<Option<Device>>;
    /// One device.
    async fn device(&self, id: DeviceId) -> Result<Option<Device>>;
    /// Every device.
    async fn devices(&self) -> Result<Vec<Device>>;
    /// Notes a heartbeat: clock offset, hold cursor and signed heads the device told.
    async fn heartbeat(&self, device: DeviceId, now: i64, offset: i64, holds: u64) -> Result<()>;
    /// A series of numbers for logistic units that no other log gets, later than `after`. The same again answers the same.
    async fn next_series(
        &self,
        log: LogId,
        prefix: CompanyPrefix,
        after: Option<u32>,
        now: i64,
    ) -> Result<NewSeries>;
    /// Revokes a device, or the one it goes on as after it changed its key: it may not sync any more. Which one it was.
    async fn revoke_device(&self, device: DeviceId, now: i64) -> Result<DeviceId>;

    /// Logs of which records wait in quarantine.
    async fn quarantined(&self) -> Result<Vec<Quarantined>>;
    /// How many records wait in quarantine; what counts by now because another device told it may be among them for seconds.
    async fn quarantine_waits(&self) -> Result<u64>;
    /// Records of a log that wait, in order, from `offset` on, at most `max`; and how many there are in all.
    async fn quarantine_page(&self, log: LogId, offset: usize, max: usize) -> Result<QuarantinePage>;
    /// What was decided about records of a log, newest first.
    async fn quarantine_decided(&self, log: LogId) -> Result<Vec<QuarantineDecided>>;
    /// Takes those in that the decision is about, or rejects them, in one transaction; how many. A conflict when
    /// others wait than were shown. What was rejected does not count under another log either, and what hangs under it alone is not
    /// taken in: it waits on.
    async fn decide_quarantine(&self, log: LogId, decision: QuarantineDecision, now: i64) -> Result<u64>;

    /// Notes that a backup was made and verified: the records up to its heads are covered from now on.
    async fn note_backup(&self, backup: VerifiedBackup) -> Result<()>;
    /// Up to which record of a log a verified backup reaches; 0 = to none. Only that may be forgotten elsewhere.
    async fn covered(&self, log: LogId) -> Result<u64>;
    /// The newest backup that was noted.
    async fn last_backup(&self) -> Result<Option<LastBackup>>;

    /// A setting by name, such as the region's name.
    async fn setting(&self, name: &str) -> Result<Option<String>>;
    /// Sets a setting.
    async fn set_setting(&self, name: &str, value: &str) -> Result<()>;
    /// Records and changes that wait to be written now.
    fn waiting(&self) -> usize;
    /// Whether it can write right now: a committed no-op; for `/ready`.
    async fn ready(&self) -> Result<()>;
}
