//! A small region: one store with two bins, two wards, two articles, one order.

use serde_json::Value;
use sparhund_shared::event::{Hold, OrderNo};
use sparhund_shared::identity::{Gtin, UdiDi, check_digit};
use sparhund_shared::log::{HoldId, UserId};
use sparhund_shared::reference::{
    Article, LegalEntity, LotOption, Order, OrderLine, Packaging, Place, PlaceKind, ProductCategory,
    ProductionIdentifier, Role, TraceLevel, User,
};

/// GTIN-14 of a number.
pub fn gtin(number: u64) -> Gtin {
    let body = format!("{number:013}");
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
        .parse()
        .unwrap()
}

/// Base unit of the lot-traced article.
pub fn compress() -> Gtin {
    gtin(735_000_000_001)
}

/// Its inner package of ten.
pub fn compress_ten() -> Gtin {
    gtin(1_735_000_000_001)
}

/// The serial-traced article.
pub fn pump() -> Gtin {
    gtin(735_000_000_002)
}

/// In no catalogue.
pub fn stranger() -> Gtin {
    gtin(735_000_000_777)
}

fn gln(number: u64) -> String {
    let body = format!("{number:012}");
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
}

pub fn store() -> String {
    gln(735_000_000_100)
}

pub fn bin(number: u32) -> String {
    format!("{}/A-0{number}", store())
}

pub fn dispatch() -> String {
    format!("{}/UT", store())
}

pub fn ward() -> String {
    gln(735_000_000_200)
}

pub fn other_ward() -> String {
    gln(735_000_000_201)
}

/// What the label of a place says.
pub fn place_label(code: &str) -> String {
    match code.split_once('/') {
        Some((gln, extension)) => format!("(414){gln}(254){extension}"),
        None => format!("(414){code}"),
    }
}

pub fn order_no() -> OrderNo {
    "O-1".parse().unwrap()
}

pub fn user() -> User {
    User {
        id: UserId("00000000-0000-7000-8000-000000000001".parse().unwrap()),
        login: "plockare".to_owned(),
        name: "Per Plock".to_owned(),
        roles: vec![Role::Picker, Role::Ward],
    }
}

/// A second picker, and somebody of the ward who picks nothing.
pub fn others() -> [User; 2] {
    let other = |id: &str, login: &str, roles| User {
        id: UserId(id.parse().unwrap()),
        login: login.to_owned(),
        name: login.to_owned(),
        roles,
    };
    [
        other(
            "00000000-0000-7000-8000-000000000002",
            "plockare2",
            vec![Role::Picker],
        ),
        other("00000000-0000-7000-8000-000000000003", "vard", vec![Role::Ward]),
    ]
}

/// Leads the pickers: picks too, and may go past rules.
pub fn foreman() -> User {
    User {
        id: UserId("00000000-0000-7000-8000-000000000004".parse().unwrap()),
        login: "ledare".to_owned(),
        name: "Lena Ledare".to_owned(),
        roles: vec![Role::Picker, Role::Planner],
    }
}

/// Somebody who answers for quality and nothing else.
pub fn quality() -> User {
    User {
        id: UserId("00000000-0000-7000-8000-000000000005".parse().unwrap()),
        login: "kvalitet".to_owned(),
        name: "kvalitet".to_owned(),
        roles: vec![Role::Quality],
    }
}

/// Who signs in under a name; unknown names are the person who may do everything.
pub fn user_of(login: &str) -> User {
    others()
        .into_iter()
        .chain([foreman(), quality()])
        .find(|other| other.login == login)
        .unwrap_or_else(user)
}

pub fn articles() -> Vec<Article> {
    let article = |no: &str, name: &str, trace, identifiers, packagings| Article {
        no: no.parse().unwrap(),
        name: name.to_owned(),
        manufacturer: None,
        reference: Some(format!("REF-{no}")),
        emdn: None,
        category: ProductCategory::MedicalDevice,
        trace,
        identifiers,
        packagings,
        rules: sparhund_shared::reference::ArticleRules::default(),
    };
    let level = |gtin, units| Packaging {
        di: UdiDi::gs1(gtin),
        units,
    };
    vec![
        article(
            "A-1",
            "Kompress 10 × 10",
            TraceLevel::Lot,
            vec![ProductionIdentifier::Lot, ProductionIdentifier::Expiry],
            vec![level(compress(), 1), level(compress_ten(), 10)],
        ),
        article(
            "A-2",
            "Infusionspump",
            TraceLevel::Serial,
            vec![ProductionIdentifier::Serial],
            vec![level(pump(), 1)],
        ),
    ]
}

