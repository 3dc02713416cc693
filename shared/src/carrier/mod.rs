//! (being written)

/// Version of the reader, kept with every scan so that it can be read again when a fault is found.
pub const PARSER_VERSION: u16 = 1;
