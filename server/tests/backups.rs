//! Backups: made while the store is written, checked to the last record, restored, and refused when they are not what they were.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod store_world;

use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::Connection;
use sparhund_server::backup::{BackupError, Consent, Manifest, Schedule, keep_backing_up, make, restore};
use sparhund_server::ingest::OwnLog;
use sparhund_server::ops::{DataDir, now_ms};
use sparhund_server::store::{
    Store,
    sqlite::{SqliteStore, note_beside},
};
use store_world::*;

/// A data directory with a device that has written so many records, and the device.
async fn data_with(folder: &Path, records: usize) -> (DataDir, SqliteStore, Device) {
    let data = DataDir::new(folder.join("data"));
    data.create().unwrap();
    let store = SqliteStore::open(data.database()).unwrap();
    let mut device = Device::new(1);
    device.register(&store).await;
    for _ in 0..records {
        device.write(&receive(lot_item("L1"), 1, BIN_A));
    }
    store.append(device.everything()).await.unwrap();
    (data, store, device)
}

fn back_up(data: &DataDir, folder: &Path) -> sparhund_server::backup::Made {
    make(&data.database(), &folder.join("backups"), now_ms()).unwrap()
}

#[tokio::test]
async fn only_a_verified_backup_covers_records() {
    let folder = tempfile::tempdir().unwrap();
    let (data, store, mut device) = data_with(folder.path(), 5).await;
    assert_eq!(store.covered(device.log()).await.unwrap(), 0);
    let made = back_up(&data, folder.path());
    assert_eq!(store.covered(device.log()).await.unwrap(), 0, "made, not noted");
    store.note_backup(made.verified.clone()).await.unwrap();
    let late = device.write(&receive(lot_item("L1"), 1, BIN_A));
    store.append(device.batch(vec![late])).await.unwrap();
    assert_eq!(store.covered(device.log()).await.unwrap(), 5);
    let last = store.last_backup().await.unwrap().unwrap();
    assert_eq!(
        (last.records, last.bytes),
        (5, std::fs::metadata(&made.file).unwrap().len())
    );
    // An older one that is noted late takes nothing back.
    let mut older = made.verified;
    older.heads[0].seq = 2;
    store.note_backup(older).await.unwrap();
    assert_eq!(store.covered(device.log()).await.unwrap(), 5);
    let rights = std::fs::metadata(&made.file).unwrap().permissions().mode();
    assert_eq!(rights & 0o077, 0, "for its owner only");
}

#[tokio::test]
async fn a_log_is_covered_up_to_its_first_hole() {
    let folder = tempfile::tempdir().unwrap();
    let (data, store, _) = data_with(folder.path(), 1).await;
    let mut torn = Device::new(2);
    torn.register(&store).await;
    for _ in 0..6 {
        torn.write(&receive(lot_item("L2"), 1, BIN_B));
    }
    store
        .append(torn.batch(torn.records[..2].to_vec()))
        .await
        .unwrap();
    store
        .append(torn.batch(torn.records[4..].to_vec()))
        .await
        .unwrap();
    store
        .note_backup(back_up(&data, folder.path()).verified)
        .await
        .unwrap();
    assert_eq!(store.covered(torn.log()).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_whole_while_the_store_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (data, store, mut device) = data_with(folder.path(), 1).await;
    let store = Arc::new(store);
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(1)));
    let writing = tokio::spawn({
        let (store, stop, acknowledged) = (Arc::clone(&store), Arc::clone(&stop), Arc::clone(&acknowledged));
        async move {
            while !stop.load(Ordering::Relaxed) {
                let next: Vec<_> = (0..20)
                    .map(|_| device.write(&receive(lot_item("L1"), 1, BIN_A)))
                    .collect();
                store.append(device.batch(next)).await.unwrap();
                acknowledged.fetch_add(20, Ordering::SeqCst);
            }
        }
    });
    for number in 0..5 {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let before = acknowledged.load(Ordering::SeqCst);
        let (database, into) = (data.database(), folder.path().join("backups"));
        let made = tokio::task::spawn_blocking(move || make(&database, &into, now_ms()))
            .await
            .unwrap()
            .unwrap();
        assert!(
            made.verified.records >= before,
            "backup {number}: what was acknowledged is in it"
        );
        assert_eq!(made.verified.heads[0].seq, made.verified.records);
    }
    stop.store(true, Ordering::Relaxed);
    writing.await.unwrap();
    assert!(
        acknowledged.load(Ordering::SeqCst) > 100,
        "it was written meanwhile"
    );
}

#[tokio::test]
async fn a_restored_server_has_the_records_and_begins_a_log_of_its_own_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (data, store, mut device) = data_with(folder.path(), 4).await;
    let store: Arc<dyn Store> = Arc::new(store);
    let own = OwnLog::open(Arc::clone(&store), &data, T0).await.unwrap();
    own.append(hold(1, &[BASE], None), user(1), T0).await.unwrap();
    let made = back_up(&data, folder.path());
    let late = device.write(&receive(lot_item("L1"), 1, BIN_A));
    store.append(device.batch(vec![late.clone()])).await.unwrap();
    let before = own.log();
    let busy = restore(&made.file, &data, &[Consent::Replace], now_ms()).unwrap_err();
    assert!(matches!(busy, BackupError::Lock(_)), "{busy}");
    drop((own, store));

    let occupied = restore(&made.file, &data, &[], now_ms()).unwrap_err();
    assert!(matches!(occupied, BackupError::Occupied(_)), "{occupied}");
    let restored = restore(&made.file, &data, &[Consent::Replace], now_ms()).unwrap();
    let aside = SqliteStore::open(restored.before.unwrap()).unwrap();
    assert_eq!(
        aside.heads(&[device.log()]).await.unwrap()[0].seq,
        5,
        "what was there is kept"
    );

    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.database()).unwrap());
    assert_eq!(store.heads(&[device.log()]).await.unwrap()[0].seq, 4);
    let own = OwnLog::open(Arc::clone(&store), &data, T0).await.unwrap();
    assert_ne!(own.log(), before, "its old log may be longer elsewhere");
    assert_eq!(
        store.holds().await.unwrap().len(),
        1,
        "what the old log told stands"
    );
    store.append(device.batch(vec![late])).await.unwrap();
    assert_eq!(
        store.heads(&[device.log()]).await.unwrap()[0].seq,
        5,
        "the device brings the rest"
    );
}

