//! Conflicts and what people choose.

use sparhund_server::store::ConflictChoice::{self, Other, Standing};
use sparhund_server::store::{AccountChange, Conflict, Resolution, RowKind, StoreError};

use crate::server::Server;
use crate::store_world::{CASE, OTHER, UNKNOWN, article, user};
use crate::world::{World, account, shelf};

/// What somebody chooses who sees the conflict as it is.
async fn try_choose(server: &Server, id: &str, choice: ConflictChoice) -> Result<Conflict, StoreError> {
    let shown = server.store().conflict(id).await?.unwrap().face();
    let choice = Resolution {
        choice,
        by: user(1),
        at: 7,
    };
    let chosen = server.store().resolve_conflict(id, choice, shown).await?;
    Ok(chosen.unwrap())
}

async fn choose(server: &Server, id: &str, choice: ConflictChoice) -> Conflict {
    try_choose(server, id, choice).await.unwrap()
}

/// The only conflict there.
async fn only(server: &Server) -> Conflict {
    let mut all = server.conflicts().await;
    assert_eq!(all.len(), 1, "{}: {all:?}", server.name);
    all.remove(0)
}

/// A place with one name at the central server and another at Väster.
async fn named_twice() -> (World, String) {
    let mut world = World::new().await;
    world.rename(0, 0, 1).await;
    world.rename(1, 0, 2).await;
    world.heal().await;
    let id = only(&world.servers[1]).await.id;
    (world, id)
}

async fn all_have(world: &World, name: &str) {
    for server in &world.servers {
        assert_eq!(server.place_name(0).await, name, "{}", server.name);
    }
}

#[tokio::test]
async fn what_two_changed_is_decided_by_a_person_and_both_hear_of_it() {
    let mut world = World::new().await;
    let (central, site) = (&world.servers[0], &world.servers[1]);
    central
        .store()
        .put_places(vec![shelf(0, "Hylla A, ny")])
        .await
        .unwrap();
    site.store()
        .put_places(vec![shelf(0, "Hylla A, flyttad")])
        .await
        .unwrap();
    world.heal().await;
    let [central, site, _] = &world.servers;
    for server in [central, site] {
        assert_eq!(server.place_name(0).await, "Hylla A, ny", "{}", server.name);
        let open = server.conflicts().await;
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].kind, RowKind::Place);
        assert_eq!(open[0].from, "Väster");
        assert_eq!(open[0].other["name"], "Hylla A, flyttad");
        assert!(open[0].resolved.is_none());
    }
    // A person at the site takes the other one.
    let id = site.conflicts().await[0].id.clone();
    choose(site, &id, Other).await;
    world.heal().await;
    for server in &world.servers {
        assert_eq!(server.place_name(0).await, "Hylla A, flyttad", "{}", server.name);
        let conflicts = server.conflicts().await;
        assert_eq!(conflicts.len(), 1);
        assert_eq!(conflicts[0].resolved.as_ref().unwrap().choice, Other);
    }
    world.judge().await;
}

#[tokio::test]
async fn a_row_that_cannot_stand_beside_what_is_there_is_kept_as_a_conflict() {
    let mut world = World::new().await;
    let [central, site, _] = &world.servers;
    central
        .store()
        .put_account(account(8, "siv", "Siv A"))
        .await
        .unwrap();
    site.store()
        .put_account(account(9, "siv", "Siv B"))
        .await
        .unwrap();
    world.heal().await;
    let [central, site, _] = &world.servers;
    assert_eq!(
        central.store().account("siv").await.unwrap().unwrap().user.name,
        "Siv A"
    );
    assert_eq!(
        site.store().account("siv").await.unwrap().unwrap().user.name,
        "Siv B"
    );
    let open = central.conflicts().await;
    assert!(
        open.iter()
            .any(|conflict| conflict.standing.is_none() && conflict.why.is_some()),
        "{open:?}"
    );
    // The one at the site gets another name to sign in by: then both stand everywhere.
    site.store()
        .put_account(account(9, "siv.b", "Siv B"))
        .await
        .unwrap();
    world.heal().await;
    for server in &world.servers {
        assert!(
            server.store().account("siv.b").await.unwrap().is_some(),
            "{}",
            server.name
        );
    }
    let open = world.servers[1].conflicts().await;
    let waits = open
        .iter()
        .find(|conflict| conflict.from == "central")
        .unwrap()
        .id
        .clone();
    choose(&world.servers[1], &waits, Other).await;
    world.heal().await;
    for server in &world.servers {
        let siv = server.store().account("siv").await.unwrap().unwrap();
        assert_eq!(siv.user.name, "Siv A", "{}", server.name);
    }
}

