//! The rules of all 541 application identifiers, one row for each or for each run of them.
//!
//! Facts of the GS1 Barcode Syntax Dictionary, release 2026-01-27, written down in our own form; a test compares them
//! with the dictionary itself. Rows are sorted by their text, which the index in [`ai`](super::ai) checks when it is
//! built. The short names of checks are those of the dictionary, so that the two can be read side by side.

use super::ai::{Ai, AiRow, AiSpan, Requirement};
use super::component::{CharacterSet, Component};
use super::linter::Linter;
use super::requirement::{
    REQ_00, REQ_00_01, REQ_01, REQ_01_02, REQ_01_02_03_255_8006_8026, REQ_01_02_03_8006_8026,
    REQ_01_02_8006_8026, REQ_01_03_8006, REQ_01_8004, REQ_01_8006, REQ_01_WITH_10, REQ_01_WITH_21,
    REQ_01_WITH_21_WITH_8040, REQ_02_8026, REQ_21, REQ_30_31NN_32NN_35NN_36NN, REQ_37, REQ_255, REQ_255_8020,
    REQ_414, REQ_415, REQ_416, REQ_422, REQ_4302, REQ_4312, REQ_7021, REQ_8010, REQ_8017_8018, REQ_8018,
    REQ_8018_WITH_7259, REQ_8020, REQ_SIGNED, one, ten,
};

const CSUM: Linter = Linter::CheckDigit;
const CSUM_ALPHA: Linter = Linter::CheckPair;
const GCP1: Linter = Linter::CompanyPrefixFirst;
const GCP2: Linter = Linter::CompanyPrefixSecond;
const NON_DIGIT: Linter = Linter::NonDigit;
const NON_ZERO: Linter = Linter::NonZero;
const ZERO: Linter = Linter::Zero;
const NO_ZERO_PREFIX: Linter = Linter::NoLeadingZero;
const YYMMDD: Linter = Linter::Day;
const YYMMD0: Linter = Linter::DayOrMonth;
const YYYYMMDD: Linter = Linter::LongDay;
const HH: Linter = Linter::Hour;
const MI: Linter = Linter::Minute;
const SS: Linter = Linter::Second;
const HHMI: Linter = Linter::HourMinute;
const PIECE: Linter = Linter::PieceOfTotal;
const POSITION: Linter = Linter::PositionInSequence;
const PCENC: Linter = Linter::PercentEncoding;
const HYPHEN: Linter = Linter::Hyphen;
const YES_NO: Linter = Linter::YesOrNo;
const ISO3166: Linter = Linter::Country;
const ISO3166_999: Linter = Linter::CountryOr999;
const ISO3166_ALPHA2: Linter = Linter::CountryLetters;
const ISO4217: Linter = Linter::Currency;
const ISO5218: Linter = Linter::Sex;
const IBAN: Linter = Linter::Iban;
const LATITUDE: Linter = Linter::Latitude;
const LONGITUDE: Linter = Linter::Longitude;
const MEDIA_TYPE: Linter = Linter::MediaType;
const PACKAGE_TYPE: Linter = Linter::PackageType;
const WINDING: Linter = Linter::Winding;
const IMPORTER: Linter = Linter::ImporterIndex;
const COUPON: Linter = Linter::Coupon;
const COUPON_OFFER: Linter = Linter::CouponOffer;

const fn part(set: CharacterSet, min: usize, max: usize, linters: &'static [Linter]) -> Component {
    Component {
        set,
        min,
        max,
        optional: false,
        linters,
    }
}

/// `N6`: so many digits.
const fn n(count: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Numeric, count, count, linters)
}

/// `N..8`: 1 to so many digits.
const fn n_to(most: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Numeric, 1, most, linters)
}

/// `X2`.
const fn x(count: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Cset82, count, count, linters)
}

/// `X..20`.
const fn x_to(most: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Cset82, 1, most, linters)
}

/// `Y..30`.
const fn y_to(most: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Cset39, 1, most, linters)
}

/// `Z..90`.
const fn z_to(most: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Cset64, 1, most, linters)
}

const fn optional(component: Component) -> Component {
    Component {
        optional: true,
        ..component
    }
}

type Parts = &'static [Component];
type Needs = &'static [Requirement];
type Not = &'static [AiSpan];

