//! What the devices work with: articles, shelves, wards, orders and people on top of the demo region.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::{PlaceCode, check_digit};

use super::dice::Dice;
use crate::api::Api;
use crate::symbols::GS;

/// Everybody's password.
pub const PASSWORD: &str = "en lång mening om hundar";
/// Expiry of all goods, as GS1 writes it (AI 17).
const EXPIRY: &str = "280131";
/// Numbers of the articles begin here; those below are the demo region's.
const ITEMS: usize = 800;
const BY_LOT: usize = 4;
const BY_SERIAL: usize = 2;
/// More than the devices can pick in a round.
const UNITS: u32 = 4_000;

/// An article that is received, picked and sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Goods {
    /// Article number.
    pub no: ArticleNo,
    /// GTIN-14 of its base unit.
    pub gtin: String,
    /// Whether each unit has a serial.
    pub by_serial: bool,
}

impl Goods {
    /// What the label of such goods says, with the AIM identifier of a GS1 DataMatrix.
    pub fn label(&self, lot: &str, serial: Option<&str>) -> String {
        let serial = serial.map(|serial| format!("{GS}21{serial}")).unwrap_or_default();
        format!("]d201{}17{EXPIRY}10{lot}{serial}", self.gtin)
    }
}

/// What a device has to know of the region beside what its own client tells it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Region {
    /// The articles.
    pub goods: Vec<Goods>,
    /// Shelves of the warehouse.
    pub bins: Vec<PlaceCode>,
}

/// Sign-in name of the person at a device.
pub fn login(device: usize) -> String {
    format!("bud{device}")
}

fn gtin(item: usize) -> String {
    let digits = format!("0735999{item:0>6}");
    let check = check_digit(digits.as_bytes()).expect("digits");
    format!("{digits}{check}")
}

/// Adds articles, orders and a person for each device. Nothing is at fault yet.
pub fn prepare(url: &str, devices: usize, dice: &mut Dice) -> Region {
    let planner = Api::sign_in(url, "planerare", "planerare-nordmark");
    let admin = Api::sign_in(url, "admin", "admin-nordmark");
    let goods: Vec<Goods> = (0..BY_LOT + BY_SERIAL)
        .map(|number| put_article(&planner, ITEMS + number, number >= BY_LOT))
        .collect();
    for device in 0..devices {
        let person = json!({
            "login": login(device), "name": format!("Bud {device}"), "roles": ["picker", "ward"], "password": PASSWORD
        });
        admin.post("/users", &person);
    }
    let places = planner.get("/places");
    let of_kind = |kind: &str| -> Vec<&Value> {
        let all = places.as_array().expect("places");
        all.iter().filter(|place| place["kind"] == kind).collect()
    };
    let from = of_kind("dispatch")[0]["parent"].clone();
    let wards = of_kind("ward");
    for number in 0..2 * devices {
        let to = &wards[dice.below(wards.len())]["code"];
        let lines: Vec<Value> = goods
            .iter()
            .map(|goods| json!({"article": goods.no, "units": UNITS}))
            .collect();
        planner.post(
            "/orders",
            &json!({"no": format!("T-{number}"), "from": from, "to": to, "lines": lines}),
        );
    }
    let bins = of_kind("bin").into_iter().take(6);
    Region {
        goods,
        bins: bins
            .map(|bin| serde_json::from_value(bin["code"].clone()).expect("a place"))
            .collect(),
    }
}

/// Puts an article into the catalogue; its GTIN holds the number.
pub fn put_article(planner: &Api, number: usize, by_serial: bool) -> Goods {
    let (no, gtin) = (format!("TORTURE-{number}"), gtin(number));
    let article = json!({
        "no": no, "name": format!("Provartikel {number}"), "manufacturer": "Provbolaget AB", "reference": null,
        "emdn": null, "category": "medical_device", "trace": if by_serial { "serial" } else { "lot" },
        "identifiers": ["lot", "expiry"], "packagings": [{"di": format!("GS1:{gtin}"), "units": 1}],
    });
    planner.put(&format!("/articles/{no}"), &article);
    Goods {
        no: no.parse().expect("an article number"),
        gtin,
        by_serial,
    }
}
