//! `couponcode`: the coupon itself.

use super::super::LinterError as E;
use super::super::dates;
use super::super::prefix::PrefixDirectory;
use super::super::{Finding, LinterError};
use super::reader::Reader;

/// Lengths of company prefixes count from six digits, as 0.
const COMPANY: &[u8] = &[0, 1, 2, 3, 4, 5, 6];
/// Instead of a length: the company of the first purchase.
const SAME_COMPANY: u8 = 9;
/// Lengths of amounts.
const AMOUNT: &[u8] = &[1, 2, 3, 4, 5];
/// What must be bought: units, cash, and so on.
const REQUIREMENT: &[u8] = &[0, 1, 2, 3, 4, 9];

/// Who, what offer, what is saved, what must be bought, and optional fields in order of their numbers (GS1 US,
/// North American Coupon Application Guideline; AI 8110).
pub fn code(part: &[u8], directory: Option<PrefixDirectory<'_>>) -> Result<(), Finding> {
    let mut reader = Reader::new(part)?;
    let length = reader.digit_of(COMPANY, E::CouponMissingGcpVli, E::CouponInvalidGcpLength)?;
    reader.company(usize::from(length) + 6, E::CouponTruncatedGcp, directory)?;
    reader.take(6, E::CouponTruncatedOfferCode)?;
    let length = reader.digit_of(
        AMOUNT,
        E::CouponMissingSaveValueVli,
        E::CouponInvalidSaveValueLength,
    )?;
    reader.take(usize::from(length), E::CouponTruncatedSaveValue)?;
    FIRST.read(&mut reader)?;
    if reader.field(1) {
        reader.digit_of(
            &[0, 1, 2, 3],
            E::CouponMissingAdditionalPurchaseRulesCode,
            E::CouponInvalidAdditionalPurchaseRulesCode,
        )?;
        SECOND.read(&mut reader)?;
        SECOND_COMPANY.read(&mut reader, directory)?;
    }
    if reader.field(2) {
        THIRD.read(&mut reader)?;
        THIRD_COMPANY.read(&mut reader, directory)?;
    }
    validity(&mut reader)?;
    if reader.field(5) {
        let length = reader.digit(E::CouponMissingSerialNumberVli)?;
        reader.take(usize::from(length) + 6, E::CouponTruncatedSerialNumber)?;
    }
    if reader.field(6) {
        let length = reader.digit_of(
            &[1, 2, 3, 4, 5, 6, 7],
            E::CouponMissingRetailerGcpOrGlnVli,
            E::CouponInvalidRetailerGcpOrGlnLength,
        )?;
        let truncated = E::CouponTruncatedRetailerGcpOrGln;
        reader.company(usize::from(length) + 6, truncated, directory)?;
    }
    if reader.field(9) {
        saving(&mut reader)?;
    }
    reader.end()
}

/// Fields 3 and 4: last and first day.
fn validity(reader: &mut Reader<'_>) -> Result<(), Finding> {
    let start = reader.at();
    let expires = if reader.field(3) {
        let (short, wrong) = (
            E::CouponTooShortForExpirationDate,
            E::CouponInvalidExipirationDate,
        );
        Some(date(reader, short, wrong)?)
    } else {
        None
    };
    if reader.field(4) {
        let (short, wrong) = (E::CouponTooShortForStartDate, E::CouponInvalidStartDate);
        let starts = date(reader, short, wrong)?;
        // By their digits, without a century: so the engine compares them.
        if expires.is_some_and(|expires| expires < starts) {
            let len = reader.at() - start;
            return Err(Finding::new(E::CouponExpirationBeforeStart, start, len));
        }
    }
    Ok(())
}

fn date<'a>(reader: &mut Reader<'a>, short: LinterError, wrong: LinterError) -> Result<&'a [u8], Finding> {
    let at = reader.at();
    let date = reader.take(6, short)?;
    match dates::day(date) {
        Ok(()) => Ok(date),
        Err(_) => Err(Finding::new(wrong, at, date.len())),
    }
}

