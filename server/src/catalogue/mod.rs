//! The catalogue comes in from files: articles, places and rules as CSV, devices as EUDAMED
//! publishes them, announced deliveries as CSV and as Peppol sends them.
//!
//! Reading is pure and never stops at a bad line: what cannot be used is listed with its line and reason, the rest
//! goes in. [`load_articles`] and [`load_places`] write in batches, each one transaction.

mod articles_csv;
mod cell;
mod claims;
mod clean;
mod despatch;
mod despatch_csv;
mod despatch_ubl;
mod eudamed;
mod load;
mod places_csv;
mod registrations;
mod report;
mod rule_check;
mod rules_csv;
mod table;

pub use articles_csv::{ARTICLE_COLUMNS, read_articles};
pub use despatch::{DespatchError, Despatched, ImportError, MOST_BYTES, looks_like_xml, read_despatch};
pub use despatch_csv::DESPATCH_COLUMNS;
pub use eudamed::read_eudamed;
pub use load::{LoadError, Loaded, load_articles, load_places, load_rules};
pub use places_csv::{PLACE_COLUMNS, read_places};
pub use report::{FileError, Reading, Remark, Sourced};
pub use rule_check::{Fault, faults, tidy};
pub use rules_csv::{RULE_COLUMNS, read_rules};
pub use table::Column;

/// Whether a file looks like JSON lines rather than CSV.
pub fn looks_like_json(content: &[u8]) -> bool {
    let content = content.strip_prefix(table::BOM).unwrap_or(content);
    content.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
