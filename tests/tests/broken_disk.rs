//! A server whose disk is full, or whose database is damaged: it says so, refuses what it would have to write, and goes on answering.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use rusqlite::Connection;
use serde_json::{Value, json};
use sparhund_tests::api::Api;
use sparhund_tests::scenario::{article, gtin};
use sparhund_tests::torture::served::{Served, command, journal_bytes, text};

/// Whether the server says that it can work, and what it says.
fn ready(served: &Served) -> (u16, Value) {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let agent: ureq::Agent = config.into();
    let mut answer = agent
        .get(format!("{}/ready", served.url()))
        .call()
        .expect("an answer");
    let status = answer.status().as_u16();
    let body = answer.body_mut().read_to_string().unwrap_or_default();
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

/// A moment later the server says by this word that it cannot work; its advice.
fn not_ready(served: &Served, word: &str) -> String {
    later();
    let (status, problem) = ready(served);
    assert_eq!((status, &problem["code"]), (503, &json!(word)), "{problem}");
    problem["detail"].as_str().unwrap_or_default().to_owned()
}

/// Readiness is worked out once a second.
fn later() {
    std::thread::sleep(std::time::Duration::from_millis(1_100));
}

#[test]
fn a_full_disk_is_told_refused_and_got_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut served = Served::demo(&folder.path().join("server"));
    let planner = planner(&served);
    put(&planner, "DISK-1").expect("room");
    assert_eq!(ready(&served).0, 200);

    // Each order is to be worked out anew, as after goods came.
    let orders = rusqlite::Connection::open(served.database()).expect("the database");
    let stale = orders
        .execute("UPDATE customer_order SET dirty = 1", [])
        .expect("orders");
    assert!(stale > 0);
    served.fill_disk(Some(0));
    let problem = put(&planner, "DISK-2").expect_err("no room");
    assert_eq!(problem["code"], "cannot-write", "{problem}");
    let advice = problem["detail"].as_str().unwrap_or_default();
    assert!(
        advice.contains("disk") && advice.contains("nothing was written"),
        "{problem}"
    );
    not_ready(&served, "cannot-write");
    assert_eq!(
        planner.try_get("/articles/DISK-1").0,
        200,
        "what was there is answered"
    );
    assert_eq!(planner.try_get("/articles/DISK-2").0, 404, "nothing half written");
    assert_eq!(planner.try_get("/orders").0, 200, "orders as they were");
    let (status, trace) = planner.try_get("/trace?lot=K25-0412");
    assert_eq!(status, 200, "a recall goes on: {trace}");
    assert!(trace.to_string().contains("K25-0412"), "{trace}");
    assert!(!served.has_died());

    // The log file can take nothing either.
    served.fill_disk_to_the_last_byte();
    not_ready(&served, "cannot-write");
    assert_eq!(planner.try_get("/articles/DISK-1").0, 200);

    served.fill_disk(None);
    put(&planner, "DISK-2").expect("room again");
    later();
    assert_eq!(ready(&served).0, 200);
}

/// As after a restart of a machine whose file system was mounted for reading because of errors.
#[test]
fn a_server_starts_on_a_disk_that_takes_no_writes_and_answers() {
    for killed in [false, true] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut served = Served::demo(&folder.path().join("server"));
        let planner = planner(&served);
        put(&planner, "DISK-1").expect("it takes writes");
        if killed {
            served.kill_9();
        } else {
            served.stop();
        }
        let journal = journal_bytes(&served.database()) > 0;
        assert_eq!(
            journal, killed,
            "what was written is in the journal, or in the database"
        );

        served.start_where_nothing_can_be_written();
        assert_eq!(
            planner.try_get("/articles/DISK-1").0,
            200,
            "what was there is answered"
        );
        let (status, trace) = planner.try_get("/trace?lot=K25-0412");
        assert_eq!(status, 200, "a recall goes on: {trace}");
        assert!(trace.to_string().contains("K25-0412"), "{trace}");
        let problem = put(&planner, "DISK-2").expect_err("nothing can be written");
        assert_eq!(problem["code"], "cannot-write", "{problem}");
        not_ready(&served, "cannot-write");
        assert!(!served.has_died());

        served.kill_9();
        served.let_write_again();
        served.start();
        put(&planner, "DISK-2").expect("it takes writes again");
        assert_eq!(ready(&served).0, 200);
        assert_eq!(planner.try_get("/articles/DISK-1").0, 200);
    }
}

#[test]
fn a_damaged_page_is_told_and_nothing_more_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut served = Served::demo(&folder.path().join("server"));
    let backup = served.backup(&folder.path().join("backups")).expect("a backup");
    served.kill_9();
    damage(&served.database(), "stock");
    served.start();
    let planner = planner(&served);
    assert_eq!(ready(&served).0, 200, "nobody has met the page");

    let (status, problem) = planner.try_get("/stock");
    assert_eq!(
        (status, &problem["code"]),
        (503, &json!("store-damaged")),
        "{problem}"
    );
    let advice = not_ready(&served, "store-damaged");
    assert!(advice.contains("restore a backup"), "{advice}");
    let problem = put(&planner, "DISK-2").expect_err("a damaged database");
    assert_eq!(problem["code"], "store-damaged", "{problem}");
    assert_eq!(planner.try_get("/articles/DISK-2").0, 404);
    assert_eq!(planner.try_get("/places").0, 200, "what is sound is answered");

    served.kill_9();
    let refused = command(&[
        "backup",
        "--data",
        text(served.data()),
        "--into",
        text(folder.path()),
    ]);
    let told = refused.expect_err("no backup of damage");
    assert!(told.contains("the copy is damaged"), "{told}");
    served.restore(&backup);
    served.start();
    assert_eq!(ready(&served).0, 200);
    assert_eq!(self::planner(&served).try_get("/stock").0, 200);
}

fn planner(served: &Served) -> Api {
    Api::sign_in(&served.url(), "planerare", "planerare-nordmark")
}

/// Writes an article, `DISK-` and a digit.
fn put(planner: &Api, no: &str) -> Result<(), Value> {
    let body = article(no, "Kateter", &gtin(&no.replace("DISK-", "95")), "lot");
    match planner.try_put(&format!("/articles/{no}"), &body) {
        (200..300, _) => Ok(()),
        (503, problem) => Err(problem),
        other => panic!("{other:?}"),
    }
}

/// Overwrites every leaf page of a table.
fn damage(database: &Path, table: &str) {
    let pages = pages(database, table).expect("the table's pages");
    assert!(!pages.is_empty(), "{table} has pages");
    let mut file = std::fs::File::options()
        .write(true)
        .open(database)
        .expect("the file");
    for (offset, size) in pages {
        file.seek(SeekFrom::Start(offset)).expect("its place");
        file.write_all(&vec![0xA5; size]).expect("a damaged page");
    }
}

/// Where the leaf pages of a table stand in the file, and how long each is.
fn pages(database: &Path, table: &str) -> rusqlite::Result<Vec<(u64, usize)>> {
    let conn = Connection::open(database)?;
    // What stands in the journal would hide the damage.
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let mut leaves =
        conn.prepare("SELECT pgoffset, pgsize FROM dbstat WHERE name = ?1 AND pagetype = 'leaf'")?;
    leaves
        .query_map([table], |row| {
            let (offset, size): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok((offset.cast_unsigned(), usize::try_from(size).unwrap_or_default()))
        })?
        .collect()
}
