//! GS1 Digital Link URIs: the same identifiers as a web address (GS1 Digital Link Standard: URI Syntax 1.6), without
//! compression.
//!
//! ```text
//! https://example.com/some/path/01/07312345678909/10/LOT?17=281231&lang=sv
//!                               └─ key ─────────┘└ qual ┘ └ attr ─┘└ kept out ┘
//! ```

mod read;
mod text;
mod write;

pub use read::{KeyNames, LinkRules, ShortGtins, from_link, from_misplaced_link, has_key, is_link};
pub use write::to_link;
