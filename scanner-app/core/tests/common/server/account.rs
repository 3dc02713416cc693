//! Devices are enrolled and people sign in.

use serde_json::{Value, json};
use sparhund_scanner_core::env::Response;
use sparhund_shared::log::{LogId, Succession};
use sparhund_shared::wire::{AskSeries, Enrol, Series};

use super::State;
use super::http::{invalid, ok, problem};
use crate::common::region;

impl State {
    pub(super) fn enrol(&mut self, body: &[u8]) -> Response {
        let enrol: Enrol = serde_json::from_slice(body).unwrap();
        // As the server does: the longest name has 60 characters, and both fields are told of at once.
        let wrong = [
            ("/code", enrol.code == "AAAA-AAAA"),
            ("/name", enrol.name.is_empty() || enrol.name.chars().count() > 60),
        ];
        let wrong: Vec<&str> = wrong
            .into_iter()
            .filter_map(|(at, wrong)| wrong.then_some(at))
            .collect();
        if !wrong.is_empty() {
            return invalid(&wrong);
        }
        if enrol.code != "CODE" {
            return problem(409, "code-unusable");
        }
        if self.keys.contains_key(&enrol.log) {
            return problem(409, "conflict");
        }
        self.keys.insert(enrol.log, enrol.key);
        self.revoked = false;
        let token = format!("device-token-{}", enrol.log);
        self.tokens.insert(token.clone(), enrol.log);
        ok(&json!({
            "device": "00000000-0000-7000-8000-00000000000d",
            "token": token,
            "region": "Region Prov",
        }))
    }

    /// As the server does: the same again answers the same.
    pub(super) fn rotate(&mut self, log: LogId, body: &[u8]) -> Response {
        let succession: Succession = serde_json::from_slice(body).unwrap();
        assert_eq!(succession.old, log);
        succession.verify(&self.keys[&log]).unwrap();
        self.keys.insert(succession.log, succession.key);
        let token = format!("device-token-{}", succession.log);
        self.tokens.insert(token.clone(), succession.log);
        ok(&json!({
            "device": "00000000-0000-7000-8000-00000000000e",
            "token": token,
            "region": "Region Prov",
        }))
    }
}

impl State {
    /// As the server does: the same again answers the same.
    pub(super) fn next_series(&mut self, log: LogId, body: &[u8]) -> Response {
        let asked: AskSeries = serde_json::from_slice(body).unwrap();
        let after = asked.after.map_or(0, |after| after as usize + 1);
        let later = (after..self.series.len()).find(|no| self.series[*no] == log);
        let no = later.unwrap_or_else(|| {
            self.series.push(log);
            self.series.len() - 1
        });
        ok(&Series {
            prefix: asked.prefix,
            no: u32::try_from(no).unwrap(),
        })
    }
}

impl State {
    pub(super) fn print(&mut self, body: &[u8]) -> Response {
        if self.printer_off {
            return problem(502, "printer-silent");
        }
        self.printed.push(serde_json::from_slice(body).unwrap());
        ok(&json!({}))
    }
}

pub(super) fn sign_in(body: &[u8]) -> Response {
    let value: Value = serde_json::from_slice(body).unwrap();
    if value["password"] != "secret" {
        return problem(401, "credentials");
    }
    ok(&json!({
        "access": "access",
        "expires_in": 900,
        "refresh": "refresh",
        "user": region::value(&region::user_of(value["login"].as_str().unwrap())),
    }))
}
