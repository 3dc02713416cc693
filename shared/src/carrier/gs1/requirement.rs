//! What identifiers need beside them, each rule named as the dictionary writes it: `req=01+21,02` is `REQ_01_WITH_21_02`
//! (GS1 General Specifications 4.13.2).

use super::ai::{Ai, AiSpan, Requirement};

pub(super) const fn one(ai: u16) -> AiSpan {
    AiSpan {
        low: Ai(ai),
        high: Ai(ai),
    }
}

/// `310n` of the dictionary.
pub(super) const fn ten(head: u16) -> AiSpan {
    AiSpan {
        low: Ai(head * 10),
        high: Ai(head * 10 + 9),
    }
}

/// `35nn` of the dictionary.
pub(super) const fn hundred(head: u16) -> AiSpan {
    AiSpan {
        low: Ai(head * 100),
        high: Ai(head * 100 + 99),
    }
}

/// A key that names one piece, which is what a digital signature signs.
pub(super) const REQ_SIGNED: Requirement = &[
    &[one(0)],
    &[one(1), one(21)],
    &[one(253)],
    &[one(255)],
    &[one(8003)],
    &[one(8004)],
    &[one(8006), one(21)],
    &[one(8010), one(8011)],
    &[one(8017)],
    &[one(8018)],
];
pub(super) const REQ_00: Requirement = &[&[one(0)]];
pub(super) const REQ_00_01: Requirement = &[&[one(0)], &[one(1)]];
pub(super) const REQ_01: Requirement = &[&[one(1)]];
pub(super) const REQ_01_02: Requirement = &[&[one(1)], &[one(2)]];
pub(super) const REQ_01_02_03_255_8006_8026: Requirement = &[
    &[one(1)],
    &[one(2)],
    &[one(3)],
    &[one(255)],
    &[one(8006)],
    &[one(8026)],
];
pub(super) const REQ_01_02_03_8006_8026: Requirement =
    &[&[one(1)], &[one(2)], &[one(3)], &[one(8006)], &[one(8026)]];
pub(super) const REQ_01_02_8006_8026: Requirement = &[&[one(1)], &[one(2)], &[one(8006)], &[one(8026)]];
pub(super) const REQ_01_03_8006: Requirement = &[&[one(1)], &[one(3)], &[one(8006)]];
pub(super) const REQ_01_8004: Requirement = &[&[one(1)], &[one(8004)]];
pub(super) const REQ_01_8006: Requirement = &[&[one(1)], &[one(8006)]];
pub(super) const REQ_01_WITH_10: Requirement = &[&[one(1), one(10)]];
pub(super) const REQ_01_WITH_21: Requirement = &[&[one(1), one(21)]];
pub(super) const REQ_01_WITH_21_WITH_8040: Requirement = &[&[one(1), one(21), one(8040)]];
pub(super) const REQ_02_8026: Requirement = &[&[one(2)], &[one(8026)]];
pub(super) const REQ_21: Requirement = &[&[one(21)]];
pub(super) const REQ_255: Requirement = &[&[one(255)]];
pub(super) const REQ_255_8020: Requirement = &[&[one(255)], &[one(8020)]];
pub(super) const REQ_30_31NN_32NN_35NN_36NN: Requirement = &[
    &[one(30)],
    &[hundred(31)],
    &[hundred(32)],
    &[hundred(35)],
    &[hundred(36)],
];
pub(super) const REQ_37: Requirement = &[&[one(37)]];
pub(super) const REQ_414: Requirement = &[&[one(414)]];
pub(super) const REQ_415: Requirement = &[&[one(415)]];
pub(super) const REQ_416: Requirement = &[&[one(416)]];
pub(super) const REQ_422: Requirement = &[&[one(422)]];
pub(super) const REQ_4302: Requirement = &[&[one(4302)]];
pub(super) const REQ_4312: Requirement = &[&[one(4312)]];
pub(super) const REQ_7021: Requirement = &[&[one(7021)]];
pub(super) const REQ_8010: Requirement = &[&[one(8010)]];
pub(super) const REQ_8017_8018: Requirement = &[&[one(8017)], &[one(8018)]];
pub(super) const REQ_8018: Requirement = &[&[one(8018)]];
pub(super) const REQ_8018_WITH_7259: Requirement = &[&[one(8018), one(7259)]];
pub(super) const REQ_8020: Requirement = &[&[one(8020)]];
