//! The machine holds the device's key: nobody finds it in the store, and nothing is lost when it is gone.

use std::collections::BTreeSet;

use sparhund_scanner_core::api::{AlertCode, Command, KeyPlace, Reply};
use sparhund_shared::log::{PublicKey, Sealed};
use sparhund_shared::wire::OutboxFile;

use super::{UNDO_MS, book, log, units};
use crate::common::Rig;
use crate::common::server::Server;
use crate::common::vault::TestVault;

const HALF_A_YEAR_MS: i64 = 183 * 24 * 3_600_000;

/// A device that works with a held key: two records at the server and one that waits.
fn with_held_key() -> Rig {
    let rig = Rig::ready_with(TestVault::present());
    book(&rig, 2);
    rig.sync();
    book(&rig, 1);
    rig
}

/// A device from before its machine had a place for keys, in the same state.
fn with_stored_key() -> Rig {
    let rig = Rig::ready();
    book(&rig, 2);
    rig.sync();
    book(&rig, 1);
    assert_eq!(rig.now_status().key, Some(KeyPlace::Store));
    rig.vault.0.borrow_mut().present = true;
    rig.machine.pass(UNDO_MS);
    rig
}

/// The machine holds the key of the device's log, and no other; the server knows it by it.
fn holds_one_key(rig: &Rig) {
    let now = log(rig);
    assert_eq!(rig.vault.logs(), [now]);
    let held = PublicKey::of(&rig.vault.0.borrow().keys[&now]);
    assert_eq!(rig.server.0.borrow().keys[&now], held);
    assert_eq!(rig.now_status().key, Some(KeyPlace::Platform));
}

/// Everything that was booked is at the server, and counts once.
fn all_is_sent(rig: &Rig, booked: usize) {
    assert_eq!(rig.now_status().unsent, 0);
    assert_eq!(units(rig), i64::try_from(booked).unwrap());
    let events: BTreeSet<_> = rig.server.events().into_iter().collect();
    assert_eq!(events.len(), booked, "no event under another id");
}

/// Whatever the device has to say meanwhile; then it works again.
fn comes_back(rig: &Rig) {
    for _ in 0..4 {
        rig.ask(Command::Sync);
        if !rig.now_status().enrolled {
            rig.enrol();
        }
    }
    rig.sync();
}

#[test]
fn the_key_is_in_no_file_of_the_device_and_the_server_knows_what_it_signs() {
    let rig = with_held_key();
    rig.sync();
    all_is_sent(&rig, 3);
    holds_one_key(&rig);
    let secrets = rig.vault.0.borrow().secrets.clone();
    assert_eq!(secrets.len(), 1);
    for file in std::fs::read_dir(rig.dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(32).any(|part| *part == secrets[0]));
    }
    rig.reopen();
    book(&rig, 1);
    rig.sync();
    all_is_sent(&rig, 4);
    holds_one_key(&rig);
}

#[test]
fn what_was_saved_to_a_file_is_signed_by_the_held_key() {
    let rig = with_held_key();
    let Reply::Outbox(view) = rig.ask(Command::ExportOutbox) else {
        panic!("a file");
    };
    let file = OutboxFile::read(&view.file.0).unwrap();
    let key = rig.server.0.borrow().keys[&log(&rig)];
    file.uploads[0].head.verify(&key).unwrap();
    rig.vault.clear();
    assert_eq!(rig.problem(Command::ExportOutbox).code, "key-lost");
    rig.enrol();
    let Reply::Outbox(view) = rig.ask(Command::ExportOutbox) else {
        panic!("a file");
    };
    let upload = &OutboxFile::read(&view.file.0).unwrap().uploads[0];
    upload
        .head
        .verify(&rig.server.0.borrow().keys[&log(&rig)])
        .unwrap();
    assert_eq!(view.records, 3, "all that is kept is told again");
}

#[test]
fn a_machine_whose_signatures_do_not_verify_gets_no_key() {
    let vault = TestVault::present();
    vault.0.borrow_mut().signs_wrong = true;
    let rig = Rig::ready_with(vault);
    assert_eq!(rig.now_status().key, Some(KeyPlace::Store));
    book(&rig, 1);
    rig.sync();
    all_is_sent(&rig, 1);
    assert!(rig.vault.logs().is_empty());
}

#[test]
fn a_machine_that_does_not_sign_now_is_asked_again_and_the_key_stays() {
    let rig = with_held_key();
    let first = log(&rig);
    rig.vault.0.borrow_mut().silent = true;
    rig.reopen();
    let problem = rig.problem(Command::Sync);
    assert_eq!(problem.code, "key-failed");
    let status = rig.now_status();
    assert_eq!(status.alerts[0].code, AlertCode::KeyFailed);
    assert_eq!((status.enrolled, status.unsent), (true, 1));
    rig.vault.0.borrow_mut().silent = false;
    rig.sync();
    assert!(rig.now_status().alerts.is_empty());
    assert_eq!(log(&rig), first);
    all_is_sent(&rig, 3);
}

