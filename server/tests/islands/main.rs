//! Servers that lost each other: whatever was done meanwhile, in whatever order and with whatever cut off, they come to hold the
//! same, every record once, and no change of reference data is lost.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may stop at the first surprise"
)]

mod busy;
mod changes;
mod choices;
mod cut;
mod joining;
mod logs;
mod rows;
mod server;
#[path = "../store_world/mod.rs"]
mod store_world;
mod world;

use proptest::prelude::*;
use sparhund_server::island::begin_anew;
use sparhund_server::store::{DeviationRow, LogIntro, LogKind, Offered};
use sparhund_shared::fold::Deviation;

use self::server::Server;
use self::store_world::{BASE, BIN_A, Device, OTHER, hold, lot_item, receive, user, void};
use self::world::{World, account, order};

/// What may happen; `at` is the server: 0 = the central one, 1 and 2 = sites.
#[derive(Clone, Debug)]
enum Deed {
    /// A device of this server books some records.
    Book { at: usize, records: u8 },
    /// A quality officer sets a hold there.
    Hold { at: usize },
    /// A place gets another name there.
    Rename { at: usize, place: u8 },
    /// A person is added or changed there.
    Person { at: usize, who: u8, rights: u8 },
    /// A rule is set there, or taken away.
    Rule { at: usize, shelf: u8, set: bool },
    /// An order is placed there.
    Order { at: usize, no: u8, units: u8 },
    /// A site exchanges; the link is cut after some calls, the last answer lost or not.
    Exchange { site: usize, cut: Option<(u8, bool)> },
    /// A person takes the one or the other of what was changed in two places.
    Resolve { at: usize, other: bool },
    /// The clock of a server is set.
    Clock { at: usize, minutes: i8 },
    /// A copy of a server's database is made.
    Copy { at: usize },
    /// A server goes on from that copy.
    Restore { at: usize },
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = 0..3_usize;
    prop_oneof![
        4 => (at.clone(), 1..40_u8).prop_map(|(at, records)| Deed::Book { at, records }),
        2 => at.clone().prop_map(|at| Deed::Hold { at }),
        2 => (at.clone(), 0..2_u8).prop_map(|(at, place)| Deed::Rename { at, place }),
        1 => (at.clone(), 0..2_u8, 0..4_u8).prop_map(|(at, who, rights)| Deed::Person { at, who, rights }),
        1 => (at.clone(), 0..2_u8, any::<bool>()).prop_map(|(at, shelf, set)| Deed::Rule { at, shelf, set }),
        1 => (at.clone(), 0..3_u8, 1..4_u8).prop_map(|(at, no, units)| Deed::Order { at, no, units }),
        4 => (1..3_usize, prop::option::of((0..24_u8, any::<bool>()))).prop_map(|(site, cut)| Deed::Exchange { site, cut }),
        2 => (at.clone(), any::<bool>()).prop_map(|(at, other)| Deed::Resolve { at, other }),
        1 => (at.clone(), -90..90_i8).prop_map(|(at, minutes)| Deed::Clock { at, minutes }),
        1 => copied().prop_map(|at| Deed::Copy { at }),
        1 => copied().prop_map(|at| Deed::Restore { at }),
    ]
}

/// The central server more often than a site.
fn copied() -> impl Strategy<Value = usize> {
    prop_oneof![2 => Just(0_usize), 1 => Just(1_usize)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn servers_that_lost_each_other_come_to_hold_the_same(deeds in prop::collection::vec(deed(), 1..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for deed in deeds {
                world.tick();
                match deed {
                    Deed::Book { at, records } => world.book(at, records).await,
                    Deed::Hold { at } => world.hold(at).await,
                    Deed::Rename { at, place } => world.rename(at, place, world.fresh()).await,
                    Deed::Person { at, who, rights } => world.person(at, who, world.fresh(), rights).await,
                    Deed::Rule { at, shelf, set } => world.rule(at, shelf, set.then(|| world.fresh())).await,
                    Deed::Resolve { at, other } => world.resolve(at, other).await,
                    Deed::Clock { at, minutes } => world.clock(at, i64::from(minutes) * 60_000),
                    Deed::Order { at, no, units } => world.order(at, no, units).await,
                    Deed::Exchange { site, cut } => world.exchange(site, cut).await,
                    Deed::Copy { at } => world.copy(at),
                    Deed::Restore { at } => world.restore(at).await,
                }
            }
            world.heal().await;
            world.judge().await;
        });
    }
}

#[tokio::test]
async fn a_site_works_alone_and_everything_flows_both_ways_when_the_link_is_back() {
    let mut world = World::new().await;
    // Alone: goods, an order and a person at the site, a hold at the central server.
    world.book(1, 25).await;
    let site = &world.servers[1];
    site.store().add_order(order("1001", 3)).await.unwrap();
    site.store().put_account(account(9, "siv", "Siv")).await.unwrap();
    world.hold(0).await;
    world.heal().await;
    for server in &world.servers {
        let name = server.name;
        assert_eq!(server.records().await.len(), 26, "{name}");
        assert!(server.store().account("siv").await.unwrap().is_some(), "{name}");
        assert!(
            server
                .store()
                .order(&"1001".parse().unwrap())
                .await
                .unwrap()
                .is_some(),
            "{name}"
        );
        let holds = server.store().holds().await.unwrap();
        assert_eq!(
            holds.len(),
            1,
            "{name}: the hold came by the log of the server that set it"
        );
    }
    world.judge().await;
}

