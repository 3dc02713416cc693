//! What servers of one region exchange: logs of any writer, and reference data with the version each row has.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sparhund_shared::log::{Hash, Head, Incarnation, LogId, PublicKey, SignedHead, UserId};
use uuid::Uuid;

use super::Result;
use super::rebase::rebase;

/// A page of rows ends when it is larger; it holds one in any case.
pub const PAGE_BYTES: usize = 1 << 20;

/// Who writes a log. A device has fewer rights than a server: it sets and lifts no hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogKind {
    /// A server, for what is done at its console.
    Server,
    /// A handheld.
    Device,
}

/// A log as another server must know it to check its records.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LogIntro {
    /// The log.
    pub log: LogId,
    /// Key of its heads.
    pub key: PublicKey,
    /// Who writes it.
    pub kind: LogKind,
    /// Name of its writer.
    pub name: String,
}

/// A log and what of it is held: equal `records` and `sum` mean the same set of records (up to a collision).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LogSum {
    /// Which log.
    #[serde(flatten)]
    pub intro: LogIntro,
    /// Records held, forks included.
    pub records: u64,
    /// Wrapping sum of the first eight bytes of each record's hash.
    pub sum: i64,
    /// Up to which record a verified backup of the central server reaches; 0 = to none.
    pub covered: u64,
}

/// A table of reference data that servers exchange.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// An article, by number.
    Article,
    /// A place, by code.
    Place,
    /// A person with the hash of their password, by id.
    Account,
    /// An order as it was placed, by number. How far it has come follows from the records.
    Order,
    /// A rule, by its key.
    Rule,
    /// An announced delivery, by its key.
    Delivery,
    /// A [`Conflict`], by id.
    Conflict,
}

impl RowKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Article,
        Self::Place,
        Self::Account,
        Self::Order,
        Self::Rule,
        Self::Delivery,
        Self::Conflict,
    ];

    /// Stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Place => "place",
            Self::Account => "account",
            Self::Order => "order",
            Self::Rule => "rule",
            Self::Delivery => "delivery",
            Self::Conflict => "conflict",
        }
    }

    /// The table of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Beginnings of the keys of rules that planners set. The others are for administrators.
const RULES_OF_PLANNERS: [&str; 3] = ["stock ", "sampling ", "count-limit"];

/// Whether only administrators decide about a row: accounts, and rules about machines and keys.
pub fn is_for_admins(kind: RowKind, key: &str) -> bool {
    match kind {
        RowKind::Account => true,
        RowKind::Rule => !RULES_OF_PLANNERS.iter().any(|planners| key.starts_with(planners)),
        RowKind::Article | RowKind::Place | RowKind::Order | RowKind::Delivery | RowKind::Conflict => false,
    }
}

/// One row of reference data as it stands at a server.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SharedRow {
    /// Table.
    pub kind: RowKind,
    /// Key within it.
    pub key: String,
    /// Place of its latest change in the order of changes at that server.
    pub rev: u64,
    /// Hash of kind, key and body.
    pub version: Hash,
    /// The version the central server is known to have; `None` = none.
    pub base: Option<Hash>,
    /// When it was changed, by the clock of the server where that was done, Unix milliseconds.
    pub changed_at: i64,
    /// The row; `{"gone": key}` where it was taken away.
    pub body: Value,
}

/// What the central server did with a row that a site offered.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    /// It has this version now.
    Taken,
    /// It was changed here too since the site heard of it: this stands, and the offer is kept as a [`Conflict`].
    Lost(Box<SharedRow>),
    /// It cannot stand beside what is here, such as a sign-in name that another person has: kept as a [`Conflict`].
    Refused,
}

/// How a site takes a row of the central server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Take {
    /// One that cannot stand beside what is here may when others have come: nothing is noted.
    First,
    /// All have come: one that cannot stand is kept as a [`Conflict`].
    Last,
    /// The same, and the version here was offered and lost: it gives way.
    Instead(Hash),
}

/// What became of a row of the central server at a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TakenRow {
    /// It stands here now, or did.
    Here,
    /// It was changed here since: that is offered to the central server, which decides.
    Newer,
    /// It cannot stand beside what is here.
    Refused,
}

/// How a conflict was resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConflictChoice {
    /// What stands goes on standing.
    Standing,
    /// The other one stands now.
    Other,
}

/// Who resolved a conflict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Resolution {
    /// What they chose.
    pub choice: ConflictChoice,
    /// Who.
    pub by: UserId,
    /// When, Unix milliseconds.
    pub at: i64,
}

