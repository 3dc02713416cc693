//! Sentences about codes: why one cannot be read, what is odd about one that was read, and what its fields are.

use super::Texts;
use crate::carrier::{Fault, Remark};

impl Texts {
    /// Why a code cannot be read and what to do, in one sentence.
    pub fn refusal(&self, fault: &Fault) -> String {
        self.with(
            "code-refused",
            &[("what", &self.fault(fault)), ("advice", &self.advice(fault))],
        )
    }

    /// What is wrong, to stand within a sentence; the name of the error where there are no words for it.
    pub fn fault(&self, fault: &Fault) -> String {
        let word = fault.word();
        let key = format!("word-detail-{word}");
        if self.has(&key) {
            self.get(&key)
        } else {
            word.to_owned()
        }
    }

    /// What to do about it, to stand within a sentence.
    pub fn advice(&self, fault: &Fault) -> String {
        self.advice_on(fault.word())
    }

    /// The same by the stable name of an error.
    pub fn advice_on(&self, word: &str) -> String {
        self.get(advice(word))
    }

    /// What is odd about a code that was read; in English where there are no words for it.
    pub fn oddity(&self, remark: &Remark) -> String {
        let key = format!("oddity-{}", remark.code);
        if !self.has(&key) {
            return remark.message.clone();
        }
        let details = remark.details.iter();
        let details: Vec<(&str, &str)> = details.map(|(name, value)| (*name, value.as_str())).collect();
        self.with(&key, &details)
    }
}

/// Key of the advice for an error by its stable name.
fn advice(word: &str) -> &'static str {
    match word {
        "SCAN_KEYBOARD_LAYOUT" => "advice-keyboard",
        "MISSING_SYMBOLOGY_IDENTIFIER" => "advice-identifier",
        "HIBC_LOWER_CASE" | "ISBT128_LOWER_CASE" | "IFA_LOWER_CASE" => "advice-caps-lock",
        "SCAN_TOO_LONG"
        | "TOO_MANY_AIS"
        | "HIBC_TOO_LONG"
        | "HIBC_AMBIGUOUS"
        | "HIBC_VALUE_TOO_LONG"
        | "ISBT128_TOO_LONG"
        | "ISBT128_REPEATED"
        | "IFA_TOO_LONG" => "advice-one-code",
        "REQUIRED_AIS_NOT_SATISFIED" | "SERIAL_NOT_PRESENT" | "HIBC_LINK_CHARACTER" => "advice-both-codes",
        "AI_DATA_IS_TOO_LONG"
        | "AI_VALUE_IS_TOO_LONG"
        | "SCAN_DATA_CONTAINS_ILLEGAL_CARAT"
        | "AI_CONTAINS_ILLEGAL_CARAT_CHARACTER"
        | "INVALID_CSET82_CHARACTER"
        | "IFA_ENVELOPE"
        | "IFA_LENGTH"
        | "IFA_CHARACTER" => "advice-separator",
        "SCAN_NOT_TEXT"
        | "SCAN_NAMES_NOTHING"
        | "SCAN_WEB_ADDRESS"
        | "SCAN_NOT_A_DEVICE"
        | "SCAN_UNKNOWN_FORM"
        | "UNSUPPORTED_SYMBOLOGY_IDENTIFIER"
        | "HIBC_PATIENT_DATA"
        | "HIBC_NOT_HIBC"
        | "ISBT128_NOT_ISBT128"
        | "ISBT128_UNKNOWN_IDENTIFIER"
        | "IFA_NOT_IFA"
        | "NO_GS1_DL_KEYS_FOUND_IN_PATH_INFO" => "advice-other-code",
        "INSTANCES_OF_AI_HAVE_DIFFERENT_VALUES"
        | "INVALID_AI_PAIRS"
        | "SCAN_IMPOSSIBLE_VALUE"
        | "HIBC_REPEATED"
        | "HIBC_DATE"
        | "ISBT128_DATE"
        | "IFA_DATE"
        | "IFA_REPEATED"
        | "IFA_TWO_PRODUCTS"
        | "ILLEGAL_MONTH"
        | "ILLEGAL_DAY"
        | "ILLEGAL_HOUR"
        | "ILLEGAL_MINUTE"
        | "ILLEGAL_SECOND" => "advice-label",
        word if word.starts_with("URI_") || word.starts_with("DOMAIN_") => "advice-other-code",
        _ => "advice-again",
    }
}