#[tokio::test]
async fn what_a_restored_central_server_lost_comes_back_from_a_site() {
    let mut world = World::new().await;
    world.rename(0, 0, 1).await;
    world.heal().await;
    world.copy(0);
    world.tick();
    world.rename(1, 0, 4).await;
    world.rename(1, 1, 2).await;
    world.person(1, 0, 3, 0).await;
    world.book(1, 5).await;
    world.heal().await;
    assert_eq!(world.servers[0].place_name(0).await, "Hylla 4");
    world.restore(0).await;
    assert_eq!(world.servers[0].place_name(0).await, "Hylla 1");
    world.heal().await;
    for server in &world.servers {
        assert_eq!(server.place_name(0).await, "Hylla 4", "{}", server.name);
        assert_eq!(server.place_name(1).await, "Hylla 2", "{}", server.name);
        let person = server.store().account("person0").await.unwrap().unwrap();
        assert_eq!(person.user.name, "Namn 3", "{}", server.name);
        assert!(server.conflicts().await.is_empty());
    }
    world.judge().await;
}

#[tokio::test]
async fn what_was_changed_beside_a_restored_central_server_is_a_conflict_whatever_the_clocks_say() {
    for ahead in [-3_600_000, 0, 3_600_000] {
        let mut world = World::new().await;
        world.rename(0, 0, 1).await;
        world.heal().await;
        world.copy(0);
        // Agreed, and lost at the central server with its disk; there the row is changed before the site comes back.
        world.clock(1, ahead);
        world.rename(1, 0, 2).await;
        world.heal().await;
        world.restore(0).await;
        world.rename(0, 0, 3).await;
        world.heal().await;
        for server in &world.servers {
            assert_eq!(server.place_name(0).await, "Hylla 3", "{} {ahead}", server.name);
            let open = server.conflicts().await;
            assert_eq!(open.len(), 1, "{} {ahead}", server.name);
            assert_eq!(open[0].other["name"], "Hylla 2");
        }
        world.judge().await;
    }
}

#[tokio::test]
async fn a_site_that_is_behind_a_restored_central_server_takes_what_it_has() {
    let mut world = World::new().await;
    world.rename(0, 0, 1).await;
    world.heal().await;
    // The sites are cut off; the central server goes on, and back to a copy of then.
    world.rename(0, 0, 2).await;
    world.copy(0);
    world.restore(0).await;
    world.heal().await;
    for server in &world.servers {
        assert_eq!(server.place_name(0).await, "Hylla 2", "{}", server.name);
        assert!(server.conflicts().await.is_empty(), "{}", server.name);
    }
    world.judge().await;
}

#[tokio::test]
async fn an_offer_whose_answer_was_lost_is_no_conflict_when_others_went_on() {
    let mut world = World::new().await;
    world.rename(1, 0, 1).await;
    let offered = world.servers[1].store().rows_to_offer(0, 10).await.unwrap();
    world.heal().await;
    world.rename(2, 0, 2).await;
    world.heal().await;
    let central = world.servers[0].store();
    for row in offered {
        let told = central.offer_row(row, "Väster", 1).await.unwrap();
        assert!(matches!(told, Offered::Lost(_)), "{told:?}");
    }
    assert!(world.servers[0].conflicts().await.is_empty());
    assert_eq!(world.servers[0].place_name(0).await, "Hylla 2");
}

#[tokio::test]
async fn a_device_sets_no_hold_by_way_of_a_site() {
    let mut world = World::new().await;
    // Logs go by their ids: behind the bad one are those of the other site's device and of a second one here.
    world.book(2, 4).await;
    world.heal().await;
    let site = &mut world.servers[1];
    site.device.write(&hold(5, &[BASE, OTHER], None));
    let bad = site.device.log();
    let everything = site.device.everything();
    site.store().append(everything).await.unwrap();
    let mut good = Device::new(200);
    let second = LogIntro {
        log: good.log(),
        key: good.public(),
        kind: LogKind::Device,
        name: "Handdator 2".to_owned(),
    };
    site.store().introduce(vec![second]).await.unwrap();
    good.write(&receive(lot_item("L1"), 1, BIN_A));
    site.store().append(good.everything()).await.unwrap();
    world.book(2, 2).await;
    world.exchange(2, None).await;
    world.hold(0).await;

    let done = world.try_exchange(1).await.unwrap();
    let [central, site, _] = &world.servers;
    assert_eq!(
        central.store().holds().await.unwrap().len(),
        1,
        "the server's own"
    );
    assert_eq!(
        site.store().heads(&[good.log()]).await.unwrap(),
        central.store().heads(&[good.log()]).await.unwrap()
    );
    let other = world.servers[2].device.log();
    assert_eq!(
        site.store().heads(&[other]).await.unwrap()[0].seq,
        6,
        "what others told comes too"
    );
    let [left] = done.left_out.as_slice() else {
        panic!("{:?}", done.left_out)
    };
    assert_eq!(left.log.as_ref().unwrap().log, bad);
    assert!(left.why.contains("sets and lifts no holds"), "{}", left.why);
    assert!(!done.equal);
    assert!(
        !begin_anew(site.store(), &done).await.unwrap(),
        "rows are the same"
    );
}

