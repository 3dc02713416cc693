//! What a restore refuses until it is agreed to, what the restored database forgets, and what backups of others and of killed
//! programs have to do with it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod store_world;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use sparhund_server::backup::{
    BackupError, Consent, Made, Manifest, Restored, Schedule, keep_backing_up, make, restore,
};
use sparhund_server::ingest::OwnLog;
use sparhund_server::ops::{DataDir, LockError, WriterLock, now_ms};
use sparhund_server::store::sqlite::{SqliteStore, note_beside};
use sparhund_server::store::{
    Account, Carried, EnrolmentCode, INCARNATION_SETTING, Islands as _, LogIntro, LogKind, NewSite,
    SERVER_LOG, ShutOut, Store,
};
use sparhund_shared::reference::{Role, User};
use store_world::*;
use uuid::Uuid;

/// A data directory with a database, and a device that is known there.
async fn a_server(dir: &Path, number: u8) -> (DataDir, Device) {
    let data = DataDir::new(dir);
    data.create().unwrap();
    let store = SqliteStore::open(data.database()).unwrap();
    let device = Device::new(number);
    device.register(&store).await;
    (data, device)
}

/// The device tells so many records more, and a backup is made and noted.
async fn more(data: &DataDir, device: &mut Device, records: usize, into: &Path, now: i64) -> Made {
    let store = SqliteStore::open(data.database()).unwrap();
    let next: Vec<_> = (0..records)
        .map(|_| device.write(&receive(lot_item("L1"), 1, BIN_A)))
        .collect();
    store.append(device.batch(next)).await.unwrap();
    let made = make(&data.database(), into, now).unwrap();
    note_beside(&data.database(), &made.verified).unwrap();
    made
}

async fn head(data: &DataDir, device: &Device) -> u64 {
    let store = SqliteStore::open(data.database()).unwrap();
    store.heads(&[device.log()]).await.unwrap()[0].seq
}

fn again(made: &Made, data: &DataDir, agreed: &[Consent]) -> Result<Restored, BackupError> {
    restore(&made.file, data, agreed, now_ms())
}

/// It is refused because so many records would be gone.
#[track_caller]
fn assert_older(refusal: &BackupError, lost: u64) {
    assert!(
        matches!(refusal, BackupError::Older { records, .. } if *records == lost),
        "{refusal}"
    );
}

#[tokio::test]
async fn an_older_backup_than_the_newest_is_refused_until_that_is_agreed_to() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    // Each in a folder of its own: the database alone knows the other.
    let first = more(&data, &mut device, 3, &folder.path().join("one"), T0).await;
    let second = more(&data, &mut device, 4, &folder.path().join("two"), T0 + 1).await;
    let refusal = again(&first, &data, &[Consent::Replace]).unwrap_err();
    let told = refusal.to_string();
    assert!(
        matches!(
            refusal,
            BackupError::Older {
                records: 4,
                logs: 1,
                ..
            }
        ),
        "{told}"
    );
    assert!(
        told.contains("--older") && told.contains(second.file.to_str().unwrap()),
        "{told}"
    );
    assert_eq!(head(&data, &device).await, 7, "nothing was touched");

    again(&second, &data, &[Consent::Replace]).unwrap();
    assert_eq!(head(&data, &device).await, 7);
    again(&first, &data, &[Consent::Replace, Consent::Older]).unwrap();
    assert_eq!(head(&data, &device).await, 3);
    let store = SqliteStore::open(data.database()).unwrap();
    assert_eq!(
        store.covered(device.log()).await.unwrap(),
        3,
        "the word is taken back"
    );
}

#[tokio::test]
async fn a_backup_that_a_wrong_clock_calls_newer_is_refused_when_it_holds_less() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let future = more(&data, &mut device, 3, &folder.path().join("one"), T0 + 1_000_000).await;
    more(&data, &mut device, 4, &folder.path().join("two"), T0).await;
    let refusal = again(&future, &data, &[Consent::Replace]).unwrap_err();
    assert_older(&refusal, 4);
}

