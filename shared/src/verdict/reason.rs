//! Why a scan gives pause.

use serde::{Deserialize, Serialize};

use crate::event::{ArticleNo, HoldText, ReasonCode};
use crate::identity::{LabelDate, Lot, PlaceCode};
use crate::reference::{PlaceKind, StorageClass};

/// The answer to a scan. Ordered by gravity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Go on.
    Ok,
    /// Look, then decide.
    Warn,
    /// Not allowed.
    Stop,
}

impl Verdict {
    /// Stable word, also the key of its translation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Stop => "stop",
        }
    }
}

/// Stock of a site that is kept for worse days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Floor {
    /// Säkerhetslager: for late deliveries and uneven use.
    Safety,
    /// Beredskapslager: for a crisis.
    Preparedness,
}

impl Floor {
    /// Stable word, also the key of its translation: `floor-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Preparedness => "preparedness",
        }
    }
}

/// One reason. Each has a sentence in every language under the key `reason-<word>`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The goods are under a hold.
    Held {
        /// Reason and reference of the hold.
        text: HoldText,
    },
    /// The hold names a lot or serial that the label does not show, or shows in other letter case.
    MaybeHeld {
        /// Reason and reference of the hold.
        text: HoldText,
    },
    /// The expiry date has passed.
    Expired {
        /// The date on the label.
        expiry: LabelDate,
    },
    /// Another article than the order line wants.
    WrongItem {
        /// Article that was scanned, when known.
        scanned: Option<ArticleNo>,
    },
    /// A lot that expires later than one at hand: first expired, first out.
    WrongLot {
        /// Lot to take.
        lot: Option<Lot>,
        /// Where it stands.
        place: PlaceCode,
        /// When it expires.
        expiry: Option<LabelDate>,
    },
    /// A lot that expires later than one at hand is taken all the same, for a reason that was said.
    LaterLot {
        /// Lot that should have been taken.
        lot: Option<Lot>,
    },
    /// Less would be left at the site than it keeps.
    BelowFloor {
        /// Which stock is touched.
        floor: Floor,
        /// Base units that would be left.
        left: i64,
        /// Base units that are kept.
        keep: u32,
    },
    /// Less will be left at the site than it keeps, for a reason that was said.
    FloorTaken {
        /// Which stock is touched.
        floor: Floor,
        /// Base units that will be left.
        left: i64,
    },
    /// The line has all it asks for: no count of these goods is right.
    LineFull,
    /// The line has all it asks for with what lies in the basket already.
    LineFullInBasket {
        /// Base units of it in the basket.
        units: i64,
    },
    /// More than the line asks for.
    TooMany {
        /// Base units that are left to do.
        left: i64,
    },
    /// More than the line asks for, and the label is that of a package.
    TooManyPacked {
        /// Base units that are left to do.
        left: i64,
        /// Base units in one package.
        per_pack: u32,
    },
    /// The book has such goods elsewhere than where the scanned shelf says.
    BookElsewhere {
        /// Where the book has them.
        book: PlaceCode,
        /// The shelf that was scanned.
        scanned: PlaceCode,
        /// Which of the two they are booked from.
        from: PlaceCode,
    },
    /// More is taken than the book has there. The shelf is right, the book may be wrong, and a person looks.
    BookShort {
        /// Where they are taken from.
        place: PlaceCode,
        /// Base units the book has there.
        units: i64,
    },
    /// The goods are under a hold; they may be set aside, returned or destroyed, and that is what is being done.
    HeldAside {
        /// Reason and reference of the hold.
        text: HoldText,
    },
    /// The expiry date has passed; the goods may be set aside, returned or destroyed.
    ExpiredAside {
        /// The date on the label.
        expiry: LabelDate,
    },
    /// The place is not kept at the temperature that the goods need.
    WrongStorage {
        /// What the goods need.
        needs: StorageClass,
        /// What the place gives; `None` = it says nothing.
        gives: Option<StorageClass>,
    },
    /// Sterile goods and a place that is not for them.
    NotSterile,
    /// A medicine and a place that is not for medicines, or the other way round.
    NotForMedicines,
    /// More than the book has at the place, or none of it.
    NotInBook {
        /// Base units the book has there.
        units: i64,
    },
    /// Goods are set aside where they stand or in quarantine, and this is neither.
    NotQuarantine,
    /// Goods that the hold does not meet.
    NotHeld,
    /// Less life is left than the article asks for.
    ShortLife {
        /// Days that are left.
        left: i32,
        /// Days that are asked for.
        wanted: u32,
    },
    /// Goods receipt: nothing of such goods was announced.
    NotAnnounced,
    /// Goods receipt: more than was announced.
    MoreThanAnnounced {
        /// Base units too many.
        units: i64,
    },
    /// The book has another lot there; it takes the goods from all of them together.
    LotNotInBook,
    /// An implant or a device of class III whose label did not say all of its UDI: product, and lot or serial.
    HalfUdi,
    /// An implantable device that is taken out, not implanted.
    Implantable,
    /// The catalogue does not have the device as one that is implanted.
    NotImplantable,
    /// Goods that nobody has set aside at the place that was scanned.
    NotSetAside,
    /// An article that is no aid.
    NotAid,
    /// An aid that the book has nowhere, or that is gone by it.
    AidNowhere,
    /// The serial was handled already in this task.
    SerialAgain,
    /// More than one piece under one serial.
    SerialCount,
    /// The goods are not part of what is expected here.
    NotExpected,
    /// Another place than the one the goods are for, or are taken from.
    WrongPlace {
        /// The place to go to.
        expected: PlaceCode,
    },
    /// A logistic unit at another stop than its own.
    WrongStop {
        /// Name of the ward it is for.
        expected: String,
    },
    /// The number of the label names another logistic unit already.
    UnitInUse,
    /// The device knows no goods in the logistic unit, or they have all gone on.
    UnknownUnit,
    /// The logistic unit was not loaded onto this vehicle.
    NotLoaded,
    /// The device does not know the place, or goods cannot stand there.
    UnknownPlace,
    /// Goods receipt: goods can stand there, but it is no shelf of a store. Some deliveries do go there, and a person
    /// looks.
    NoShelf {
        /// What the place is for.
        kind: PlaceKind,
    },
    /// The catalogue does not know the identifier; it is kept and matched later.
    UnknownArticle,
    /// The code is of a kind that cannot be read yet; it is kept raw.
    UnreadCode,
    /// The article is traced by lot and the label shows none.
    NoLot,
    /// The article is traced by serial and the label shows none.
    NoSerial,
    /// The catalogue says the label carries an expiry date, and it shows none.
    NoExpiry,
    /// A separator may have been lost: part of the lot or serial may be another field.
    SuspectSeparator,
    /// The label breaks a rule of its agency and was read all the same.
    LenientReading,
    /// The scanner was never calibrated.
    Uncalibrated,
}

