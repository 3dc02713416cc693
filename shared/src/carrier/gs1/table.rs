//! The rules of the application identifiers met in health care, one row an identifier.
//!
//! Facts of the GS1 Barcode Syntax Dictionary, release 2026-01-27, written down in our own form. Rows are sorted by
//! their text, which the index in [`ai`](super::ai) checks when it is built. Requirements may name identifiers that
//! have no row here.

use super::ai::{Ai, AiRow, AiSpan, Requirement};
use super::component::{CharacterSet, Component};
use super::linter::Linter;

const fn one(ai: u16) -> AiSpan {
    AiSpan {
        low: Ai(ai),
        high: Ai(ai),
    }
}

const fn part(set: CharacterSet, min: usize, max: usize, linters: &'static [Linter]) -> Component {
    Component {
        set,
        min,
        max,
        optional: false,
        linters,
    }
}

const fn digits(count: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Numeric, count, count, linters)
}

const fn digits_up_to(most: usize) -> Component {
    part(CharacterSet::Numeric, 1, most, &[])
}

const fn text(most: usize, linters: &'static [Linter]) -> Component {
    part(CharacterSet::Cset82, 1, most, linters)
}

const fn optional(component: Component) -> Component {
    Component {
        optional: true,
        ..component
    }
}

const DATE: Component = digits(6, &[Linter::DayOrMonth]);
const GLN: Component = digits(13, &[Linter::CheckDigit, Linter::CompanyPrefixFirst]);

/// A trade item in any of the forms that are made in batches.
const MADE: Requirement = &[&[one(1)], &[one(2)], &[one(3)], &[one(8006)], &[one(8026)]];
/// The same, and coupons, which expire without being made.
const EXPIRING: Requirement = &[
    &[one(1)],
    &[one(2)],
    &[one(3)],
    &[one(255)],
    &[one(8006)],
    &[one(8026)],
];
/// A trade item that is not made to order.
const TRADED: Requirement = &[&[one(1)], &[one(2)], &[one(8006)], &[one(8026)]];

type Parts = &'static [Component];
type Needs = &'static [Requirement];
type Not = &'static [AiSpan];

const fn row(
    ai: u16,
    title: &'static str,
    predefined: bool,
    c: Parts,
    requires: Needs,
    excludes: Not,
) -> AiRow {
    AiRow {
        ai: Ai(ai),
        title,
        predefined,
        components: c,
        requires,
        excludes,
    }
}

/// Of predefined length: no separator follows.
const fn predefined(ai: u16, title: &'static str, c: Parts, requires: Needs, excludes: Not) -> AiRow {
    row(ai, title, true, c, requires, excludes)
}

/// A separator follows unless it is last, even where the length is fixed.
const fn separated(ai: u16, title: &'static str, c: Parts, requires: Needs, excludes: Not) -> AiRow {
    row(ai, title, false, c, requires, excludes)
}

