//! Records between servers when something is in the way: a restored site, a log that cannot go, a message that is too large.

use ed25519_dalek::SigningKey;
use sparhund_server::island::{
    CENTRAL_SETTING, CentralEnd, Credential, Greeting, MAX_RECORDS, Neighbour, ROW_FORMAT, Summary,
    begin_anew, settle_central,
};
use sparhund_server::ops::log_file::{verify, write};
use sparhund_server::store::{LogIntro, LogKind};
use sparhund_shared::event::{Event, Voiding};
use sparhund_shared::log::{Hash, Head, LogId, PublicKey, Seen};
use sparhund_shared::wire::{MAX_RECORD_BYTES, OwnHead, Upload};
use uuid::Uuid;

use crate::store_world::{BIN_A, T0, event_id, lot_item, receive};
use crate::world::{World, shelf};

/// An event of about so many bytes.
fn long(bytes: usize) -> Event {
    Event::Void(Voiding {
        target: event_id(1),
        reason: "x".repeat(bytes),
    })
}

#[tokio::test]
async fn a_site_whose_database_is_from_before_it_joined_is_a_site_all_the_same() {
    let mut world = World::new().await;
    // A server that is no site's: as one that goes on from a backup made before it joined.
    world.book(0, 5).await;
    let server = &world.servers[0];
    let log = server.device.log();
    server
        .note_backup(server.store().heads(&[log]).await.unwrap())
        .await;
    assert_eq!(server.store().covered(log).await.unwrap(), 5);
    let credential = Credential {
        url: "https://central".to_owned(),
        authority: None,
        name: "Väster".to_owned(),
        token: "token".to_owned(),
    };
    settle_central(server.store(), Some(&credential)).await.unwrap();
    assert_eq!(
        server.store().covered(log).await.unwrap(),
        0,
        "its own backup lets no device forget"
    );
    // Without its file it is no stand-alone server again.
    settle_central(server.store(), None).await.unwrap();
    assert_eq!(server.store().covered(log).await.unwrap(), 0);
    let known = server.store().setting(CENTRAL_SETTING).await.unwrap();
    assert_eq!(known.as_deref(), Some("https://central"));
}

#[tokio::test]
async fn long_records_go_in_pages_that_fit_a_message() {
    let mut world = World::new().await;
    for at in [0, 1] {
        let server = &mut world.servers[at];
        for _ in 0..12 {
            server.device.write(&long(200_000));
        }
        server.store().append(server.device.everything()).await.unwrap();
    }
    let central = &world.servers[0];
    let top = central.store().heads(&[central.device.log()]).await.unwrap()[0];
    let none = Head {
        seq: 0,
        hash: Hash::ZERO,
        ..top
    };
    let page = central.store().chain(top, none, MAX_RECORDS).await.unwrap();
    let bytes: usize = page.iter().map(Vec::len).sum();
    assert!(
        (1..=1 << 20).contains(&bytes),
        "{bytes} bytes in {} records",
        page.len()
    );
    world.heal().await;
    let records = world.servers[0].records().await;
    assert_eq!(records.len(), 24);
    for site in &world.servers[1..] {
        assert_eq!(site.records().await, records, "{}", site.name);
    }
}

#[tokio::test]
async fn a_record_larger_than_any_device_writes_goes_to_no_other_server() {
    let mut world = World::new().await;
    let site = &mut world.servers[1];
    site.device.write(&long(MAX_RECORD_BYTES));
    // As an earlier program may have stored it.
    site.store().append(site.device.everything()).await.unwrap();
    world.hold(1).await;
    let done = world.try_exchange(1).await.unwrap();
    let [left] = done.left_out.as_slice() else {
        panic!("{:?}", done.left_out)
    };
    assert!(left.why.contains("bytes"), "{}", left.why);
    let [central, ..] = &world.servers;
    assert_eq!(central.records().await.len(), 1, "the hold, and nothing else");
}

#[tokio::test]
async fn a_log_of_many_signatures_is_told_in_pages() {
    let mut world = World::new().await;
    let central = &mut world.servers[0];
    // Its first record is lost: each upload leaves a signature, for nothing reaches it from above.
    let most = MAX_RECORDS + 50;
    central.device.write(&receive(lot_item("L1"), 1, BIN_A));
    for _ in 0..most {
        let sealed = central.device.write(&receive(lot_item("L1"), 1, BIN_A));
        central
            .store()
            .append(central.device.batch(vec![sealed]))
            .await
            .unwrap();
    }
    let log = central.device.log();
    let joined = central.site.clone();
    let end = central.end(&joined, 1);
    let first = end
        .heads(Head {
            log,
            seq: 0,
            hash: Hash::ZERO,
        })
        .await
        .unwrap();
    assert_eq!(first.signed.len(), MAX_RECORDS);
    let rest = end.heads(first.signed.last().unwrap().head).await.unwrap();
    assert_eq!(rest.signed.len(), 50);
    world.exchange(1, None).await;
    let [central, site, _] = &world.servers;
    let top = central.store().signed_heads(log).await.unwrap().pop();
    assert_eq!(site.store().signed_heads(log).await.unwrap().pop(), top);
    assert_eq!(site.records().await, central.records().await);
}

