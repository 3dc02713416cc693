//! The path every end-to-end test walks: 20 units of two lots and one serial, from goods receipt to a ward.

use serde_json::{Value, json};
use sparhund_shared::identity::check_digit;

use crate::api::Api;
use crate::server::Server;
use crate::symbols::GS;

/// Order number of the scenario.
pub const ORDER: &str = "E2E-1";
/// Sign-in name of somebody who picks and confirms.
pub const LOGIN: &str = "spar";
/// Their password.
pub const PASSWORD: &str = "en lång mening om hundar";
/// Lot that expires first.
pub const LOT_A: &str = "LOT-a/7";
/// Units of it.
pub const UNITS_A: u32 = 12;
/// Lot that expires later.
pub const LOT_B: &str = "LOTB.8";
/// Units of it.
pub const UNITS_B: u32 = 8;
/// The serial.
pub const SERIAL: &str = "SN-0001x";

/// What was set up on the server.
#[derive(Debug)]
pub struct Scenario {
    /// Enrolment code for one device.
    pub code: String,
    /// GTIN of the article traced by lot.
    pub lot_gtin: String,
    /// GTIN of the article traced by serial.
    pub serial_gtin: String,
    /// Bin goods are received to, as in `PlaceCode`.
    pub bin: String,
    /// Ward of the order.
    pub ward: String,
    /// Another ward.
    pub other_ward: String,
    /// Name of the ward.
    pub ward_name: String,
}

/// The GTIN-14 of an item of up to six digits.
pub fn gtin(item: &str) -> String {
    let digits = format!("0735999{item:0>6}");
    let check = check_digit(digits.as_bytes()).expect("digits");
    format!("{digits}{check}")
}

impl Scenario {
    /// Adds articles, a person, an order and an enrolment code to the demo region.
    pub fn prepare(server: &Server) -> Self {
        let planner = Api::sign_in(&server.url(), "planerare", "planerare-nordmark");
        let admin = Api::sign_in(&server.url(), "admin", "admin-nordmark");
        let (lot_gtin, serial_gtin) = (gtin("901"), gtin("902"));
        planner.put(
            "/articles/E2E-LOT",
            &article("E2E-LOT", "Spårkateter 18G", &lot_gtin, "lot"),
        );
        planner.put(
            "/articles/E2E-SER",
            &article("E2E-SER", "Spårimplantat", &serial_gtin, "serial"),
        );
        let person = json!({"login": LOGIN, "name": "Spår Hundsson", "roles": ["picker", "ward"], "password": PASSWORD});
        admin.post("/users", &person);
        let places = planner.get("/places");
        let of_kind = |kind: &str| -> Vec<Value> {
            let all = places.as_array().expect("places");
            all.iter()
                .filter(|place| place["kind"] == kind)
                .cloned()
                .collect()
        };
        let code_of = |place: &Value| place["code"].as_str().expect("a code").to_owned();
        let (bins, wards, dispatches) = (of_kind("bin"), of_kind("ward"), of_kind("dispatch"));
        let from = dispatches[0]["parent"]
            .as_str()
            .expect("the warehouse")
            .to_owned();
        let order = json!({"no": ORDER, "from": from, "to": code_of(&wards[0]), "lines": [
            {"article": "E2E-LOT", "units": UNITS_A + UNITS_B},
            {"article": "E2E-SER", "units": 1},
        ]});
        planner.post("/orders", &order);
        let issued = admin.post("/devices/codes", &json!({}));
        Self {
            code: issued["code"].as_str().expect("a code").to_owned(),
            lot_gtin,
            serial_gtin,
            bin: code_of(&bins[0]),
            ward: code_of(&wards[0]),
            other_ward: code_of(&wards[1]),
            ward_name: wards[0]["name"].as_str().expect("a name").to_owned(),
        }
    }

    /// Element string on the label of the first lot, without AIM identifier.
    pub fn label_a(&self) -> String {
        format!("01{}1728013110{LOT_A}", self.lot_gtin)
    }

    /// Element string on the label of the second lot.
    pub fn label_b(&self) -> String {
        format!("01{}1729063010{LOT_B}", self.lot_gtin)
    }

    /// Element string on the label of the serial: a lot in front, so that a separator is needed.
    pub fn label_serial(&self) -> String {
        format!("01{}1730123110IMP5{GS}21{SERIAL}", self.serial_gtin)
    }

    /// Checks at the API that each unit is in the books exactly once, at the ward, with nothing left over.
    pub fn check_trace(&self, server: &Server) {
        let quality = Api::sign_in(&server.url(), "kvalitet", "kvalitet-nordmark");
        for (gtin, key, value, units) in [
            (&self.lot_gtin, "lot", LOT_A, UNITS_A),
            (&self.lot_gtin, "lot", LOT_B, UNITS_B),
            (&self.serial_gtin, "serial", SERIAL, 1),
        ] {
            let trace = quality.get(&format!(
                "/trace?di=GS1:{gtin}&{key}={}",
                value.replace('/', "%2F")
            ));
            let now = trace["now"].as_array().expect("where it is now");
            assert_eq!(now.len(), 1, "{value} stands in one row: {now:?}");
            assert_eq!(now[0]["place"], *self.ward, "{value} is on the ward");
            assert_eq!(now[0]["status"], "available", "{value} is confirmed");
            assert_eq!(now[0]["units"], units, "{value} is all there, once");
            let sum = |step: &str| -> i64 {
                let events = trace["history"].as_array().expect("history");
                events
                    .iter()
                    .filter(|event| event["step"] == step && event["voided"] == false)
                    .map(|event| event["units"].as_i64().expect("units"))
                    .sum()
            };
            for step in ["receiving", "picking", "shipping", "accepting"] {
                assert_eq!(sum(step), i64::from(units), "{step} of {value}");
            }
            for log in trace["logs"].as_array().expect("logs") {
                assert_eq!((&log["missing"], &log["forks"]), (&json!(0), &json!(0)), "{log}");
                assert_eq!(
                    log["signed"], log["last"],
                    "every record of the log is proven: {log}"
                );
            }
        }
        let order = quality.get(&format!("/orders/{ORDER}"));
        assert_eq!(order["state"], "done", "{order}");
    }
}

/// An article as `PUT /articles/{no}` takes it.
pub fn article(no: &str, name: &str, gtin: &str, trace: &str) -> Value {
    json!({
        "no": no, "name": name, "manufacturer": "Provbolaget AB", "reference": null, "emdn": null,
        "category": "medical_device", "trace": trace, "identifiers": ["lot", "expiry"],
        "packagings": [{"di": format!("GS1:{gtin}"), "units": 1}],
    })
}
