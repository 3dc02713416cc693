//! A server with a whole region in it: articles by its own import, holds and stock by its own log, an order.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use sparhund_server::ingest::{OwnLog, Told};
use sparhund_server::ops::DataDir;
use sparhund_server::store::Store;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_shared::event::{BizStep, Capture, Event, Holding, Identified, Item, Movement, Quantity};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::{HoldId, UserId, uuid_v7};
use sparhund_shared::reference::{Place, PlaceKind};

use super::goods::{Goods, articles_csv, letters};
use super::run::Plan;
use crate::api::Api;
use crate::scenario::Scenario;
use crate::server::Server;
use crate::torture::served::{command, text};

/// The order that is picked.
pub const ORDER: &str = "HAST-1";
/// Lines of it that are traced by lot, by serial, and that are held by now.
pub const LINES: [usize; 3] = [24, 4, 2];
/// Serials on the shelf of each line that is traced by them.
pub const SERIALS: usize = 90;
/// On the shelf of each other line.
const ON_SHELF: u32 = 5_000;

/// The served region.
#[derive(Debug)]
pub struct Region {
    /// The server.
    pub server: Server,
    /// Person, place and enrolment code.
    pub scenario: Scenario,
    /// How long articles took to import.
    pub articles_in: Duration,
    /// How long holds took to be written.
    pub holds_in: Duration,
}

/// Held goods of the order: by every lot.
pub fn held_on_order(number: usize) -> Goods {
    // The last of ten holds name no lot.
    Goods::held(number * 10 + 9)
}

/// Makes and serves it.
pub async fn prepare(plan: &Plan, folder: &Path) -> Region {
    let data = folder.join("server");
    command(&["init", "--demo", "--data", text(&data)]).expect("a demo region");
    let (file, began) = (folder.join("articles.csv"), Instant::now());
    std::fs::write(&file, articles_csv(plan.articles)).expect("a file");
    command(&["import", "articles", text(&file), "--data", text(&data)]).expect("the articles");
    let articles_in = began.elapsed();
    let began = Instant::now();
    tell(plan, &data).await;
    let holds_in = began.elapsed();
    let server = Server::serve(&data, 0);
    let scenario = Scenario::prepare(&server);
    place_order(&server);
    Region {
        server,
        scenario,
        articles_in,
        holds_in,
    }
}

/// Holds and stock, in the server's own log.
async fn tell(plan: &Plan, data: &Path) {
    let data = DataDir::new(data);
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).expect("a store"));
    let user = person(&*store).await;
    let places = store.places().await.expect("places");
    let dispatch = places.iter().find(|place| place.kind == PlaceKind::Dispatch);
    let delivers = dispatch.and_then(|place| place.parent.as_ref());
    // Those of the store that delivers: wards have bins too.
    let of_store = |place: &&Place| place.kind == PlaceKind::Bin && is_within(&places, place, delivers);
    let bins: Vec<PlaceCode> = places
        .iter()
        .filter(of_store)
        .map(|place| place.code.clone())
        .collect();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    let at = i64::try_from(now.as_millis()).expect("milliseconds") - 86_400_000;
    let stock = stock(&bins);
    let told = stock.chain((0..plan.holds).map(|number| Event::Hold(hold(number, at))));
    let told = told.map(|event| Told { event, user, at }).collect();
    let log = OwnLog::open(Arc::clone(&store), &data, at).await.expect("a log");
    log.append_all(told, at).await.expect("all is told");
}

fn is_within(places: &[Place], place: &Place, store: Option<&PlaceCode>) -> bool {
    let parent = |place: &Place| {
        places
            .iter()
            .find(|other| Some(&other.code) == place.parent.as_ref())
    };
    std::iter::successors(Some(place), |place| parent(place)).any(|place| Some(&place.code) == store)
}

async fn person(store: &dyn Store) -> UserId {
    let users = store.users().await.expect("people");
    users.first().expect("somebody").id
}

fn hold(number: usize, at: i64) -> Holding {
    let mut random = [0; 10];
    random[2..].copy_from_slice(&(number as u64).to_be_bytes());
    let goods = Goods::held(number);
    Holding {
        hold: HoldId(uuid_v7(at, random)),
        dis: vec![di(goods)],
        lot: goods.held_lot().map(|lot| lot.parse().expect("a lot")),
        serial: None,
        reason: format!("FSN 2026-{number}").parse().expect("a reason"),
    }
}

fn di(goods: Goods) -> UdiDi {
    UdiDi::gs1(goods.gtin().parse().expect("a GTIN"))
}

/// What the lines of the order are picked from: one lot of each on one shelf, and serials.
fn stock(bins: &[PlaceCode]) -> impl Iterator<Item = Event> {
    let [by_lot, by_serial, held] = LINES;
    let lots = (0..by_lot)
        .map(Goods::free)
        .chain((0..held).map(held_on_order))
        .map(|goods| (goods, letters(goods.0), None, ON_SHELF));
    let serials = (0..by_serial).map(Goods::by_serial).flat_map(|goods| {
        (0..SERIALS).map(move |number| (goods, letters(goods.0), Some(serial_on_shelf(goods, number)), 1))
    });
    let bins = bins.to_vec();
    lots.chain(serials).map(move |(goods, lot, serial, units)| {
        let item = Identified {
            di: di(goods),
            base: di(goods),
            article: goods.no().parse().ok(),
            lot: lot.parse().ok(),
            serial: serial.map(|serial| serial.parse().expect("a serial")),
            expiry: "2030-12-31".parse().ok(),
            made: None,
        };
        Event::Move(Movement {
            step: BizStep::Receiving,
            item: Item::Identified(item),
            quantity: Quantity::new(units).expect("a quantity"),
            from: None,
            to: bins[goods.0 % bins.len()].clone(),
            supplier: Some("Provbolaget AB".to_owned()),
            order: None,
            sscc: None,
            capture: Capture::confirmed(0, 0),
            circumstances: None,
        })
    })
}

/// A serial that stands on the shelf of a line.
pub fn serial_on_shelf(goods: Goods, number: usize) -> String {
    format!("S{}H{number}", goods.0)
}

fn place_order(server: &Server) {
    let planner = Api::sign_in(&server.url(), "planerare", "planerare-nordmark");
    let places = planner.get("/places");
    let of_kind = |kind: &str| {
        let all = places.as_array().expect("places").iter();
        all.into_iter()
            .find(|place| place["kind"] == kind)
            .cloned()
            .expect("a place")
    };
    let [by_lot, by_serial, held] = LINES;
    let line = |goods: Goods, units: u32| json!({"article": goods.no(), "units": units});
    let lines: Vec<_> = (0..by_lot)
        .map(|number| line(Goods::free(number), ON_SHELF))
        .chain((0..by_serial).map(|number| line(Goods::by_serial(number), 1_000)))
        .chain((0..held).map(|number| line(held_on_order(number), ON_SHELF)))
        .collect();
    let from = of_kind("dispatch")["parent"].clone();
    let to = of_kind("ward")["code"].clone();
    planner.post(
        "/orders",
        &json!({"no": ORDER, "from": from, "to": to, "lines": lines}),
    );
}