#[test]
fn a_key_that_is_gone_at_the_start_is_told_and_nothing_is_lost() {
    let rig = with_held_key();
    let first = log(&rig);
    rig.vault.clear();
    rig.reopen();
    let status = rig.now_status();
    assert_eq!(status.alerts[0].code, AlertCode::KeyLost);
    assert_eq!((status.enrolled, status.unsent, status.key), (false, 3, None));
    assert_ne!(log(&rig), first);
    rig.enrol();
    rig.sync();
    assert!(rig.now_status().alerts.is_empty());
    all_is_sent(&rig, 3);
    holds_one_key(&rig);
}

#[test]
fn a_key_that_goes_while_the_client_runs_is_told_with_the_next_signature() {
    let rig = with_held_key();
    rig.vault.clear();
    assert_eq!(rig.problem(Command::Sync).code, "key-lost");
    assert_eq!(rig.now_status().alerts[0].code, AlertCode::KeyLost);
    // Work goes on.
    book(&rig, 1);
    rig.enrol();
    rig.sync();
    all_is_sent(&rig, 4);
    holds_one_key(&rig);
}

#[test]
fn another_key_in_its_place_is_as_good_as_none() {
    let rig = with_held_key();
    let other = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    rig.vault.0.borrow_mut().keys.insert(log(&rig), other);
    assert_eq!(rig.problem(Command::Sync).code, "key-lost");
    comes_back(&rig);
    all_is_sent(&rig, 3);
}

#[test]
fn a_store_that_was_copied_to_another_machine_begins_a_life_of_its_own() {
    let rig = with_held_key();
    let first = log(&rig);
    *rig.vault.0.borrow_mut() = crate::common::vault::State::default();
    comes_back(&rig);
    assert_ne!(log(&rig), first);
    assert_eq!(rig.now_status().key, Some(KeyPlace::Store));
    all_is_sent(&rig, 3);
}

#[test]
fn an_old_held_key_is_changed_for_another_and_forgotten() {
    let rig = with_held_key();
    let first = log(&rig);
    rig.machine.pass(HALF_A_YEAR_MS);
    rig.server.0.borrow_mut().now += HALF_A_YEAR_MS;
    rig.sync();
    assert_ne!(log(&rig), first);
    rig.sync();
    all_is_sent(&rig, 3);
    holds_one_key(&rig);
    assert_eq!(rig.server.0.borrow().keys.len(), 2);
}

#[test]
fn a_key_in_the_store_is_changed_for_a_held_one_with_the_next_sync() {
    let rig = with_stored_key();
    let first = log(&rig);
    rig.sync();
    assert_ne!(log(&rig), first);
    holds_one_key(&rig);
    let seeds: Option<Vec<u8>> = rusqlite::Connection::open(rig.database())
        .unwrap()
        .query_row("SELECT seed FROM device", [], |row| row.get(0))
        .unwrap();
    assert_eq!(seeds, None);
    let second = log(&rig);
    book(&rig, 1);
    rig.sync();
    assert_eq!(log(&rig), second, "once");
    all_is_sent(&rig, 4);
}

#[test]
fn a_server_that_knows_no_change_goes_on_with_the_key_in_the_store() {
    let rig = with_stored_key();
    let first = log(&rig);
    rig.server.0.borrow_mut().earlier_version = true;
    rig.sync();
    rig.sync();
    assert_eq!((log(&rig), rig.now_status().key), (first, Some(KeyPlace::Store)));
    assert!(rig.now_status().alerts.is_empty());
    all_is_sent(&rig, 3);
    rig.server.0.borrow_mut().earlier_version = false;
    rig.reopen();
    rig.sync();
    assert_eq!(
        rig.vault.0.borrow().secrets.len(),
        1,
        "the key that was made at first"
    );
    holds_one_key(&rig);
}

/// However far the change had come when the client ended: it is brought to its end, and no other key stays behind.
#[test]
fn a_change_to_a_held_key_may_be_cut_off_anywhere() {
    let mut whole = false;
    for polls in 1..1_000 {
        let rig = with_stored_key();
        whole = rig.ask_for(Command::Sync, polls).is_some();
        rig.reopen();
        rig.sync();
        rig.sync();
        holds_one_key(&rig);
        assert_eq!(rig.server.0.borrow().keys.len(), 2, "{polls}: changed once");
        all_is_sent(&rig, 3);
        if whole {
            break;
        }
    }
    assert!(whole, "the last run was whole");
}