/// Of predefined length: no separator follows.
const fn predefined(
    low: u16,
    high: u16,
    title: &'static str,
    components: Parts,
    requires: Needs,
    excludes: Not,
) -> AiRow {
    AiRow {
        span: AiSpan {
            low: Ai(low),
            high: Ai(high),
        },
        title,
        predefined: true,
        components,
        requires,
        excludes,
        in_query: true,
        key: None,
    }
}

/// A separator follows unless it is last, even where the length is fixed.
const fn separated(
    low: u16,
    high: u16,
    title: &'static str,
    components: Parts,
    requires: Needs,
    excludes: Not,
) -> AiRow {
    AiRow {
        predefined: false,
        ..predefined(low, high, title, components, requires, excludes)
    }
}

/// Rules of an identifier that GS1 has not given out, where such are let through: any text, and a separator.
static UNKNOWN: AiRow = separated(0, 9999, "", &[x_to(90, &[])], &[], &[]);

/// The same under first digits that promise a length (General Specifications 7.8.5).
static UNKNOWN_PREDEFINED: [([u16; 2], AiRow); 5] = [
    ([4, 4], predefined(0, 9999, "", &[x(16, &[])], &[], &[])),
    ([11, 19], predefined(0, 9999, "", &[x(6, &[])], &[], &[])),
    ([20, 20], predefined(0, 9999, "", &[x(2, &[])], &[], &[])),
    ([31, 36], predefined(0, 9999, "", &[x(6, &[])], &[], &[])),
    ([41, 41], predefined(0, 9999, "", &[x(13, &[])], &[], &[])),
];

/// Rules of an identifier that is not in the table.
pub(super) fn unknown(first_two: u16) -> &'static AiRow {
    UNKNOWN_PREDEFINED
        .iter()
        .find(|([low, high], _)| (*low..=*high).contains(&first_two))
        .map_or(&UNKNOWN, |(_, row)| row)
}