#[tokio::test]
async fn where_the_database_is_gone_the_folder_tells_of_newer_backups() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let into = folder.path().join("backups");
    let first = more(&data, &mut device, 3, &into, T0).await;
    let second = more(&data, &mut device, 4, &into, T0 + 1).await;
    let fresh = DataDir::new(folder.path().join("fresh"));
    let refusal = again(&first, &fresh, &[]).unwrap_err();
    assert_older(&refusal, 4);
    // The same where it is there and cannot be read.
    std::fs::write(data.database(), vec![7; 9_000]).unwrap();
    let refusal = again(&first, &data, &[Consent::Replace]).unwrap_err();
    assert_older(&refusal, 4);
    let restored = again(&second, &data, &[Consent::Replace]).unwrap();
    assert!(restored.unread.is_some(), "and says so");
    assert_eq!(head(&data, &device).await, 7);
    again(&first, &fresh, &[Consent::Older]).unwrap();
    assert_eq!(head(&fresh, &device).await, 3);
}

#[tokio::test]
async fn siblings_are_compared_by_what_they_hold_and_not_by_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let into = folder.path().join("backups");
    let future = more(&data, &mut device, 3, &into, T0 + 1_000_000).await;
    let second = more(&data, &mut device, 4, &into, T0).await;
    let fresh = DataDir::new(folder.path().join("fresh"));
    let refusal = again(&future, &fresh, &[]).unwrap_err();
    assert_older(&refusal, 4);
    again(&second, &fresh, &[]).unwrap();
    assert_eq!(head(&fresh, &device).await, 7);
}

#[tokio::test]
async fn what_the_server_itself_wrote_after_the_backup_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let made = more(&data, &mut device, 3, &folder.path().join("backups"), T0).await;
    let opened = || -> Arc<dyn Store> { Arc::new(SqliteStore::open(data.database()).unwrap()) };
    let store = opened();
    let own = OwnLog::open(Arc::clone(&store), &data, T0).await.unwrap();
    for number in 1..=2 {
        own.append(hold(number, &[BASE], None), user(1), T0)
            .await
            .unwrap();
    }
    drop((own, store));
    for _ in 0..2 {
        let restored = again(&made, &data, &[Consent::Replace]).unwrap();
        assert_eq!(restored.carried, Carried::Records(2));
        let store = opened();
        assert_eq!(store.holds().await.unwrap().len(), 2);
        let rebuilt = store.rebuild().await.unwrap();
        assert!(
            rebuilt.tables.iter().all(|(_, differed)| *differed == 0),
            "{rebuilt:?}"
        );
    }
    std::fs::write(data.database(), vec![7; 9_000]).unwrap();
    let restored = again(&made, &data, &[Consent::Replace]).unwrap();
    assert_eq!(restored.carried, Carried::NoDatabase, "it cannot be asked");
    assert_eq!(opened().holds().await.unwrap().len(), 0);
}

#[tokio::test]
async fn of_what_the_server_wrote_all_is_taken_over_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let made = more(&data, &mut device, 3, &folder.path().join("backups"), T0).await;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).unwrap());
    let own = OwnLog::open(Arc::clone(&store), &data, T0).await.unwrap();
    for number in 1..=3 {
        own.append(hold(number, &[BASE], None), user(1), T0)
            .await
            .unwrap();
    }
    drop((own, store));
    // One letter of the middle one is another, as a bad disk makes it: it still reads as a hold, of other goods.
    let conn = Connection::open(data.database()).unwrap();
    let sql = "SELECT log_no, record.bytes FROM record JOIN log USING (log_no) WHERE log.name = ?1 AND record.seq = 2";
    let (log, mut bytes): (i64, Vec<u8>) = conn
        .query_row(sql, [SERVER_LOG], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let at = bytes
        .windows(BASE.len())
        .position(|part| part == BASE.as_bytes())
        .unwrap();
    bytes[at + 5] ^= 1;
    conn.execute(
        "UPDATE record SET bytes = ?2 WHERE log_no = ?1 AND seq = 2",
        (log, &bytes),
    )
    .unwrap();
    drop(conn);
    let restored = again(&made, &data, &[Consent::Replace]).unwrap();
    assert!(
        matches!(&restored.carried, Carried::Lost(why) if why.contains("record 2")),
        "{:?}",
        restored.carried
    );
    let store = SqliteStore::open(data.database()).unwrap();
    assert_eq!(store.holds().await.unwrap(), [], "nothing is half there");
}

