//! A small world: a site with a bin and a dispatch place, a ward, two articles, and a device that writes records.

use ed25519_dalek::SigningKey;
use minicbor::bytes::ByteVec;
use sparhund_server::ops::now_ms;
use sparhund_shared::event::{BizStep, Capture, Event, Identified, Item, Movement, OrderLineRef, Quantity};
use sparhund_shared::identity::{Gtin, PlaceCode, UdiDi, check_digit};
use sparhund_shared::log::{
    EventId, Head, LogId, Moment, PublicKey, Record, Sealed, SignedHead, Tail, UserId,
};
use sparhund_shared::reference::{
    Article, LegalEntity, Packaging, Place, PlaceKind, ProductCategory, ProductionIdentifier, TraceLevel,
};
use sparhund_shared::wire::Upload;
use uuid::Uuid;

fn digits(body: &str) -> String {
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
}

fn gtin(body: &str) -> UdiDi {
    UdiDi::gs1(digits(body).parse::<Gtin>().unwrap())
}

fn code(location: &str, part: &str) -> PlaceCode {
    let gln = digits(&format!("735000000{location}"));
    format!("{gln}{part}").parse().unwrap()
}

pub fn site() -> PlaceCode {
    code("100", "")
}

pub fn bin() -> PlaceCode {
    code("100", "/A-01")
}

pub fn dispatch() -> PlaceCode {
    code("100", "/UT")
}

pub fn ward() -> PlaceCode {
    code("200", "")
}

/// Base unit of [`article`].
pub fn base_di() -> UdiDi {
    gtin("0735000000101")
}

/// Box of ten of [`article`].
pub fn box_di() -> UdiDi {
    gtin("1735000000101")
}

pub fn places() -> Vec<Place> {
    let place = |code: PlaceCode, name: &str, kind, parent: Option<PlaceCode>| Place {
        code,
        name: name.to_owned(),
        kind,
        parent,
        entity: LegalEntity {
            org_no: "232100-0000".to_owned(),
            name: "Region Prov".to_owned(),
        },
        rules: sparhund_shared::reference::PlaceRules::default(),
    };
    vec![
        place(site(), "Centrallagret", PlaceKind::Site, None),
        place(bin(), "A-01", PlaceKind::Bin, Some(site())),
        place(dispatch(), "Utlastning", PlaceKind::Dispatch, Some(site())),
        place(ward(), "Avdelning 12", PlaceKind::Ward, None),
    ]
}

pub fn article() -> Article {
    Article {
        no: "A-100".parse().unwrap(),
        name: "Infusionsaggregat".to_owned(),
        manufacturer: Some("Provverken AB".to_owned()),
        reference: Some("IV-10".to_owned()),
        emdn: Some("A030401".to_owned()),
        category: ProductCategory::MedicalDevice,
        trace: TraceLevel::Lot,
        identifiers: vec![ProductionIdentifier::Lot, ProductionIdentifier::Expiry],
        packagings: vec![
            Packaging {
                di: base_di(),
                units: 1,
            },
            Packaging {
                di: box_di(),
                units: 10,
            },
        ],
        rules: sparhund_shared::reference::ArticleRules::default(),
    }
}

pub fn other_article() -> Article {
    Article {
        no: "A-200".parse().unwrap(),
        name: "Pacemaker".to_owned(),
        reference: None,
        emdn: Some("J01".to_owned()),
        trace: TraceLevel::Serial,
        identifiers: vec![ProductionIdentifier::Serial],
        packagings: vec![Packaging {
            di: gtin("0735000000202"),
            units: 1,
        }],
        ..article()
    }
}

/// A device as the server sees it: a key, a log, and what it has written.
pub struct DeviceSim {
    pub key: SigningKey,
    pub log: LogId,
    pub token: String,
    tail: Tail,
    pub records: Vec<Sealed>,
}

impl DeviceSim {
    /// Device number `n`, not enrolled yet.
    pub fn new(n: u8) -> Self {
        let log = LogId(Uuid::from_u128(0x2000 + u128::from(n)));
        Self {
            key: SigningKey::from_bytes(&[n; 32]),
            log,
            token: String::new(),
            tail: Tail::empty(log),
            records: Vec::new(),
        }
    }