#[rustfmt::skip]
pub(super) static TABLE: [AiRow; 232] = [
    predefined(0, 0, "SSCC", &[n(18, &[CSUM, GCP2])], &[], &[]).key(&[]),
    predefined(1, 1, "GTIN", &[n(14, &[CSUM, GCP2])], &[], &[one(255), one(37)]).key(&[&[Ai(22), Ai(10), Ai(21)], &[Ai(235)]]),
    predefined(2, 2, "CONTENT", &[n(14, &[CSUM, GCP2])], &[REQ_37], &[one(1), one(3)]),
    predefined(3, 3, "MTO GTIN", &[n(14, &[CSUM, GCP2])], &[], &[one(1), one(2), one(37)]).not_in_query(),
    separated(10, 10, "BATCH/LOT", &[x_to(20, &[])], &[REQ_01_02_03_8006_8026], &[]),
    predefined(11, 11, "PROD DATE", &[n(6, &[YYMMD0])], &[REQ_01_02_03_8006_8026], &[]),
    predefined(12, 12, "DUE DATE", &[n(6, &[YYMMD0])], &[REQ_8020], &[]),
    predefined(13, 13, "PACK DATE", &[n(6, &[YYMMD0])], &[REQ_01_02_03_8006_8026], &[]),
    predefined(15, 15, "BEST BEFORE or BEST BY", &[n(6, &[YYMMD0])], &[REQ_01_02_03_8006_8026], &[]),
    predefined(16, 16, "SELL BY", &[n(6, &[YYMMD0])], &[REQ_01_02_03_8006_8026], &[]),
    predefined(17, 17, "USE BY or EXPIRY", &[n(6, &[YYMMD0])], &[REQ_01_02_03_255_8006_8026], &[]),
    predefined(20, 20, "VARIANT", &[n(2, &[])], &[REQ_01_02_8006_8026], &[]),
    separated(21, 21, "SERIAL", &[x_to(20, &[])], &[REQ_01_03_8006], &[one(235)]).not_in_query(),
    separated(22, 22, "CPV", &[x_to(20, &[])], &[REQ_01], &[]).not_in_query(),
    separated(235, 235, "TPX", &[x_to(28, &[])], &[REQ_01], &[]).not_in_query(),
    separated(240, 240, "ADDITIONAL ID", &[x_to(30, &[])], &[REQ_01_02_8006_8026], &[]),
    separated(241, 241, "CUST. PART No.", &[x_to(30, &[])], &[REQ_01_02_8006_8026], &[]),
    separated(242, 242, "MTO VARIANT", &[n_to(6, &[])], &[REQ_01_02_8006_8026], &[]),
    separated(243, 243, "PCN", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(250, 250, "SECONDARY SERIAL", &[x_to(30, &[])], &[REQ_01_8006, REQ_21], &[]),
    separated(251, 251, "REF. TO SOURCE", &[x_to(30, &[])], &[REQ_01_8006], &[]),
    separated(253, 253, "GDTI", &[n(13, &[CSUM, GCP1]), optional(x_to(17, &[]))], &[], &[]).key(&[]),
    separated(254, 254, "GLN EXTENSION COMPONENT", &[x_to(20, &[])], &[REQ_414], &[]).not_in_query(),
    separated(255, 255, "GCN", &[n(13, &[CSUM, GCP1]), optional(n_to(12, &[]))], &[], &[one(1), one(2), one(415), one(8006), one(8020), one(8026)]).key(&[]),
    separated(30, 30, "VAR. COUNT", &[n_to(8, &[])], &[REQ_01_02], &[]),
    predefined(3100, 3105, "NET WEIGHT (kg)", &[n(6, &[])], &[REQ_01_02], &[ten(310)]),
    predefined(3110, 3115, "LENGTH (m)", &[n(6, &[])], &[REQ_01_02], &[ten(311)]),
    predefined(3120, 3125, "WIDTH (m)", &[n(6, &[])], &[REQ_01_02], &[ten(312)]),
    predefined(3130, 3135, "HEIGHT (m)", &[n(6, &[])], &[REQ_01_02], &[ten(313)]),
    predefined(3140, 3145, "AREA (m²)", &[n(6, &[])], &[REQ_01_02], &[ten(314)]),
    predefined(3150, 3155, "NET VOLUME (l)", &[n(6, &[])], &[REQ_01_02], &[ten(315)]),
    predefined(3160, 3165, "NET VOLUME (m³)", &[n(6, &[])], &[REQ_01_02], &[ten(316)]),
    predefined(3200, 3205, "NET WEIGHT (lb)", &[n(6, &[])], &[REQ_01_02], &[ten(320)]),
    predefined(3210, 3215, "LENGTH (in)", &[n(6, &[])], &[REQ_01_02], &[ten(321)]),
    predefined(3220, 3225, "LENGTH (ft)", &[n(6, &[])], &[REQ_01_02], &[ten(322)]),
    predefined(3230, 3235, "LENGTH (yd)", &[n(6, &[])], &[REQ_01_02], &[ten(323)]),
    predefined(3240, 3245, "WIDTH (in)", &[n(6, &[])], &[REQ_01_02], &[ten(324)]),
    predefined(3250, 3255, "WIDTH (ft)", &[n(6, &[])], &[REQ_01_02], &[ten(325)]),
    predefined(3260, 3265, "WIDTH (yd)", &[n(6, &[])], &[REQ_01_02], &[ten(326)]),
    predefined(3270, 3275, "HEIGHT (in)", &[n(6, &[])], &[REQ_01_02], &[ten(327)]),
    predefined(3280, 3285, "HEIGHT (ft)", &[n(6, &[])], &[REQ_01_02], &[ten(328)]),
    predefined(3290, 3295, "HEIGHT (yd)", &[n(6, &[])], &[REQ_01_02], &[ten(329)]),
    predefined(3300, 3305, "GROSS WEIGHT (kg)", &[n(6, &[])], &[REQ_00_01], &[ten(330)]),
    predefined(3310, 3315, "LENGTH (m), log", &[n(6, &[])], &[REQ_00_01], &[ten(331)]),
    predefined(3320, 3325, "WIDTH (m), log", &[n(6, &[])], &[REQ_00_01], &[ten(332)]),
    predefined(3330, 3335, "HEIGHT (m), log", &[n(6, &[])], &[REQ_00_01], &[ten(333)]),
    predefined(3340, 3345, "AREA (m²), log", &[n(6, &[])], &[REQ_00_01], &[ten(334)]),
    predefined(3350, 3355, "VOLUME (l), log", &[n(6, &[])], &[REQ_00_01], &[ten(335)]),
    predefined(3360, 3365, "VOLUME (m³), log", &[n(6, &[])], &[REQ_00_01], &[ten(336)]),
    predefined(3370, 3375, "KG PER m²", &[n(6, &[])], &[REQ_01], &[ten(337)]),
    predefined(3400, 3405, "GROSS WEIGHT (lb)", &[n(6, &[])], &[REQ_00_01], &[ten(340)]),
    predefined(3410, 3415, "LENGTH (in), log", &[n(6, &[])], &[REQ_00_01], &[ten(341)]),
    predefined(3420, 3425, "LENGTH (ft), log", &[n(6, &[])], &[REQ_00_01], &[ten(342)]),
    predefined(3430, 3435, "LENGTH (yd), log", &[n(6, &[])], &[REQ_00_01], &[ten(343)]),
    predefined(3440, 3445, "WIDTH (in), log", &[n(6, &[])], &[REQ_00_01], &[ten(344)]),
    predefined(3450, 3455, "WIDTH (ft), log", &[n(6, &[])], &[REQ_00_01], &[ten(345)]),
    predefined(3460, 3465, "WIDTH (yd), log", &[n(6, &[])], &[REQ_00_01], &[ten(346)]),
    predefined(3470, 3475, "HEIGHT (in), log", &[n(6, &[])], &[REQ_00_01], &[ten(347)]),
    predefined(3480, 3485, "HEIGHT (ft), log", &[n(6, &[])], &[REQ_00_01], &[ten(348)]),
    predefined(3490, 3495, "HEIGHT (yd), log", &[n(6, &[])], &[REQ_00_01], &[ten(349)]),
    predefined(3500, 3505, "AREA (in²)", &[n(6, &[])], &[REQ_01_02], &[ten(350)]),
    predefined(3510, 3515, "AREA (ft²)", &[n(6, &[])], &[REQ_01_02], &[ten(351)]),
    predefined(3520, 3525, "AREA (yd²)", &[n(6, &[])], &[REQ_01_02], &[ten(352)]),
    predefined(3530, 3535, "AREA (in²), log", &[n(6, &[])], &[REQ_00_01], &[ten(353)]),
    predefined(3540, 3545, "AREA (ft²), log", &[n(6, &[])], &[REQ_00_01], &[ten(354)]),
    predefined(3550, 3555, "AREA (yd²), log", &[n(6, &[])], &[REQ_00_01], &[ten(355)]),
    predefined(3560, 3565, "NET WEIGHT (tr oz)", &[n(6, &[])], &[REQ_01_02], &[ten(356)]),
    predefined(3570, 3575, "NET VOLUME (oz)", &[n(6, &[])], &[REQ_01_02], &[ten(357)]),
    predefined(3600, 3605, "NET VOLUME (qt (US))", &[n(6, &[])], &[REQ_01_02], &[ten(360)]),
    predefined(3610, 3615, "NET VOLUME (gal.)", &[n(6, &[])], &[REQ_01_02], &[ten(361)]),
    predefined(3620, 3625, "VOLUME (qt (US)), log", &[n(6, &[])], &[REQ_00_01], &[ten(362)]),
    predefined(3630, 3635, "VOLUME (gal (US)), log", &[n(6, &[])], &[REQ_00_01], &[ten(363)]),
    predefined(3640, 3645, "NET VOLUME (in³)", &[n(6, &[])], &[REQ_01_02], &[ten(364)]),
    predefined(3650, 3655, "NET VOLUME (ft³)", &[n(6, &[])], &[REQ_01_02], &[ten(365)]),
    predefined(3660, 3665, "NET VOLUME (yd³)", &[n(6, &[])], &[REQ_01_02], &[ten(366)]),
    predefined(3670, 3675, "VOLUME (in³), log", &[n(6, &[])], &[REQ_00_01], &[ten(367)]),
    predefined(3680, 3685, "VOLUME (ft³), log", &[n(6, &[])], &[REQ_00_01], &[ten(368)]),
    predefined(3690, 3695, "VOLUME (yd³), log", &[n(6, &[])], &[REQ_00_01], &[ten(369)]),
    separated(37, 37, "COUNT", &[n_to(8, &[])], &[REQ_00, REQ_02_8026], &[]),
    separated(3900, 3909, "AMOUNT", &[n_to(15, &[])], &[REQ_255_8020], &[ten(390), ten(391), ten(394), one(8111)]),
    separated(3910, 3919, "AMOUNT", &[n(3, &[ISO4217]), n_to(15, &[])], &[REQ_8020], &[ten(391)]),
    separated(3920, 3929, "PRICE", &[n_to(15, &[])], &[REQ_01, REQ_30_31NN_32NN_35NN_36NN], &[ten(392), ten(393)]),
    separated(3930, 3939, "PRICE", &[n(3, &[ISO4217]), n_to(15, &[])], &[REQ_30_31NN_32NN_35NN_36NN], &[ten(393)]),
    separated(3940, 3943, "PRCNT OFF", &[n(4, &[])], &[REQ_255], &[ten(394), one(8111)]),
    separated(3950, 3955, "PRICE/UoM", &[n(6, &[])], &[REQ_30_31NN_32NN_35NN_36NN], &[ten(392), ten(393), ten(395), one(8005)]),
    separated(400, 400, "ORDER NUMBER", &[x_to(30, &[])], &[], &[]),
    separated(401, 401, "GINC", &[x_to(30, &[GCP1])], &[], &[]).key(&[]),
    separated(402, 402, "GSIN", &[n(17, &[CSUM, GCP1])], &[], &[]).key(&[]),
    separated(403, 403, "ROUTE", &[x_to(30, &[])], &[REQ_00], &[]),
    predefined(410, 410, "SHIP TO LOC", &[n(13, &[CSUM, GCP1])], &[], &[]),
    predefined(411, 411, "BILL TO", &[n(13, &[CSUM, GCP1])], &[], &[]),
    predefined(412, 412, "PURCHASE FROM", &[n(13, &[CSUM, GCP1])], &[], &[]),
    predefined(413, 413, "SHIP FOR LOC", &[n(13, &[CSUM, GCP1])], &[], &[]),
    predefined(414, 414, "LOC No.", &[n(13, &[CSUM, GCP1])], &[], &[]).key(&[&[Ai(254)], &[Ai(7040)]]),
    predefined(415, 415, "PAY TO", &[n(13, &[CSUM, GCP1])], &[REQ_8020], &[]).key(&[&[Ai(8020)]]),
    predefined(416, 416, "PROD/SERV LOC", &[n(13, &[CSUM, GCP1])], &[], &[]),
    predefined(417, 417, "PARTY", &[n(13, &[CSUM, GCP1])], &[], &[]).key(&[&[Ai(7040)]]),
    separated(420, 420, "SHIP TO POST", &[x_to(20, &[])], &[], &[one(421)]),
    separated(421, 421, "SHIP TO POST", &[n(3, &[ISO3166]), x_to(9, &[])], &[], &[one(4307)]),
    separated(422, 422, "ORIGIN", &[n(3, &[ISO3166])], &[REQ_01_02_8006_8026], &[one(426)]),
    separated(423, 423, "COUNTRY - INITIAL PROCESS", &[n(3, &[ISO3166]), optional(n(3, &[ISO3166])), optional(n(3, &[ISO3166])), optional(n(3, &[ISO3166])), optional(n(3, &[ISO3166]))], &[REQ_01_02], &[one(426)]),
    separated(424, 424, "COUNTRY - PROCESS", &[n(3, &[ISO3166])], &[REQ_01_02], &[one(426)]),
    separated(425, 425, "COUNTRY - DISASSEMBLY", &[n(3, &[ISO3166]), optional(n(3, &[ISO3166])), optional(n(3, &[ISO3166])), optional(n(3, &[ISO3166])), optional(n(3, &[ISO3166]))], &[REQ_01_02], &[one(426)]),
    separated(426, 426, "COUNTRY - FULL PROCESS", &[n(3, &[ISO3166])], &[REQ_01_02], &[]),
    separated(427, 427, "ORIGIN SUBDIVISION", &[x_to(3, &[])], &[REQ_01_02, REQ_422], &[]),
    separated(4300, 4300, "SHIP TO COMP", &[x_to(35, &[PCENC])], &[REQ_00], &[]),
    separated(4301, 4301, "SHIP TO NAME", &[x_to(35, &[PCENC])], &[REQ_00], &[]),
    separated(4302, 4302, "SHIP TO ADD1", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4303, 4303, "SHIP TO ADD2", &[x_to(70, &[PCENC])], &[REQ_4302], &[]),
    separated(4304, 4304, "SHIP TO SUB", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4305, 4305, "SHIP TO LOC", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4306, 4306, "SHIP TO REG", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4307, 4307, "SHIP TO COUNTRY", &[x(2, &[ISO3166_ALPHA2])], &[REQ_00], &[]),
    separated(4308, 4308, "SHIP TO PHONE", &[x_to(30, &[])], &[REQ_00], &[]),
    separated(4309, 4309, "SHIP TO GEO", &[n(10, &[LATITUDE]), n(10, &[LONGITUDE])], &[REQ_00], &[]),
    separated(4310, 4310, "RTN TO COMP", &[x_to(35, &[PCENC])], &[REQ_00], &[]),
    separated(4311, 4311, "RTN TO NAME", &[x_to(35, &[PCENC])], &[REQ_00], &[]),
    separated(4312, 4312, "RTN TO ADD1", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4313, 4313, "RTN TO ADD2", &[x_to(70, &[PCENC])], &[REQ_4312], &[]),
    separated(4314, 4314, "RTN TO SUB", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4315, 4315, "RTN TO LOC", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4316, 4316, "RTN TO REG", &[x_to(70, &[PCENC])], &[REQ_00], &[]),
    separated(4317, 4317, "RTN TO COUNTRY", &[x(2, &[ISO3166_ALPHA2])], &[REQ_00], &[]),
    separated(4318, 4318, "RTN TO POST", &[x_to(20, &[])], &[REQ_00], &[]),
    separated(4319, 4319, "RTN TO PHONE", &[x_to(30, &[])], &[REQ_00], &[]),
    separated(4320, 4320, "SRV DESCRIPTION", &[x_to(35, &[PCENC])], &[REQ_00], &[]),
    separated(4321, 4321, "DANGEROUS GOODS", &[n(1, &[YES_NO])], &[REQ_00], &[]),
    separated(4322, 4322, "AUTH TO LEAVE", &[n(1, &[YES_NO])], &[REQ_00], &[]),
    separated(4323, 4323, "SIG REQUIRED", &[n(1, &[YES_NO])], &[REQ_00], &[]),
    separated(4324, 4324, "NOT BEF DEL DT", &[n(6, &[YYMMD0]), n(4, &[HHMI])], &[REQ_00], &[]),
    separated(4325, 4325, "NOT AFT DEL DT", &[n(6, &[YYMMD0]), n(4, &[HHMI])], &[REQ_00], &[]),
    separated(4326, 4326, "REL DATE", &[n(6, &[YYMMDD])], &[REQ_00], &[]),
    separated(4330, 4330, "MAX TEMP F.", &[n(6, &[]), optional(x(1, &[HYPHEN]))], &[REQ_00], &[one(4331)]),
    separated(4331, 4331, "MAX TEMP C.", &[n(6, &[]), optional(x(1, &[HYPHEN]))], &[REQ_00], &[one(4330)]),
    separated(4332, 4332, "MIN TEMP F.", &[n(6, &[]), optional(x(1, &[HYPHEN]))], &[REQ_00], &[one(4333)]),
    separated(4333, 4333, "MIN TEMP C.", &[n(6, &[]), optional(x(1, &[HYPHEN]))], &[REQ_00], &[one(4332)]),
    separated(7001, 7001, "NSN", &[n(13, &[])], &[REQ_01_02_8006_8026], &[]),
    separated(7002, 7002, "MEAT CUT", &[x_to(30, &[])], &[REQ_01_02], &[]),
    separated(7003, 7003, "EXPIRY TIME", &[n(6, &[YYMMDD]), n(4, &[HHMI])], &[REQ_01_02], &[]),
    separated(7004, 7004, "ACTIVE POTENCY", &[n_to(4, &[])], &[REQ_01_WITH_10], &[]),
    separated(7005, 7005, "CATCH AREA", &[x_to(12, &[])], &[REQ_01_02], &[]),
    separated(7006, 7006, "FIRST FREEZE DATE", &[n(6, &[YYMMDD])], &[REQ_01_02], &[]),
    separated(7007, 7007, "HARVEST DATE", &[n(6, &[YYMMDD]), optional(n(6, &[YYMMDD]))], &[REQ_01_02], &[]),
    separated(7008, 7008, "AQUATIC SPECIES", &[x_to(3, &[])], &[REQ_01_02], &[]),
    separated(7009, 7009, "FISHING GEAR TYPE", &[x_to(10, &[])], &[REQ_01_02], &[]),
    separated(7010, 7010, "PROD METHOD", &[x_to(2, &[])], &[REQ_01_02], &[]),
    separated(7011, 7011, "TEST BY DATE", &[n(6, &[YYMMDD]), optional(n(4, &[HHMI]))], &[REQ_01_02], &[]),
    separated(7020, 7020, "REFURB LOT", &[x_to(20, &[])], &[REQ_01_8006, REQ_416], &[]),
    separated(7021, 7021, "FUNC STAT", &[x_to(20, &[])], &[REQ_01_8006], &[]),
    separated(7022, 7022, "REV STAT", &[x_to(20, &[])], &[REQ_7021], &[]),
    separated(7023, 7023, "GIAI - ASSEMBLY", &[x_to(30, &[GCP1])], &[], &[]),
    separated(7030, 7030, "PROCESSOR # 0", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7031, 7031, "PROCESSOR # 1", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7032, 7032, "PROCESSOR # 2", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7033, 7033, "PROCESSOR # 3", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7034, 7034, "PROCESSOR # 4", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7035, 7035, "PROCESSOR # 5", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7036, 7036, "PROCESSOR # 6", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7037, 7037, "PROCESSOR # 7", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7038, 7038, "PROCESSOR # 8", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7039, 7039, "PROCESSOR # 9", &[n(3, &[ISO3166_999]), x_to(27, &[])], &[REQ_01_02], &[]),
    separated(7040, 7040, "UIC+EXT", &[n(1, &[]), x(1, &[]), x(1, &[]), x(1, &[IMPORTER])], &[], &[]).not_in_query(),
    separated(7041, 7041, "UFRGT UNIT TYPE", &[x_to(4, &[PACKAGE_TYPE])], &[REQ_00], &[]).not_in_query(),
    separated(710, 710, "NHRN PZN", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(711, 711, "NHRN CIP", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(712, 712, "NHRN CN", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(713, 713, "NHRN DRN", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(714, 714, "NHRN AIM", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(715, 715, "NHRN NDC", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(716, 716, "NHRN AIC", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(717, 717, "NHRN SRN", &[x_to(20, &[])], &[REQ_01], &[]),
    separated(7230, 7230, "CERT # 1", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7231, 7231, "CERT # 2", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7232, 7232, "CERT # 3", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7233, 7233, "CERT # 4", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7234, 7234, "CERT # 5", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7235, 7235, "CERT # 6", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7236, 7236, "CERT # 7", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7237, 7237, "CERT # 8", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7238, 7238, "CERT # 9", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7239, 7239, "CERT # 10", &[x(2, &[]), x_to(28, &[])], &[REQ_01_8004], &[]),
    separated(7240, 7240, "PROTOCOL", &[x_to(20, &[])], &[REQ_01_8006], &[]),
    separated(7241, 7241, "AIDC MEDIA TYPE", &[n(2, &[MEDIA_TYPE])], &[REQ_8017_8018], &[]),
    separated(7242, 7242, "VCN", &[x_to(25, &[])], &[REQ_8017_8018], &[]),
    separated(7250, 7250, "DOB", &[n(8, &[YYYYMMDD])], &[REQ_8018], &[one(7251)]),
    separated(7251, 7251, "DOB TIME", &[n(8, &[YYYYMMDD]), n(4, &[HHMI])], &[REQ_8018], &[one(7250)]),
    separated(7252, 7252, "BIO SEX", &[n(1, &[ISO5218])], &[REQ_8018], &[]),
    separated(7253, 7253, "FAMILY NAME", &[x_to(40, &[PCENC])], &[REQ_8017_8018], &[one(7256), one(7259)]),
    separated(7254, 7254, "GIVEN NAME", &[x_to(40, &[PCENC])], &[REQ_8017_8018], &[one(7256), one(7259)]),
    separated(7255, 7255, "SUFFIX", &[x_to(10, &[])], &[REQ_8017_8018], &[one(7256), one(7259)]),
    separated(7256, 7256, "FULL NAME", &[x_to(90, &[PCENC])], &[REQ_8017_8018], &[]),
    separated(7257, 7257, "PERSON ADDR", &[x_to(70, &[PCENC])], &[REQ_8018], &[]),
    separated(7258, 7258, "BIRTH SEQUENCE", &[x(3, &[POSITION])], &[REQ_8018_WITH_7259], &[]),
    separated(7259, 7259, "BABY", &[x_to(40, &[PCENC])], &[REQ_8018], &[one(7256)]),
    separated(8001, 8001, "DIMENSIONS", &[n(4, &[NON_ZERO]), n(5, &[NON_ZERO]), n(3, &[NON_ZERO]), n(1, &[WINDING]), n(1, &[])], &[REQ_01], &[]),
    separated(8002, 8002, "CMT No.", &[x_to(20, &[])], &[], &[]),
    separated(8003, 8003, "GRAI", &[n(1, &[ZERO]), n(13, &[CSUM, GCP1]), optional(x_to(16, &[]))], &[], &[]).key(&[]),
    separated(8004, 8004, "GIAI", &[x_to(30, &[GCP1])], &[], &[]).key(&[&[Ai(7040)]]),
    separated(8005, 8005, "PRICE PER UNIT", &[n(6, &[])], &[REQ_01_02], &[]),
    separated(8006, 8006, "ITIP", &[n(14, &[CSUM, GCP2]), n(4, &[PIECE])], &[], &[one(1), one(37)]).key(&[&[Ai(22), Ai(10), Ai(21)]]),
    separated(8007, 8007, "IBAN", &[x_to(34, &[IBAN])], &[REQ_415], &[]),
    separated(8008, 8008, "PROD TIME", &[n(6, &[YYMMDD]), n(2, &[HH]), optional(n(2, &[MI])), optional(n(2, &[SS]))], &[REQ_01_02], &[]),
    separated(8009, 8009, "OPTSEN", &[x_to(50, &[])], &[REQ_00_01], &[]),
    separated(8010, 8010, "CPID", &[y_to(30, &[GCP1])], &[], &[]).key(&[&[Ai(8011)]]),
    separated(8011, 8011, "CPID SERIAL", &[n_to(12, &[NO_ZERO_PREFIX])], &[REQ_8010], &[]).not_in_query(),
    separated(8012, 8012, "VERSION", &[x_to(20, &[])], &[REQ_01_8006], &[]),
    separated(8013, 8013, "GMN", &[x_to(25, &[CSUM_ALPHA, GCP1])], &[], &[]).key(&[]),
    separated(8014, 8014, "MUDI", &[x_to(25, &[CSUM_ALPHA, GCP1, NON_DIGIT])], &[REQ_01], &[]).not_in_query(),
    separated(8017, 8017, "GSRN - PROVIDER", &[n(18, &[CSUM, GCP1])], &[], &[one(8018)]).key(&[&[Ai(8019)]]),
    separated(8018, 8018, "GSRN - RECIPIENT", &[n(18, &[CSUM, GCP1])], &[], &[one(8017)]).key(&[&[Ai(8019)]]),
    separated(8019, 8019, "SRIN", &[n_to(10, &[])], &[REQ_8017_8018], &[]).not_in_query(),
    separated(8020, 8020, "REF No.", &[x_to(25, &[])], &[REQ_415], &[]).not_in_query(),
    separated(8026, 8026, "ITIP CONTENT", &[n(14, &[CSUM, GCP2]), n(4, &[PIECE])], &[REQ_37], &[one(2), one(8006)]),
    separated(8030, 8030, "DIGSIG", &[z_to(90, &[])], &[REQ_SIGNED], &[]),
    separated(8040, 8040, "IMEI", &[n(15, &[])], &[REQ_01_WITH_21], &[]).not_in_query(),
    separated(8041, 8041, "IMEI2", &[n(15, &[])], &[REQ_01_WITH_21_WITH_8040], &[]).not_in_query(),
    separated(8042, 8042, "ESIM", &[n(32, &[])], &[REQ_01_WITH_21_WITH_8040], &[]).not_in_query(),
    separated(8043, 8043, "PSIM", &[n(18, &[]), optional(n_to(2, &[]))], &[REQ_01_WITH_21_WITH_8040], &[]).not_in_query(),
    separated(8110, 8110, "", &[x_to(70, &[COUPON])], &[], &[]),
    separated(8111, 8111, "POINTS", &[n(4, &[])], &[REQ_255], &[]),
    separated(8112, 8112, "", &[x_to(70, &[COUPON_OFFER])], &[], &[]),
    separated(8200, 8200, "PRODUCT URL", &[x_to(70, &[])], &[REQ_01], &[]).not_in_query(),
    separated(90, 90, "INTERNAL", &[x_to(30, &[])], &[], &[]),
    separated(91, 91, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(92, 92, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(93, 93, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(94, 94, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(95, 95, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(96, 96, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(97, 97, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(98, 98, "INTERNAL", &[x_to(90, &[])], &[], &[]),
    separated(99, 99, "INTERNAL", &[x_to(90, &[])], &[], &[]),
];