#[tokio::test]
async fn a_choice_overwrites_only_what_was_shown() {
    let (mut world, id) = named_twice().await;
    world.rename(0, 0, 3).await;
    let told = choose(&world.servers[0], &id, Other).await;
    assert!(told.resolved.is_none(), "nothing is chosen");
    assert_eq!(
        told.standing.unwrap()["name"],
        "Hylla 3",
        "and what stands now is shown"
    );
    assert_eq!(world.servers[0].place_name(0).await, "Hylla 3");
    assert!(choose(&world.servers[0], &id, Other).await.resolved.is_some());
    world.heal().await;
    all_have(&world, "Hylla 2").await;
    world.judge().await;
}

#[tokio::test]
async fn a_choice_that_comes_late_overwrites_nothing_either() {
    let (mut world, id) = named_twice().await;
    // Chosen at the site while the central server goes on.
    assert!(choose(&world.servers[1], &id, Other).await.resolved.is_some());
    assert_eq!(
        world.servers[1].place_name(0).await,
        "Hylla 1",
        "only noted there"
    );
    world.rename(0, 0, 3).await;
    world.heal().await;
    all_have(&world, "Hylla 3").await;
    for server in &world.servers {
        let open = only(server).await;
        assert!(open.resolved.is_none(), "{}", server.name);
        assert_eq!(open.standing.unwrap()["name"], "Hylla 3");
    }
    world.judge().await;
}

#[tokio::test]
async fn of_two_choices_the_first_to_come_is_what_is_done() {
    let (mut world, id) = named_twice().await;
    choose(&world.servers[0], &id, Standing).await;
    choose(&world.servers[1], &id, Other).await;
    world.heal().await;
    all_have(&world, "Hylla 1").await;
    for server in &world.servers {
        assert_eq!(only(server).await.resolved.unwrap().choice, Standing);
    }
    world.judge().await;
}

#[tokio::test]
async fn a_change_that_loses_twice_is_told_twice() {
    let (mut world, id) = named_twice().await;
    choose(&world.servers[0], &id, Standing).await;
    world.heal().await;
    world.rename(1, 0, 2).await;
    world.rename(0, 0, 4).await;
    world.heal().await;
    all_have(&world, "Hylla 4").await;
    let conflicts = world.servers[0].conflicts().await;
    assert_eq!(conflicts.len(), 2);
    assert!(conflicts[0].resolved.is_none());
    assert_eq!(conflicts[0].other["name"], "Hylla 2");
}

#[tokio::test]
async fn a_row_that_was_refused_upwards_comes_wherever_it_is_chosen() {
    for (at, mended_first) in [(0, true), (1, true), (2, true), (0, false), (1, false)] {
        let mut world = World::new().await;
        let mut taken = article("200", &[(OTHER, 1)]);
        world.servers[0]
            .store()
            .put_articles(vec![taken.clone()])
            .await
            .unwrap();
        let new = article("300", &[(OTHER, 1)]);
        world.servers[1].store().put_articles(vec![new]).await.unwrap();
        world.heal().await;
        let waits = async |world: &World| {
            let all = world.servers[at].conflicts().await;
            all.into_iter().find(|conflict| conflict.key == "300").unwrap()
        };
        let id = waits(&world).await.id;
        if !mended_first {
            let told = try_choose(&world.servers[at], &id, Other).await;
            assert_eq!(told.is_err(), at == 0, "{told:?}");
            world.heal().await;
            let open = waits(&world).await;
            assert!(
                open.resolved.is_none(),
                "what cannot be done is not chosen: {open:?}"
            );
        }
        taken.packagings = article("x", &[(UNKNOWN, 1)]).packagings;
        world.servers[0].store().put_articles(vec![taken]).await.unwrap();
        assert!(choose(&world.servers[at], &id, Other).await.resolved.is_some());
        world.heal().await;
        for server in &world.servers {
            let found = server.store().article(&"300".parse().unwrap()).await.unwrap();
            assert!(found.is_some(), "{} {at}", server.name);
        }
    }
}