pub(super) static TABLE: [AiRow; 60] = [
    predefined(
        0,
        "SSCC",
        &[digits(18, &[Linter::CheckDigit, Linter::CompanyPrefixSecond])],
        &[],
        &[],
    ),
    predefined(
        1,
        "GTIN",
        &[digits(14, &[Linter::CheckDigit, Linter::CompanyPrefixSecond])],
        &[],
        &[one(255), one(37)],
    ),
    predefined(
        2,
        "CONTENT",
        &[digits(14, &[Linter::CheckDigit, Linter::CompanyPrefixSecond])],
        &[&[&[one(37)]]],
        &[one(1), one(3)],
    ),
    separated(10, "BATCH/LOT", &[text(20, &[])], &[MADE], &[]),
    predefined(11, "PROD DATE", &[DATE], &[MADE], &[]),
    predefined(12, "DUE DATE", &[DATE], &[&[&[one(8020)]]], &[]),
    predefined(13, "PACK DATE", &[DATE], &[MADE], &[]),
    predefined(15, "BEST BEFORE or BEST BY", &[DATE], &[MADE], &[]),
    predefined(16, "SELL BY", &[DATE], &[MADE], &[]),
    predefined(17, "USE BY or EXPIRY", &[DATE], &[EXPIRING], &[]),
    predefined(20, "VARIANT", &[digits(2, &[])], &[TRADED], &[]),
    separated(
        21,
        "SERIAL",
        &[text(20, &[])],
        &[&[&[one(1)], &[one(3)], &[one(8006)]]],
        &[one(235)],
    ),
    separated(22, "CPV", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(235, "TPX", &[text(28, &[])], &[&[&[one(1)]]], &[]),
    separated(240, "ADDITIONAL ID", &[text(30, &[])], &[TRADED], &[]),
    separated(241, "CUST. PART No.", &[text(30, &[])], &[TRADED], &[]),
    separated(243, "PCN", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(
        250,
        "SECONDARY SERIAL",
        &[text(30, &[])],
        &[&[&[one(1)], &[one(8006)]], &[&[one(21)]]],
        &[],
    ),
    separated(
        251,
        "REF. TO SOURCE",
        &[text(30, &[])],
        &[&[&[one(1)], &[one(8006)]]],
        &[],
    ),
    separated(
        254,
        "GLN EXTENSION COMPONENT",
        &[text(20, &[])],
        &[&[&[one(414)]]],
        &[],
    ),
    separated(
        30,
        "VAR. COUNT",
        &[digits_up_to(8)],
        &[&[&[one(1)], &[one(2)]]],
        &[],
    ),
    separated(
        37,
        "COUNT",
        &[digits_up_to(8)],
        &[&[&[one(0)]], &[&[one(2)], &[one(8026)]]],
        &[],
    ),
    separated(400, "ORDER NUMBER", &[text(30, &[])], &[], &[]),
    separated(401, "GINC", &[text(30, &[Linter::CompanyPrefixFirst])], &[], &[]),
    separated(
        402,
        "GSIN",
        &[digits(17, &[Linter::CheckDigit, Linter::CompanyPrefixFirst])],
        &[],
        &[],
    ),
    separated(403, "ROUTE", &[text(30, &[])], &[&[&[one(0)]]], &[]),
    predefined(410, "SHIP TO LOC", &[GLN], &[], &[]),
    predefined(411, "BILL TO", &[GLN], &[], &[]),
    predefined(412, "PURCHASE FROM", &[GLN], &[], &[]),
    predefined(413, "SHIP FOR LOC", &[GLN], &[], &[]),
    predefined(414, "LOC No.", &[GLN], &[], &[]),
    predefined(415, "PAY TO", &[GLN], &[&[&[one(8020)]]], &[]),
    predefined(416, "PROD/SERV LOC", &[GLN], &[], &[]),
    predefined(417, "PARTY", &[GLN], &[], &[]),
    separated(420, "SHIP TO POST", &[text(20, &[])], &[], &[one(421)]),
    separated(
        7003,
        "EXPIRY TIME",
        &[digits(6, &[Linter::Day]), digits(4, &[Linter::HourMinute])],
        &[&[&[one(1)], &[one(2)]]],
        &[],
    ),
    separated(710, "NHRN PZN", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(711, "NHRN CIP", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(712, "NHRN CN", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(713, "NHRN DRN", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(714, "NHRN AIM", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(715, "NHRN NDC", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(716, "NHRN AIC", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(717, "NHRN SRN", &[text(20, &[])], &[&[&[one(1)]]], &[]),
    separated(
        8003,
        "GRAI",
        &[digits(1, &[Linter::Zero]), GLN, optional(text(16, &[]))],
        &[],
        &[],
    ),
    separated(8004, "GIAI", &[text(30, &[Linter::CompanyPrefixFirst])], &[], &[]),
    separated(
        8012,
        "VERSION",
        &[text(20, &[])],
        &[&[&[one(1)], &[one(8006)]]],
        &[],
    ),
    separated(
        8017,
        "GSRN - PROVIDER",
        &[digits(18, &[Linter::CheckDigit, Linter::CompanyPrefixFirst])],
        &[],
        &[one(8018)],
    ),
    separated(
        8018,
        "GSRN - RECIPIENT",
        &[digits(18, &[Linter::CheckDigit, Linter::CompanyPrefixFirst])],
        &[],
        &[one(8017)],
    ),
    separated(8020, "REF No.", &[text(25, &[])], &[&[&[one(415)]]], &[]),
    separated(90, "INTERNAL", &[text(30, &[])], &[], &[]),
    separated(91, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(92, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(93, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(94, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(95, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(96, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(97, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(98, "INTERNAL", &[text(90, &[])], &[], &[]),
    separated(99, "INTERNAL", &[text(90, &[])], &[], &[]),
];
