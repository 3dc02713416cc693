//! Sentences for the reasons behind a verdict.

use super::Texts;
use crate::verdict::Reason;

impl Texts {
    /// The sentence for a reason: what, why and what to do.
    pub fn reason(&self, reason: &Reason) -> String {
        let key = format!("reason-{}", reason.word());
        let dash = || "–".to_owned();
        match reason {
            Reason::Held { text } | Reason::MaybeHeld { text } => self.with(&key, &[("text", text.as_str())]),
            Reason::Expired { expiry } => self.with(&key, &[("expiry", &expiry.to_string())]),
            Reason::WrongItem { scanned } => {
                let scanned = scanned
                    .as_ref()
                    .map_or_else(|| "none".to_owned(), ToString::to_string);
                self.with(&key, &[("scanned", &scanned)])
            }
            Reason::WrongLot { lot, place, expiry } => {
                let lot = lot.as_ref().map_or_else(dash, ToString::to_string);
                let expiry = expiry.as_ref().map_or_else(dash, ToString::to_string);
                self.with(
                    &key,
                    &[("lot", &lot), ("expiry", &expiry), ("place", &place.to_string())],
                )
            }
            Reason::TooMany { left } => self.with(&key, &[("left", &left.to_string())]),
            Reason::WrongPlace { expected } => self.with(&key, &[("expected", &expected.to_string())]),
            Reason::SerialAgain
            | Reason::SerialCount
            | Reason::NotExpected
            | Reason::UnknownPlace
            | Reason::UnknownArticle
            | Reason::UnreadCode
            | Reason::NoLot
            | Reason::NoSerial
            | Reason::NoExpiry
            | Reason::SuspectSeparator
            | Reason::Uncalibrated => self.get(&key),
        }
    }
}
