//! Rows that cannot stand, that are many, and that are large.

use sparhund_server::island::{Neighbour as _, ROW_FORMAT, begin_anew};
use sparhund_server::store::{Account, Offered, PAGE_BYTES, SharedRow};
use sparhund_shared::log::Hash;

use crate::server::Server;
use crate::store_world::{OTHER, UNKNOWN, article};
use crate::world::{World, account, order, shelf};

async fn put(server: &Server, account: Account) {
    server.store().put_account(account).await.unwrap();
}

/// Siv A gives her sign-in name up, Siv B gets it, so many shelves are named, and Siv A's row is changed last: Siv B's
/// comes before what makes room for her.
async fn hand_a_name_on(world: &mut World, shelves: u8) {
    put(&world.servers[0], account(8, "siv", "Siv A")).await;
    world.heal().await;
    let central = &world.servers[0];
    put(central, account(8, "siv.a", "Siv A")).await;
    put(central, account(9, "siv", "Siv B")).await;
    for number in 0..shelves {
        let places = vec![shelf(number, "Hylla")];
        central.store().put_places(places).await.unwrap();
    }
    put(central, account(8, "siv.a", "Siv Andersson")).await;
}

/// Siv B has the name everywhere, and nobody was asked.
async fn the_name_was_handed_on(world: &mut World) {
    world.heal().await;
    for server in &world.servers {
        let siv = server.store().account("siv").await.unwrap().unwrap();
        assert_eq!(siv.user.name, "Siv B", "{}", server.name);
        assert!(server.conflicts().await.is_empty(), "{}", server.name);
    }
    world.judge().await;
}

#[tokio::test]
async fn rows_that_make_room_for_each_other_come_in_whatever_order() {
    let mut world = World::new().await;
    hand_a_name_on(&mut world, 0).await;
    the_name_was_handed_on(&mut world).await;
}

#[tokio::test]
async fn a_row_that_waits_for_room_is_not_passed_when_the_link_is_cut() {
    let mut world = World::new().await;
    // Siv B is on the first page, what makes room for her on the second.
    hand_a_name_on(&mut world, 210).await;
    for calls in 0..12 {
        world.exchange(1, Some((calls, false))).await;
    }
    the_name_was_handed_on(&mut world).await;
}

