//! What a scanner transmits for the symbols of GS1: symbology identifier, data, and a composite's second part (GS1
//! General Specifications 5.1.3).

mod read;
mod write;

pub use read::{ScanData, read_scan};
pub use write::{CheckDigit, Printed, to_scan};
