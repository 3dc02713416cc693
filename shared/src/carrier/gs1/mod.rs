//! GS1 element strings: application identifiers and their values (GS1 General Specifications sections 3 and 7.8).
//!
//! Strict throughout: nothing is guessed, skipped or mended here. What scanners add is taken off before, by
//! [`normalise`](super::normalise::normalise), which reports it.

mod ai;
mod association;
mod bracketed;
mod component;
mod element;
mod error;
mod link;
mod linter;
mod requirement;
mod scan;
mod spelled;
mod strict;
mod table;

pub use ai::{Ai, AiRow, AiSpan, Qualifiers, Requirement};
pub use association::MissingAssociation;
pub use bracketed::{from_bracketed, to_bracketed, to_element_string};
pub use component::{CharacterSet, Component};
pub use element::{BlankDates, Element, Elements, GS, MAX_ELEMENTS, Rules, UnknownAis, parse, render};
pub use error::{Gs1Error, Gs1ErrorKind};
pub use link::{KeyNames, LinkRules, ShortGtins, from_link, from_misplaced_link, has_key, is_link, to_link};
pub use linter::{Finding, Linter, LinterError, PrefixAnswer, PrefixDirectory};
pub use scan::{CheckDigit, Printed, ScanData, read_scan, to_scan};
pub use spelled::ElementString;
pub use strict::{Associations, Form, Held, Listed, read_strictly};
