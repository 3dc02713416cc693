//! Folds: what the log means for stock, whereabouts, orders and holds.
//!
//! Every fold is a pure function of the *set* of records: late, doubled and re-logged records change nothing but
//! what they add (invariants I2 and I6). Stores persist the output of [`effects`]; [`Books`] is the same fold in
//! memory, small enough to be right by reading, and every store is tested against it.

mod books;
mod deviation;
mod effect;
mod hold;

pub use books::{Books, Counted, StockRow};
pub use deviation::{
    CLOCK_SKEW_LIMIT_MS, Deviation, movement_deviations, roles_for, told_deviation, unit_deviations,
};
pub use effect::{Effects, InUnit, OrderDelta, Progress, Sighting, StockDelta, effects};
pub use hold::hold_of;
