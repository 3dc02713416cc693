//! Deeds: work that no order asks for, one small flow each.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{DeliveryNo, OrderNo, ReasonCode, StockStatus};
use sparhund_shared::identity::{LabelDate, Lot, Serial, Sscc};
use sparhund_shared::log::HoldId;

use super::implant::ImplantCard;
use super::order::PlaceView;
use super::person::Hidden;
use super::raw::RawScan;
use super::scan::ItemView;
use super::way::Way;

/// Which deed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum DeedKind {
    /// Inlagring: from where goods were received to their shelf, and from shelf to shelf.
    Store,
    /// Påfyllning: shelves below their minimum are filled from the buffer.
    Replenish,
    /// Uttag: goods are taken into use at a ward.
    Use,
    /// Implantera: devices are implanted in a patient.
    Implant,
    /// Retur: goods are to go back and wait for a decision.
    Return,
    /// Kassation.
    Discard,
    /// Karantän: goods are set aside.
    SetAside,
    /// Häv karantän: quality decides where goods that were set aside go.
    Release,
    /// Hjälpmedel: one aid at a time goes on by its state.
    Aid,
    /// Inventering: what stands at a place is counted, without being told what the book has.
    Count,
    /// Packning: picked goods of an order are put into a logistic unit.
    Pack {
        /// The order.
        order: OrderNo,
    },
    /// Lastning och körning: logistic units are scanned onto a vehicle, and off it at the stop of each.
    Load,
    /// Avdelningsmottagning: a logistic unit is confirmed as it was packed, or what differs is told.
    Accept,
    /// Hitta och spärra: the places that may have goods of a hold are searched.
    Hunt {
        /// The hold.
        hold: HoldId,
    },
}

impl DeedKind {
    /// Stable word, also the key of its words: `deed-<word>`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Replenish => "replenish",
            Self::Use => "use",
            Self::Implant => "implant",
            Self::Return => "return",
            Self::Discard => "discard",
            Self::SetAside => "set-aside",
            Self::Release => "release",
            Self::Aid => "aid",
            Self::Count => "count",
            Self::Pack { .. } => "pack",
            Self::Load => "load",
            Self::Accept => "accept",
            Self::Hunt { .. } => "hunt",
        }
    }
}

/// What a deed waits for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "prompt", rename_all = "snake_case")]
pub enum Prompt {
    /// The label of the place the goods are at, or are taken from.
    ScanFrom,
    /// The label of the place the goods are put in.
    ScanTo,
    /// Goods.
    ScanGoods,
    /// The label of a logistic unit.
    ScanUnit,
    /// One of these reasons.
    Reason {
        /// In the order to show them.
        reasons: Vec<ReasonCode>,
    },
    /// The wristband of the patient.
    ScanPatient,
    /// A person decides where the goods go.
    Choose {
        /// The ways that are open, in the order to show them.
        ways: Vec<Way>,
    },
    /// Nothing more: it can be booked.
    Book,
}

/// What a person says beside scanning.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Why.
    Reason {
        /// The reason; `None` takes it back.
        reason: Option<ReasonCode>,
    },
    /// A few words; empty takes them back.
    Note {
        /// The words.
        text: String,
    },
    /// A wristband; a scan of it does the same.
    Patient {
        /// Its bytes; never stored as they are.
        raw: Hidden<RawScan>,
    },
    /// Where the goods go; `None` takes it back.
    Way {
        /// The way.
        way: Option<Way>,
    },
    /// It was the wristband of somebody else.
    NoPatient,
    /// Nothing of it is here.
    NoneFound,
    /// A logistic unit that has no printed label yet: it gets a number of this device's.
    NewUnit,
    /// Everything that is expected lies here.
    AllThere,
    /// Goods that are expected differ.
    Differs {
        /// Which of those expected, from 0.
        goods: usize,
        /// How.
        reason: ReasonCode,
        /// Base units; 0 takes it back.
        units: u32,
    },
}

/// A deed in the middle of the work, beside what every task has.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct DeedView {
    /// Where the goods are taken from.
    pub from: Option<PlaceView>,
    /// What was said.
    pub reason: Option<ReasonCode>,
    /// More words.
    pub note: Option<String>,
    /// Whether a patient is linked; who it is, nobody here knows any more.
    pub patient: bool,
    /// The way that was chosen.
    #[serde(default)]
    pub way: Option<Way>,
    /// State the goods are in.
    #[serde(default)]
    pub state: Option<StockStatus>,
    /// Places to go to, best first.
    pub hints: Vec<PlaceHint>,
    /// Order it is done for.
    pub order: Option<OrderNo>,
    /// Hold it is done for, by its reason and reference.
    pub hold: Option<String>,
    /// Whether "none found" can be said.
    pub may_be_none: bool,
    /// Route it is done for.
    pub route: Option<DeliveryNo>,
    /// Goods that are to be scanned.
    #[serde(default)]
    pub expected: Vec<ExpectedGoods>,
    /// Logistic units, the newest first.
    #[serde(default)]
    pub units: Vec<UnitCard>,
    /// What can be said by a tap: [`Answer::NewUnit`], [`Answer::AllThere`].
    #[serde(default)]
    pub offers: Vec<Answer>,
    /// Cards of the last booking, while its task is open.
    #[serde(default)]
    pub cards: Vec<ImplantCard>,
}

/// Goods that are to be scanned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExpectedGoods {
    /// What.
    pub item: ItemView,
    /// Base units in all.
    pub units: i64,
    /// Base units in the basket.
    pub in_basket: i64,
    /// What was said to differ.
    #[serde(default)]
    pub differs: Vec<Differs>,
    /// How it can differ; empty where nothing is said of that.
    #[serde(default)]
    pub may_differ: Vec<ReasonCode>,
}

/// Goods that differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Differs {
    /// How.
    pub reason: ReasonCode,
    /// Base units.
    pub units: u32,
}

/// A logistic unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitCard {
    /// Its number.
    pub sscc: Sscc,
    /// Ward it is for.
    pub to: PlaceView,
    /// Order its goods were picked for.
    pub order: OrderNo,
    /// Base units in it.
    pub units: i64,
    /// Whether it is where it should be.
    pub done: bool,
    /// How far its label is; `None` = nothing is known of one.
    #[serde(default)]
    pub label: Option<LabelState>,
}

/// How far a label is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelState {
    /// It waits for the network, or for somebody to set up a printer.
    Waiting,
    /// The printer did not take it; it is tried again.
    Failed,
    /// A printer took it.
    Printed,
}

/// A place to go to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlaceHint {
    /// The place.
    pub place: PlaceView,
    /// Which goods, when they are not those at hand.
    #[serde(default)]
    pub name: Option<String>,
    /// Base units of the goods at hand that stand there.
    pub units: i64,
    /// Their lot, where it tells.
    pub lot: Option<Lot>,
    /// Their serial.
    pub serial: Option<Serial>,
    /// When they expire.
    pub expiry: Option<LabelDate>,
    /// Why to go there.
    pub why: HintReason,
    /// Whether somebody was there for it already.
    pub done: bool,
}

/// Why a place is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HintReason {
    /// The same lot stands there.
    SameLot,
    /// The same article stands there.
    SameArticle,
    /// The article is kept there by rule.
    ByRule,
    /// Goods stand there, by the book.
    InBook,
    /// Goods may stand there: what was taken was not told by lot.
    Perhaps,
    /// Somebody else counted there otherwise than the book has it.
    ToCheck,
    /// Logistic units on the vehicle are for it; their number stands for the base units.
    Stop,
}
