//! What was booked without network: receipts, and picks of what came.

use serde_json::{Value, json};
use sparhund_shared::event::{
    BizStep, Capture, EntryMethod, Event, Identified, Item, Movement, OrderLineRef, Quantity,
};
use sparhund_shared::identity::{Gtin, PlaceCode, UdiDi};
use sparhund_shared::log::UserId;

use crate::api::Api;
use crate::torture::region::{self, Goods};

/// Articles a device works with, and lines of its order.
const LINES: usize = 4;
/// Most articles. Two devices meet in each, so that their lots and shelves meet too.
const ARTICLES: usize = 1_000;
/// Bookings of one lot.
const LOT: usize = 500;
/// Units of a line: more than a device picks.
const UNITS: usize = 5_000;
/// Item numbers of the GTINs begin here; those below are the demo region's.
const ITEMS: usize = 2_000;

/// The region, and who books in it.
#[derive(Clone, Debug)]
pub struct Work {
    goods: Vec<Goods>,
    bins: Vec<PlaceCode>,
    dispatch: PlaceCode,
    /// Who books.
    pub user: UserId,
}

impl Work {
    /// Adds articles and an order for each device to the demo region.
    pub fn prepare(url: &str, devices: usize) -> Self {
        let admin = Api::sign_in(url, "admin", "admin-nordmark");
        let planner = Api::sign_in(url, "planerare", "planerare-nordmark");
        let (users, places) = (admin.get("/users"), planner.get("/places"));
        let all = |list: &Value, key: &str, value: &str| -> Vec<Value> {
            let rows = list.as_array().expect("a list").iter();
            rows.filter(|row| row[key] == value).cloned().collect()
        };
        let articles = (devices * LINES / 2).clamp(LINES, ARTICLES);
        let goods: Vec<Goods> = (0..articles)
            .map(|number| region::put_article(&planner, ITEMS + number, number % LINES == LINES - 1))
            .collect();
        let (dispatch, ward) = (
            &all(&places, "kind", "dispatch")[0],
            &all(&places, "kind", "ward")[0],
        );
        let work = Self {
            goods,
            bins: all(&places, "kind", "bin")
                .iter()
                .map(|bin| parsed(&bin["code"]))
                .collect(),
            dispatch: parsed(&dispatch["code"]),
            user: parsed(&all(&users, "login", "plockare")[0]["id"]),
        };
        for device in 0..devices {
            let lines: Vec<Value> = (0..LINES)
                .map(|line| json!({"article": work.goods_of(device, line).no, "units": UNITS}))
                .collect();
            let (from, to) = (&dispatch["parent"], &ward["code"]);
            planner.post(
                "/orders",
                &json!({"no": order_no(device), "from": from, "to": to, "lines": lines}),
            );
        }
        work
    }

    fn goods_of(&self, device: usize, line: usize) -> &Goods {
        &self.goods[(device * LINES + line) % self.goods.len()]
    }

    /// A booking: a receipt, then the pick of what came for the device's own order. What has a serial stays on the shelf.
    pub fn booking(&self, device: usize, number: usize) -> Event {
        let (pair, line) = (number / 2, number / 2 % LINES);
        let goods = self.goods_of(device, line);
        let di = UdiDi::gs1(goods.gtin.parse::<Gtin>().expect("a GTIN"));
        let lot = format!("R{device}.{}", number / LOT);
        let serial = goods.by_serial.then(|| format!("R{device}.{number}"));
        let label = goods.label(&lot, serial.as_deref());
        let bin = self.bins[(device + pair / LINES % 2) % self.bins.len()].clone();
        let picked = number % 2 == 1 && !goods.by_serial;
        Event::Move(Movement {
            step: if picked {
                BizStep::Picking
            } else {
                BizStep::Receiving
            },
            item: Item::Identified(Identified {
                di: di.clone(),
                base: di,
                article: Some(goods.no.clone()),
                lot: lot.parse().ok(),
                serial: serial.map(|serial| serial.parse().expect("a serial")),
                expiry: "2028-01-31".parse().ok(),
                made: None,
            }),
            quantity: Quantity::ONE,
            from: picked.then(|| bin.clone()),
            to: if picked { self.dispatch.clone() } else { bin },
            supplier: (!picked).then(|| "Provbolaget AB".to_owned()),
            order: picked.then(|| OrderLineRef {
                order: order_no(device).parse().expect("a number"),
                line: u32::try_from(line + 1).expect("a small number"),
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
}

fn order_no(device: usize) -> String {
    format!("R-{device}")
}

fn parsed<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("a value of the API")
}
