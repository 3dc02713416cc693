//! EPC codes of RFID tags (GS1 EPC Tag Data Standard 2.1, section 14).
//!
//! The bits are read by the crate `gs1`, which is LGPL and therefore only here behind the feature `epc`. It panics on
//! empty input, accepts numbers too large for their digits, reads the SSCC of six-digit prefixes ten bits too long,
//! refuses SGTINs of twelve-digit prefixes and drops leading zeros of GRAIs: everything is checked before it is
//! called, and mended after.

#[cfg(test)]
mod tests;

use gs1::epc::{EPCValue, decode_binary};

use crate::identity::{Grai, Gtin, NumericKeyError, Serial, Sscc, check_digit};

/// What a tag names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EpcReading {
    /// One piece of a trade item: SGTIN-96 or SGTIN-198.
    Item {
        /// Which product and level.
        gtin: Gtin,
        /// Which piece.
        serial: Serial,
    },
    /// A logistic unit: SSCC-96.
    Package(Sscc),
    /// A returnable asset: GRAI-96.
    Asset(Grai),
}

/// Why a tag cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EpcError {
    /// Not hexadecimal, or an odd number of digits.
    #[error(
        "an EPC is sent as pairs of hexadecimal digits, this is not: check the set-up of the RFID reader"
    )]
    NotHex,
    /// The header byte names a scheme that is not read here, or the tag is blank.
    #[error(
        "the tag has header {0:#04x}, which names no product, package or asset read here: scan the bar code"
    )]
    Scheme(u8),
    /// Too few or too many bytes for the scheme.
    #[error(
        "the tag has {found} bytes where its scheme has {expected}: hold the reader closer and read again"
    )]
    Length {
        /// Bytes of the scheme.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// The partition value, or a number that does not fit into the digits it says.
    #[error(
        "the numbers on the tag do not fit their partition, so it was programmed wrongly: scan the bar code"
    )]
    Partition,
    /// The serial is empty, has a hole or a character that GS1 does not allow.
    #[error(
        "the serial number on the tag is not one GS1 allows, so it was programmed wrongly: scan the bar code"
    )]
    Serial,
    /// The numbers give no valid key.
    #[error(transparent)]
    Key(#[from] NumericKeyError),
}

/// The digits that share 44 or 58 bits: company prefix, then item, type or serial (tables 14-2, 14-5 and 14-14).
struct Layout {
    company_digits: usize,
    rest_digits: usize,
}

const COMPANY_BITS: [usize; 7] = [40, 37, 34, 30, 27, 24, 20];
/// Header, filter and partition.
const HEAD_BITS: usize = 14;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Sgtin96,
    Sgtin198,
    Sscc96,
    Grai96,
}

/// Reads the EPC memory of a tag, given as hexadecimal digits.
pub fn decode_epc(hex: &str) -> Result<EpcReading, EpcError> {
    let mut data = bytes(hex)?;
    let scheme = scheme(&data)?;
    let layout = layout(scheme, &data)?;
    if scheme == Scheme::Sgtin198 {
        check_serial(&data)?;
    }
    if layout.company_digits == 12 && matches!(scheme, Scheme::Sgtin96 | Scheme::Sgtin198) {
        return twelve_digit_item(scheme, &data);
    }
    if scheme == Scheme::Sscc96 && layout.company_digits == 6 {
        widen_sscc(&mut data);
    }
    let tag = decode_binary(&data).map_err(|_| EpcError::Partition)?;
    match tag.get_value() {
        EPCValue::SGTIN96(tag) => item(&tag.gtin, &tag.serial.to_string()),
        EPCValue::SGTIN198(tag) => item(&tag.gtin, &tag.serial),
        EPCValue::SSCC96(tag) => {
            let (company, rest) = (layout.company_digits, layout.rest_digits - 1);
            let body = format!("{}{:0company$}{:0rest$}", tag.indicator, tag.company, tag.serial);
            Ok(EpcReading::Package(with_check_digit(&body)?.parse()?))
        }
        EPCValue::GRAI96(tag) => {
            let body = match layout.rest_digits {
                0 => format!("{:0w$}", tag.company_prefix, w = layout.company_digits),
                digits => format!(
                    "{:0w$}{:0digits$}",
                    tag.company_prefix,
                    tag.asset_type,
                    w = layout.company_digits
                ),
            };
            let text = format!("0{}{}", with_check_digit(&body)?, tag.serial);
            text.parse()
                .map(EpcReading::Asset)
                .map_err(|_| EpcError::Partition)
        }
        EPCValue::Unprogrammed(_) | EPCValue::GID96(_) => Err(EpcError::Scheme(data[0])),
    }
}

fn bytes(hex: &str) -> Result<Vec<u8>, EpcError> {
    let digits: Option<Vec<u32>> = hex.trim().chars().map(|c| c.to_digit(16)).collect();
    let digits = digits
        .filter(|d| !d.is_empty() && d.len() % 2 == 0)
        .ok_or(EpcError::NotHex)?;
    digits
        .chunks_exact(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).map_err(|_| EpcError::NotHex))
        .collect()
}