impl Reason {
    /// How grave it is.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Held { .. }
            | Self::MaybeHeld { .. }
            | Self::Expired { .. }
            | Self::WrongItem { .. }
            | Self::WrongLot { .. }
            | Self::BelowFloor { .. }
            | Self::LineFull
            | Self::LineFullInBasket { .. }
            | Self::TooMany { .. }
            | Self::TooManyPacked { .. }
            | Self::WrongStorage { .. }
            | Self::NotSterile
            | Self::NotQuarantine
            | Self::NotHeld
            | Self::NotForMedicines
            | Self::HalfUdi
            | Self::NotSetAside
            | Self::NotAid
            | Self::AidNowhere
            | Self::SerialAgain
            | Self::SerialCount
            | Self::NotExpected
            | Self::WrongPlace { .. }
            | Self::WrongStop { .. }
            | Self::UnitInUse
            | Self::UnknownUnit
            | Self::UnknownPlace
            | Self::NoSerial => Verdict::Stop,
            Self::BookElsewhere { .. }
            | Self::LaterLot { .. }
            | Self::FloorTaken { .. }
            | Self::HeldAside { .. }
            | Self::ExpiredAside { .. }
            | Self::ShortLife { .. }
            | Self::NotAnnounced
            | Self::MoreThanAnnounced { .. }
            | Self::BookShort { .. }
            | Self::NoShelf { .. }
            | Self::Implantable
            | Self::NotImplantable
            | Self::NotLoaded
            | Self::UnknownArticle
            | Self::UnreadCode
            | Self::NoLot
            | Self::NoExpiry
            | Self::SuspectSeparator
            | Self::LenientReading => Verdict::Warn,
            Self::Uncalibrated | Self::NotInBook { .. } | Self::LotNotInBook => Verdict::Ok,
        }
    }

    /// Whether a person may go past it who says this why; what it is then.
    #[must_use]
    pub fn excused(self, why: ReasonCode) -> Self {
        let care = matches!(why, ReasonCode::CareNeeds | ReasonCode::Crisis);
        let first = matches!(why, ReasonCode::FirstLotUnusable | ReasonCode::FirstLotNotFound);
        match self {
            Self::WrongLot { lot, .. } if care || first => Self::LaterLot { lot },
            Self::BelowFloor {
                floor: floor @ Floor::Safety,
                left,
                ..
            } if care => Self::FloorTaken { floor, left },
            Self::BelowFloor {
                floor: floor @ Floor::Preparedness,
                left,
                ..
            } if why == ReasonCode::Crisis => Self::FloorTaken { floor, left },
            other => other,
        }
    }

    /// Whether somebody went past a rule with a reason.
    pub fn is_excused(&self) -> bool {
        matches!(self, Self::LaterLot { .. } | Self::FloorTaken { .. })
    }

    /// Whether it says of goods that come off the shelf why nobody may use them.
    pub fn is_aside(&self) -> bool {
        matches!(self, Self::HeldAside { .. } | Self::ExpiredAside { .. })
    }

    /// Whether the goods are to be set aside, not put back where they came from.
    pub fn sets_aside(&self) -> bool {
        matches!(
            self,
            Self::Held { .. } | Self::MaybeHeld { .. } | Self::Expired { .. }
        )
    }

    /// Stable word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::MaybeHeld { .. } => "maybe-held",
            Self::Expired { .. } => "expired",
            Self::WrongItem { .. } => "wrong-item",
            Self::WrongLot { .. } => "wrong-lot",
            Self::LaterLot { .. } => "later-lot",
            Self::BelowFloor { .. } => "below-floor",
            Self::FloorTaken { .. } => "floor-taken",
            Self::LineFull => "line-full",
            Self::LineFullInBasket { .. } => "line-full-in-basket",
            Self::TooMany { .. } => "too-many",
            Self::TooManyPacked { .. } => "too-many-packed",
            Self::BookElsewhere { .. } => "book-elsewhere",
            Self::BookShort { .. } => "book-short",
            Self::HeldAside { .. } => "held-aside",
            Self::ExpiredAside { .. } => "expired-aside",
            Self::WrongStorage { .. } => "wrong-storage",
            Self::NotSterile => "not-sterile",
            Self::NotQuarantine => "not-quarantine",
            Self::NotHeld => "not-held",
            Self::NotForMedicines => "not-for-medicines",
            Self::NotInBook { .. } => "not-in-book",
            Self::ShortLife { .. } => "short-life",
            Self::NotAnnounced => "not-announced",
            Self::MoreThanAnnounced { .. } => "more-than-announced",
            Self::LotNotInBook => "lot-not-in-book",
            Self::HalfUdi => "half-udi",
            Self::Implantable => "implantable",
            Self::NotImplantable => "not-implantable",
            Self::NotSetAside => "not-set-aside",
            Self::NotAid => "not-aid",
            Self::AidNowhere => "aid-nowhere",
            Self::SerialAgain => "serial-again",
            Self::SerialCount => "serial-count",
            Self::NotExpected => "not-expected",
            Self::WrongPlace { .. } => "wrong-place",
            Self::WrongStop { .. } => "wrong-stop",
            Self::UnitInUse => "unit-in-use",
            Self::UnknownUnit => "unknown-unit",
            Self::NotLoaded => "not-loaded",
            Self::UnknownPlace => "unknown-place",
            Self::NoShelf { .. } => "no-shelf",
            Self::UnknownArticle => "unknown-article",
            Self::UnreadCode => "unread-code",
            Self::NoLot => "no-lot",
            Self::NoSerial => "no-serial",
            Self::NoExpiry => "no-expiry",
            Self::SuspectSeparator => "suspect-separator",
            Self::LenientReading => "lenient-reading",
            Self::Uncalibrated => "uncalibrated",
        }
    }
}