/// Field 9: kind of saving, the item it applies to, the store's flag, and whether it may be multiplied.
fn saving(reader: &mut Reader<'_>) -> Result<(), Finding> {
    reader.digit_of(
        &[0, 1, 2, 5, 6],
        E::CouponMissingSaveValueCode,
        E::CouponInvalidSaveValueCode,
    )?;
    reader.digit_of(
        &[0, 1, 2],
        E::CouponMissingSaveValueAppliesToItem,
        E::CouponInvalidSaveValueAppliesToItem,
    )?;
    reader.digit(E::CouponMissingStoreCouponFlag)?;
    reader.digit_of(
        &[0, 1],
        E::CouponMissingDontMultiplyFlag,
        E::CouponInvalidDontMultiplyFlag,
    )?;
    Ok(())
}

/// The errors of what must be bought: how much, of what kind, from which family.
struct Purchase {
    no_length: LinterError,
    length: LinterError,
    truncated: LinterError,
    no_kind: LinterError,
    kind: LinterError,
    family: LinterError,
}

impl Purchase {
    fn read(&self, reader: &mut Reader<'_>) -> Result<(), Finding> {
        let length = reader.digit_of(AMOUNT, self.no_length, self.length)?;
        reader.take(usize::from(length), self.truncated)?;
        reader.digit_of(REQUIREMENT, self.no_kind, self.kind)?;
        reader.take(3, self.family)?;
        Ok(())
    }
}

/// The errors of the company of a further purchase.
struct Company {
    no_length: LinterError,
    length: LinterError,
    truncated: LinterError,
}

impl Company {
    fn read(&self, reader: &mut Reader<'_>, directory: Option<PrefixDirectory<'_>>) -> Result<(), Finding> {
        if reader.field(SAME_COMPANY) {
            return Ok(());
        }
        let length = reader.digit_of(COMPANY, self.no_length, self.length)?;
        reader.company(usize::from(length) + 6, self.truncated, directory)
    }
}

const FIRST: Purchase = Purchase {
    no_length: E::CouponMissingFirstPurchaseRequirementVli,
    length: E::CouponInvalidFirstPurchaseRequirementLength,
    truncated: E::CouponTruncatedFirstPurchaseRequirement,
    no_kind: E::CouponMissingFirstPurchaseRequirementCode,
    kind: E::CouponInvalidFirstPurchaseRequirementCode,
    family: E::CouponTruncatedFirstPurchaseFamilyCode,
};
const SECOND: Purchase = Purchase {
    no_length: E::CouponMissingSecondPurchaseRequirementVli,
    length: E::CouponInvalidSecondPurchaseRequirementLength,
    truncated: E::CouponTruncatedSecondPurchaseRequirement,
    no_kind: E::CouponMissingSecondPurchaseRequirementCode,
    kind: E::CouponInvalidSecondPurchaseRequirementCode,
    family: E::CouponTruncatedSecondPurchaseFamilyCode,
};
const THIRD: Purchase = Purchase {
    no_length: E::CouponMissingThirdPurchaseRequirementVli,
    length: E::CouponInvalidThirdPurchaseRequirementLength,
    truncated: E::CouponTruncatedThirdPurchaseRequirement,
    no_kind: E::CouponMissingThirdPurchaseRequirementCode,
    kind: E::CouponInvalidThirdPurchaseRequirementCode,
    family: E::CouponTruncatedThirdPurchaseFamilyCode,
};
const SECOND_COMPANY: Company = Company {
    no_length: E::CouponMissingSecondPurchaseGcpVli,
    length: E::CouponInvalidSecondPurchaseGcpLength,
    truncated: E::CouponTruncatedSecondPurchaseGcp,
};
const THIRD_COMPANY: Company = Company {
    no_length: E::CouponMissingThirdPurchaseGcpVli,
    length: E::CouponInvalidThirdPurchaseGcpLength,
    truncated: E::CouponTruncatedThirdPurchaseGcp,
};

#[cfg(test)]
mod tests {
    use super::{E, Finding, code};

    #[test]
    fn optional_fields_come_in_order() {
        let coupon = |fields: &str| code(format!("012345612345611110123{fields}").as_bytes(), None);
        assert_eq!(coupon("3500607450060691000"), Ok(()));
        let no_flag = Finding::new(E::CouponMissingDontMultiplyFlag, 0, 39);
        assert_eq!(coupon("350060745006069100"), Err(no_flag));
        let before = Finding::new(E::CouponExpirationBeforeStart, 21, 14);
        assert_eq!(coupon("35006064500607"), Err(before));
        let out_of_order = Finding::new(E::CouponExcessData, 28, 7);
        assert_eq!(coupon("45006063500607"), Err(out_of_order));
    }
}
