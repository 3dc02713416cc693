//! Sentences for the reasons behind a verdict.

use super::Texts;
use crate::identity::PlaceCode;
use crate::reference::{PlaceKind, StorageClass};
use crate::verdict::Reason;

impl Texts {
    /// The sentence for a reason: what, why and what to do.
    pub fn reason(&self, reason: &Reason) -> String {
        let key = format!("reason-{}", reason.word());
        let dash = || "–".to_owned();
        match reason {
            Reason::Held { text } | Reason::MaybeHeld { text } | Reason::HeldAside { text } => {
                self.with(&key, &[("text", text.as_str())])
            }
            Reason::Expired { expiry } | Reason::ExpiredAside { expiry } => {
                self.with(&key, &[("expiry", &expiry.to_string())])
            }
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
            Reason::LaterLot { lot } => {
                let lot = lot.as_ref().map_or_else(dash, ToString::to_string);
                self.with(&key, &[("lot", &lot)])
            }
            Reason::BelowFloor { floor, left, keep } => self.with(
                &key,
                &[
                    ("floor", floor.word()),
                    ("left", &left.to_string()),
                    ("keep", &keep.to_string()),
                ],
            ),
            Reason::FloorTaken { floor, left } => {
                self.with(&key, &[("floor", floor.word()), ("left", &left.to_string())])
            }
            Reason::LineFullInBasket { units }
            | Reason::NotInBook { units }
            | Reason::MoreThanAnnounced { units } => self.with(&key, &[("units", &units.to_string())]),
            Reason::TooMany { left } => self.with(&key, &[("left", &left.to_string())]),
            Reason::TooManyPacked { left, per_pack } => self.with(
                &key,
                &[("left", &left.to_string()), ("per_pack", &per_pack.to_string())],
            ),
            Reason::BookElsewhere { book, scanned, from } => self.with(
                &key,
                &[
                    ("book", &on_shelf(book)),
                    ("scanned", &on_shelf(scanned)),
                    ("from", &on_shelf(from)),
                ],
            ),
            Reason::BookShort { place, units } => self.with(
                &key,
                &[("place", &on_shelf(place)), ("units", &units.to_string())],
            ),
            Reason::NoShelf { kind } => self.with(&key, &[("kind", kind_word(*kind))]),
            Reason::WrongPlace { expected } => self.with(&key, &[("expected", &expected.to_string())]),
            Reason::WrongStop { expected } => self.with(&key, &[("expected", expected)]),
            Reason::WrongStorage { needs, gives } => {
                let gives = gives.map_or("none", storage_word);
                self.with(&key, &[("needs", storage_word(*needs)), ("gives", gives)])
            }
            Reason::ShortLife { left, wanted } => self.with(
                &key,
                &[("left", &left.to_string()), ("wanted", &wanted.to_string())],
            ),
            Reason::NotSterile
            | Reason::NotQuarantine
            | Reason::NotHeld
            | Reason::NotForMedicines
            | Reason::LotNotInBook
            | Reason::HalfUdi
            | Reason::NotSetAside
            | Reason::NotAid
            | Reason::AidNowhere
            | Reason::Implantable
            | Reason::NotImplantable
            | Reason::NotAnnounced
            | Reason::LineFull
            | Reason::SerialAgain
            | Reason::SerialCount
            | Reason::NotExpected
            | Reason::UnitInUse
            | Reason::UnknownUnit
            | Reason::NotLoaded
            | Reason::UnknownPlace
            | Reason::UnknownArticle
            | Reason::UnreadCode
            | Reason::NoLot
            | Reason::NoSerial
            | Reason::NoExpiry
            | Reason::SuspectSeparator
            | Reason::LenientReading
            | Reason::Uncalibrated => self.get(&key),
        }
    }
}

fn storage_word(class: StorageClass) -> &'static str {
    match class {
        StorageClass::Room => "room",
        StorageClass::Cool => "cool",
        StorageClass::Cold => "cold",
        StorageClass::Frozen => "frozen",
    }
}

fn kind_word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Ward => "ward",
        PlaceKind::Dispatch => "dispatch",
        PlaceKind::Site | PlaceKind::Zone | PlaceKind::Bin | PlaceKind::Quarantine | PlaceKind::Vehicle => {
            "other"
        }
    }
}

/// What stands on the label of a shelf: the number of the store before it says nothing to a person inside.
fn on_shelf(place: &PlaceCode) -> String {
    place
        .extension()
        .map_or_else(|| place.to_string(), ToString::to_string)
}