fn scheme(data: &[u8]) -> Result<Scheme, EpcError> {
    let (scheme, expected) = match data.first().copied().unwrap_or(0) {
        0x30 => (Scheme::Sgtin96, 12),
        0x31 => (Scheme::Sscc96, 12),
        0x33 => (Scheme::Grai96, 12),
        // 198 bits; memory is read in words of 16 bits, or cut to whole bytes.
        0x36 if data.len() == 25 => (Scheme::Sgtin198, 25),
        0x36 => (Scheme::Sgtin198, 26),
        other => return Err(EpcError::Scheme(other)),
    };
    if data.len() == expected {
        Ok(scheme)
    } else {
        Err(EpcError::Length {
            expected,
            found: data.len(),
        })
    }
}

/// The digits the tag says its numbers have, after checking that the numbers fit into them.
fn layout(scheme: Scheme, data: &[u8]) -> Result<Layout, EpcError> {
    let partition = usize::try_from(bits(data, 11, 3)).unwrap_or(usize::MAX);
    let company_bits = *COMPANY_BITS.get(partition).ok_or(EpcError::Partition)?;
    let (together, rest_digits) = match scheme {
        Scheme::Sgtin96 | Scheme::Sgtin198 => (44, partition + 1),
        Scheme::Grai96 => (44, partition),
        Scheme::Sscc96 => (58, partition + 5),
    };
    let layout = Layout {
        company_digits: 12 - partition,
        rest_digits,
    };
    let fits =
        |from, count, digits| u32::try_from(digits).is_ok_and(|d| bits(data, from, count) < 10u64.pow(d));
    if fits(HEAD_BITS, company_bits, layout.company_digits)
        && fits(HEAD_BITS + company_bits, together - company_bits, rest_digits)
    {
        Ok(layout)
    } else {
        Err(EpcError::Partition)
    }
}

/// At most 64 bits, the first being bit 0 of the first byte; bits beyond the end are 0.
fn bits(data: &[u8], from: usize, count: usize) -> u64 {
    (from..from + count).fold(0, |value, at| {
        let byte = data.get(at / 8).copied().unwrap_or(0);
        value << 1 | u64::from(byte >> (7 - at % 8) & 1)
    })
}

/// The crate would skip a zero inside the serial and glue the ends together.
fn check_serial(data: &[u8]) -> Result<(), EpcError> {
    let codes = (0..20).map(|at| bits(data, HEAD_BITS + 44 + 7 * at, 7));
    if codes.skip_while(|code| *code != 0).any(|code| code != 0) {
        Err(EpcError::Serial)
    } else {
        Ok(())
    }
}

/// A twelve-digit prefix leaves only the indicator, which the crate cannot take apart.
fn twelve_digit_item(scheme: Scheme, data: &[u8]) -> Result<EpcReading, EpcError> {
    let body = format!(
        "{}{:012}",
        bits(data, HEAD_BITS + 40, 4),
        bits(data, HEAD_BITS, 40)
    );
    let serial: String = match scheme {
        Scheme::Sgtin198 => (0..20)
            .filter_map(|at| u8::try_from(bits(data, HEAD_BITS + 44 + 7 * at, 7)).ok())
            .take_while(|code| *code != 0)
            .map(char::from)
            .collect(),
        _ => bits(data, HEAD_BITS + 44, 38).to_string(),
    };
    key_and_serial(&body, &serial)
}

/// Moves the serial of a six-digit prefix ten bits on, to where the crate looks for it.
fn widen_sscc(data: &mut [u8]) {
    let serial = bits(data, HEAD_BITS + 20, 38);
    for at in 0..48 {
        let place = HEAD_BITS + 20 + at;
        let mask = 1 << (7 - place % 8);
        if let Some(byte) = data.get_mut(place / 8) {
            if serial >> (47 - at) & 1 == 1 {
                *byte |= mask;
            } else {
                *byte &= !mask;
            }
        }
    }
}

fn item(gtin: &gs1::GTIN, serial: &str) -> Result<EpcReading, EpcError> {
    let company = gtin.company_digits;
    let rest = 12usize.saturating_sub(company);
    key_and_serial(
        &format!("{}{:0company$}{:0rest$}", gtin.indicator, gtin.company, gtin.item),
        serial,
    )
}

fn key_and_serial(body: &str, serial: &str) -> Result<EpcReading, EpcError> {
    let gtin = with_check_digit(body)?.parse()?;
    let serial = serial.parse().map_err(|_| EpcError::Serial)?;
    Ok(EpcReading::Item { gtin, serial })
}

fn with_check_digit(body: &str) -> Result<String, EpcError> {
    check_digit(body.as_bytes())
        .map(|digit| format!("{body}{digit}"))
        .ok_or(EpcError::Partition)
}
