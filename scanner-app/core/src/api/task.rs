//! Tasks: what somebody is doing.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{OrderNo, ReasonCode};
use sparhund_shared::identity::{LabelDate, Lot, Serial, Sscc};
use sparhund_shared::log::{EventId, HoldId};
use sparhund_shared::verdict::Judgement;

use super::deed::{DeedKind, DeedView, Prompt};
use super::implant::ImplantCard;
use super::order::{OrderCard, PlaceView, Standing, TaskLine};
use super::raw::RawScan;
use super::receipt::{DeliveryCard, Mark, ReceiptView};
use super::scan::{CandidateView, ItemView, StopView};
use super::status::StatusView;

/// What there is to do, by the roles of the person signed in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TasksView {
    /// Whether goods may be received.
    pub receive: bool,
    /// Announced deliveries that are awaited, soonest first; for those who receive.
    #[serde(default)]
    pub announced: Vec<DeliveryCard>,
    /// Orders with something left to pick.
    pub to_pick: Vec<OrderCard>,
    /// Orders with picked goods that lie in no logistic unit yet.
    #[serde(default)]
    pub to_pack: Vec<OrderCard>,
    /// Orders with picked goods that have not left.
    pub to_deliver: Vec<OrderCard>,
    /// Orders with goods on their way to a ward.
    pub to_confirm: Vec<OrderCard>,
    /// Picked goods that wait to leave and no longer may: somebody fetches them and sets them aside.
    #[serde(default)]
    pub stranded: Vec<Stranded>,
    /// Deeds that may be done.
    #[serde(default)]
    pub deeds: Vec<DeedKind>,
    /// Holds whose goods may stand at places that nobody searched.
    #[serde(default)]
    pub hunts: Vec<HuntCard>,
    /// Cards of the implants that were recorded here today, the latest first; for those who implant.
    #[serde(default)]
    pub cards: Vec<ImplantCard>,
    /// Tasks with something in the basket, or left in the middle.
    pub open: Vec<TaskKind>,
    /// State of the device.
    pub status: StatusView,
}

/// A hold whose goods are looked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HuntCard {
    /// The hold.
    pub hold: HoldId,
    /// Its reason and reference.
    pub reason: String,
    /// Places to search.
    pub places: u32,
    /// Of those, searched.
    pub done: u32,
}

/// Which task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum TaskKind {
    /// Goods receipt.
    Receive {
        /// Who the goods come from.
        supplier: String,
        /// Delivery note or purchase order.
        reference: Option<String>,
    },
    /// Picking for an order.
    Pick {
        /// The order.
        order: OrderNo,
    },
    /// Delivery of an order.
    Deliver {
        /// The order.
        order: OrderNo,
    },
    /// Ward receipt of an order.
    Confirm {
        /// The order.
        order: OrderNo,
    },
    /// Work that no order asks for.
    Deed {
        /// Which.
        kind: DeedKind,
    },
}