/// The one fault of a backup that was changed after it was made.
fn refused(folder: &Path, file: &Path) -> BackupError {
    let fresh = DataDir::new(folder.join("fresh"));
    let error = restore(file, &fresh, &[], now_ms()).unwrap_err();
    assert!(!fresh.database().exists(), "nothing half restored: {error}");
    error
}

#[tokio::test]
async fn a_changed_backup_is_refused_and_nothing_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let (data, _store, _) = data_with(folder.path(), 50).await;
    let file = back_up(&data, folder.path()).file;
    let whole = std::fs::read(&file).unwrap();
    let write = |at: u64, byte: u8| {
        let file = std::fs::File::options().write(true).open(&file).unwrap();
        file.write_all_at(&[byte], at).unwrap();
    };
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        write(at as u64, whole[at] ^ 1);
        let error = refused(folder.path(), &file);
        assert!(matches!(error, BackupError::Differs { .. }), "byte {at}: {error}");
        write(at as u64, whole[at]);
    }
    std::fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    assert!(refused(folder.path(), &file).to_string().contains("its length"));
    std::fs::write(&file, &whole).unwrap();
    let manifest = Manifest::path(&file);
    let told = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, told.replace("sparhund-backup/1", "sparhund-backup/9")).unwrap();
    assert!(matches!(
        refused(folder.path(), &file),
        BackupError::Manifest { .. }
    ));
    std::fs::remove_file(&manifest).unwrap();
    assert!(matches!(refused(folder.path(), &file), BackupError::File { .. }));
}

/// Changes the database so that SQLite itself finds nothing wrong with it.
fn spoil(data: &DataDir, statement: &str) {
    let changed = Connection::open(data.database())
        .unwrap()
        .execute(statement, [])
        .unwrap();
    assert_eq!(changed, 1);
}

#[tokio::test]
async fn a_database_whose_records_do_not_hold_gives_no_backup() {
    for (statement, told) in [
        (
            "UPDATE record SET bytes = zeroblob(length(bytes)) WHERE seq = 3",
            "record 3 of log",
        ),
        (
            "UPDATE record SET hash = randomblob(32) WHERE seq = 2",
            "record 2 of log",
        ),
        ("DELETE FROM record WHERE seq = 2", "record 2 of log"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (data, store, _) = data_with(folder.path(), 4).await;
        drop(store);
        spoil(&data, statement);
        let into = folder.path().join("backups");
        let error = make(&data.database(), &into, now_ms()).unwrap_err();
        assert!(error.to_string().contains(told), "{statement}: {error}");
        assert_eq!(
            std::fs::read_dir(&into).unwrap().count(),
            0,
            "nothing is left behind"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_come_by_the_clock_and_the_oldest_go() {
    let folder = tempfile::tempdir().unwrap();
    let (data, store, device) = data_with(folder.path(), 3).await;
    let store: Arc<dyn Store> = Arc::new(store);
    let schedule = Schedule {
        database: data.database(),
        folder: folder.path().join("backups"),
        every: Duration::from_millis(50),
        keep: 2,
    };
    let kept = |schedule: &Schedule| -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&schedule.folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "db"))
            .collect();
        files.sort();
        files
    };
    let running = tokio::spawn(keep_backing_up(schedule.clone(), Arc::clone(&store)));
    let mut first = Vec::new();
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(25)).await;
        if first.is_empty() {
            first = kept(&schedule);
        } else if !kept(&schedule).contains(&first[0]) {
            break;
        }
    }
    running.abort();
    let _ = running.await;
    let left = kept(&schedule);
    assert!(!left.contains(&first[0]), "the oldest went");
    assert!((2..=3).contains(&left.len()), "{left:?}");
    assert_eq!(store.covered(device.log()).await.unwrap(), 3);
}

#[tokio::test]
async fn a_backup_beside_a_busy_server_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let (data, store, device) = data_with(folder.path(), 2).await;
    let made = back_up(&data, folder.path());
    let stop = Arc::new(AtomicBool::new(false));
    // Like a server under load: one transaction after the other.
    let busy = std::thread::spawn({
        let (stop, mut conn) = (stop.clone(), Connection::open(data.database()).unwrap());
        conn.busy_timeout(Duration::from_mins(1)).unwrap();
        move || {
            while !stop.load(Ordering::Relaxed) {
                let writing = conn
                    .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
                    .unwrap();
                writing.execute("UPDATE backup SET bytes = bytes", []).unwrap();
                std::thread::sleep(Duration::from_millis(30));
                writing.commit().unwrap();
            }
        }
    });
    std::thread::sleep(Duration::from_millis(50));
    let noted = note_beside(&data.database(), &made.verified);
    stop.store(true, Ordering::Relaxed);
    busy.join().unwrap();
    noted.unwrap();
    assert_eq!(store.covered(device.log()).await.unwrap(), 2);
}
