//! What the trace page says, apart from how it looks: pure functions from the store's answer to figures, flow and
//! files.

mod drawing;
mod export;
mod flow;
mod look_alike;
mod question;
mod sums;

pub use drawing::draw;
pub use export::{events_csv, units_csv};
pub use flow::{Edge, Flow, Node, NodeKey, flow};
pub use look_alike::look_alikes;
pub use question::{Doubt, Goods, Question, read_question, unread};
pub use sums::{Sums, Whereabout, whereabouts};