#[tokio::test]
async fn what_was_agreed_to_be_left_behind_claims_nothing_of_later_backups() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let into = folder.path().join("backups");
    let first = more(&data, &mut device, 3, &into, T0).await;
    let left_behind = more(&data, &mut device, 4, &into, T0 + 1).await;
    let fresh = DataDir::new(folder.path().join("fresh"));
    again(&first, &fresh, &[Consent::Older]).unwrap();
    // The device has forgotten what came between and goes on in another log: the old one stays at 3 for ever.
    let store = SqliteStore::open(fresh.database()).unwrap();
    let mut anew = Device::new(2);
    anew.register(&store).await;
    drop(store);
    let later = more(&fresh, &mut anew, 1, &into, T0 + 2).await;
    let third = DataDir::new(folder.path().join("third"));
    again(&later, &third, &[]).unwrap();
    assert_eq!(head(&third, &anew).await, 1);
    let refusal = again(&left_behind, &DataDir::new(folder.path().join("fourth")), &[]).unwrap_err();
    assert_older(&refusal, 1);
}

#[tokio::test]
async fn who_had_the_key_of_the_tokens_put_aside_is_not_told_to_put_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let made = more(&data, &mut device, 1, &folder.path().join("backups"), T0).await;
    assert!(
        again(&made, &data, &[Consent::Replace])
            .unwrap()
            .without_token_key
    );
    std::fs::write(data.token_key(), [7; 32]).unwrap();
    let restored = again(&made, &data, &[Consent::Replace, Consent::NewTokens]).unwrap();
    assert!(!restored.without_token_key && !data.token_key().exists());
}

#[tokio::test]
async fn a_backup_made_across_a_restore_does_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let into = folder.path().join("backups");
    let first = more(&data, &mut device, 3, &into, T0).await;
    let store = SqliteStore::open(data.database()).unwrap();
    let next = device.write(&receive(lot_item("L1"), 1, BIN_A));
    store.append(device.batch(vec![next])).await.unwrap();
    drop(store);
    let slow = make(&data.database(), &into, T0 + 1).unwrap();
    again(&first, &data, &[Consent::Replace, Consent::Older]).unwrap();
    let refusal = note_beside(&data.database(), &slow.verified)
        .unwrap_err()
        .to_string();
    assert!(refusal.contains("restored while"), "{refusal}");
    let store = SqliteStore::open(data.database()).unwrap();
    assert_eq!(store.covered(device.log()).await.unwrap(), 3);
}

#[tokio::test]
async fn a_backup_of_another_server_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("backups");
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let (other, mut others) = a_server(&folder.path().join("other"), 2).await;
    more(&data, &mut device, 3, &into, T0).await;
    let theirs = more(&other, &mut others, 2, &into, T0 - 1).await;
    let refusal = again(&theirs, &data, &[Consent::Replace, Consent::Older]).unwrap_err();
    assert!(matches!(refusal, BackupError::OtherServer(_)), "{refusal}");
    assert!(refusal.to_string().contains("--other-server"));
    assert_eq!(head(&data, &device).await, 3);
    again(&theirs, &data, &[Consent::Replace, Consent::OtherServer]).unwrap();
    assert_eq!(head(&data, &others).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_may_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("backups");
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let (other, mut others) = a_server(&folder.path().join("other"), 2).await;
    let theirs = more(&other, &mut others, 2, &into, T0).await;
    more(&data, &mut device, 3, &into, T0).await;
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).unwrap());
    let schedule = Schedule {
        database: data.database(),
        folder: into.clone(),
        every: Duration::from_millis(20),
        keep: 1,
    };
    let running = tokio::spawn(keep_backing_up(schedule, Arc::clone(&store)));
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if store.last_backup().await.unwrap().unwrap().made_at > T0 {
            break;
        }
    }
    running.abort();
    let _ = running.await;
    assert!(
        store.last_backup().await.unwrap().unwrap().made_at > T0,
        "it made some"
    );
    assert!(theirs.file.exists() && Manifest::path(&theirs.file).exists());
    again(&theirs, &other, &[Consent::Replace]).unwrap();
}

