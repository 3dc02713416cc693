//! Three orders of the demo region.

use sparhund_shared::fold::Progress;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Article, Order, OrderLine};

use super::stock::{CANNULA_HELD, COMPRESS, FILM_EXPIRED, GLOVE, PUMP};
use super::{DemoError, keys, places};

/// A foam dressing for heels, an endotracheal tube 7,5 and a pad that is counted only.
const FOAM: u16 = 90;
const TUBE: u16 = 135;
const PAD: u16 = 116;

/// Number of an article and base units, line by line.
type Wanted = &'static [(u16, u32)];

/// Two lots and a serial; a held and an expired lot; a case across the border of another legal person.
const ORDERS: [(&str, u16, Wanted); 3] = [
    ("O-1001", places::ORTHOPAEDICS, &[(COMPRESS, 20), (PUMP, 1)]),
    (
        "O-1002",
        places::INTENSIVE_CARE,
        &[(CANNULA_HELD, 50), (FILM_EXPIRED, 20), (TUBE, 10)],
    ),
    (
        "O-1003",
        places::CARE_HOME,
        &[(GLOVE, 100), (PAD, 20), (FOAM, 10)],
    ),
];

pub(super) fn orders(articles: &[Article], now: i64) -> Result<Vec<Order>, DemoError> {
    ORDERS
        .iter()
        .map(|(no, ward, lines)| {
            Ok(Order {
                no: keys::parse(no)?,
                from: keys::place(places::WAREHOUSE, None)?,
                dispatch: places::dispatch()?,
                to: PlaceCode::from(keys::gln(*ward)?),
                placed_at: now,
                lines: (1..)
                    .zip(lines.iter())
                    .map(|(line, (number, units))| order_line(articles, line, *number, *units))
                    .collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn order_line(articles: &[Article], line: u32, number: u16, units: u32) -> Result<OrderLine, DemoError> {
    let article = articles
        .get(usize::from(number))
        .ok_or_else(|| DemoError::Value(format!("article number {number}")))?;
    Ok(OrderLine {
        line,
        article: article.no.clone(),
        units,
        progress: Progress::default(),
        options: Vec::new(),
        picked: Vec::new(),
        shipped: Vec::new(),
        packed: Vec::new(),
    })
}
