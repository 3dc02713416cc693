//! Opening stock: what came from suppliers, what went to wards, what is under a hold.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use sparhund_shared::event::{BizStep, HoldText, Holding, Identified, Quantity};
use sparhund_shared::identity::{LabelDate, PlaceCode};
use sparhund_shared::log::{Hash, HoldId, uuid_v7};
use sparhund_shared::reference::Article;

use super::family::Kind;
use super::{DemoError, assortment, keys, places};

/// Numbers of articles that the orders ask for or that show a STOP.
pub(super) const COMPRESS: u16 = 0;
pub(super) const PUMP: u16 = 4;
pub(super) const CANNULA_HELD: u16 = 9;
const CANNULA_TRACED: u16 = 10;
pub(super) const GLOVE: u16 = 16;
pub(super) const FILM_EXPIRED: u16 = 93;

/// The lot under a hold.
const HELD_LOT: &str = "SP-7741";
/// The lot that has gone to wards already.
const TRACED_LOT: &str = "V26-310";
/// Implants that wait in the operating theatre: a hip stem and a pacemaker, one serial of each lot.
const THEATRE_LOTS: [&str; 2] = ["I26-018", "I26-030"];

/// Goods from a supplier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// What.
    pub item: Identified,
    /// How many base units.
    pub quantity: Quantity,
    /// The bin they were put in.
    pub to: PlaceCode,
    /// Who they came from.
    pub supplier: String,
}

/// Goods on their way through the region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// Lot of the item, as received; the item is found among the receipts by it.
    pub lot: String,
    /// How many base units.
    pub quantity: Quantity,
    /// Ward.
    pub ward: PlaceCode,
    /// Last step that has happened.
    pub until: BizStep,
}

/// One row of goods before it is placed.
struct Goods {
    lot: Option<String>,
    serial: Option<String>,
    /// Months from the demo's day; negative = expired.
    expiry: Option<i32>,
    units: u32,
}

impl Goods {
    fn lot(lot: &str, expiry: i32, units: u32) -> Self {
        Self {
            lot: Some(lot.to_owned()),
            serial: None,
            expiry: Some(expiry),
            units,
        }
    }
}

/// Everything that was received, in the order of the articles.
pub(super) fn receipts(articles: &[Article], today: Date) -> Result<Vec<Receipt>, DemoError> {
    let mut receipts = Vec::new();
    for ((number, family, _), article) in assortment::numbered().zip(articles) {
        let bins = places::bins(family.zone)?;
        let first = usize::from(number) % bins.len();
        for (next, goods) in goods(number, family.kind).into_iter().enumerate() {
            let to = bins.iter().cycle().nth(first + next);
            receipts.push(Receipt {
                item: identified(article, &goods, today)?,
                quantity: quantity(goods.units)?,
                to: to
                    .cloned()
                    .ok_or_else(|| DemoError::Value(format!("zone {}", family.zone)))?,
                supplier: family.maker.to_owned(),
            });
        }
    }
    Ok(receipts)
}

/// The lots and serials of one article.
fn goods(number: u16, kind: Kind) -> Vec<Goods> {
    match number {
        COMPRESS => vec![Goods::lot("K25-0412", 2, 12), Goods::lot("K26-0101", 20, 88)],
        CANNULA_HELD => vec![Goods::lot(HELD_LOT, 9, 100), Goods::lot("V26-220", 24, 200)],
        CANNULA_TRACED => vec![Goods::lot(TRACED_LOT, 22, 500)],
        GLOVE => vec![Goods::lot("H26-107", 18, 300), Goods::lot("H26-131", 26, 400)],
        FILM_EXPIRED => vec![Goods::lot("UTG-0611", -3, 40), Goods::lot("F26-020", 16, 160)],
        _ => usual(number, kind),
    }
}