/// Conflicts by who may know of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConflictsAbout {
    /// What administrators decide, accounts first of all: what people may do, and whether they may sign in.
    People,
    /// Everything else.
    Goods,
}

/// A row that was changed at two servers which did not reach each other. Both changes are kept until a person chooses.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Conflict {
    /// The same for the same change, however often it is told; another one to the same content has another.
    pub id: String,
    /// Table.
    pub kind: RowKind,
    /// Key within it.
    pub key: String,
    /// The row that stood when they met, or when somebody who chose was shown that it had changed; `None` = none.
    pub standing: Option<Value>,
    /// The one that lost.
    pub other: Value,
    /// Of an account: what stands until somebody chooses, as far as it differs from `standing`, which is what to go back to then.
    /// Nobody may do what one of the two does not allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meet: Option<Value>,
    /// Server that the lost one comes from.
    pub from: String,
    /// Why it could not stand, when it was not for another change of the same row.
    #[serde(default)]
    pub why: Option<String>,
    /// When they met, Unix milliseconds.
    pub found_at: i64,
    /// What a person chose; `None` = nothing yet.
    #[serde(default)]
    pub resolved: Option<Resolution>,
}

impl Conflict {
    /// Who may know of it.
    pub fn about(&self) -> ConflictsAbout {
        if is_for_admins(self.kind, &self.key) {
            ConflictsAbout::People
        } else {
            ConflictsAbout::Goods
        }
    }

    /// What stands while it is open, if nobody changed it since.
    pub fn stands(&self) -> Option<&Value> {
        self.meet.as_ref().or(self.standing.as_ref())
    }

    /// Mark of what a person who looks at it sees: they choose about that.
    pub fn face(&self) -> Hash {
        let seen = serde_json::json!([self.standing, self.other, self.meet, self.why]);
        Hash::of("sparhund/conflict-face/1", seen.to_string().as_bytes())
    }

    /// Whether what stands can be kept. Of a row that had no room something must stand where it was refused, to take its place
    /// where it is; the central server's own row has nothing to give way to.
    pub fn keepable(&self) -> bool {
        self.why.is_none() || self.standing.is_some() && self.from != CENTRAL_WRITER
    }

    /// Shows what stands now. Where that is a meet, what to go back to is not lost by it: it gets what was changed since.
    pub fn show(&mut self, now: Option<Value>) {
        match (self.meet.take(), &mut self.standing, now) {
            (Some(met), Some(standing), Some(now)) => {
                rebase(standing, &met, &now);
                self.meet = (now != *standing).then_some(now);
            }
            (_, standing, now) => *standing = now,
        }
    }
}

/// A site's server, as the central one knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct JoinedSite {
    /// Identity.
    #[schema(value_type = String)]
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// The log its server writes; `None` until it was heard.
    pub log: Option<LogId>,
    /// When it joined, Unix milliseconds; `None` = its code has not been used.
    pub joined_at: Option<i64>,
    /// When it was shut out, Unix milliseconds.
    pub revoked_at: Option<i64>,
    /// When it was last heard, Unix milliseconds.
    pub seen_at: Option<i64>,
    /// Its clock minus this server's, milliseconds.
    pub offset: Option<i64>,
    /// How many records at least one of the two had and the other had not, when it was last heard; 0 = both had the same.
    pub behind: Option<u64>,
}

/// Name of the central server's log at a site, and of whom a row came from that had no room there. No site is called so.
pub const CENTRAL_WRITER: &str = "central";

/// Setting that says that this server is a site's: the address of the central one.
pub const CENTRAL_SETTING: &str = "central";

/// A site that may join, by a one-time code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSite {
    /// Identity.
    pub id: Uuid,
    /// Name; that of a site that has joined and was not shut out is refused.
    pub name: String,
    /// SHA-256 of the normalised code.
    pub code: [u8; 32],
    /// Until when it can be used, Unix milliseconds.
    pub code_until: i64,
}

/// What is told of a site when it is heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SiteHeard {
    /// The log it writes; `None` = it is not known to be its own.
    pub log: Option<LogId>,
    /// Its clock minus this server's, milliseconds.
    pub offset: i64,
    /// Records that one of the two has and the other has not; `None` = not compared.
    pub behind: Option<u64>,
    /// This server's clock, Unix milliseconds.
    pub now: i64,
}

/// How far a site has come in the changes of the central server's reference data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CentralCursor {
    /// Which life of the central server's database.
    pub incarnation: Incarnation,
    /// [`SharedRow::rev`] up to which everything was taken.
    pub rev: u64,
}

