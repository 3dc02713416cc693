//! Records a second through HTTP, beside the same rows by raw rusqlite in bulk, in one run.
//!
//! `cargo xtask bench capture`, or `… -- single` for the loads whose name has that word. Heads are verified, chains walked, projections kept, every answer sent after a durable
//! commit, in a region with articles, open orders and holds (`world.rs`). The raw figure writes the very rows the run
//! left behind, with the same indexes and durability, in the order they came, 10 000 rows a commit. Best of three; the machine's
//! noise hits both, so only the ratio counts.

mod world;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use ed25519_dalek::SigningKey;
use rusqlite::Connection;
use rusqlite::types::Value;
use sparhund_server::auth::Tokens;
use sparhund_server::http::{AppState, Site, app};
use sparhund_server::ops::DataDir;
use sparhund_server::store::sqlite::SqliteStore;
use sparhund_server::store::{EnrolmentCode, NewDevice, Store};
use sparhund_shared::log::{DeviceId, EventId, LogId, Moment, PublicKey, Tail, UserId, uuid_v7};
use sparhund_shared::wire::Upload;

use world::{START, booking, load as load_world, picker};

/// How one load is shaped.
struct Load {
    name: &'static str,
    connections: usize,
    requests_each: usize,
    records_each: usize,
}

const LOADS: [Load; 2] = [
    Load {
        name: "batches of 50 at 64 connections",
        connections: 64,
        requests_each: 24,
        records_each: 50,
    },
    Load {
        name: "single records at 256 connections",
        connections: 256,
        requests_each: 60,
        records_each: 1,
    },
];

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("random bytes");
    bytes
}

/// One device's requests, signed beforehand: what a handheld does is not the server's time.
fn requests(load: &Load, device: usize, log: LogId, key: &SigningKey, token: &str) -> Vec<Vec<u8>> {
    let user = picker();
    let mut tail = Tail::empty(log);
    (0..load.requests_each)
        .map(|request| {
            let records = (0..load.records_each)
                .map(|position| {
                    let number = request * load.records_each + position;
                    let at = START + i64::try_from(number).expect("a small number");
                    let id = EventId(uuid_v7(at, random()));
                    let sealed =
                        tail.next(id, Moment { at, offset: Some(0) }, user, &booking(device, number));
                    tail = Tail::after(&sealed);
                    sealed.bytes().to_vec().into()
                })
                .collect();
            let body = minicbor::to_vec(Upload {
                head: tail.head.sign(key),
                records,
            })
            .expect("an upload");
            let mut bytes = format!(
                "POST /api/v1/sync/records HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
                 content-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
                body.len()
            )
            .into_bytes();
            bytes.extend(body);
            bytes
        })
        .collect()
}

/// Sends requests over one connection, one after the other's answer.
fn client(address: SocketAddr, requests: &[Vec<u8>]) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    let mut buffer = [0; 8192];
    for request in requests {
        stream.write_all(request).expect("sent");
        let mut filled = 0;
        loop {
            filled += match stream.read(&mut buffer[filled..]).expect("an answer") {
                0 => panic!("closed: {}", String::from_utf8_lossy(&buffer[..filled])),
                read => read,
            };
            if complete(&buffer[..filled]) {
                break;
            }
        }
        let answer = String::from_utf8_lossy(&buffer[..filled]);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("\"refused\":[]"), "{answer}");
    }
}

fn complete(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.split("\r\n").next());
    length
        .and_then(|length| length.parse::<usize>().ok())
        .is_some_and(|length| body.len() >= length)
}

/// Runs a load against a fresh server; records a second, and the database is left in `data`.
fn through_http(load: &Load, data: &Path) -> f64 {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.join("sparhund.db")).expect("a store"));
    let tokens = Tokens::new(&random());
    let mut work = Vec::new();
    for device in 0..load.connections {
        let key = SigningKey::from_bytes(&random());
        let new = NewDevice {
            id: DeviceId(uuid_v7(START, random())),
            name: format!("Handdator {device}"),
            key: PublicKey::of(&key),
            log: LogId(uuid_v7(START, random())),
        };
        let (id, log, hash) = (new.id, new.log, random());
        let code = EnrolmentCode {
            hash,
            created_by: UserId(uuid_v7(START, random())),
            expires_at: i64::MAX,
        };
        runtime.block_on(store.add_enrolment(code)).expect("a code");
        runtime
            .block_on(store.enrol(hash, new, START))
            .expect("an answer")
            .expect("a device");
        let token = tokens.device(id, START).expect("a token");
        work.push(requests(load, device, log, &key, &token));
    }
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .expect("a port");
    let address = listener.local_addr().expect("its address");
    let own_log = runtime.block_on(load_world(&store, &DataDir::new(data)));
    let state = AppState::new(store, own_log, tokens, Site::default()).expect("a state");
    runtime.spawn(async move {
        let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).await.expect("serving");
    });
    let rate = send_all(load, address, &work);
    runtime.shutdown_background();
    rate
}