    /// Enrols device number `n` with a code made by the administrator.
    pub async fn enrolled(server: &super::TestServer, n: u8) -> Self {
        let mut device = Self::new(n);
        let code = server
            .call(axum::http::Method::POST, "/devices/codes")
            .as_role(sparhund_shared::reference::Role::Admin)
            .await
            .expect(201);
        let enrol = device.enrol(code["code"].as_str().unwrap());
        let enrolled = server.post("/devices/enrol", enrol).send().await.expect(201);
        enrolled["token"].as_str().unwrap().clone_into(&mut device.token);
        device
    }

    pub fn public(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }

    /// Body of an enrolment.
    pub fn enrol(&self, code: &str) -> serde_json::Value {
        serde_json::json!({ "code": code, "name": "Handdator 7", "key": self.public(), "log": self.log })
    }

    /// Writes a movement of a lot.
    pub fn moves(&mut self, step: BizStep, lot: &str, units: u32, order: Option<OrderLineRef>) -> EventId {
        let (from, to) = match step {
            BizStep::Receiving => (None, bin()),
            BizStep::Storing => (Some(bin()), bin()),
            BizStep::Picking => (Some(bin()), dispatch()),
            BizStep::Shipping => (Some(dispatch()), ward()),
            _ => (Some(ward()), ward()),
        };
        self.write(&Event::Move(Movement {
            step,
            item: Item::Identified(Identified {
                di: base_di(),
                base: base_di(),
                article: Some("A-100".parse().unwrap()),
                lot: Some(lot.parse().unwrap()),
                serial: None,
                expiry: Some("2031-02-28".parse().unwrap()),
                made: None,
            }),
            quantity: Quantity::new(units).unwrap(),
            from,
            to,
            supplier: (step == BizStep::Receiving).then(|| "Provverken AB".to_owned()),
            order,
            sscc: None,
            capture: Capture::confirmed(0, 0),
            circumstances: None,
        }))
    }

    /// Writes an event under an id of its own, as the picker.
    pub fn write(&mut self, event: &Event) -> EventId {
        let seq = self.tail.head.seq + 1;
        let id = EventId(Uuid::from_u128((self.log.0.as_u128() << 32) + u128::from(seq)));
        self.write_as(id, event)
    }

    /// Writes an event under an id that may have been told before.
    pub fn write_as(&mut self, id: EventId, event: &Event) -> EventId {
        self.write_by(
            super::user_id(sparhund_shared::reference::Role::Picker),
            id,
            event,
        )
    }

    /// Writes an event in somebody's name.
    pub fn write_by(&mut self, user: UserId, id: EventId, event: &Event) -> EventId {
        let moment = Moment {
            at: now_ms(),
            offset: Some(0),
        };
        let sealed = self.tail.next(id, moment, user, event);
        self.tail = Tail::after(&sealed);
        self.records.push(sealed);
        id
    }

    /// Tells a record of an earlier log again, as a device does that was enrolled anew.
    pub fn write_again(&mut self, record: &Record) {
        let sealed = self.tail.again(record);
        self.tail = Tail::after(&sealed);
        self.records.push(sealed);
    }

    /// The next record follows this one, whatever was written before.
    pub fn go_on_after(&mut self, last: &Sealed) {
        self.tail = Tail::after(last);
    }

    pub fn head(&self) -> SignedHead {
        self.tail.head.sign(&self.key)
    }

    /// Everything written so far, as the body of an upload.
    pub fn upload(&self) -> Vec<u8> {
        self.upload_of(&self.records)
    }

    /// Some records under a head at the last of them.
    pub fn upload_of(&self, records: &[Sealed]) -> Vec<u8> {
        let head = records.last().map_or(self.tail.head, Head::of).sign(&self.key);
        let records = records
            .iter()
            .map(|record| ByteVec::from(record.bytes().to_vec()))
            .collect();
        minicbor::to_vec(Upload { head, records }).unwrap()
    }

    /// Sends everything and answers the receipt.
    pub async fn send(&self, server: &super::TestServer) -> serde_json::Value {
        server
            .call(axum::http::Method::POST, "/sync/records")
            .raw("application/cbor", self.upload())
            .token(&self.token)
            .send()
            .await
            .expect(200)
    }
}
