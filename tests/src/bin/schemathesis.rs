//! Asks a real server all that its own description allows, and much that it does not; `cargo xtask schemathesis` starts it.
//!
//! Each role asks with its own token for what it may, a device too, and somebody without a token asks for everything. Every
//! answer must be one that the description names, with the media type and the shape it gives, and none may be a 5xx.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Parser;
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sparhund_shared::log::{LogId, PublicKey, uuid_v7};
use sparhund_shared::wire::Enrol;
use sparhund_tests::api::Api;
use sparhund_tests::torture::served::Served;

/// What every answer is held against.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// People of the demo region, by their role. The administrator is the last: what is asked in that role may shut out the others.
const PEOPLE: [(&str, &str); 5] = [
    ("picker", "plockare"),
    ("ward", "vard"),
    ("quality", "kvalitet"),
    ("planner", "planerare"),
    ("admin", "admin"),
];

/// What can be chosen.
#[derive(Parser)]
#[command(about = "A real server against its own OpenAPI document.")]
struct Args {
    /// The program `schemathesis`.
    #[arg(long)]
    program: PathBuf,
    /// What it is told of media types that it does not know; `tests/schemathesis/hooks.py`.
    #[arg(long)]
    hooks: PathBuf,
    /// Generated cases of each operation and phase.
    #[arg(long, default_value_t = 50)]
    examples: u32,
    /// Seed of an earlier run, to ask the same again.
    #[arg(long, env = "SPARHUND_SEED")]
    seed: Option<u32>,
}

/// Somebody who asks.
struct Asker {
    name: &'static str,
    token: Option<String>,
    /// Operations that are asked for.
    operations: BTreeSet<String>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::demo(&folder.path().join("server"));
    let seed = args.seed.unwrap_or_else(random);
    println!("seed {seed}");
    let mut failed = Vec::new();
    for asker in askers(&served.url()) {
        println!("\n{}: {} operations", asker.name, asker.operations.len());
        let mut command = Command::new(&args.program);
        command
            .current_dir(folder.path())
            .env("SCHEMATHESIS_HOOKS", &args.hooks)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .args([
                "run",
                "--no-color",
                "--suppress-health-check=all",
                "--warnings=off",
            ])
            .args(["--generation-database=none", "--request-timeout=35"])
            .args([format!("--checks={CHECKS}"), format!("--seed={seed}")])
            .arg(format!("--max-examples={}", args.examples));
        if let Some(token) = &asker.token {
            command.arg(format!("--header=Authorization: Bearer {token}"));
        }
        for operation in &asker.operations {
            command.arg(format!("--include-operation-id={operation}"));
        }
        let report = folder.path().join(format!("{}.har", asker.name));
        command.arg("--report-har-path").arg(&report);
        command.arg(format!("{}/api/v1/openapi.json", served.url()));
        let is_clean = command.status().expect("run schemathesis").success();
        let answers = answers(&report);
        println!("{}: answers by status: {answers:?}", asker.name);
        // Whoever has a token and is always sent away has asked nothing.
        let was_heard = answers.keys().any(|status| (200..300).contains(status));
        if !is_clean || (asker.token.is_some() && !was_heard) {
            failed.push(asker.name);
        }
    }
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "\nanswers that the description does not allow, asked as {}; seed {seed}",
        failed.join(", ")
    );
    ExitCode::FAILURE
}

/// How often each status was answered.
fn answers(report: &Path) -> BTreeMap<u64, u64> {
    let text = std::fs::read_to_string(report).expect("the report of schemathesis");
    let report: Value = serde_json::from_str(&text).expect("a HAR file");
    let mut answers = BTreeMap::new();
    for entry in report["log"]["entries"].as_array().expect("entries") {
        let status = entry["response"]["status"].as_u64().expect("a status");
        *answers.entry(status).or_default() += 1;
    }
    answers
}

/// The tokens are made before anything is asked: who asks much is slowed down at the sign-in.
fn askers(url: &str) -> Vec<Asker> {
    let admin = Api::sign_in(url, "admin", "admin-nordmark");
    let document = admin.get("/openapi.json");
    let person = |(role, login): (&'static str, &str)| {
        let password = format!("{login}-nordmark");
        let tokens = admin.post("/auth/sign-in", &json!({"login": login, "password": password}));
        Asker {
            name: role,
            token: tokens["access"].as_str().map(str::to_owned),
            operations: allowed(&document, "person", Some(role)),
        }
    };
    let nobody = Asker {
        name: "nobody",
        token: None,
        operations: operations(&document).map(|(id, _)| id).collect(),
    };
    let device = Asker {
        name: "device",
        token: Some(enrolled(&admin)),
        operations: allowed(&document, "device", None),
    };
    let site = Asker {
        name: "site",
        token: Some(joined(&admin)),
        operations: allowed(&document, "site", None),
    };
    [nobody, device, site]
        .into_iter()
        .chain(PEOPLE.map(person))
        .collect()
}

/// Every operation and who may call it.
fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document["paths"].as_object().expect("paths").values();
    let methods = paths.flat_map(|path| path.as_object().expect("methods").values());
    methods.filter_map(|operation| {
        Some((
            operation["operationId"].as_str()?.to_owned(),
            &operation["security"],
        ))
    })
}

/// What is allowed to those with a kind of token, and with a role where roles are named.
fn allowed(document: &Value, kind: &str, role: Option<&str>) -> BTreeSet<String> {
    let may = |security: &Value| {
        security.as_array().into_iter().flatten().any(|way| {
            way[kind].as_array().is_some_and(|roles| {
                roles.is_empty() || role.is_some_and(|role| roles.iter().any(|named| named == role))
            })
        })
    };
    operations(document)
        .filter(|(_, security)| may(security))
        .map(|(id, _)| id)
        .collect()
}

fn enrolled(admin: &Api) -> String {
    let issued = admin.post("/devices/codes", &json!({}));
    let mut bytes = [0; 42];
    getrandom::fill(&mut bytes).expect("random bytes");
    let (key, log) = bytes.split_at(32);
    let key = SigningKey::from_bytes(key.try_into().expect("32 bytes"));
    let enrol = Enrol {
        code: issued["code"].as_str().expect("a code").to_owned(),
        name: "Handdator".to_owned(),
        key: PublicKey::of(&key),
        log: LogId(uuid_v7(
            jiff::Timestamp::now().as_millisecond(),
            log.try_into().expect("10 bytes"),
        )),
    };
    let enrolled = admin.post("/devices/enrol", &serde_json::to_value(enrol).expect("JSON"));
    enrolled["token"].as_str().expect("a token").to_owned()
}

/// The token of a site's server.
fn joined(admin: &Api) -> String {
    let issued = admin.post("/sites", &json!({"name": "Väster"}));
    let mut bytes = [0; 42];
    getrandom::fill(&mut bytes).expect("random bytes");
    let (key, log) = bytes.split_at(32);
    let key = SigningKey::from_bytes(key.try_into().expect("32 bytes"));
    let log = LogId(uuid_v7(
        jiff::Timestamp::now().as_millisecond(),
        log.try_into().expect("10 bytes"),
    ));
    let intro = json!({"log": log, "key": PublicKey::of(&key), "kind": "server", "name": ""});
    let joined = admin.post("/sites/join", &json!({"code": issued["code"], "log": intro}));
    joined["token"].as_str().expect("a token").to_owned()
}

fn random() -> u32 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("random bytes");
    u32::from_le_bytes(bytes)
}
