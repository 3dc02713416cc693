//! Orders and places as a person at work sees them.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{ArticleNo, OrderNo};
use sparhund_shared::identity::{LabelDate, Lot, PlaceCode, Serial};
use sparhund_shared::reference::{OrderState, PlaceKind};
use sparhund_shared::verdict::Judgement;

/// A place with its name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlaceView {
    /// Identity.
    pub code: PlaceCode,
    /// Name as staff know it; the code when the device does not know the place.
    pub name: String,
    /// What it is for; `None` when the device does not know the place.
    pub kind: Option<PlaceKind>,
}

/// An order in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderCard {
    /// Its number.
    pub no: OrderNo,
    /// How far it has come, this device's unsent work included.
    pub state: OrderState,
    /// Ward that ordered.
    pub to: PlaceView,
    /// When it was placed, Unix milliseconds.
    pub placed_at: i64,
    /// Number of lines.
    pub lines: u32,
    /// How far it has come in base units, all lines together.
    pub progress: LineProgress,
}

/// Base units wanted and done, this device's unsent work included.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct LineProgress {
    /// Wanted.
    pub wanted: i64,
    /// Taken from the shelf.
    pub picked: i64,
    /// Left the store.
    pub shipped: i64,
    /// Confirmed by the ward.
    pub accepted: i64,
}

/// A line of the task at hand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskLine {
    /// Line number from 1.
    pub line: u32,
    /// Article.
    pub article: ArticleNo,
    /// Its name; the number when the device does not know the article.
    pub name: String,
    /// Manufacturer's reference, for the eye.
    pub reference: Option<String>,
    /// How far it has come.
    pub progress: LineProgress,
    /// Base units of it in the basket.
    pub in_basket: i64,
    /// Base units left to do in this task, the basket taken off.
    pub left: i64,
    /// Deliver and confirm: of those, base units that nothing stops; `left` for other tasks.
    pub may_go: i64,
    /// Whether there is something to do now, and if not, whether that is because all of it is done.
    pub standing: Standing,
    /// Pick: what to take next, first expired first out.
    pub suggestion: Option<Suggestion>,
    /// Deliver and confirm: what is expected, by lot and serial. Pick: what was picked and may no longer leave.
    pub units: Vec<UnitView>,
}

/// Where a line, or the whole task, stands; the least far first. A person who reads "done" must be able to leave.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Something is left to do in this task, or lies in the basket.
    Todo,
    /// Nothing can be done now: the rest of what is wanted has not been picked, or not been sent, yet.
    Waiting,
    /// All that is wanted has come through this task.
    Complete,
}

/// What to take next and where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Suggestion {
    /// Where it stands.
    pub place: PlaceView,
    /// Lot.
    pub lot: Option<Lot>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Expiry.
    pub expiry: Option<LabelDate>,
    /// Base units there, this device's unsent work taken off.
    pub units: i64,
}

/// Goods that are picked or on their way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitView {
    /// Lot.
    pub lot: Option<Lot>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Expiry.
    pub expiry: Option<LabelDate>,
    /// Base units.
    pub units: i64,
    /// Whether they may go on: held and expired goods stay.
    pub judgement: Judgement,
}