pub fn places() -> Vec<Place> {
    let place = |code: &str, name: &str, kind, parent: Option<&str>| Place {
        code: code.parse().unwrap(),
        name: name.to_owned(),
        kind,
        parent: parent.map(|parent| parent.parse().unwrap()),
        entity: LegalEntity {
            org_no: "232100-0001".to_owned(),
            name: "Region Prov".to_owned(),
        },
        rules: sparhund_shared::reference::PlaceRules::default(),
    };
    let store = store();
    vec![
        place(&store, "Centralförråd", PlaceKind::Site, None),
        place(&bin(1), "A-01", PlaceKind::Bin, Some(&store)),
        place(&bin(2), "A-02", PlaceKind::Bin, Some(&store)),
        place(&dispatch(), "Utlastning", PlaceKind::Dispatch, Some(&store)),
        place(&ward(), "Avdelning 1", PlaceKind::Ward, None),
        place(&other_ward(), "Avdelning 2", PlaceKind::Ward, None),
    ]
}

pub fn option(
    bin: &str,
    lot: Option<&str>,
    serial: Option<&str>,
    expiry: Option<&str>,
    units: i64,
) -> LotOption {
    LotOption {
        place: bin.parse().unwrap(),
        lot: lot.map(|lot| lot.parse().unwrap()),
        serial: serial.map(|serial| serial.parse().unwrap()),
        expiry: expiry.map(|expiry| expiry.parse().unwrap()),
        units,
    }
}

/// 30 compresses wanted: 12 of lot EARLY stand in bin 2, 40 of lot LATE in bin 1. One pump wanted, two in bin 1.
pub fn order() -> Order {
    let line = |line, article: &str, units, options| OrderLine {
        line,
        article: article.parse().unwrap(),
        units,
        progress: sparhund_shared::fold::Progress::default(),
        options,
        picked: Vec::new(),
        shipped: Vec::new(),
        packed: Vec::new(),
    };
    Order {
        no: order_no(),
        from: store().parse().unwrap(),
        dispatch: dispatch().parse().unwrap(),
        to: ward().parse().unwrap(),
        placed_at: 1_789_000_000_000,
        lines: vec![
            line(
                1,
                "A-1",
                30,
                vec![
                    option(&bin(2), Some("EARLY"), None, Some("2027-03-31"), 12),
                    option(&bin(1), Some("LATE"), None, Some("2028-03-31"), 40),
                ],
            ),
            line(
                2,
                "A-2",
                2,
                vec![
                    option(&bin(1), None, Some("P1"), None, 1),
                    option(&bin(1), None, Some("P2"), None, 1),
                ],
            ),
        ],
    }
}

/// The order with 5 of one lot in bin 1 and 9 in bin 2 on its first line.
pub fn order_over_two_bins() -> Order {
    let mut order = order();
    order.lines[0].options = vec![
        option(&bin(1), Some("SAME"), None, Some("2027-03-31"), 5),
        option(&bin(2), Some("SAME"), None, Some("2027-03-31"), 9),
    ];
    order
}

pub fn hold(di: Gtin, lot: Option<&str>) -> Hold {
    Hold {
        id: HoldId("00000000-0000-7000-8000-0000000000aa".parse().unwrap()),
        dis: vec![UdiDi::gs1(di)],
        lot: lot.map(|lot| lot.parse().unwrap()),
        serial: None,
        reason: "FSN 2026-17".parse().unwrap(),
        set_at: 1,
        set_by: user().id,
        released_at: None,
        released_by: None,
        release_reason: None,
    }
}

pub fn value(row: &impl serde::Serialize) -> Value {
    serde_json::to_value(row).unwrap()
}

pub fn early() -> String {
    format!("(01){}(17)270331(10)EARLY", compress())
}

pub fn late() -> String {
    format!("(01){}(17)280331(10)LATE", compress())
}

/// The lot of [`order_over_two_bins`].
pub fn lot_in_two_bins() -> String {
    format!("(01){}(17)270331(10)SAME", compress())
}

/// A lot that the books have nowhere.
pub fn lost() -> String {
    format!("(01){}(17)270101(10)LOST", compress())
}

/// A package of ten of a lot.
pub fn ten(lot: &str, yymmdd: &str) -> String {
    format!("(01){}(17){yymmdd}(10){lot}", compress_ten())
}

pub fn pump_label(serial: &str) -> String {
    format!("(01){}(21){serial}", pump())
}