/// A task in the middle of the work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskView {
    /// Which.
    pub kind: TaskKind,
    /// Pick, deliver, confirm: the ward that ordered.
    pub ward: Option<PlaceView>,
    /// Receive: where the goods are put. Pick: bin that was scanned. Deliver: the ward, once its label was scanned.
    pub place: Option<PlaceView>,
    /// Deliver: logistic unit the goods travel in.
    pub sscc: Option<Sscc>,
    /// Lines in the order to walk them; empty for a goods receipt.
    pub lines: Vec<TaskLine>,
    /// Scanned and not booked yet.
    pub basket: Vec<BasketEntry>,
    /// A label that was read in part; another symbol of it is awaited, or was for too long. Nothing is booked before
    /// it is whole or given up.
    pub open: Option<OpenScan>,
    /// The readings of a code that can be read in several ways. A person answers with `choose_reading` or gives it up,
    /// and nothing else is scanned or booked before.
    #[serde(default)]
    pub choice: Option<Vec<CandidateView>>,
    /// The code that can be read so.
    #[serde(default)]
    pub choice_raw: Option<RawScan>,
    /// Whether `book` can be done now.
    pub can_book: bool,
    /// The last booking, while it can be taken back.
    pub undo: Option<UndoView>,
    /// A STOP that stands until `acknowledge_stop` or a further step of the task; survives restarts.
    #[serde(default)]
    pub stop: Option<StopView>,
    /// A deed: what it waits for.
    #[serde(default)]
    pub prompt: Option<Prompt>,
    /// A deed: what it has beside the basket.
    #[serde(default)]
    pub deed: Option<DeedView>,
    /// Pick: going past a rule with a reason, for whoever may.
    #[serde(default)]
    pub excuse: Option<ExcuseView>,
    /// Receive: what was announced, what came, and what is to be answered.
    #[serde(default)]
    pub receipt: Option<ReceiptView>,
    /// How far the whole task is; a goods receipt has no end of its own and stays `Todo`.
    pub standing: Standing,
}

/// Going past a rule with a reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExcuseView {
    /// Reasons to choose from, in the order to show them.
    pub reasons: Vec<ReasonCode>,
    /// The one that was said; it holds until the basket is booked.
    pub said: Option<ReasonCode>,
}

/// A label of which one symbol was read, and not yet the one with the product.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenScan {
    /// Lot.
    pub lot: Option<Lot>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Expiry or best before.
    pub expiry: Option<LabelDate>,
    /// Until when the other symbol joins, device clock; later all of the label is scanned anew.
    pub until: i64,
}

/// Something scanned and not booked yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BasketEntry {
    /// What.
    pub item: ItemView,
    /// Order line it is for.
    pub line: Option<u32>,
    /// Packages.
    pub packs: u32,
    /// Base units.
    pub units: u32,
    /// Pick: the one place it is booked from; `None` when there are several or none yet. Confirm: nothing.
    pub place: Option<PlaceView>,
    /// Pick: every place it is booked from, just as booking will write it.
    #[serde(default)]
    pub from: Vec<TakenFrom>,
    /// Whether nobody scanned it: it was confirmed as it was told.
    #[serde(default)]
    pub told: bool,
    /// Receive: goods of it that are not as they should be.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// Verdict by what the device knows now. STOP when goods in the basket may no longer go on: a hold came, a day
    /// passed, or somebody else was first.
    pub judgement: Judgement,
}

/// Goods taken from one place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TakenFrom {
    /// The place.
    pub place: PlaceView,
    /// Base units.
    pub units: i64,
}

/// The last booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UndoView {
    /// Number of events in it.
    pub events: u32,
    /// Base units in it.
    #[serde(default)]
    pub units: u64,
    /// Device clock until which it can be taken back.
    pub until: i64,
}

/// Goods that were to leave and may not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptBack {
    /// What.
    pub item: ItemView,
    /// Base units.
    pub units: i64,
    /// Why: a STOP.
    pub judgement: Judgement,
}

/// Goods that were picked and no longer may leave.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stranded {
    /// Order they were picked for.
    pub order: OrderNo,
    /// Where they wait.
    pub place: PlaceView,
    /// What, how many and why.
    pub goods: KeptBack,
}

/// A booking was taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Undone {
    /// The counter-events, in order.
    pub events: Vec<EventId>,
    /// The task afterwards.
    pub task: TaskView,
    /// State of the device afterwards.
    pub status: StatusView,
}

/// Events were written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Booked {
    /// The events, in order.
    pub events: Vec<EventId>,
    /// Base units in all.
    pub units: u64,
    /// Deliver: goods that may not leave and stay where they are; a STOP told of them before.
    pub kept_back: Vec<KeptBack>,
    /// The task afterwards.
    pub task: TaskView,
    /// State of the device afterwards.
    pub status: StatusView,
}