/// The same for the first enrolment, whose code may have been used.
#[test]
fn an_enrolment_may_be_cut_off_anywhere() {
    let enrol = || Command::Enrol {
        server: "https://server".to_owned(),
        code: "CODE".to_owned(),
        name: "Handdator 1".to_owned(),
    };
    let mut whole = false;
    for polls in 1..1_000 {
        let rig = Rig::with_vault(Server::with_region(), 1, TestVault::present());
        whole = rig.ask_for(enrol(), polls).is_some();
        rig.reopen();
        if !rig.now_status().enrolled {
            rig.enrol();
        }
        rig.sign_in();
        book_after_sync(&rig);
        rig.reopen();
        holds_one_key(&rig);
        all_is_sent(&rig, 1);
        if whole {
            break;
        }
    }
    assert!(whole, "the last run was whole");
}

fn book_after_sync(rig: &Rig) {
    rig.sync();
    book(rig, 1);
    rig.sync();
}

/// Somebody clears the browser's keys while the change is on its way, with and without a new start of the client.
#[test]
fn keys_may_be_cleared_at_any_moment_of_a_change() {
    for restarts in [false, true] {
        let mut whole = false;
        for polls in 1..1_000 {
            let rig = with_stored_key();
            whole = rig.ask_for(Command::Sync, polls).is_some();
            rig.vault.clear();
            if restarts {
                rig.reopen();
            }
            comes_back(&rig);
            rig.reopen();
            holds_one_key(&rig);
            all_is_sent(&rig, 3);
            if whole {
                break;
            }
        }
        assert!(whole, "the last run was whole");
    }
}

#[test]
fn keys_that_nothing_is_written_with_are_forgotten_at_the_start() {
    let rig = with_held_key();
    let stray = ed25519_dalek::SigningKey::from_bytes(&[8; 32]);
    let name = rig.server.0.borrow().keys.keys().next().copied().unwrap();
    let other = sparhund_shared::log::LogId(uuid::Uuid::from_u128(name.0.as_u128() ^ 1));
    rig.vault.0.borrow_mut().keys.insert(other, stray);
    rig.reopen();
    holds_one_key(&rig);
}

/// The store of the version before, with a key in it.
#[test]
fn a_store_of_an_earlier_version_goes_on_with_its_key() {
    let rig = Rig::ready();
    let first = log(&rig);
    book(&rig, 1);
    let db = rusqlite::Connection::open(rig.database()).unwrap();
    db.execute_batch(
        "CREATE TABLE device_2 (id INTEGER PRIMARY KEY CHECK (id = 1), log BLOB NOT NULL, seed BLOB NOT NULL, device BLOB,
             token TEXT, region TEXT, server TEXT, name TEXT, skew INTEGER) STRICT;
         INSERT INTO device_2 SELECT id, log, seed, device, token, region, server, name, skew FROM device;
         DROP TABLE device;
         ALTER TABLE device_2 RENAME TO device;
         DROP TABLE next_life;
         DROP INDEX local_move_source;
         DROP INDEX local_move_target;
         ALTER TABLE local_move DROP COLUMN product;
         ALTER TABLE local_move DROP COLUMN took;
         ALTER TABLE local_move DROP COLUMN became;
         ALTER TABLE local_move DROP COLUMN sscc;
         ALTER TABLE local_move DROP COLUMN in_orders;
         ALTER TABLE local_move DROP COLUMN in_stock;
         DROP TABLE stock_place;
         ALTER TABLE local_move DROP COLUMN training;
         DROP TABLE unit_series;
         DROP TABLE receipt;
         DROP TABLE unit_label;
         DROP TABLE unit_loaded;
         DROP TABLE implant_card;
         DROP TRIGGER local_move_told;
         DROP TRIGGER local_move_changed;
         DROP TRIGGER local_move_gone;
         DROP TABLE local_change;",
    )
    .unwrap();
    db.execute_batch(include_str!("../../src/store/sql/migrations/0002_next_life.sql"))
        .unwrap();
    db.execute_batch("PRAGMA user_version = 3").unwrap();
    drop(db);
    rig.reopen();
    rig.sync();
    assert_eq!(log(&rig), first);
    all_is_sent(&rig, 1);
}

/// Every record is told under the id that it was given when it was booked.
#[test]
fn what_is_told_again_after_a_loss_keeps_its_ids_and_times() {
    let rig = with_held_key();
    rig.sync();
    let told = |rig: &Rig| -> BTreeSet<_> {
        let state = rig.server.0.borrow();
        let of = |sealed: &Sealed| (sealed.record().event_id, sealed.record().at);
        state.records.values().flatten().map(of).collect()
    };
    let before = told(&rig);
    rig.vault.clear();
    comes_back(&rig);
    assert_eq!(rig.server.events().len(), 6, "in both logs");
    assert_eq!(told(&rig), before);
}
