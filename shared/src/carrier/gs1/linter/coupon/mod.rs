//! North American coupons: the code (AI 8110) and the offer file reference (AI 8112).
//!
//! Fields follow one another without separators, most of them after a digit that tells their length.

mod code;
mod offer;
mod reader;

pub use code::code;
pub use offer::offer;