#[tokio::test]
async fn a_row_that_was_refused_downwards_comes_wherever_it_is_chosen() {
    for (at, mended_first) in [(0, true), (1, true), (2, true), (0, false), (1, false)] {
        let mut world = World::new().await;
        let put = async |world: &World, at: usize, number, login: &str, name: &str| {
            let store = world.servers[at].store();
            store.put_account(account(number, login, name)).await.unwrap();
        };
        put(&world, 1, 9, "siv", "Siv B").await;
        put(&world, 0, 8, "siv", "Siv A").await;
        world.heal().await;
        let waits = async |world: &World| {
            let all = world.servers[at].conflicts().await;
            all.into_iter()
                .find(|conflict| conflict.from == "central")
                .unwrap()
        };
        let id = waits(&world).await.id;
        if !mended_first {
            choose(&world.servers[at], &id, Other).await;
            world.heal().await;
            let open = waits(&world).await;
            assert!(
                open.resolved.is_none(),
                "it still does not stand at Väster: {open:?}"
            );
        }
        put(&world, 1, 9, "siv.b", "Siv B").await;
        assert!(choose(&world.servers[at], &id, Other).await.resolved.is_some());
        world.heal().await;
        for server in &world.servers {
            let siv = server.store().account("siv").await.unwrap().unwrap();
            assert_eq!(siv.user.name, "Siv A", "{} {at}", server.name);
        }
        world.judge().await;
    }
}

async fn put_article(world: &World, at: usize, no: &str, di: &str) {
    let articles = vec![article(no, &[(di, 1)])];
    world.servers[at].store().put_articles(articles).await.unwrap();
}

/// Article 300 is known everywhere. Then the central server gives an identifier to a new article and Väster gives it to that one,
/// and neither knows of the other's.
async fn one_identifier_for_two_articles() -> World {
    let mut world = World::new().await;
    put_article(&world, 0, "300", UNKNOWN).await;
    world.heal().await;
    put_article(&world, 0, "200", OTHER).await;
    put_article(&world, 1, "300", OTHER).await;
    world.heal().await;
    world
}

#[tokio::test]
async fn what_was_refused_gives_way_to_what_is_kept() {
    for at in 0..3 {
        let mut world = one_identifier_for_two_articles().await;
        let about = async |world: &World, no: &str| {
            let all = world.servers[at].conflicts().await;
            all.into_iter().find(|conflict| conflict.key == no).unwrap().id
        };
        // What the central server has stands in nobody's place at Väster.
        let down = about(&world, "200").await;
        let kept = try_choose(&world.servers[at], &down, Standing).await;
        assert!(kept.is_err(), "{kept:?}");
        let up = about(&world, "300").await;
        assert!(choose(&world.servers[at], &up, Standing).await.resolved.is_some());
        world.heal().await;
        // Whether there is room for it by now or not.
        for server in &world.servers {
            let kept = server.store().article(&"300".parse().unwrap()).await.unwrap();
            let kept = kept.unwrap().packagings[0].di.to_string();
            assert_eq!(kept, UNKNOWN, "{} {at}", server.name);
        }
        assert!(choose(&world.servers[at], &down, Other).await.resolved.is_some());
        world.heal().await;
        world.judge().await;
    }
}