/// All connections at once; records a second.
fn send_all(load: &Load, address: SocketAddr, work: &[Vec<Vec<u8>>]) -> f64 {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for requests in work {
            scope.spawn(move || client(address, requests));
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    per_second(load.connections * load.requests_each * load.records_each, seconds)
}

/// What axum itself takes of the same bytes here: one route that reads the body and answers a receipt, nothing else.
fn through_bare_axum(load: &Load) -> f64 {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let key = SigningKey::from_bytes(&random());
    let tokens = Tokens::new(&random());
    let token = tokens
        .device(DeviceId(uuid_v7(START, random())), START)
        .expect("a token");
    let log = LogId(uuid_v7(START, random()));
    let work: Vec<_> = (0..load.connections)
        .map(|device| requests(load, device, log, &key, &token))
        .collect();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .expect("a port");
    let address = listener.local_addr().expect("its address");
    let answer = async |_: axum::body::Bytes| axum::Json(serde_json::json!({ "refused": [] }));
    let app = axum::Router::new().route("/api/v1/sync/records", axum::routing::post(answer));
    runtime.spawn(async move { axum::serve(listener, app).await.expect("serving") });
    let rate = send_all(load, address, &work);
    runtime.shutdown_background();
    rate
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
fn per_second(records: usize, seconds: f64) -> f64 {
    records as f64 / seconds
}

/// So many rows share a commit of the raw figure, as the design says.
const ROWS_A_COMMIT: usize = 10_000;

/// A table with the statement that fills it and its rows.
type Table = (String, Vec<Vec<Value>>);

fn rows_of(database: &Path) -> Vec<Table> {
    let connection = Connection::open(database).expect("the database");
    let mut names = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .expect("a statement");
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))
        .expect("names")
        .collect::<Result<_, _>>()
        .expect("names");
    names
        .into_iter()
        .map(|name| {
            let mut select = connection
                .prepare(&in_order(&connection, &name))
                .expect("a statement");
            let columns = select.column_count();
            let rows = select
                .query_map([], |row| (0..columns).map(|column| row.get(column)).collect())
                .expect("rows")
                .collect::<Result<_, _>>()
                .expect("rows");
            let marks = vec!["?"; columns].join(",");
            (format!("INSERT OR REPLACE INTO {name} VALUES ({marks})"), rows)
        })
        .collect()
}

/// Rows that a record brought come in the order the records came in, as a program would write them that takes a stream.
fn in_order(connection: &Connection, table: &str) -> String {
    let mut of_a_record = connection
        .prepare("SELECT count(*) = 2 FROM pragma_table_info(?1) WHERE name IN ('log_no', 'seq')")
        .expect("a statement");
    let of_a_record = of_a_record.query_row([table], |row| row.get(0)).expect("a row");
    if of_a_record {
        format!(
            "SELECT it.* FROM {table} AS it JOIN record USING (log_no, seq)
             ORDER BY record.received_at, it.log_no, it.seq"
        )
    } else {
        format!("SELECT * FROM {table}")
    }
}

/// Writes the same rows with one connection, [`ROWS_A_COMMIT`] at a time; records a second.
fn raw(tables: &[Table], records: usize, data: &Path) -> f64 {
    let path = data.join("raw.db");
    drop(SqliteStore::open(&path).expect("a schema"));
    let connection = Connection::open(&path).expect("a database");
    connection
        .execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-262144;
             PRAGMA wal_autocheckpoint=16000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF;",
        )
        .expect("pragmas");
    let rows: usize = tables.iter().map(|(_, rows)| rows.len()).sum();
    let commits = rows.div_ceil(ROWS_A_COMMIT);
    let begun = Instant::now();
    for commit in 0..commits {
        connection
            .execute_batch("BEGIN IMMEDIATE")
            .expect("a transaction");
        for (insert, rows) in tables {
            let mut statement = connection.prepare_cached(insert).expect("a statement");
            let share = rows.len().div_ceil(commits);
            for row in rows.iter().skip(commit * share).take(share) {
                statement.execute(rusqlite::params_from_iter(row)).expect("a row");
            }
        }
        connection.execute_batch("COMMIT").expect("a commit");
    }
    per_second(records, begun.elapsed().as_secs_f64())
}

fn main() {
    let asked = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let chosen = |load: &&Load| asked.as_deref().is_none_or(|word| load.name.contains(word));
    for load in LOADS.iter().filter(chosen) {
        let records = load.connections * load.requests_each * load.records_each;
        let (mut best_http, mut best_raw, mut best_bare) = (0.0_f64, 0.0_f64, 0.0_f64);
        for _ in 0..3 {
            best_bare = best_bare.max(through_bare_axum(load));
            let data = tempfile::tempdir().expect("a folder");
            best_http = best_http.max(through_http(load, data.path()));
            best_raw = best_raw.max(raw(
                &rows_of(&data.path().join("sparhund.db")),
                records,
                data.path(),
            ));
        }
        println!(
            "{}: {best_http:.0} records/s through HTTP, {best_raw:.0} by raw rusqlite in bulk, ratio {:.2}; {best_bare:.0} \
             through axum that stores nothing, ratio {:.2} ({records} records)",
            load.name,
            best_http / best_raw,
            best_http / best_bare,
        );
    }
}
