//! Island mode with real servers: a site joins by the command line, works alone while the central server is away, and both hold the same
//! when it is back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sparhund_tests::api::{Api, text_at};
use sparhund_tests::torture::served::{Served, command, text};

/// Asks until the answer is as wanted, for a minute.
fn until(what: &str, mut asked: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !asked() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_site_works_alone_and_both_hold_the_same_when_the_central_server_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut central = Served::demo(&folder.path().join("central"));
    let mut site = Served::made(&folder.path().join("site"), &[]);
    let data = text(central.data()).to_owned();
    let code = command(&["site", "--data", &data, "add", "Väster"]).unwrap();
    let join = [
        "join",
        "--data",
        text(site.data()),
        "--central",
        &central.url(),
        "--code",
        code.trim(),
    ];
    let told = command(&join).unwrap();
    assert!(told.contains("Väster has joined"), "{told}");
    site.start();

    // The people of the region come with the first exchange.
    until("the region's people come to the site", || {
        Api::try_sign_in(&site.url(), "planerare", "planerare-nordmark").is_some()
    });
    let there = Api::sign_in(&central.url(), "planerare", "planerare-nordmark");
    let here = Api::sign_in(&site.url(), "planerare", "planerare-nordmark");
    let count = |api: &Api, path: &str| api.get(path).as_array().map_or(0, Vec::len);
    until("every place comes", || {
        count(&here, "/places") == count(&there, "/places")
    });
    until("all stock comes", || {
        here.get("/stock?limit=1000")["rows"] == there.get("/stock?limit=1000")["rows"]
    });

    // The central server is away: the site takes an order and another name of a place, and says that it is alone.
    central.kill_9();
    let places = here.get("/places");
    let of_kind = |kind: &str| {
        places
            .as_array()
            .unwrap()
            .iter()
            .find(|place| place["kind"] == kind)
            .unwrap()
            .clone()
    };
    let (dispatch, ward) = (of_kind("dispatch"), of_kind("ward"));
    let article = here.get("/articles?limit=1")["rows"][0]["no"].clone();
    let order = json!({"no": "ENSAM-1", "from": dispatch["parent"], "to": ward["code"], "lines": [{"article": article, "units": 1}]});
    here.post("/orders", &order);
    let rename = |api: &Api, name: &str| {
        let mut place = ward.clone();
        place["name"] = json!(name);
        api.put(
            &format!("/places/{}", ward["code"].as_str().unwrap().replace('/', "%2F")),
            &place,
        );
    };
    rename(&here, "Avdelning ensam");

    // Changed there too before the two reach each other: the order flows up, of the place both changes are kept.
    site.kill_9();
    central.start();
    let there = Api::sign_in(&central.url(), "planerare", "planerare-nordmark");
    rename(&there, "Avdelning central");
    site.start();
    let here = Api::sign_in(&site.url(), "planerare", "planerare-nordmark");
    until("the order comes to the central server", || {
        there.try_get("/orders/ENSAM-1").0 == 200
    });
    let name = |api: &Api| -> Value {
        let places = api.get("/places");
        let found = places
            .as_array()
            .unwrap()
            .iter()
            .find(|place| place["code"] == ward["code"]);
        found.unwrap()["name"].clone()
    };
    until("both have one name for the place", || name(&here) == name(&there));
    let conflicts = there.get("/conflicts");
    let [conflict] = conflicts.as_array().unwrap().as_slice() else {
        panic!("{conflicts}");
    };
    assert_eq!(conflict["other"]["name"], "Avdelning ensam");
    assert_eq!(name(&there), "Avdelning central");
    let id = conflict["id"].as_str().unwrap().to_owned();
    until("the site hears of the conflict", || {
        count(&here, "/conflicts") == 1
    });
    let choice = json!({"choice": "other", "shown": conflict["shown"]});
    here.post(&format!("/conflicts/{id}"), &choice);
    until("the choice comes to the central server", || {
        name(&there) == "Avdelning ensam"
    });
    let admin = Api::sign_in(&central.url(), "admin", "admin-nordmark");
    until("nothing is behind", || admin.get("/sites")[0]["behind"] == 0);
    let metrics = text_at(&format!("{}/metrics", site.url()));
    assert!(metrics.contains("sparhund_central_reached 1"), "{metrics}");
}

#[test]
fn a_site_does_not_show_its_token_to_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let site = Served::made(&folder.path().join("site"), &[]);
    let join = [
        "join",
        "--data",
        text(site.data()),
        "--central",
        "http://central.example:8080",
        "--code",
        "K7MQ-2XRD-9F4T",
    ];
    let told = command(&join).unwrap_err();
    assert!(told.contains("https://"), "{told}");
    assert!(!site.data().join("central.json").exists());
}
