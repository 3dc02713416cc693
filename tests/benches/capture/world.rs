//! The region that is loaded before the clock starts: what a server has to look at with each record.

use std::sync::Arc;

use sparhund_server::ingest::{OwnLog, Told};
use sparhund_server::ops::DataDir;
use sparhund_server::store::{Account, Store};
use sparhund_shared::event::{
    BizStep, Capture, EntryMethod, Event, Holding, Identified, Item, Movement, OrderLineRef, Quantity,
};
use sparhund_shared::fold::Progress;
use sparhund_shared::identity::{Gtin, PlaceCode, UdiDi, check_digit};
use sparhund_shared::log::{HoldId, UserId, uuid_v7};
use sparhund_shared::reference::{
    Article, LegalEntity, Order, OrderLine, Packaging, Place, PlaceKind, ProductCategory, Role, TraceLevel,
    User,
};

/// When it all begins, Unix milliseconds.
pub const START: i64 = 1_795_000_000_000;

const SITE: &str = "4006381333931";
const ARTICLES: usize = 500;
const BINS: usize = 40;
const ORDERS: usize = 100;
const LINES: usize = 10;
const HOLDS: usize = 200;

fn place(extension: &str) -> PlaceCode {
    format!("{SITE}/{extension}").parse().expect("a place")
}

fn bin(number: usize) -> PlaceCode {
    place(&format!("A-{:02}", number % BINS))
}

fn gtin(item: usize) -> Gtin {
    let digits = format!("0735998{item:06}");
    let check = check_digit(digits.as_bytes()).expect("digits");
    format!("{digits}{check}").parse().expect("a GTIN")
}

fn no(item: usize) -> String {
    format!("B-{item}")
}

/// The picker who books everything.
pub fn picker() -> UserId {
    UserId(uuid_v7(START, [3; 10]))
}

/// 500 articles, 100 open orders of 10 lines, 200 holds, and a picker.
pub async fn load(store: &Arc<dyn Store>, data: &DataDir) -> OwnLog {
    let account = Account {
        user: User {
            id: picker(),
            login: "plockare".to_owned(),
            name: "Plockare".to_owned(),
            roles: vec![Role::Picker],
        },
        password_hash: String::new(),
        active: true,
    };
    store.put_account(account).await.expect("a picker");
    let articles = (0..ARTICLES).map(article).collect();
    store.put_articles(articles).await.expect("articles");
    store.put_places(places()).await.expect("places");
    let own_log = OwnLog::open(Arc::clone(store), data, START).await.expect("a log");
    let holds = (0..HOLDS).map(hold).collect();
    own_log.append_all(holds, START).await.expect("holds");
    for number in 0..ORDERS {
        store.add_order(order(number)).await.expect("an order");
    }
    own_log
}

fn article(item: usize) -> Article {
    Article {
        no: no(item).parse().expect("a number"),
        name: format!("Artikel {item}"),
        manufacturer: None,
        reference: None,
        emdn: None,
        category: ProductCategory::MedicalDevice,
        trace: TraceLevel::Lot,
        identifiers: Vec::new(),
        packagings: vec![Packaging {
            di: UdiDi::gs1(gtin(item)),
            units: 1,
        }],
        rules: sparhund_shared::reference::ArticleRules::default(),
    }
}

fn places() -> Vec<Place> {
    let site: PlaceCode = SITE.parse().expect("a place");
    let make = |code: PlaceCode, kind, parent: Option<PlaceCode>| Place {
        name: code.to_string(),
        code,
        kind,
        parent,
        entity: LegalEntity {
            org_no: "232100-0001".to_owned(),
            name: "Region Prov".to_owned(),
        },
        rules: sparhund_shared::reference::PlaceRules::default(),
    };
    let mut places = vec![
        make(site.clone(), PlaceKind::Site, None),
        make(place("UT"), PlaceKind::Dispatch, Some(site.clone())),
        make(place("AVD"), PlaceKind::Ward, Some(site.clone())),
    ];
    places.extend((0..BINS).map(|number| make(bin(number), PlaceKind::Bin, Some(site.clone()))));
    places
}

fn hold(number: usize) -> Told {
    Told {
        event: Event::Hold(Holding {
            hold: HoldId(uuid_v7(START, [u8::try_from(number).expect("below 256"); 10])),
            dis: vec![UdiDi::gs1(gtin(number % ARTICLES))],
            lot: format!("HELD{number}").parse().ok(),
            serial: None,
            reason: "FSN 2026-117".parse().expect("a reason"),
        }),
        user: picker(),
        at: START,
    }
}

fn order(number: usize) -> Order {
    let line = |at: usize| OrderLine {
        line: u32::try_from(at + 1).expect("a small number"),
        article: no((number * LINES + at) % ARTICLES).parse().expect("a number"),
        units: 1_000,
        progress: Progress::default(),
        options: Vec::new(),
        picked: Vec::new(),
        shipped: Vec::new(),
        packed: Vec::new(),
    };
    Order {
        no: format!("O-{number}").parse().expect("a number"),
        from: SITE.parse().expect("a place"),
        dispatch: place("UT"),
        to: place("AVD"),
        placed_at: START,
        lines: (0..LINES).map(line).collect(),
    }
}

/// What a handheld books, one after the other: a receipt, then the pick of what came for an open order. A lot lasts
/// twenty bookings, every fourth pair has a serial.
pub fn booking(device: usize, number: usize) -> Event {
    let pair = number / 2;
    let item = pair % ARTICLES;
    let di = UdiDi::gs1(gtin(item));
    let label = format!("]d201{}1728013110L{}", gtin(item), number / 20);
    let goods = Item::Identified(Identified {
        di: di.clone(),
        base: di,
        article: no(item).parse().ok(),
        lot: format!("L{}", number / 20).parse().ok(),
        serial: pair
            .is_multiple_of(4)
            .then(|| format!("S{device}-{pair}").parse().expect("a serial")),
        expiry: "2028-01-31".parse().ok(),
        made: None,
    });
    let picked = number % 2 == 1;
    Event::Move(Movement {
        step: if picked {
            BizStep::Picking
        } else {
            BizStep::Receiving
        },
        item: goods,
        quantity: Quantity::ONE,
        from: picked.then(|| bin(pair)),
        to: if picked { place("UT") } else { bin(pair) },
        supplier: (!picked).then(|| "Provbolaget AB".to_owned()),
        order: picked.then(|| OrderLineRef {
            order: format!("O-{}", item / LINES).parse().expect("a number"),
            line: u32::try_from(item % LINES + 1).expect("a small number"),
        }),
        sscc: None,
        capture: Capture {
            entry: EntryMethod::Wedge,
            raw: vec![label.into_bytes().into()],
            parser: 1,
            profile: None,
            catalogue: 1,
            holds: 1,
            seen: Vec::new(),
            entries: None,
        },
        circumstances: None,
    })
}
