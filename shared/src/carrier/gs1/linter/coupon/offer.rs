//! `couponposoffer`: the reference to an offer file.

use super::super::Finding;
use super::super::LinterError as E;
use super::super::prefix::PrefixDirectory;
use super::reader::Reader;

/// Format, funder, offer and serial number (GS1 US, coupon data file; AI 8112).
pub fn offer(part: &[u8], directory: Option<PrefixDirectory<'_>>) -> Result<(), Finding> {
    let mut reader = Reader::new(part)?;
    reader.digit_of(&[0, 1], E::CouponMissingFormatCode, E::CouponInvalidFormatCode)?;
    let length = reader.digit_of(
        &[0, 1, 2, 3, 4, 5, 6],
        E::CouponMissingFunderVli,
        E::CouponInvalidFunderLength,
    )?;
    reader.company(usize::from(length) + 6, E::CouponTruncatedFunder, directory)?;
    reader.take(6, E::CouponTruncatedOfferCode)?;
    let length = reader.digit(E::CouponMissingSerialNumberVli)?;
    reader.take(usize::from(length) + 6, E::CouponTruncatedSerialNumber)?;
    reader.end()
}
