//! What a scan costs the client itself, without browser and page: on a device with a whole region of reference data.
//!
//! `cargo bench -p sparhund-scanner-core --bench scan [-- ARTICLES [HOLDS [SCANS]]]` prints, for a receipt and for a pick of an order
//! of thirty lines, how long scans took by how much lay in the basket. The way through worker, page and frame is measured
//! by `cargo xtask bench speed`; this one tells how much of it is ours.
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::{Duration, Instant};

use common::region::{bin, compress, gtin, option, order, order_no, value};
use common::server::Server;
use common::{Rig, scan};
use sparhund_scanner_core::api::{Command, Reply};
use sparhund_shared::event::Hold;
use sparhund_shared::identity::{Gtin, UdiDi};
use sparhund_shared::log::{HoldId, UserId, uuid_v7};
use sparhund_shared::reference::{Article, Order, Packaging, TraceLevel};
use sparhund_shared::verdict::Verdict;
use sparhund_shared::wire::Topic;

/// Lines of the order that are traced by lot, and by serial.
const LINES: [u32; 2] = [26, 4];
/// Serials on the shelf of each line that is traced by them.
const SERIALS: u32 = 90;
/// Articles of the order stand before this number.
const BEHIND: u32 = 1_000;
/// Scans into one basket.
const BASKET: usize = 20;

fn main() {
    let mut asked = std::env::args().filter_map(|argument| argument.parse().ok());
    let articles: u32 = asked.next().unwrap_or(100_000);
    let holds: u32 = asked.next().unwrap_or(20_000);
    let scans: u32 = asked.next().unwrap_or(400);
    let rig = Rig::with(region(articles, holds), 1);
    rig.enrol();
    rig.sign_in();
    let began = Instant::now();
    rig.sync();
    println!(
        "{articles} articles and {holds} holds fetched in {:.1} s",
        began.elapsed().as_secs_f64()
    );
    rig.receive("Provbolaget AB");
    timed(
        &rig,
        "receipt",
        (0..scans as usize).map(|number| received(number, articles)),
    );
    rig.pick();
    timed(&rig, "pick", (0..scans as usize).map(picked));
}

/// Scans, emptying the basket when it is full.
fn timed(rig: &Rig, task: &str, labels: impl Iterator<Item = String>) {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); BASKET];
    let mut bytes = 0;
    for (number, label) in labels.enumerate() {
        let at = number % BASKET;
        if at == 0 && number > 0 {
            empty(rig);
        }
        if at == 0 && task == "receipt" {
            rig.place(&bin(2));
        }
        let began = Instant::now();
        let reply = rig.ask(scan(&label));
        // The page gets it as JSON.
        bytes = serde_json::to_string(&reply).unwrap().len();
        times[at].push(began.elapsed());
        match reply {
            Reply::Scanned(view) if view.judgement.verdict != Verdict::Stop => {}
            other => panic!("{label}: {other:?}"),
        }
    }
    println!(
        "{task:<10} {:>8} {:>8} {:>8}   last reply {bytes} bytes",
        "basket", "p50 ms", "p95 ms"
    );
    for at in [0, 4, 9, 14, 19] {
        times[at].sort();
        let part = |per_cent: usize| {
            let place = (times[at].len() * per_cent).div_ceil(100).saturating_sub(1);
            times[at]
                .get(place)
                .map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        println!("{:<10} {:>8} {:>8.2} {:>8.2}", "", at, part(50), part(95));
    }
}

/// Books, so that what the device has not sent grows as in a shift.
fn empty(rig: &Rig) {
    match rig.ask(Command::Book) {
        Reply::Booked(_) => {}
        other => panic!("{other:?}"),
    }
}

fn received(number: usize, articles: u32) -> String {
    // Behind the articles of the order: some of those have serials.
    let far = BEHIND + u32::try_from(number).unwrap() * 7_919 % (articles - BEHIND);
    format!("(01){}(17)301231(10)L{number}", di(far))
}

fn picked(number: usize) -> String {
    let [by_lot, by_serial] = LINES;
    let number = u32::try_from(number).unwrap();
    if number.is_multiple_of(5) {
        let line = by_lot + number / 5 % by_serial;
        let serial = number / 5 / by_serial % SERIALS;
        return format!("(01){}(17)301231(10)LOT{line}(21)S{line}H{serial}", di(line));
    }
    let line = number % by_lot;
    format!("(01){}(17)301231(10)LOT{line}", di(line))
}

fn di(number: u32) -> Gtin {
    gtin(735_100_000_000 + u64::from(number))
}

fn region(articles: u32, holds: u32) -> Server {
    let server = Server::with_region();
    server.0.borrow_mut().page = 5_000;
    for number in 0..articles {
        let article = article(number);
        server.put(Topic::Articles, article.no.as_str(), Some(value(&article)));
    }
    for number in 0..holds {
        server.hold(&hold(number, di(BEHIND + number)));
    }
    let order = long_order();
    server.put(Topic::Orders, order.no.as_str(), Some(value(&order)));
    server
}

fn article(number: u32) -> Article {
    let mut article = common::region::articles().remove(0);
    article.no = no(number).parse().unwrap();
    article.name = format!("Infusionsaggregat med filter {number}");
    article.manufacturer = Some(format!("Tillverkare {} AB", number % 900));
    article.packagings = vec![Packaging {
        di: UdiDi::gs1(di(number)),
        units: 1,
    }];
    if (LINES[0]..LINES[0] + LINES[1]).contains(&number) {
        article.trace = TraceLevel::Serial;
    }
    article
}

fn no(number: u32) -> String {
    format!("HAST-{number:06}")
}

fn hold(number: u32, di: Gtin) -> Hold {
    let mut random = [0; 10];
    random[6..].copy_from_slice(&number.to_be_bytes());
    Hold {
        id: HoldId(uuid_v7(1_789_000_000_000, random)),
        set_by: UserId(uuid_v7(1_789_000_000_000, [7; 10])),
        ..common::region::hold(if number == 0 { compress() } else { di }, Some("HELD"))
    }
}

/// Every lot on one shelf, and serials.
fn long_order() -> Order {
    let template = order().lines.remove(0);
    let lines = (0..LINES[0] + LINES[1]).map(|number| {
        let mut line = template.clone();
        line.line = number + 1;
        line.article = no(number).parse().unwrap();
        line.units = 5_000;
        let lot = format!("LOT{number}");
        let on_shelf = |serial: Option<String>, units| {
            option(&bin(1), Some(&lot), serial.as_deref(), Some("2030-12-31"), units)
        };
        line.options = if number < LINES[0] {
            vec![on_shelf(None, 5_000)]
        } else {
            (0..SERIALS)
                .map(|serial| on_shelf(Some(format!("S{number}H{serial}")), 1))
                .collect()
        };
        line
    });
    Order {
        no: order_no(),
        lines: lines.collect(),
        ..order()
    }
}