#[tokio::test]
async fn whether_sites_that_were_shut_out_stay_so_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let id = Uuid::from_u128(7);
    let store = SqliteStore::open(data.database()).unwrap();
    let site = NewSite {
        id,
        name: "Väster".to_owned(),
        code: [7; 32],
        code_until: i64::MAX,
    };
    store.add_site(site).await.unwrap();
    let house = Device::new(70);
    let intro = LogIntro {
        log: house.log(),
        key: house.public(),
        kind: LogKind::Server,
        name: String::new(),
    };
    store.join_site([7; 32], intro, T0).await.unwrap().unwrap();
    drop(store);
    let made = more(&data, &mut device, 3, &folder.path().join("backups"), T0).await;
    let again = || again(&made, &data, &[Consent::Replace]).unwrap().shut_out;
    assert_eq!(again(), ShutOut::Known);
    let revoked = async || {
        let store = SqliteStore::open(data.database()).unwrap();
        store.site(id).await.unwrap().unwrap().revoked_at
    };
    assert_eq!(revoked().await, None);
    let store = SqliteStore::open(data.database()).unwrap();
    store.revoke_site(id, T0 + 1).await.unwrap();
    drop(store);
    assert_eq!(again(), ShutOut::Known);
    assert_eq!(revoked().await, Some(T0 + 1));
    // The tables of another version are not asked.
    let conn = Connection::open(data.database()).unwrap();
    conn.pragma_update(None, "user_version", 999).unwrap();
    drop(conn);
    let unknown = |said: &ShutOut, word: &str| matches!(said, ShutOut::Unknown { let_in, why } if *let_in == ["Väster"] && why.contains(word));
    let said = again();
    assert!(unknown(&said, "version 999"), "{said:?}");
    assert_eq!(revoked().await, None);
    std::fs::write(data.database(), vec![7; 9_000]).unwrap();
    let said = again();
    assert!(unknown(&said, "can be read"), "{said:?}");
}

#[tokio::test]
async fn a_restored_database_forgets_who_was_signed_in_and_which_codes_were_open() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let store = SqliteStore::open(data.database()).unwrap();
    let person = Account {
        user: User {
            id: user(1),
            login: "anna".to_owned(),
            name: "Anna Prov".to_owned(),
            roles: vec![Role::Picker],
        },
        password_hash: "$argon2id$".to_owned(),
        active: true,
    };
    store.put_account(person).await.unwrap();
    store.keep_refresh([1; 32], user(1), i64::MAX).await.unwrap();
    let code = EnrolmentCode {
        hash: [2; 32],
        created_by: user(1),
        expires_at: i64::MAX,
    };
    store.add_enrolment(code).await.unwrap();
    let before = store.setting(INCARNATION_SETTING).await.unwrap();
    drop(store);
    std::fs::write(data.token_key(), [3; 32]).unwrap();
    let made = more(&data, &mut device, 3, &folder.path().join("backups"), T0).await;
    again(&made, &data, &[Consent::Replace]).unwrap();
    assert!(data.token_key().exists(), "devices go on with their tokens");

    let store = SqliteStore::open(data.database()).unwrap();
    assert_eq!(store.take_refresh([1; 32], 0).await.unwrap(), None);
    assert!(
        store.setting(INCARNATION_SETTING).await.unwrap() != before,
        "another life"
    );
    assert_eq!(
        store.covered(device.log()).await.unwrap(),
        3,
        "its own backup covers it"
    );
    assert_eq!(store.last_backup().await.unwrap().unwrap().made_at, T0);
    drop(store);
    let open: i64 = Connection::open(data.database())
        .unwrap()
        .query_row("SELECT count(*) FROM enrolment_code", [], |row| row.get(0))
        .unwrap();
    assert_eq!(open, 0);
    again(&made, &data, &[Consent::Replace, Consent::NewTokens]).unwrap();
    assert!(!data.token_key().exists());
}

