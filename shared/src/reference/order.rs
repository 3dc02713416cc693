//! Orders, their lines, and which lot goes first.

use serde::{Deserialize, Serialize};

use crate::event::{ArticleNo, OrderNo};
use crate::fold::Progress;
use crate::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc};

/// How far an order has come; follows from its lines.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OrderState {
    /// Something is left to pick.
    ToPick,
    /// Everything is picked, something is left to deliver.
    ToShip,
    /// Everything left the store, something is not confirmed.
    ToAccept,
    /// The ward has confirmed everything.
    Done,
}

/// Goods that a line can be picked from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotOption {
    /// Where they stand.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub place: PlaceCode,
    /// Lot.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub lot: Option<Lot>,
    /// Serial.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub serial: Option<Serial>,
    /// Expiry.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expiry: Option<LabelDate>,
    /// Base units that may be taken.
    pub units: i64,
}

/// One line of an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLine {
    /// Line number from 1.
    pub line: u32,
    /// What is wanted.
    pub article: ArticleNo,
    /// Base units wanted.
    pub units: u32,
    /// How far it has come.
    pub progress: Progress,
    /// Goods at hand, first expired first out; only in what goes to devices and in single-order answers.
    #[serde(default)]
    pub options: Vec<LotOption>,
    /// Goods picked for this line that have not left the store, at the dispatch place; only in what goes to devices
    /// and in single-order answers, so that another device than the picker's can deliver them.
    #[serde(default)]
    pub picked: Vec<LotOption>,
    /// Goods of this line on their way to the ward and not confirmed, at the ward's place; only in what goes to
    /// devices and in single-order answers, so that the ward knows what to expect.
    #[serde(default)]
    pub shipped: Vec<LotOption>,
    /// Goods of this line in logistic units, packed and not left or on their way; part of `picked` and `shipped`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packed: Vec<PackedGoods>,
}

/// Goods of an order line in a logistic unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackedGoods {
    /// The unit.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sscc: Sscc,
    /// Lot.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub lot: Option<Lot>,
    /// Serial.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub serial: Option<Serial>,
    /// Base units in it that have not left the store.
    pub waiting: i64,
    /// Base units in it that are on their way.
    pub sent: i64,
}

/// An order from a ward to a store.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// Its number.
    pub no: OrderNo,
    /// Store that delivers; picked goods wait at its dispatch place.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: PlaceCode,
    /// Dispatch place of that store.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub dispatch: PlaceCode,
    /// Ward that ordered.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: PlaceCode,
    /// When it was placed, Unix milliseconds.
    pub placed_at: i64,
    /// Lines.
    pub lines: Vec<OrderLine>,
}

impl Order {
    /// How far the order has come.
    pub fn state(&self) -> OrderState {
        let all = |done: fn(&Progress) -> i64| {
            self.lines
                .iter()
                .all(|line| done(&line.progress) >= i64::from(line.units))
        };
        if all(|progress| progress.accepted) {
            OrderState::Done
        } else if all(|progress| progress.shipped) {
            OrderState::ToAccept
        } else if all(|progress| progress.picked) {
            OrderState::ToShip
        } else {
            OrderState::ToPick
        }
    }
}

/// Sorts goods first expired first out; goods without an expiry date come last, ties by place and lot so that
/// every device suggests the same.
pub fn fefo(options: &mut [LotOption]) {
    options.sort_by(|a, b| {
        let day = |option: &LotOption| option.expiry.as_ref().map(|date| date.last_usable_day());
        let missing_last = |option: &LotOption| (option.expiry.is_none(), day(option));
        missing_last(a)
            .cmp(&missing_last(b))
            .then_with(|| a.place.cmp(&b.place))
            .then_with(|| a.lot.cmp(&b.lot))
            .then_with(|| a.serial.cmp(&b.serial))
    });
}