/// Goods of an article without a part in the demo's story; sizes and dates vary with its number.
fn usual(number: u16, kind: Kind) -> Vec<Goods> {
    let spread = i32::from(number % 7);
    let units = 40 + 20 * u32::from(number % 9);
    let serials = |prefix: &str| {
        (1..=3)
            .map(|at| format!("{prefix}{number:03}-{at:04}"))
            .collect::<Vec<_>>()
    };
    match kind {
        Kind::Lot => {
            let first = Goods::lot(&format!("L26-{number:03}A"), 6 + spread, units);
            let second = Goods::lot(&format!("L26-{number:03}B"), 18 + spread, units / 2);
            if number.is_multiple_of(3) {
                vec![first, second]
            } else {
                vec![first]
            }
        }
        Kind::LotOnly => vec![Goods {
            expiry: None,
            ..Goods::lot(&format!("L26-{number:03}"), 0, units)
        }],
        Kind::Implant => serials("IM")
            .into_iter()
            .map(|serial| Goods {
                serial: Some(serial),
                ..Goods::lot(&format!("I26-{number:03}"), 30 + spread, 1)
            })
            .collect(),
        Kind::Apparatus => serials("SN")
            .into_iter()
            .map(|serial| Goods {
                lot: None,
                serial: Some(serial),
                expiry: None,
                units: 1,
            })
            .collect(),
        Kind::Count => vec![Goods {
            lot: None,
            serial: None,
            expiry: None,
            units,
        }],
    }
}

fn identified(article: &Article, goods: &Goods, today: Date) -> Result<Identified, DemoError> {
    let base = article
        .base()
        .ok_or_else(|| DemoError::Value(article.no.to_string()))?;
    Ok(Identified {
        di: base.clone(),
        base: base.clone(),
        article: Some(article.no.clone()),
        lot: goods.lot.as_deref().map(keys::parse).transpose()?,
        serial: goods.serial.as_deref().map(keys::parse).transpose()?,
        expiry: goods.expiry.map(|months| month_end(today, months)).transpose()?,
        made: None,
    })
}

/// Last day of the month that lies `months` from a day.
fn month_end(today: Date, months: i32) -> Result<LabelDate, DemoError> {
    let wrong = || DemoError::Value(format!("{today} and {months} months"));
    let span: Span = i64::from(months).months();
    let day = today.checked_add(span).map_err(|_| wrong())?.last_of_month();
    LabelDate::day(day).ok_or_else(wrong)
}

fn quantity(units: u32) -> Result<Quantity, DemoError> {
    Quantity::new(units).map_err(|error| DemoError::Value(error.to_string()))
}

/// One lot that is partly at wards and partly on its way, so that the trace page has something to show, and implants where
/// they are implanted.
pub(super) fn deliveries() -> Result<Vec<Delivery>, DemoError> {
    let delivery = |lot: &str, units, ward, until| -> Result<Delivery, DemoError> {
        Ok(Delivery {
            lot: lot.to_owned(),
            quantity: quantity(units)?,
            ward: keys::place(ward, None)?,
            until,
        })
    };
    let mut deliveries = vec![
        delivery(TRACED_LOT, 100, places::INTENSIVE_CARE, BizStep::Accepting)?,
        delivery(TRACED_LOT, 50, places::EMERGENCY, BizStep::Accepting)?,
        delivery(TRACED_LOT, 50, places::MEDICINE, BizStep::Shipping)?,
        delivery(TRACED_LOT, 20, places::ORTHOPAEDICS, BizStep::Picking)?,
    ];
    for lot in THEATRE_LOTS {
        deliveries.push(delivery(lot, 1, places::THEATRE, BizStep::Accepting)?);
    }
    Ok(deliveries)
}

/// A hold on one lot of one article, at every packaging level.
pub(super) fn hold(articles: &[Article], reason: HoldText, now: i64) -> Result<Holding, DemoError> {
    let article = articles
        .get(usize::from(CANNULA_HELD))
        .ok_or_else(|| DemoError::Value("held article".to_owned()))?;
    let hash = Hash::of("sparhund/demo/hold", HELD_LOT.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.0[..10]);
    Ok(Holding {
        hold: HoldId(uuid_v7(now, random)),
        dis: article.packagings.iter().map(|level| level.di.clone()).collect(),
        lot: Some(keys::parse(HELD_LOT)?),
        serial: None,
        reason,
    })
}