#[tokio::test]
async fn what_was_put_away_is_not_taken_when_there_is_room() {
    let mut world = one_identifier_for_two_articles().await;
    let all = world.servers[0].conflicts().await;
    let up = all.into_iter().find(|conflict| conflict.key == "300").unwrap();
    choose(&world.servers[0], &up.id, Standing).await;
    put_article(&world, 0, "200", CASE).await;
    world.heal().await;
    let kept = world.servers[0].store().article(&"300".parse().unwrap()).await;
    assert_eq!(kept.unwrap().unwrap().packagings[0].di.to_string(), UNKNOWN);
    world.judge().await;
}

#[tokio::test]
async fn until_somebody_chooses_an_account_is_what_both_allow() {
    use sparhund_shared::reference::Role::{Picker, Planner, Ward};
    for choice in [Standing, Other] {
        let mut world = World::new().await;
        let siv = |name: &str, active: bool, roles: &[_]| {
            let mut account = account(8, "siv", name);
            account.active = active;
            account.user.roles = roles.to_vec();
            account
        };
        let put = async |at: usize, world: &World, account| {
            world.servers[at].store().put_account(account).await.unwrap();
        };
        put(0, &world, siv("Siv", true, &[Picker, Ward])).await;
        world.heal().await;
        // Väster shuts her out and changes her roles; at the central server her name is corrected, and she gets a role.
        put(1, &world, siv("Siv", false, &[Ward, Planner])).await;
        put(0, &world, siv("Siv Andersson", true, &[Picker, Ward])).await;
        world.heal().await;
        for server in &world.servers {
            let met = server.store().account("siv").await.unwrap().unwrap();
            let met = (met.active, met.user.roles, met.user.name);
            assert_eq!(
                met,
                (false, vec![Ward], "Siv Andersson".to_owned()),
                "{}",
                server.name
            );
            let open = only(server).await;
            assert_eq!(open.standing.unwrap()["active"], true, "what to go back to");
        }
        let id = only(&world.servers[1]).await.id;
        assert!(choose(&world.servers[1], &id, choice).await.resolved.is_some());
        world.heal().await;
        let expected = match choice {
            Standing => (true, vec![Picker, Ward], "Siv Andersson".to_owned()),
            Other => (false, vec![Ward, Planner], "Siv".to_owned()),
        };
        for server in &world.servers {
            let chosen = server.store().account("siv").await.unwrap().unwrap();
            let chosen = (chosen.active, chosen.user.roles, chosen.user.name);
            assert_eq!(chosen, expected, "{}", server.name);
            assert!(only(server).await.resolved.is_some());
        }
        world.judge().await;
    }
}

#[tokio::test]
async fn what_to_go_back_to_is_not_lost_when_an_account_is_changed_before_somebody_chooses() {
    use sparhund_shared::reference::Role::{Picker, Quality, Ward};
    let mut world = World::new().await;
    let put = async |world: &World, at: usize, active: bool, roles: &[_]| {
        let mut account = account(8, "siv", "Siv");
        account.active = active;
        account.user.roles = roles.to_vec();
        world.servers[at].store().put_account(account).await.unwrap();
    };
    let siv = async |world: &World, at: usize| {
        let siv = world.servers[at].store().account("siv").await.unwrap().unwrap();
        (siv.user.name, siv.active, siv.user.roles, siv.password_hash)
    };
    put(&world, 0, true, &[Picker]).await;
    world.heal().await;
    // Three servers, each on its own.
    put(&world, 0, true, &[Picker, Ward, Quality]).await;
    put(&world, 1, false, &[Picker, Ward]).await;
    put(&world, 2, true, &[Picker, Quality]).await;
    world.heal().await;
    assert_eq!(siv(&world, 0).await.2, [Picker], "what all allow");
    // Her password is changed before anybody chooses.
    let id = account(8, "", "").user.id;
    let password = AccountChange::PasswordHash("$argon2id$new".to_owned());
    world.servers[0]
        .store()
        .change_account(id, password)
        .await
        .unwrap();
    for _ in 0..2 {
        for conflict in world.servers[0].conflicts().await {
            // What stands now is shown first.
            choose(&world.servers[0], &conflict.id, Standing).await;
            let chosen = choose(&world.servers[0], &conflict.id, Standing).await;
            assert!(chosen.resolved.is_some());
        }
    }
    world.heal().await;
    for at in 0..3 {
        let (name, active, mut roles, password) = siv(&world, at).await;
        roles.sort_unstable();
        let mut all = [Picker, Ward, Quality];
        all.sort_unstable();
        assert_eq!(
            (name.as_str(), active, roles.as_slice()),
            ("Siv", true, all.as_slice())
        );
        assert_eq!(password, "$argon2id$new");
    }
    world.judge().await;
}

