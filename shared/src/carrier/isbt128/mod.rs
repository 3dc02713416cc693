//! ISBT 128 for medical devices that hold products of human origin (IMDRF UDI WG/N48 Appendix A; data structures are
//! numbered as in the ISBT 128 Standard Technical Specification).
//!
//! Every data structure begins with an identifier, whose first character is `=` or `&`, and has the length the
//! identifier prescribes. There are no separators and no check character over the whole.

mod check;
mod code;
mod date;
mod error;
mod other;
mod structure;

pub use code::{Isbt128Code, Message};
pub use date::IsbtDate;
pub use error::{Isbt128Error, Isbt128Fault};
pub use other::OtherStructure;
pub use structure::{Din, Isbt128Structure, ProcessorDi};

use jiff::civil::Date;

use super::Symbology;

/// Longest text that is read, in bytes: so much the fullest Data Matrix holds. A device with all that is said of it has
/// under 200, but what belongs to no UDI may follow.
pub const MOST_BYTES: usize = 2335;

/// Reads one or more data structures, or a compound message (`=+`). A symbology identifier in front is taken off.
///
/// `today` decides the millennium: the labels give the last three digits of a year.
pub fn parse(text: &str, today: Date) -> Result<Isbt128Code<'_>, Isbt128Error> {
    if text.len() > MOST_BYTES {
        return Err(Isbt128Error::at(MOST_BYTES + 1, Isbt128Fault::TooLong));
    }
    let (_, rest) = Symbology::split(text.as_bytes());
    let data = text.get(text.len() - rest.len()..).unwrap_or(text);
    if data.is_empty() {
        return Err(Isbt128Error::at(1, Isbt128Fault::NotIsbt128));
    }
    if let Some((at, character)) = data.chars().enumerate().find(|(_, c)| !c.is_ascii_graphic()) {
        return Err(Isbt128Error::at(at + 1, Isbt128Fault::Character(character)));
    }
    Isbt128Code::read(data, today)
}