#[tokio::test]
async fn a_site_signs_under_the_key_its_log_has_here_and_not_from_the_future() {
    let mut world = World::new().await;
    world.hold(0).await;
    world.book(1, 3).await;
    world.heal().await;
    let [central, site, _] = &world.servers;
    let (joined, own) = (central.site.clone(), central.own_log.as_ref().unwrap());
    let end = central.end(&joined, T0);
    let seen_before = central.store().seen(own.log()).await.unwrap();
    let ours = own.head().await.unwrap().head;
    let greeting = async |by: LogId, key: &SigningKey, at: i64| Greeting {
        own: OwnHead {
            key: PublicKey::of(key),
            head: Head {
                log: by,
                seq: 0,
                hash: Hash::ZERO,
            }
            .sign(key),
        },
        now: T0,
        holds: summary_of(&end).await,
        row_format: ROW_FORMAT,
        seen: Some(Seen::sign(ours, at, by, key)),
    };
    // Under the name of a device's log with a key of its own, and with that log's own key: a device is no server.
    let foreign = SigningKey::from_bytes(&[99; 32]);
    for key in [&foreign, &site.device.key] {
        end.greet(&greeting(site.device.log(), key, T0).await)
            .await
            .unwrap();
    }
    assert_eq!(central.store().seen(own.log()).await.unwrap(), seen_before);
    // For a log of its own, under the key it was introduced with: a signature dated in the future is not kept, one of
    // now is.
    let log = LogId(Uuid::from_bytes([99; 16]));
    let kind = LogKind::Server;
    let intro = LogIntro {
        log,
        key: PublicKey::of(&foreign),
        kind,
        name: "Väster".to_owned(),
    };
    end.introduce(&[intro]).await.unwrap();
    end.greet(&greeting(log, &foreign, T0 + 2 * 24 * 3_600_000).await)
        .await
        .unwrap();
    assert_eq!(central.store().seen(own.log()).await.unwrap(), seen_before);
    end.greet(&greeting(log, &foreign, T0).await).await.unwrap();
    let seen = central.store().seen(own.log()).await.unwrap();
    assert_eq!(seen.len(), seen_before.len() + 1);
    let mut file = Vec::new();
    write(central.store(), T0, &mut file).await.unwrap();
    verify(file.as_slice()).unwrap();
}

/// What it says that it holds, by an honest greeting of nobody.
async fn summary_of(end: &CentralEnd<'_>) -> Summary {
    let mut sum = Summary::default();
    for log in end.logs(None).await.unwrap() {
        sum.records += log.records;
        sum.sum = sum.sum.wrapping_add(log.sum);
    }
    sum
}

#[tokio::test]
async fn a_signed_head_without_records_is_not_kept() {
    let mut world = World::new().await;
    world.book(1, 1).await;
    world.heal().await;
    let [central, site, _] = &world.servers;
    let end = central.end(&central.site, T0);
    let device = &site.device;
    let head = Head {
        log: device.log(),
        seq: 1 << 50,
        hash: Hash([1; 32]),
    }
    .sign(&device.key);
    assert!(
        end.take(&Upload {
            head,
            records: Vec::new()
        })
        .await
        .is_err()
    );
    assert_eq!(central.store().signed_heads(device.log()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_lost_backup_covered_is_covered_no_more() {
    let mut world = World::new().await;
    world.book(1, 5).await;
    world.heal().await;
    let log = world.servers[1].device.log();
    world.copy(0);
    let central = &world.servers[0];
    central
        .note_backup(central.store().heads(&[log]).await.unwrap())
        .await;
    world.heal().await;
    assert_eq!(world.servers[1].store().covered(log).await.unwrap(), 5);
    // The newer backup is lost with the machine; the central server goes on from an older one.
    world.restore(0).await;
    world.heal().await;
    assert_eq!(world.servers[1].store().covered(log).await.unwrap(), 0);
}

#[tokio::test]
async fn a_central_server_that_was_set_back_unknowingly_is_asked_from_the_beginning() {
    let mut world = World::new().await;
    world.copy(0);
    for number in 0..3 {
        world.rename(0, number, 1).await;
    }
    world.heal().await;
    world.set_back().await;
    world.rename(0, 7, 2).await;
    world.heal().await;
    let lacks = &world.servers[1];
    assert!(
        lacks.store().place(&shelf(7, "").code).await.unwrap().is_none(),
        "the place of the change was used before"
    );
    for site in [1, 2] {
        let done = world.try_exchange(site).await.unwrap();
        assert!(begin_anew(world.servers[site].store(), &done).await.unwrap());
    }
    world.heal().await;
    for server in &world.servers {
        assert_eq!(server.place_name(7).await, "Hylla 2", "{}", server.name);
        assert_eq!(
            server.place_name(0).await,
            "Hylla 1",
            "{}: what was lost comes back",
            server.name
        );
    }
    assert_eq!(world.servers[0].rows().await, world.servers[1].rows().await);
}

#[tokio::test]
async fn a_restored_site_gets_back_what_it_had_handed_over() {
    let mut world = World::new().await;
    world.book(1, 3).await;
    world.heal().await;
    world.copy(1);
    world.book(1, 30).await;
    world.hold(1).await;
    world.rename(1, 0, 4).await;
    world.heal().await;
    // Its devices forgot what a backup of the central server covers: nobody else has it.
    world.restore_of(1).await;
    assert_eq!(
        world.servers[1].records().await.len(),
        3 + 1,
        "and what the server itself wrote"
    );
    world.heal().await;
    world.judge().await;
}

#[tokio::test]
async fn what_the_central_server_s_backup_covers_is_known_before_the_records_come() {
    let mut world = World::new().await;
    world.book(0, 5).await;
    world.heal().await;
    world.book(0, 5).await;
    let central = &world.servers[0];
    let log = central.device.log();
    central
        .note_backup(central.store().heads(&[log]).await.unwrap())
        .await;
    // Cut after the greeting and the list of logs.
    world.exchange(1, Some((2, false))).await;
    let site = &world.servers[1];
    assert_eq!(
        site.store().covered(log).await.unwrap(),
        10,
        "the backup has them"
    );
    assert_eq!(site.store().heads(&[log]).await.unwrap()[0].seq, 5);
    world.heal().await;
    world.judge().await;
}