#[tokio::test]
async fn a_rule_that_was_taken_away_stays_away_everywhere() {
    let mut world = World::new().await;
    world.rule(1, 0, Some(40)).await;
    world.heal().await;
    let key = world.servers[0].store().rules().await.unwrap()[0].key();
    world.tick();
    world.rule(2, 0, None).await;
    world.heal().await;
    for server in &world.servers {
        assert!(!server.has_rule(&key).await, "{}", server.name);
        assert!(server.conflicts().await.is_empty(), "{}", server.name);
    }
    world.judge().await;
}

#[tokio::test]
async fn a_rule_that_was_changed_here_and_taken_away_there_is_decided_by_a_person() {
    for choice in [Other, Standing] {
        let mut world = World::new().await;
        world.rule(0, 0, Some(40)).await;
        world.heal().await;
        let key = world.servers[0].store().rules().await.unwrap()[0].key();
        world.tick();
        world.rule(0, 0, None).await;
        world.rule(1, 0, Some(60)).await;
        world.heal().await;
        let open = only(&world.servers[0]).await;
        assert_eq!(open.kind, RowKind::Rule);
        assert_eq!(open.standing.unwrap()["gone"], key);
        assert_eq!(open.other["max"], 60);
        for server in &world.servers {
            assert!(
                !server.has_rule(&key).await,
                "{}: the central server's stands",
                server.name
            );
        }
        choose(&world.servers[1], &open.id, choice).await;
        world.heal().await;
        for server in &world.servers {
            assert_eq!(server.has_rule(&key).await, choice == Other, "{}", server.name);
        }
        world.judge().await;
    }
}

#[test]
fn rules_about_machines_and_keys_are_for_administrators() {
    use sparhund_server::store::is_for_admins;
    use sparhund_shared::reference::{Rule, SamplingRule};

    let sampling = Rule::Sampling(SamplingRule {
        supplier: "A".to_owned(),
        article: None,
        every: 1,
    });
    let limit = Rule::CountLimit { units: 1, percent: 1 };
    for rule in [
        crate::store_world::stock_rule("7350000000016", "100", 1),
        sampling,
        limit,
    ] {
        assert!(!is_for_admins(RowKind::Rule, &rule.key()), "{rule:?}");
    }
    let prefix = Rule::CompanyPrefix {
        prefix: "7350000".to_owned(),
    };
    let key = Rule::PatientKey {
        key: "0".repeat(64),
        from: 0,
    };
    let printer = Rule::Printer {
        size: sparhund_shared::label::LabelSize::default(),
        place: "7350000000016".parse().unwrap(),
        name: "Zebra".to_owned(),
        address: "zebra:9100".to_owned(),
    };
    for rule in [prefix, key, printer] {
        assert!(is_for_admins(RowKind::Rule, &rule.key()), "{rule:?}");
    }
}

#[tokio::test]
async fn a_delivery_that_was_announced_at_one_server_is_known_at_all() {
    let mut world = World::new().await;
    let delivery = crate::store_world::announced("F-1", None);
    let site = world.servers[1].store();
    site.put_deliveries(vec![delivery.clone()]).await.unwrap();
    world.heal().await;
    for server in &world.servers {
        assert_eq!(
            server.store().deliveries().await.unwrap(),
            std::slice::from_ref(&delivery),
            "{}",
            server.name
        );
    }
    let central = world.servers[0].store();
    assert!(central.remove_delivery(&delivery.key()).await.unwrap());
    world.heal().await;
    for server in &world.servers {
        assert!(
            server.store().deliveries().await.unwrap().is_empty(),
            "{}",
            server.name
        );
        assert!(server.conflicts().await.is_empty(), "{}", server.name);
    }
}
