//! How long a shift's records take to reach the server over a slow link, packed and as they are.
//!
//! `cargo xtask bench flush [-- RECORDS]`. The real client books offline and sends through 1 Mbit/s each way and 200 ms there and back to
//! a real server. Budget: 5 000 records in 15 s, none lost, none doubled.

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use sparhund_scanner_core::api::{Command, RawScan, Reply, StatusView};
use sparhund_scanner_core::{App, native};
use sparhund_shared::event::EntryMethod;
use sparhund_shared::log::Sealed;
use sparhund_tests::api::Api;
use sparhund_tests::link::{Link, Speed};
use sparhund_tests::machine::Ticks;
use sparhund_tests::torture::dice::Dice;
use sparhund_tests::torture::export::Export;
use sparhund_tests::torture::handheld::http::Http;
use sparhund_tests::torture::handheld::machine::Machine;
use sparhund_tests::torture::kept::Kept;
use sparhund_tests::torture::region::{self, PASSWORD, Region};
use sparhund_tests::torture::served::Served;

const SPEED: Speed = Speed {
    bits: 1_000_000,
    round_trip: Duration::from_millis(200),
};
/// Entries of one booking.
const BASKET: usize = 100;

/// A handheld behind the link.
struct Handheld {
    app: App<Machine, Http>,
    runtime: tokio::runtime::Runtime,
    region: Region,
    lot: usize,
}

impl Handheld {
    fn enrolled(data: &Path, link: &Link, served: &Served, region: Region) -> Self {
        let connection = native::open_dir(data).expect("a store");
        let handheld = Self {
            app: App::open(connection, Machine::ahead_by(0), Http::default()).expect("the client"),
            runtime: tokio::runtime::Builder::new_current_thread()
                .build()
                .expect("a runtime"),
            region,
            lot: 0,
        };
        let admin = Api::sign_in(&served.url(), "admin", "admin-nordmark");
        let issued = admin.post("/devices/codes", &json!({}));
        handheld.ask(Command::Enrol {
            server: link.url(),
            code: issued["code"].as_str().expect("a code").to_owned(),
            name: "Handdator".to_owned(),
        });
        handheld.ask(Command::SignIn {
            login: region::login(0),
            password: PASSWORD.to_owned(),
        });
        handheld.sync();
        handheld
    }

    fn ask(&self, command: Command) -> Reply {
        match self.runtime.block_on(self.app.handle(command)) {
            Reply::Error { error } => panic!("{error:?}"),
            reply => reply,
        }
    }

    fn sync(&self) -> StatusView {
        match self.ask(Command::Sync) {
            Reply::Synced(view) => view.status,
            other => panic!("{other:?}"),
        }
    }

    /// Receives so many lots, none of them twice.
    fn book(&mut self, records: usize) {
        let goods = self
            .region
            .goods
            .iter()
            .find(|goods| !goods.by_serial)
            .expect("goods")
            .clone();
        for begun in (0..records).step_by(BASKET) {
            self.ask(Command::StartReceive {
                supplier: "Provbolaget AB".to_owned(),
                reference: None,
            });
            self.ask(Command::ChoosePlace {
                place: self.region.bins[0].clone(),
            });
            for _ in begun..records.min(begun + BASKET) {
                self.lot += 1;
                let label = goods.label(&lot(self.lot), None);
                self.ask(Command::Scan {
                    raw: RawScan::from(label.as_str()),
                    entry: EntryMethod::Typed,
                });
            }
            let Reply::Booked(_) = self.ask(Command::Book) else {
                panic!("not booked")
            };
        }
    }
}

/// Letters only: a figure might be taken for the next element of a label that lost its separator.
fn lot(number: usize) -> String {
    let digits = std::iter::successors(Some(9_176 * number), |rest| Some(rest / 26)).take(7);
    digits
        .map(|rest| char::from(b'A' + u8::try_from(rest % 26).expect("a letter")))
        .collect()
}

fn main() {
    let records = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(5_000);
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::demo(&folder.path().join("server"));
    let region = region::prepare(&served.url(), 1, &mut Dice::new(1));
    let link = Link::to(served.port(), SPEED);
    let mut handheld = Handheld::enrolled(&folder.path().join("device"), &link, &served, region);
    println!("{records} records over 1 Mbit/s with 200 ms there and back\n");
    let (mut sent, mut ways) = (0, Vec::new());
    for (way, plain) in [("packed", false), ("as they are", true)] {
        link.set_plain(plain);
        handheld.book(records);
        link.set_slow(true);
        let (ticks, begun, (up, down)) = (Ticks::now(), Instant::now(), link.bytes());
        let status = handheld.sync();
        let took = begun.elapsed();
        let (up_now, down_now) = link.bytes();
        link.set_slow(false);
        assert_eq!(status.unsent, 0, "all are sent");
        let stolen = ticks
            .zip(Ticks::now())
            .map_or(0, |(before, now)| now.stolen_since(before));
        println!(
            "{way:<12} {:>5.1} s, {:>7} bytes up, {:>5} down; {stolen} % of the processors' time taken by other guests of the host",
            took.as_secs_f64(),
            up_now - up,
            down_now - down,
        );
        sent = status.records;
        ways.push(up_now - up);
    }
    assert!(ways[0] * 2 < ways[1], "one was packed, the other was not");
    let export = Export::of(served.data(), &folder.path().join("export")).expect("a sound log");
    drop(handheld);
    let kept = Kept::read(&folder.path().join("device/scanner.db"))
        .expect("a sound database")
        .expect("a device");
    let records = export.records.iter().map(Sealed::record);
    let events: Vec<_> = records
        .filter(|record| record.log == kept.head.log)
        .map(|record| record.event_id)
        .collect();
    let distinct: HashSet<_> = events.iter().collect();
    println!(
        "\n{sent} booked, {} at the server, {} of them different",
        events.len(),
        distinct.len()
    );
    assert_eq!(
        (events.len() as u64, distinct.len() as u64),
        (sent, sent),
        "none lost, none doubled"
    );
}