/// The part of the store by which servers exchange what they have.
#[async_trait]
pub trait Islands {
    /// Logs with what is held of them, by id, after one, at most `max`.
    async fn log_sums(&self, after: Option<LogId>, max: usize) -> Result<Vec<LogSum>>;
    /// Registers logs of other servers; idempotent. A log that is known under another key is refused.
    async fn introduce(&self, logs: Vec<LogIntro>) -> Result<()>;
    /// Who writes a log; `None` for an unknown one.
    async fn log_kind(&self, log: LogId) -> Result<Option<LogKind>>;
    /// Records that others held here name as their predecessors and that are missing, at most `max`.
    async fn wanted(&self, log: LogId, max: usize) -> Result<Vec<Head>>;
    /// Which of these records are not held.
    async fn lacking(&self, records: Vec<Head>) -> Result<Vec<Head>>;
    /// Signed heads of a log after one of them, by place and hash, at most `max`.
    async fn signed_heads_after(&self, after: Head, max: usize) -> Result<Vec<SignedHead>>;
    /// Records of a chain from one downwards, the highest first, at most `max`; ends before `until` and where one is missing, and
    /// before it has more than 1 MiB, but not before the first.
    async fn chain(&self, from: Head, until: Head, max: usize) -> Result<Vec<Vec<u8>>>;
    /// Notes how far the central server's verified backups reach: from then on that is what [`super::Store::covered`] tells.
    async fn know_covered(&self, covered: Vec<Head>) -> Result<()>;

    /// Reference data in the order of its changes after a place in it, at most `max` and about [`PAGE_BYTES`].
    async fn rows_after(&self, rev: u64, max: usize) -> Result<Vec<SharedRow>>;
    /// Rows after a place that the central server does not have as they are here, bounded in the same way.
    async fn rows_to_offer(&self, rev: u64, max: usize) -> Result<Vec<SharedRow>>;
    /// Number and wrapping sum of the versions of all rows.
    async fn rows_sum(&self) -> Result<(u64, i64)>;
    /// At the central server: takes a row of a site, or keeps it as a conflict.
    async fn offer_row(&self, row: SharedRow, from: &str, now: i64) -> Result<Offered>;
    /// At a site: takes a row of the central server unless it was changed here.
    async fn take_row(&self, row: SharedRow, how: Take, now: i64) -> Result<TakenRow>;
    /// At a site: the central server has this version.
    async fn agree_row(&self, kind: RowKind, key: &str, version: Hash) -> Result<()>;
    /// At a site: how far it has come. Another life of the central server is begun from 0, and nothing is taken to be known there.
    async fn central_cursor(&self, incarnation: Incarnation) -> Result<CentralCursor>;
    /// At a site: notes how far it has come.
    async fn keep_central_cursor(&self, cursor: CentralCursor) -> Result<()>;

    /// Conflicts, the open ones first, newest first, at most `max`.
    async fn conflicts(&self, about: ConflictsAbout, max: usize) -> Result<Vec<Conflict>>;
    /// One of them.
    async fn conflict(&self, id: &str) -> Result<Option<Conflict>>;
    /// How many are open.
    async fn open_conflicts(&self, about: ConflictsAbout) -> Result<u64>;
    /// Resolves one whose [`Conflict::face`] was shown. `None` when there is none; one that is resolved stays so. At the central
    /// server what is chosen stands; at a site the choice is noted, and done where the conflict arrives. One that has another face,
    /// or whose row was changed since, comes back unresolved, with what stands now.
    async fn resolve_conflict(&self, id: &str, choice: Resolution, shown: Hash) -> Result<Option<Conflict>>;

    /// Lets a site join by a code. One of that name whose code was not used gives way to it, one that was shut out gets another name.
    /// Refused on the server of a site.
    async fn add_site(&self, site: NewSite) -> Result<()>;
    /// Uses up a code, and makes the log of the site's server known under the site's name; `None` when it is unknown, used or too old.
    /// The same code and log again (a retried request) answer the same site as long as the code is good. A log that another site
    /// writes, which was not shut out, is refused, and the code is as it was.
    async fn join_site(&self, code: [u8; 32], log: LogIntro, now: i64) -> Result<Option<JoinedSite>>;
    /// One site.
    async fn site(&self, id: Uuid) -> Result<Option<JoinedSite>>;
    /// Every site, by name.
    async fn sites(&self) -> Result<Vec<JoinedSite>>;
    /// Notes that a site was heard.
    async fn hear_site(&self, id: Uuid, heard: SiteHeard) -> Result<()>;
    /// Shuts a site out; what came from it stays.
    async fn revoke_site(&self, id: Uuid, now: i64) -> Result<()>;
}
