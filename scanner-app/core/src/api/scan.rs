//! What a scan led to.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{ArticleNo, Item};
use sparhund_shared::identity::{PlaceCode, Sscc};
use sparhund_shared::verdict::Judgement;

use super::order::PlaceView;
use super::problem::Problem;
use super::raw::RawScan;
use super::task::{KeptBack, TaskView};

/// The answer to a scan within a task.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ScanView {
    /// What became of it.
    pub outcome: ScanOutcome,
    /// May it go on? Show word, shape, colour, sound and vibration by `judgement.verdict`.
    pub judgement: Judgement,
    /// Base units that were booked by it without a tap; 0 = none. They can be taken back by `undo`.
    #[serde(default)]
    pub booked: u64,
    /// The symbol that was scanned, if one was: whoever asks for help can read out what came.
    #[serde(default)]
    pub raw: Option<RawScan>,
    /// The task afterwards.
    pub task: TaskView,
}

/// A STOP that nobody has acknowledged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StopView {
    /// What was stopped.
    pub outcome: ScanOutcome,
    /// Why.
    pub judgement: Judgement,
    /// The symbol that was scanned, if one was.
    #[serde(default)]
    pub raw: Option<RawScan>,
    /// Scans that were not taken because of it.
    #[serde(default)]
    pub missed: u32,
}

/// What became of a scan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ScanOutcome {
    /// An item lies in the basket.
    InBasket {
        /// Index in the basket.
        entry: usize,
    },
    /// An item was booked without a tap; it lies in no basket any more.
    Booked {
        /// What.
        item: ItemView,
    },
    /// An item was stopped; nothing changed.
    Stopped {
        /// What was scanned.
        item: ItemView,
    },
    /// Nothing was booked: these goods may not leave, and nobody was told of them before. With the next `book` the
    /// rest leaves, if there is any.
    KeptBack {
        /// The goods; never empty.
        goods: Vec<KeptBack>,
    },
    /// An entry was taken out of the basket.
    TakenOut {
        /// What it was.
        item: ItemView,
    },
    /// A place was taken as the place of the task, or was stopped.
    Place {
        /// The place.
        place: PlaceView,
    },
    /// A logistic unit was noted.
    Logistic {
        /// The unit.
        sscc: Sscc,
    },
    /// The symbol belongs to another one (lot or expiry without a product); scan the other symbol too.
    NeedsMore,
    /// Another symbol of the same label had said it all; nothing changed.
    KnownAlready,
    /// Goods receipt: the code is damaged. Scanned once more, it is kept as it is.
    Damaged {
        /// What is wrong with it.
        problem: Problem,
    },
    /// What a person said was taken in.
    Answered,
    /// A wristband was read and sealed; who it names is not known here any more.
    Patient,
    /// It can be read in several ways, and the task has the question as its `choice`.
    Choose,
    /// A line was put into the basket without scanning, as far as nothing stops it.
    Line {
        /// Line number.
        line: u32,
    },
}

/// What was scanned, with what the catalogue says of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ItemView {
    /// The item as it will be written.
    pub item: Item,
    /// Article number.
    pub article: Option<ArticleNo>,
    /// Article name; for unknown articles the identifier, for unread codes a printable form of the code.
    pub name: String,
    /// Base units in one package with this identifier; 1 when not known.
    pub units_per_pack: u32,
}

/// One way to read a symbol.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CandidateView {
    /// A product.
    Item {
        /// The product.
        item: ItemView,
        /// Doubts of the reader as stable words.
        warnings: Vec<String>,
    },
    /// A logistic unit.
    Logistic {
        /// The unit.
        sscc: Sscc,
    },
    /// A place.
    Place {
        /// The place.
        place: PlaceCode,
        /// Its name where the device knows it.
        name: Option<String>,
    },
    /// An asset (GRAI, GIAI).
    Asset {
        /// Its identifier.
        id: String,
    },
    /// Blood, cells or tissue under a donation number of ISBT 128: no device, kept raw.
    Donation,
    /// Lot, serial or dates without a product: part of a label with several symbols.
    Part,
}