#[tokio::test]
async fn what_cannot_be_settled_keeps_nothing_else_from_going_up() {
    let mut world = World::new().await;
    // A house with people of its own, under the same sign-in names.
    let (central, site) = (&world.servers[0], &world.servers[1]);
    for number in 0..205_u16 {
        let id = |end: u8| {
            let mut account = account(end, &format!("person{number}"), "Namn");
            let [high, low] = number.to_be_bytes();
            account.user.id.0 =
                uuid::Uuid::from_bytes([end, high, low, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
            account
        };
        put(central, id(1)).await;
        put(site, id(2)).await;
    }
    site.store().add_order(order("1001", 3)).await.unwrap();
    world.heal().await;
    for server in &world.servers {
        let order = server.store().order(&"1001".parse().unwrap()).await.unwrap();
        assert!(order.is_some(), "{}", server.name);
    }
}

#[tokio::test]
async fn a_refused_row_goes_up_when_there_is_room_for_it() {
    let mut world = World::new().await;
    let (central, site) = (&world.servers[0], &world.servers[1]);
    let mut other = article("200", &[(OTHER, 1)]);
    central.store().put_articles(vec![other.clone()]).await.unwrap();
    site.store()
        .put_articles(vec![article("300", &[(OTHER, 1)])])
        .await
        .unwrap();
    world.heal().await;
    let central = world.servers[0].store();
    assert!(central.article(&"300".parse().unwrap()).await.unwrap().is_none());
    // The planner of the region takes the identifier from where it did not belong.
    other.packagings[0].di = article("x", &[(UNKNOWN, 1)]).packagings[0].di.clone();
    central.put_articles(vec![other]).await.unwrap();
    world.heal().await;
    for server in &world.servers {
        let found = server.store().article(&"300".parse().unwrap()).await.unwrap();
        assert!(found.is_some(), "{}", server.name);
    }
}

/// Two people who change their sign-in names with each other: a site has room for neither before the other one has come.
#[tokio::test]
async fn rows_that_wait_for_a_choice_are_not_all_asked_for_anew() {
    let mut world = World::new().await;
    put(&world.servers[0], account(8, "siv", "Siv A")).await;
    put(&world.servers[0], account(9, "siw", "Siv B")).await;
    world.heal().await;
    for (number, login, name) in [(8, "s", "Siv A"), (9, "siv", "Siv B"), (8, "siw", "Siv A")] {
        put(&world.servers[0], account(number, login, name)).await;
    }
    world.heal().await;
    let done = world.try_exchange(1).await.unwrap();
    let nothing_goes_on = (done.same_records, done.moved(), done.conflicts) == (true, false, 0);
    assert!(!done.same_rows && nothing_goes_on, "{done:?}");
    let site = &world.servers[1];
    assert!(!site.conflicts().await.is_empty(), "somebody chooses");
    assert!(!begin_anew(site.store(), &done).await.unwrap());
}

#[tokio::test]
async fn a_page_of_rows_and_a_row_are_bounded_in_bytes() {
    let world = World::new().await;
    let central = &world.servers[0];
    let name = "x".repeat(200_000);
    for number in 0..12 {
        central
            .store()
            .put_places(vec![shelf(number, &name)])
            .await
            .unwrap();
    }
    let mut after = 0;
    let mut rows = 0;
    loop {
        let page = central.store().rows_after(after, 200).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.rev;
        rows += page.len();
        let bytes: usize = page.iter().map(|row| row.body.to_string().len()).sum();
        assert!(bytes <= PAGE_BYTES, "{bytes}");
    }
    assert!(rows >= 12, "each comes on some page");

    // All of them are offered by a site that has others: the answers are bounded too, and the site goes on where they end.
    let offers: Vec<SharedRow> = central.store().rows_after(0, 200).await.unwrap();
    let joined = central.site.clone();
    let end = central.end(&joined, 1);
    let mut offered = Vec::new();
    for number in 0..12 {
        let mut row = offers.last().unwrap().clone();
        let place = shelf(number, "Hylla");
        row.key = place.code.to_string();
        row.body = serde_json::to_value(&place).unwrap();
        row.version = Hash([number; 32]);
        row.base = None;
        offered.push(row);
    }
    let answers = end.offer(&offered).await.unwrap();
    assert!((5..8).contains(&answers.len()), "{}", answers.len());
    let mut large = offered.pop().unwrap();
    large.body["name"] = "x".repeat(PAGE_BYTES).into();
    let before = central.conflicts().await.len();
    assert_eq!(end.offer(&[large]).await.unwrap(), [Offered::Refused]);
    assert_eq!(
        central.conflicts().await.len(),
        before,
        "nor is it kept as a conflict, which goes to every server"
    );
}

#[tokio::test]
async fn a_row_whose_key_is_none_of_its_kind_is_refused() {
    let mut world = World::new().await;
    put(&world.servers[0], account(8, "siv", "Siv")).await;
    world.rename(0, 0, 1).await;
    world.order(0, 1, 2).await;
    world.rule(0, 0, Some(7)).await;
    let central = &world.servers[0];
    let article = article("200", &[(OTHER, 1)]);
    central.store().put_articles(vec![article]).await.unwrap();
    let joined = central.site.clone();
    let end = central.end(&joined, 1);
    let rows = central.store().rows_after(0, 200).await.unwrap();
    let before = central.rows().await;
    for row in rows {
        for key in ["", "☃ no key", "0"] {
            let row = SharedRow {
                key: key.to_owned(),
                version: Hash([9; 32]),
                base: None,
                ..row.clone()
            };
            let kind = row.kind;
            let answers = end.offer(&[row]).await.unwrap();
            assert_eq!(answers, [Offered::Refused], "{kind:?} {key:?}");
        }
    }
    let mut after = central.rows().await;
    after.retain(|(kind, _), _| *kind != "conflict");
    assert_eq!(after, before, "somebody is told, and nothing else is written");
}

#[tokio::test]
async fn two_versions_of_the_program_exchange_records_and_let_rows_wait() {
    let mut world = World::new().await;
    world.row_format = Some(ROW_FORMAT + 1);
    world.book(1, 5).await;
    world.rename(1, 0, 1).await;
    world.rename(0, 1, 2).await;
    assert!(
        !world.try_exchange(1).await.unwrap().equal,
        "it is not said that they are equal"
    );
    assert_eq!(world.servers[0].records().await.len(), 5);
    for (at, number) in [(0, 0), (1, 1)] {
        let place = shelf(number, "").code;
        assert!(world.servers[at].store().place(&place).await.unwrap().is_none());
    }
    world.row_format = None;
    world.heal().await;
    world.judge().await;
}

#[tokio::test]
async fn a_row_that_this_program_would_write_otherwise_is_not_put() {
    let mut world = World::new().await;
    world.rename(1, 0, 1).await;
    let site = &world.servers[1];
    let mut row = site.store().rows_to_offer(0, 1).await.unwrap().remove(0);
    row.body["temperature"] = "2-8".into();
    row.version = Hash([7; 32]);
    let central = world.servers[0].store();
    assert_eq!(
        central.offer_row(row, "Väster", 1).await.unwrap(),
        Offered::Refused
    );
    assert!(central.place(&shelf(0, "").code).await.unwrap().is_none());
    assert!(world.servers[0].conflicts().await[0].why.is_some());
}
