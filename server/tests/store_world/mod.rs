//! Writers, goods and places for tests of stores.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ed25519_dalek::SigningKey;
use sparhund_server::store::{Batch, Store};
use sparhund_shared::event::{
    BizStep, Capture, Event, Holding, Identified, Item, Movement, OrderLineRef, Quantity, Voiding,
};
use sparhund_shared::fold::Progress;
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::{EventId, HoldId, LogId, Moment, PublicKey, Sealed, Tail, UserId, uuid_v7};
use sparhund_shared::reference::{
    AnnouncedDelivery, AnnouncedLine, Article, LegalEntity, Order, OrderLine, Packaging, Place, PlaceKind,
    ProductCategory, Received, Rule, StockRule, TraceLevel,
};
use uuid::Uuid;

/// 2026-11-22 00:00 UTC.
pub const T0: i64 = 1_795_305_600_000;

/// Base unit and case of an article of the catalogue, and a product nobody knows.
pub const BASE: &str = "GS1:07350000000016";
pub const CASE: &str = "GS1:17350000000013";
pub const OTHER: &str = "GS1:07350000000023";
pub const UNKNOWN: &str = "GS1:07350000000030";

pub const SITE: &str = "7350000000016";
pub const BIN_A: &str = "7350000000016/A-01";
pub const BIN_B: &str = "7350000000016/B-01";
pub const DISPATCH: &str = "7350000000016/UT";
pub const WARD: &str = "7350000000023";

pub fn di(text: &str) -> UdiDi {
    text.parse().unwrap()
}

pub fn place(text: &str) -> PlaceCode {
    text.parse().unwrap()
}

pub fn event_id(number: u64) -> EventId {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&number.to_be_bytes());
    EventId(uuid_v7(T0, random))
}

pub fn hold_id(number: u64) -> HoldId {
    HoldId(event_id(number).0)
}

pub fn user(number: u8) -> UserId {
    UserId(Uuid::from_bytes([number; 16]))
}

/// Goods as scanned: label, base, lot, serial, expiry.
pub fn item(label: &str, base: &str, lot: Option<&str>, serial: Option<&str>, expiry: Option<&str>) -> Item {
    Item::Identified(Identified {
        di: di(label),
        base: di(base),
        article: None,
        lot: lot.map(|lot| lot.parse().unwrap()),
        serial: serial.map(|serial| serial.parse().unwrap()),
        expiry: expiry.map(|expiry| expiry.parse().unwrap()),
        made: None,
    })
}

pub fn lot_item(lot: &str) -> Item {
    item(BASE, BASE, Some(lot), None, Some("2027-06-30"))
}

pub fn movement(step: BizStep, item: Item, units: u32, from: Option<&str>, to: &str) -> Movement {
    Movement {
        step,
        item,
        quantity: Quantity::new(units).unwrap(),
        from: from.map(place),
        to: place(to),
        supplier: (step == BizStep::Receiving).then(|| "Nordmark Medicinteknik AB".to_owned()),
        order: None,
        sscc: None,
        capture: Capture::confirmed(0, 0),
        circumstances: None,
    }
}

pub fn receive(item: Item, units: u32, to: &str) -> Event {
    Event::Move(movement(BizStep::Receiving, item, units, None, to))
}

pub fn pick(item: Item, units: u32, from: &str, line: Option<OrderLineRef>) -> Event {
    Event::Move(Movement {
        order: line,
        ..movement(BizStep::Picking, item, units, Some(from), DISPATCH)
    })
}

pub fn ship(item: Item, units: u32, line: Option<OrderLineRef>) -> Event {
    Event::Move(Movement {
        order: line,
        ..movement(BizStep::Shipping, item, units, Some(DISPATCH), WARD)
    })
}

pub fn accept(item: Item, units: u32, line: Option<OrderLineRef>) -> Event {
    Event::Move(Movement {
        order: line,
        ..movement(BizStep::Accepting, item, units, Some(WARD), WARD)
    })
}

pub fn hold(number: u64, dis: &[&str], lot: Option<&str>) -> Event {
    Event::Hold(Holding {
        hold: hold_id(number),
        dis: dis.iter().map(|text| di(text)).collect(),
        lot: lot.map(|lot| lot.parse().unwrap()),
        serial: None,
        reason: "FSN 2026-117".parse().unwrap(),
    })
}

pub fn void(target: EventId) -> Event {
    Event::Void(Voiding {
        target,
        reason: "felscannad".into(),
    })
}

/// One life of a device: a key, a log and its end.
#[derive(Clone)]
pub struct Device {
    pub key: SigningKey,
    pub tail: Tail,
    pub records: Vec<Sealed>,
}

