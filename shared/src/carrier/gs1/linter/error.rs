//! What a linter can find, in the words of the GS1 Barcode Syntax Engine.

use core::fmt;

/// Writes the errors down once: under each sentence those it is said for, with the engine's name.
macro_rules! errors {
    ($($sentence:literal => { $($(#[$doc:meta])* $name:ident = $code:literal,)+ })+) => {
        /// A wrong content of a value.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum LinterError {
            $($($(#[$doc])* $name,)+)+
        }

        impl LinterError {
            /// All of them, so that tests can ask for a translation of each.
            pub const ALL: &[Self] = &[$($(Self::$name,)+)+];

            /// The name the GS1 Barcode Syntax Engine gives the error; stable, for logs and tests.
            pub const fn code(self) -> &'static str {
                match self {
                    $($(Self::$name => $code,)+)+
                }
            }

            /// What is wrong and what to do, in one sentence.
            pub const fn sentence(self) -> &'static str {
                match self {
                    $($(Self::$name)|+ => $sentence,)+
                }
            }
        }
    };
}

errors! {
    "only digits may stand here: scan again, or enter what is printed" => {
        /// Something else than 0–9.
        NonDigitCharacter = "NON_DIGIT_CHARACTER",
    }
    "a character that GS1 does not allow here: check how the scanner sends its separator, then scan again" => {
        /// A character outside set 82.
        InvalidCset82Character = "INVALID_CSET82_CHARACTER",
        /// A character outside set 39.
        InvalidCset39Character = "INVALID_CSET39_CHARACTER",
        /// A character outside set 64.
        InvalidCset64Character = "INVALID_CSET64_CHARACTER",
        /// `=` at the end that does not fill up a group of three.
        InvalidCset64Padding = "INVALID_CSET64_PADDING",
        /// An importer index outside set 64.
        InvalidImportIdxCharacter = "INVALID_IMPORT_IDX_CHARACTER",
    }
    "the check digit is wrong, so the code is damaged or mistyped: scan it again" => {
        /// The check digit does not agree.
        IncorrectCheckDigit = "INCORRECT_CHECK_DIGIT",
        /// The two check characters do not agree.
        IncorrectCheckPair = "INCORRECT_CHECK_PAIR",
        /// The check digits of the bank account do not agree.
        IncorrectIbanChecksum = "INCORRECT_IBAN_CHECKSUM",
    }
    "the value is too short, part of the code is missing: scan again" => {
        /// Nothing that could hold a check digit.
        TooShortForCheckDigit = "TOO_SHORT_FOR_CHECK_DIGIT",
        /// Fewer than the two check characters.
        TooShortForCheckPair = "TOO_SHORT_FOR_CHECK_PAIR",
        /// Fewer digits than the date has.
        DateTooShort = "DATE_TOO_SHORT",
        /// Fewer than two digits of an hour.
        HourTooShort = "HOUR_TOO_SHORT",
        /// Fewer than two digits of a minute.
        MinuteTooShort = "MINUTE_TOO_SHORT",
        /// Fewer than two digits of a second.
        SecondTooShort = "SECOND_TOO_SHORT",
        /// Fewer than the four digits of a time.
        HourWithMinuteTooShort = "HOUR_WITH_MINUTE_TOO_SHORT",
        /// Fewer characters than any bank account has.
        IbanTooShort = "IBAN_TOO_SHORT",
    }
    "the value is too long: scan again, or enter what is printed" => {
        /// More characters than there are weights for.
        TooLongForCheckPairImplementation = "TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION",
        /// More digits than the date has.
        DateTooLong = "DATE_TOO_LONG",
        /// More than two digits of an hour.
        HourTooLong = "HOUR_TOO_LONG",
        /// More than two digits of a minute.
        MinuteTooLong = "MINUTE_TOO_LONG",
        /// More than two digits of a second.
        SecondTooLong = "SECOND_TOO_LONG",
        /// More than the four digits of a time.
        HourWithMinuteTooLong = "HOUR_WITH_MINUTE_TOO_LONG",
        /// More characters than a bank account may have.
        IbanTooLong = "IBAN_TOO_LONG",
    }
    "the value does not have its fixed length: scan again, or enter what is printed" => {
        /// An uneven count of digits, or none.
        InvalidLengthForPieceOfTotal = "INVALID_LENGTH_FOR_PIECE_OF_TOTAL",
        /// Other than the ten digits of a latitude.
        LatitudeInvalidLength = "LATITUDE_INVALID_LENGTH",
        /// Other than the ten digits of a longitude.
        LongitudeInvalidLength = "LONGITUDE_INVALID_LENGTH",
        /// Other than one character of an importer index.
        ImporterIdxMustBeOneCharacter = "IMPORTER_IDX_MUST_BE_ONE_CHARACTER",
    }
    "a company prefix of digits must stand here: scan again, or enter what is printed" => {
        /// Fewer than the four digits of a company prefix.
        TooShortForGcp = "TOO_SHORT_FOR_GCP",
        /// A company prefix that is not all digits, or that the directory does not know.
        InvalidGcpPrefix = "INVALID_GCP_PREFIX",
    }
    "the directory of company prefixes does not answer: try again later" => {
        /// The directory of company prefixes cannot be asked.
        GcpDatasourceOffline = "GCP_DATASOURCE_OFFLINE",
    }
    "the calendar has no such date: enter the date that is printed beside the code" => {
        /// A month other than 01–12.
        IllegalMonth = "ILLEGAL_MONTH",
        /// A day the month does not have.
        IllegalDay = "ILLEGAL_DAY",
    }
    "the clock has no such time: enter the time that is printed beside the code" => {
        /// An hour other than 00–23.
        IllegalHour = "ILLEGAL_HOUR",
        /// A minute other than 00–59.
        IllegalMinute = "ILLEGAL_MINUTE",
        /// A second other than 00–59.
        IllegalSecond = "ILLEGAL_SECOND",
    }
    "a zero must stand here: scan again, or enter what is printed" => {
        /// Something else than 0 where 0 is prescribed.
        NotZero = "NOT_ZERO",
    }
    "a zero may not stand here: scan again, or enter what is printed" => {
        /// Zero where a number from 1 is prescribed.
        IllegalZeroValue = "ILLEGAL_ZERO_VALUE",
        /// A number that begins with 0.
        IllegalZeroPrefix = "ILLEGAL_ZERO_PREFIX",
    }
    "the part and the number of parts do not go together: enter what is printed" => {
        /// Piece 0.
        ZeroPieceNumber = "ZERO_PIECE_NUMBER",
        /// A piece of 0.
        ZeroTotalPieces = "ZERO_TOTAL_PIECES",
        /// Piece 3 of 2.
        PieceNumberExceedsTotal = "PIECE_NUMBER_EXCEEDS_TOTAL",
        /// Not of the form `2/3`.
        PositionInSequenceMalformed = "POSITION_IN_SEQUENCE_MALFORMED",
        /// Position 3/2.
        PositionExceedsEnd = "POSITION_EXCEEDS_END",
    }
    "digits alone may not stand here: scan again, or enter what is printed" => {
        /// Digits only where another character is prescribed.
        RequiresNonDigitCharacter = "REQUIRES_NON_DIGIT_CHARACTER",
    }
    "a minus sign must stand here: scan again, or enter what is printed" => {
        /// Something else than the minus sign.
        NotHyphen = "NOT_HYPHEN",
    }
    "a code that its list does not hold: scan again, or enter what is printed" => {
        /// Neither 0 for no nor 1 for yes.
        NotZeroOrOne = "NOT_ZERO_OR_ONE",
        /// Neither 0, 1 nor 9.
        InvalidWindingDirection = "INVALID_WINDING_DIRECTION",
        /// Neither 0, 1, 2 nor 9.
        InvalidBiologicalSexCode = "INVALID_BIOLOGICAL_SEX_CODE",
        /// No AIDC media type.
        InvalidMediaType = "INVALID_MEDIA_TYPE",
        /// No kind of package.
        InvalidPackageType = "INVALID_PACKAGE_TYPE",
        /// No country number.
        NotIso3166 = "NOT_ISO3166",
        /// Neither a country number nor 999.
        NotIso3166Or999 = "NOT_ISO3166_OR_999",
        /// No two letters of a country.
        NotIso3166Alpha2 = "NOT_ISO3166_ALPHA2",
        /// No currency number.
        NotIso4217 = "NOT_ISO4217",
    }
    "no bank account: scan again, or enter what is printed" => {
        /// Neither a digit nor a capital letter in a bank account.
        InvalidIbanCharacter = "INVALID_IBAN_CHARACTER",
        /// A bank account that begins with no country.
        IllegalIbanCountryCode = "ILLEGAL_IBAN_COUNTRY_CODE",
    }
    "no such place on Earth: scan again, or enter what is printed" => {
        /// Beyond a pole.
        InvalidLatitude = "INVALID_LATITUDE",
        /// More than once around the Earth.
        InvalidLongitude = "INVALID_LONGITUDE",
    }
    "a % must be followed by two hexadecimal digits: the label is wrong; enter what is printed" => {
        /// `%` without two hexadecimal digits.
        InvalidPercentSequence = "INVALID_PERCENT_SEQUENCE",
    }
    "the coupon is not built as North American coupons are: scan again, or enter what is printed" => {
        /// Digits after the last field.
        CouponExcessData = "COUPON_EXCESS_DATA",
        /// It expires before it starts.
        CouponExpirationBeforeStart = "COUPON_EXPIRATION_BEFORE_START",
        /// First purchase: unknown kind of requirement.
        CouponInvalidFirstPurchaseRequirementCode = "COUPON_INVALID_1ST_PURCHASE_REQUIREMENT_CODE",
        /// First purchase: impossible length of the requirement.
        CouponInvalidFirstPurchaseRequirementLength = "COUPON_INVALID_1ST_PURCHASE_REQUIREMENT_LENGTH",
        /// Second purchase: impossible length of the company prefix.
        CouponInvalidSecondPurchaseGcpLength = "COUPON_INVALID_2ND_PURCHASE_GCP_LENGTH",
        /// Second purchase: unknown kind of requirement.
        CouponInvalidSecondPurchaseRequirementCode = "COUPON_INVALID_2ND_PURCHASE_REQUIREMENT_CODE",
        /// Second purchase: impossible length of the requirement.
        CouponInvalidSecondPurchaseRequirementLength = "COUPON_INVALID_2ND_PURCHASE_REQUIREMENT_LENGTH",
        /// Third purchase: impossible length of the company prefix.
        CouponInvalidThirdPurchaseGcpLength = "COUPON_INVALID_3RD_PURCHASE_GCP_LENGTH",
        /// Third purchase: unknown kind of requirement.
        CouponInvalidThirdPurchaseRequirementCode = "COUPON_INVALID_3RD_PURCHASE_REQUIREMENT_CODE",
        /// Third purchase: impossible length of the requirement.
        CouponInvalidThirdPurchaseRequirementLength = "COUPON_INVALID_3RD_PURCHASE_REQUIREMENT_LENGTH",
        /// Unknown rule for further purchases.
        CouponInvalidAdditionalPurchaseRulesCode = "COUPON_INVALID_ADDITIONAL_PURCHASE_RULES_CODE",
        /// Neither 0 nor 1 for "do not multiply".
        CouponInvalidDontMultiplyFlag = "COUPON_INVALID_DONT_MULTIPLY_FLAG",
        /// The calendar has no such expiry date. The engine spells it so.
        CouponInvalidExipirationDate = "COUPON_INVALID_EXIPIRATION_DATE",
        /// Neither format 0 nor 1.
        CouponInvalidFormatCode = "COUPON_INVALID_FORMAT_CODE",
        /// Impossible length of the funder.
        CouponInvalidFunderLength = "COUPON_INVALID_FUNDER_LENGTH",
        /// Impossible length of the company prefix.
        CouponInvalidGcpLength = "COUPON_INVALID_GCP_LENGTH",
        /// Impossible length of the retailer.
        CouponInvalidRetailerGcpOrGlnLength = "COUPON_INVALID_RETAILER_GCP_OR_GLN_LENGTH",
        /// Unknown item the saving applies to.
        CouponInvalidSaveValueAppliesToItem = "COUPON_INVALID_SAVE_VALUE_APPLIES_TO_ITEM",
        /// Unknown kind of saving.
        CouponInvalidSaveValueCode = "COUPON_INVALID_SAVE_VALUE_CODE",
        /// Impossible length of the saving.
        CouponInvalidSaveValueLength = "COUPON_INVALID_SAVE_VALUE_LENGTH",
        /// The calendar has no such start date.
        CouponInvalidStartDate = "COUPON_INVALID_START_DATE",
        /// First purchase: no kind of requirement.
        CouponMissingFirstPurchaseRequirementCode = "COUPON_MISSING_1ST_PURCHASE_REQUIREMENT_CODE",
        /// First purchase: no length of the requirement.
        CouponMissingFirstPurchaseRequirementVli = "COUPON_MISSING_1ST_PURCHASE_REQUIREMENT_VLI",
        /// Second purchase: no length of the company prefix.
        CouponMissingSecondPurchaseGcpVli = "COUPON_MISSING_2ND_PURCHASE_GCP_VLI",
        /// Second purchase: no kind of requirement.
        CouponMissingSecondPurchaseRequirementCode = "COUPON_MISSING_2ND_PURCHASE_REQUIREMENT_CODE",
        /// Second purchase: no length of the requirement.
        CouponMissingSecondPurchaseRequirementVli = "COUPON_MISSING_2ND_PURCHASE_REQUIREMENT_VLI",
        /// Third purchase: no length of the company prefix.
        CouponMissingThirdPurchaseGcpVli = "COUPON_MISSING_3RD_PURCHASE_GCP_VLI",
        /// Third purchase: no kind of requirement.
        CouponMissingThirdPurchaseRequirementCode = "COUPON_MISSING_3RD_PURCHASE_REQUIREMENT_CODE",
        /// Third purchase: no length of the requirement.
        CouponMissingThirdPurchaseRequirementVli = "COUPON_MISSING_3RD_PURCHASE_REQUIREMENT_VLI",
        /// No rule for further purchases.
        CouponMissingAdditionalPurchaseRulesCode = "COUPON_MISSING_ADDITIONAL_PURCHASE_RULES_CODE",
        /// No "do not multiply".
        CouponMissingDontMultiplyFlag = "COUPON_MISSING_DONT_MULTIPLY_FLAG",
        /// No format.
        CouponMissingFormatCode = "COUPON_MISSING_FORMAT_CODE",
        /// No length of the funder.
        CouponMissingFunderVli = "COUPON_MISSING_FUNDER_VLI",
        /// No length of the company prefix.
        CouponMissingGcpVli = "COUPON_MISSING_GCP_VLI",
        /// No length of the retailer.
        CouponMissingRetailerGcpOrGlnVli = "COUPON_MISSING_RETAILER_GCP_OR_GLN_VLI",
        /// No item the saving applies to.
        CouponMissingSaveValueAppliesToItem = "COUPON_MISSING_SAVE_VALUE_APPLIES_TO_ITEM",
        /// No kind of saving.
        CouponMissingSaveValueCode = "COUPON_MISSING_SAVE_VALUE_CODE",
        /// No length of the saving.
        CouponMissingSaveValueVli = "COUPON_MISSING_SAVE_VALUE_VLI",
        /// No length of the serial number.
        CouponMissingSerialNumberVli = "COUPON_MISSING_SERIAL_NUMBER_VLI",
        /// No store coupon flag.
        CouponMissingStoreCouponFlag = "COUPON_MISSING_STORE_COUPON_FLAG",
        /// The expiry date ends early.
        CouponTooShortForExpirationDate = "COUPON_TOO_SHORT_FOR_EXPIRATION_DATE",
        /// The start date ends early.
        CouponTooShortForStartDate = "COUPON_TOO_SHORT_FOR_START_DATE",
        /// First purchase: the family code ends early.
        CouponTruncatedFirstPurchaseFamilyCode = "COUPON_TRUNCATED_1ST_PURCHASE_FAMILY_CODE",
        /// First purchase: the requirement ends early.
        CouponTruncatedFirstPurchaseRequirement = "COUPON_TRUNCATED_1ST_PURCHASE_REQUIREMENT",
        /// Second purchase: the family code ends early.
        CouponTruncatedSecondPurchaseFamilyCode = "COUPON_TRUNCATED_2ND_PURCHASE_FAMILY_CODE",
        /// Second purchase: the company prefix ends early.
        CouponTruncatedSecondPurchaseGcp = "COUPON_TRUNCATED_2ND_PURCHASE_GCP",
        /// Second purchase: the requirement ends early.
        CouponTruncatedSecondPurchaseRequirement = "COUPON_TRUNCATED_2ND_PURCHASE_REQUIREMENT",
        /// Third purchase: the family code ends early.
        CouponTruncatedThirdPurchaseFamilyCode = "COUPON_TRUNCATED_3RD_PURCHASE_FAMILY_CODE",
        /// Third purchase: the company prefix ends early.
        CouponTruncatedThirdPurchaseGcp = "COUPON_TRUNCATED_3RD_PURCHASE_GCP",
        /// Third purchase: the requirement ends early.
        CouponTruncatedThirdPurchaseRequirement = "COUPON_TRUNCATED_3RD_PURCHASE_REQUIREMENT",
        /// The funder ends early.
        CouponTruncatedFunder = "COUPON_TRUNCATED_FUNDER",
        /// The company prefix ends early.
        CouponTruncatedGcp = "COUPON_TRUNCATED_GCP",
        /// The offer code ends early.
        CouponTruncatedOfferCode = "COUPON_TRUNCATED_OFFER_CODE",
        /// The retailer ends early.
        CouponTruncatedRetailerGcpOrGln = "COUPON_TRUNCATED_RETAILER_GCP_OR_GLN",
        /// The saving ends early.
        CouponTruncatedSaveValue = "COUPON_TRUNCATED_SAVE_VALUE",
        /// The serial number ends early.
        CouponTruncatedSerialNumber = "COUPON_TRUNCATED_SERIAL_NUMBER",
    }
}

impl fmt::Display for LinterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl core::error::Error for LinterError {}
