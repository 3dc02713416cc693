//! Goods receipt: what was announced, what came, and what is said of it.

use serde::{Deserialize, Serialize};
use sparhund_shared::event::{Answer as CheckAnswer, ArticleNo, DeliveryNo, ReasonCode};
use sparhund_shared::identity::{LabelDate, Lot, Serial, Sscc};
use sparhund_shared::log::Hash;

/// A delivery that is awaited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeliveryCard {
    /// Who sends it.
    pub supplier: String,
    /// The sender's number.
    pub no: DeliveryNo,
    /// Our order it answers.
    pub order: Option<String>,
    /// When it is expected, Unix milliseconds.
    pub expected_at: Option<i64>,
    /// Base units that are awaited.
    pub units: u64,
    /// Logistic units that are awaited.
    pub packages: u32,
}

/// What a receipt has beside the basket.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct ReceiptView {
    /// Whether the delivery was announced.
    pub announced: bool,
    /// Our order it answers.
    pub order: Option<String>,
    /// Logistic units that are awaited.
    pub units: Vec<ReceiptUnit>,
    /// What is to be received now; of the units that were scanned, or of all when none was.
    pub lines: Vec<ReceiptLine>,
    /// Receiving checks that are to be done.
    pub checks: Vec<CheckView>,
    /// Whether "nothing came" can be said.
    pub may_be_none: bool,
}

/// A logistic unit of the delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReceiptUnit {
    /// Its number.
    pub sscc: Sscc,
    /// Whether it was scanned and is received now.
    pub open: bool,
    /// Whether the goods scanned next are counted to it.
    pub current: bool,
}

/// An announced line and what came of it, in base units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// Line number.
    pub line: u32,
    /// Article.
    pub article: Option<ArticleNo>,
    /// Name.
    pub name: String,
    /// Lot.
    pub lot: Option<Lot>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Expiry.
    pub expiry: Option<LabelDate>,
    /// Logistic unit.
    pub sscc: Option<Sscc>,
    /// Announced.
    pub expected: i64,
    /// Scanned.
    pub scanned: i64,
    /// Taken by what the sender told, without a scan.
    pub told: i64,
    /// Announced and not here.
    pub missing: i64,
    /// Here and not announced.
    pub surplus: i64,
}

/// A receiving check of an article (MDR Article 14(2)).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CheckView {
    /// The article.
    pub article: ArticleNo,
    /// Its name.
    pub name: String,
    /// Which of the questions are asked this time, and what was answered.
    pub questions: Vec<AskedView>,
    /// Whether an answer is no: then it wants a reason.
    pub failed: bool,
    /// The reason.
    pub reason: Option<ReasonCode>,
    /// Whether it is done.
    pub done: bool,
}

/// A question of a check.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedView {
    /// Which.
    pub question: Question,
    /// The answer.
    pub answer: Option<CheckAnswer>,
}

/// The questions of MDR Article 14(2), in its order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// (a) CE mark and declaration of conformity.
    Conformity,
    /// (b) Label and instructions for use, in Swedish.
    Information,
    /// (c) The importer.
    Importer,
    /// (d) UDI.
    Udi,
}

impl Question {
    /// All, in the order of the article.
    pub const ALL: [Self; 4] = [Self::Conformity, Self::Information, Self::Importer, Self::Udi];

    /// Stable word, also the key of its words: `check-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Conformity => "conformity",
            Self::Information => "information",
            Self::Importer => "importer",
            Self::Udi => "udi",
        }
    }
}

/// What becomes of goods that are not as they should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// They are received and set aside.
    Quarantine,
    /// They go back with whoever brought them, and never become ours.
    Refuse,
}

/// Goods in the basket that are not as they should be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// What is wrong.
    pub reason: ReasonCode,
    /// Base units of the entry.
    pub units: u32,
    /// What becomes of them.
    pub keep: Keep,
    /// More words.
    #[serde(default)]
    pub note: Option<String>,
    /// Photographs by the SHA-256 of their bytes.
    #[serde(default)]
    pub photos: Vec<Hash>,
}

/// What a person says in a goods receipt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum ReceiptSay {
    /// What was announced of a line and not scanned is here, as the sender told; nobody has seen it.
    Told {
        /// Line number.
        line: u32,
    },
    /// The same of all that a logistic unit has.
    ToldUnit {
        /// The unit.
        sscc: Sscc,
    },
    /// Goods of the basket are not as they should be. The same reason again takes the place of the one before; no units
    /// take it back.
    Mark {
        /// Index in the basket.
        entry: usize,
        /// What is wrong.
        mark: Mark,
    },
    /// A question of a receiving check is answered; `None` takes the answer back.
    Check {
        /// Of which article.
        article: ArticleNo,
        /// Which question.
        question: Question,
        /// The answer.
        answer: Option<CheckAnswer>,
    },
    /// Why a check failed.
    CheckReason {
        /// Of which article.
        article: ArticleNo,
        /// The reason.
        reason: ReasonCode,
    },
    /// Nothing of what was announced came.
    NothingCame,
}