impl Device {
    pub fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_bytes(&[number; 32]),
            tail: Tail::empty(LogId(Uuid::from_bytes([number; 16]))),
            records: Vec::new(),
        }
    }

    pub fn log(&self) -> LogId {
        self.tail.head.log
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }

    pub async fn register(&self, store: &impl Store) {
        store
            .open_log(self.log(), self.public(), "handdator")
            .await
            .unwrap();
    }

    /// Writes an event at a time after [`T0`], milliseconds.
    pub fn write_as(&mut self, id: EventId, after: i64, event: &Event) -> Sealed {
        let moment = Moment {
            at: T0 + after,
            offset: Some(0),
        };
        let sealed = self.tail.next(id, moment, user(1), event);
        self.tail = Tail::after(&sealed);
        self.records.push(sealed.clone());
        sealed
    }

    /// Writes an event under an id of its own.
    pub fn write(&mut self, event: &Event) -> Sealed {
        let number = u64::from(self.log().0.as_bytes()[0]) * 1_000_000 + self.tail.head.seq;
        let after = i64::try_from(self.tail.head.seq).unwrap() * 1_000;
        self.write_as(event_id(number), after, event)
    }

    /// A batch of these records, which end with the record its head names.
    pub fn batch(&self, records: Vec<Sealed>) -> Batch {
        let last = records.last().unwrap();
        Batch {
            head: sparhund_shared::log::Head::of(last).sign(&self.key),
            records,
            received_at: T0,
        }
    }

    pub fn everything(&self) -> Batch {
        self.batch(self.records.clone())
    }
}

pub fn article(no: &str, packagings: &[(&str, u32)]) -> Article {
    Article {
        no: no.parse().unwrap(),
        name: format!("Artikel {no}"),
        manufacturer: None,
        reference: Some(format!("REF-{no}")),
        emdn: None,
        category: ProductCategory::MedicalDevice,
        trace: TraceLevel::Lot,
        identifiers: Vec::new(),
        packagings: packagings
            .iter()
            .map(|(code, units)| Packaging {
                di: di(code),
                units: *units,
            })
            .collect(),
        rules: sparhund_shared::reference::ArticleRules::default(),
    }
}

fn site_place(code: &str, kind: PlaceKind, parent: Option<&str>) -> Place {
    Place {
        code: place(code),
        name: code.to_owned(),
        kind,
        parent: parent.map(place),
        entity: LegalEntity {
            org_no: "232100-0000".into(),
            name: "Region Nordmark".into(),
        },
        rules: sparhund_shared::reference::PlaceRules::default(),
    }
}

pub fn places() -> Vec<Place> {
    vec![
        site_place(SITE, PlaceKind::Site, None),
        site_place(BIN_A, PlaceKind::Bin, Some(SITE)),
        site_place(BIN_B, PlaceKind::Bin, Some(SITE)),
        site_place(DISPATCH, PlaceKind::Dispatch, Some(SITE)),
        site_place(WARD, PlaceKind::Ward, None),
    ]
}

pub fn order(no: &str, article: &str, units: u32) -> Order {
    Order {
        no: no.parse().unwrap(),
        from: place(SITE),
        dispatch: place(DISPATCH),
        to: place(WARD),
        placed_at: T0,
        lines: vec![OrderLine {
            line: 1,
            article: article.parse().unwrap(),
            units,
            progress: Progress::default(),
            options: Vec::new(),
            picked: Vec::new(),
            shipped: Vec::new(),
            packed: Vec::new(),
        }],
    }
}

/// A delivery of one lot.
pub fn announced(no: &str, expected_at: Option<i64>) -> AnnouncedDelivery {
    AnnouncedDelivery {
        no: no.parse().unwrap(),
        supplier: "Nordmark Medicinteknik AB".into(),
        order: None,
        to: Some(place(SITE)),
        expected_at,
        lines: vec![AnnouncedLine {
            line: 1,
            di: Some(di(BASE)),
            article: None,
            name: Some("Kompress".into()),
            lot: Some("L1".parse().unwrap()),
            serial: None,
            expiry: Some("2031-02-28".parse().unwrap()),
            units: 10,
            sscc: None,
        }],
        received: Received::default(),
    }
}

/// A bin is filled up to so much of an article.
pub fn stock_rule(bin: &str, article: &str, max: u32) -> Rule {
    Rule::Stock(StockRule {
        place: place(bin),
        article: article.parse().unwrap(),
        min: 10,
        max,
        safety: 0,
        preparedness: 0,
        two_bin: false,
    })
}

pub fn line(no: &str) -> OrderLineRef {
    OrderLineRef {
        order: no.parse().unwrap(),
        line: 1,
    }
}