#[tokio::test]
async fn a_device_takes_back_nothing_by_way_of_another_server() {
    let mut world = World::new().await;
    let event = hold(7, &[BASE], Some("L1"));
    let own = world.servers[0].own_log.as_ref().unwrap();
    let held = own.append(event, user(1), world.now).await.unwrap();
    world.book(0, 3).await;
    world.heal().await;
    let goods = world.servers[0].device.records[1].record().event_id;
    let before = world.stock(0).await;
    // A device of Väster, of goods that a device of the central server received and of a hold.
    let site = &mut world.servers[1];
    let told = vec![site.device.write(&void(held)), site.device.write(&void(goods))];
    let batch = site.device.batch(told);
    site.store().append(batch).await.unwrap();
    world.heal().await;
    for (at, server) in world.servers.iter().enumerate() {
        let name = server.name;
        assert_eq!(server.store().holds().await.unwrap().len(), 1, "holds of {name}");
        assert_eq!(world.stock(at).await, before, "stock of {name}");
        let found = server.store().deviations(10).await.unwrap();
        let foreign = |found: &&DeviationRow| matches!(found.deviation, Deviation::ForeignVoid { .. });
        assert_eq!(found.iter().filter(foreign).count(), 2, "{name}: {found:?}");
        let rebuilt = server.store().rebuild().await.unwrap();
        assert!(
            rebuilt.tables.iter().all(|(_, rows)| *rows == 0),
            "{name}: {rebuilt:?}"
        );
    }
}

#[tokio::test]
async fn a_changed_record_is_believed_from_no_server() {
    use minicbor::bytes::ByteVec;
    use sparhund_server::island::Neighbour as _;
    use sparhund_shared::log::Head;
    use sparhund_shared::wire::Upload;

    let mut world = World::new().await;
    world.book(1, 3).await;
    let [central, site, _] = &world.servers;
    let joined = central.site.clone();
    let end = central.end(&joined, 1);
    let sums = site.store().log_sums(None, 10).await.unwrap();
    end.introduce(&sums.into_iter().map(|log| log.intro).collect::<Vec<_>>())
        .await
        .unwrap();
    let records = &site.device.records;
    let head = Head::of(records.last().unwrap()).sign(&site.device.key);
    let bytes = |sealed: &sparhund_shared::log::Sealed| ByteVec::from(sealed.bytes().to_vec());
    let whole: Vec<ByteVec> = records.iter().map(bytes).collect();
    let mut changed = whole.clone();
    let mut other = changed[1].to_vec();
    let last = other.len() - 1;
    other[last] ^= 1;
    changed[1] = other.into();
    let missing = vec![whole[0].clone(), whole[2].clone()];
    for records in [changed, missing] {
        let upload = Upload {
            head: head.clone(),
            records,
        };
        assert!(end.take(&upload).await.is_err());
    }
    assert!(central.records().await.is_empty(), "nothing of them was stored");
    let upload = Upload { head, records: whole };
    assert_eq!(end.take(&upload).await.unwrap().stored, 3);
    assert_eq!(end.take(&upload).await.unwrap().stored, 0, "told twice");
}

#[tokio::test]
async fn a_long_log_goes_both_ways_in_parts() {
    let mut world = World::new().await;
    for _ in 0..28 {
        world.book(1, 100).await;
    }
    // Cut in the middle of handing over, and again in the middle of fetching.
    world.exchange(1, Some((14, true))).await;
    world.exchange(2, Some((12, false))).await;
    world.heal().await;
    world.judge().await;
    for server in &world.servers {
        assert_eq!(server.records().await.len(), 2_800);
        assert_eq!(
            server.store().deviations(100).await.unwrap().len(),
            world.servers[0].store().deviations(100).await.unwrap().len()
        );
        let logs = server.store().logs().await.unwrap();
        let device = logs.iter().find(|log| log.head.seq == 2_800).unwrap();
        assert_eq!((device.missing, device.forks, device.signed), (0, 0, 2_800));
    }
}

#[tokio::test]
async fn only_a_backup_of_the_central_server_lets_a_site_s_devices_forget() {
    let mut world = World::new().await;
    world.book(1, 5).await;
    world.heal().await;
    let log = world.servers[1].device.log();
    let backup = async |server: &Server| {
        let heads = server.store().heads(&[log]).await.unwrap();
        server.note_backup(heads).await;
    };
    backup(&world.servers[1]).await;
    world.heal().await;
    assert_eq!(
        world.servers[1].store().covered(log).await.unwrap(),
        0,
        "the site's own backup"
    );
    backup(&world.servers[0]).await;
    world.heal().await;
    assert_eq!(world.servers[1].store().covered(log).await.unwrap(), 5);
}
