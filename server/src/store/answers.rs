//! Questions to the store and their answers.

use std::collections::BTreeMap;

use serde::Serialize;
use sparhund_shared::event::{
    ArticleNo, BizStep, EntryMethod, Hold, OrderLineRef, Product, StockStatus, UnitKey,
};
use sparhund_shared::fold::{Deviation, Sighting};
use sparhund_shared::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc, UdiDi};

use sparhund_shared::log::{EventId, Hash, Head, LogId, PublicKey, UserId};
use sparhund_shared::reference::Article;

use super::told::Told;

/// Which stock.
#[derive(Clone, Default, Debug)]
pub struct StockQuery {
    /// Only this place.
    pub place: Option<PlaceCode>,
    /// Only this article.
    pub article: Option<ArticleNo>,
    /// Only this lot.
    pub lot: Option<Lot>,
    /// Rows to pass over, in the order of the answer (product, lot, serial, place, status).
    pub offset: usize,
    /// Most rows; the caller bounds it.
    pub limit: usize,
}

/// One row of stock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct StockLine {
    /// Goods.
    pub unit: UnitKey,
    /// Article that has the product now.
    pub article: Option<ArticleNo>,
    /// Its name.
    pub name: Option<String>,
    /// Earliest expiry that any label of these goods showed.
    pub expiry: Option<LabelDate>,
    /// Place.
    pub place: PlaceCode,
    /// State.
    pub status: StockStatus,
    /// Base units; negative when the books owe goods.
    pub units: i64,
    /// Whether a hold in force meets them.
    pub held: bool,
}

/// Which goods to trace: a product with lot, serial or both, or a serial or lot alone.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct TraceQuery {
    /// Identifier of any packaging level, or a code nobody could read.
    pub product: Option<Product>,
    /// Lot.
    pub lot: Option<Lot>,
    /// Serial.
    pub serial: Option<Serial>,
}

impl TraceQuery {
    /// The identifier of the product that is asked for.
    pub fn di(&self) -> Option<&UdiDi> {
        match &self.product {
            Some(Product::Di(di)) => Some(di),
            Some(Product::Raw(_)) | None => None,
        }
    }
}

/// The answer to a trace question.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Trace {
    /// Articles the goods belong to.
    pub articles: Vec<Article>,
    /// Where the goods are now; rows in transit and picked included.
    pub now: Vec<StockLine>,
    /// Everything that happened, oldest first.
    pub history: Vec<TraceEvent>,
    /// Where each serial was seen last, by serial.
    pub seen: Vec<LastSeen>,
    /// Every log that tells of it, with its state of proof.
    pub logs: Vec<LogState>,
    /// Holds in force that meet the goods.
    pub holds: Vec<Hold>,
}

impl Trace {
    /// Leaves out which patient each event was for, for whoever may not know it.
    pub fn hide_patients(&mut self) {
        for event in &mut self.history {
            event.patient = None;
        }
    }
}

/// Where a serial was seen last: the latest of its events by `(tick, event)` that was not declared wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct LastSeen {
    /// The goods.
    pub unit: UnitKey,
    /// When, where, and in what state.
    pub sighting: Sighting,
}

impl LastSeen {
    /// Every serial of a history that is ordered by `(tick, event)`.
    pub fn of(history: &[TraceEvent]) -> Vec<Self> {
        let stands = |event: &&TraceEvent| event.unit.serial.is_some() && !event.voided;
        let last: BTreeMap<&UnitKey, &TraceEvent> = history
            .iter()
            .filter(stands)
            .map(|event| (&event.unit, event))
            .collect();
        last.into_iter()
            .map(|(unit, event)| Self {
                unit: unit.clone(),
                sighting: Sighting {
                    tick: event.tick,
                    event: event.event,
                    place: event.to.clone(),
                    status: event.left,
                    step: event.step,
                },
            })
            .collect()
    }
}

/// One event of a trace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct TraceEvent {
    /// The event.
    pub event: EventId,
    /// Logical time, milliseconds.
    pub tick: i64,
    /// Device clock, milliseconds.
    pub at: i64,
    /// What was done.
    pub step: BizStep,
    /// State the goods were left in.
    pub left: StockStatus,
    /// Goods.
    pub unit: UnitKey,
    /// Base units.
    pub units: u32,
    /// From.
    pub from: Option<PlaceCode>,
    /// To.
    pub to: PlaceCode,
    /// Supplier, when the goods came from outside.
    pub supplier: Option<String>,
    /// Order line.
    pub order: Option<OrderLineRef>,
    /// Who.
    pub user: UserId,
    /// Name of that person now.
    pub user_name: Option<String>,
    /// How it was captured.
    pub entry: EntryMethod,
    /// Expiry on the label that was scanned then.
    pub expiry: Option<LabelDate>,
    /// How the scanner wrote (`keys=… gs=… aim=…`); `None` = nobody calibrated it, or none was used.
    pub scanner: Option<String>,
    /// What the person was warned of and went past, as stable words (`lenient-reading`).
    pub seen: Vec<String>,
    /// Log that tells it.
    pub log: LogId,
    /// Place in that log.
    pub seq: u64,
    /// Whether a later event declared it wrong.
    pub voided: bool,
    /// Logistic unit it was done in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub sscc: Option<Sscc>,
    /// What else it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// Token of the patient, for quality officers; who that is, only the patient-link service tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<Hash>,
}

impl TraceEvent {
    /// Who did it, for a file: by name, or by id when nobody is known under it any more.
    pub fn by(&self) -> String {
        self.user_name.clone().unwrap_or_else(|| self.user.to_string())
    }
}

/// Most gaps, and forks, of one log that are told: the lowest. Each further upload of a log that is torn looks at all of them.
pub const MOST_TOLD: u64 = 200;

/// A log and how far it is proven.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct LogState {
    /// The log.
    pub log: LogId,
    /// Name of its writer.
    pub writer: String,
    /// Key of its heads.
    pub key: PublicKey,
    /// Highest record without a hole.
    pub head: Head,
    /// Highest record held, beyond holes.
    pub last: u64,
    /// Highest sequence number covered by a signed head that verified.
    pub signed: u64,
    /// Records missing below `last`; of more than 200 gaps, those of the lowest.
    pub missing: u64,
    /// Places with two different records.
    pub forks: u64,
}

/// A record as stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredRecord {
    /// Its place.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// Its canonical bytes.
    pub bytes: Vec<u8>,
}

/// An open deviation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct DeviationRow {
    /// What does not add up.
    pub deviation: Deviation,
    /// When it was first seen, Unix milliseconds.
    pub found_at: i64,
}

/// Which articles.
#[derive(Clone, Default, Debug)]
pub struct ArticleQuery {
    /// Part of number, name, reference or a whole identifier code; empty = all.
    pub text: String,
    /// Rows to pass over.
    pub offset: usize,
    /// Most rows.
    pub limit: usize,
}

/// Which orders, newest first.
#[derive(Clone, Debug)]
pub struct OrderQuery {
    /// Only those that are not done.
    pub open: bool,
    /// Rows to pass over.
    pub offset: usize,
    /// Most rows.
    pub limit: usize,
}

impl OrderQuery {
    /// Every order that is not done.
    pub fn open() -> Self {
        Self {
            open: true,
            offset: 0,
            limit: usize::MAX,
        }
    }
}

/// What a rebuild found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, utoipa::ToSchema)]
pub struct Rebuilt {
    /// Records read.
    pub records: u64,
    /// Tables with the number of rows that differed from what was kept.
    pub tables: Vec<(String, u64)>,
}