#[tokio::test]
async fn what_a_killed_backup_left_goes_with_the_next_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("backups");
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let first = more(&data, &mut device, 3, &into, T0).await;
    let own = &first.database.simple().to_string()[..8];
    let stale = |own: &str, end: &str| into.join(format!("sparhund-20261101T030000.000Z-{own}.{end}"));
    for end in ["part", "part-journal", "json"] {
        std::fs::write(stale(own, end), b"half").unwrap();
        std::fs::write(stale("0000000f", end), b"of another server, which may be at work").unwrap();
    }
    std::fs::write(into.join("notes.json"), b"{}").unwrap();
    let second = more(&data, &mut device, 1, &into, T0 + 1).await;
    for end in ["part", "part-journal", "json"] {
        assert!(!stale(own, end).exists(), "{end}");
        assert!(stale("0000000f", end).exists(), "{end}");
    }
    assert!(into.join("notes.json").exists());
    for made in [first, second] {
        assert!(made.file.exists() && Manifest::path(&made.file).exists());
    }
}

#[tokio::test]
async fn a_database_of_another_version_is_neither_changed_nor_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("backups");
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let made = more(&data, &mut device, 3, &into, T0).await;
    let version = |version: i64| {
        let conn = Connection::open(data.database()).unwrap();
        conn.pragma_update(None, "user_version", version).unwrap();
    };
    for other in [9, 99] {
        version(other);
        let refusal = make(&data.database(), &into, T0 + 1).unwrap_err().to_string();
        assert!(refusal.contains(&format!("version {other}")), "{refusal}");
        assert!(note_beside(&data.database(), &made.verified).is_err());
        let conn = Connection::open(data.database()).unwrap();
        let kept: i64 = conn
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(kept, other);
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_not_called_damaged() {
    use sha2::Digest as _;
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let made = more(&data, &mut device, 3, &folder.path().join("backups"), T0).await;
    let conn = Connection::open(&made.file).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let mut manifest = Manifest::read(&made.file).unwrap();
    let bytes = std::fs::read(&made.file).unwrap();
    manifest.sha256 = hex(sha2::Sha256::digest(&bytes).as_ref());
    manifest.schema = 99;
    std::fs::write(Manifest::path(&made.file), serde_json::to_vec(&manifest).unwrap()).unwrap();
    let fresh = DataDir::new(folder.path().join("fresh"));
    let told = again(&made, &fresh, &[]).unwrap_err().to_string();
    assert!(
        told.contains("newer program") && !told.contains("damaged"),
        "{told}"
    );
    assert!(!fresh.database().exists());
}

#[tokio::test]
async fn what_is_restored_is_what_was_checked_and_only_when_nobody_serves() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut device) = a_server(&folder.path().join("data"), 1).await;
    let made = more(&data, &mut device, 3, &folder.path().join("backups"), T0).await;
    let serving = WriterLock::take(&data).unwrap();
    assert!(matches!(
        again(&made, &data, &[Consent::Replace]),
        Err(BackupError::Lock(_))
    ));
    drop(serving);
    // A command that adds people, say, works on it.
    let used = SqliteStore::open(data.database()).unwrap();
    assert!(matches!(
        again(&made, &data, &[Consent::Replace]),
        Err(BackupError::Lock(LockError::Used))
    ));
    drop(used);
    // A restore was killed while it copied: what it left is not taken for its copy, nor for its journal.
    for left in ["restore.part", "restore.part-journal", "restore.part-wal"] {
        std::fs::write(data.path().join(left), b"half").unwrap();
    }
    again(&made, &data, &[Consent::Replace]).unwrap();
    assert_eq!(head(&data, &device).await, 3);
    for left in [
        "restore.part",
        "restore.part-journal",
        "restore.part-wal",
        "restore.ready",
    ] {
        assert!(!data.path().join(left).exists(), "{left}");
    }
}
