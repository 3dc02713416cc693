//! Serial: the one piece.

use super::cset::cset82_text;

cset82_text! {
    /// Serial number, AI 21 (GS1 General Specifications 3.5.2): 1 to 20 characters of CSET 82.
    ///
    /// Case is kept and serials compare byte for byte. It is unique only together with its UDI-DI.
    Serial, "serial number", 20, "a serial number: 1 to 20 characters of GS1 character set 82"
}
