//! Reference data for devices.

use std::collections::BTreeMap;

use sparhund_server::store::{ArticleQuery, Store, StoreError, TraceQuery};
use sparhund_shared::event::{Event, Releasing};
use sparhund_shared::reference::{AnnouncedDelivery, Rule, SamplingRule};
use sparhund_shared::wire::{FEED_ORDER, Topic, TopicDigest};

use crate::assert_rebuilds;
use crate::store_world::*;

/// What a device that pulls by cursor holds in the end.
async fn pull(
    store: &impl Store,
    topic: Topic,
    limit: usize,
) -> (BTreeMap<String, serde_json::Value>, TopicDigest) {
    let (mut held, mut after) = (BTreeMap::new(), 0);
    loop {
        let page = store.feed(topic, after, limit).await.unwrap();
        for row in &page.rows {
            match &row.body {
                Some(body) => held.insert(row.key.clone(), body.clone()),
                None => held.remove(&row.key),
            };
        }
        assert!(page.next >= after);
        after = page.next;
        if !page.more {
            return (held, page.digest);
        }
    }
}

pub async fn a_cursor_misses_nothing_and_the_digest_tells(store: &impl Store) {
    store.put_places(places()).await.unwrap();
    let bases = [BASE, CASE, OTHER, UNKNOWN];
    for (number, code) in bases.iter().enumerate() {
        store
            .put_articles(vec![article(&format!("10{number}"), &[(code, 1)])])
            .await
            .unwrap();
    }
    let cursor = store.feed(Topic::Articles, 0, 100).await.unwrap().next;
    let mut changed = article("101", &[(CASE, 10)]);
    changed.name = "Nytt namn".into();
    store.put_articles(vec![changed.clone()]).await.unwrap();
    store.put_articles(vec![changed]).await.unwrap();
    let later = store.feed(Topic::Articles, cursor, 100).await.unwrap();
    assert_eq!(later.rows.len(), 1, "an unchanged row does not move");
    assert_eq!(later.rows[0].key, "101");
    for topic in FEED_ORDER {
        for limit in [1, 2, 100] {
            let (held, digest) = pull(store, topic, limit).await;
            let mut own = TopicDigest::default();
            for (key, body) in &held {
                own.add(key, body);
            }
            assert_eq!(own, digest, "{topic:?}");
        }
    }
    let empty = store.feed(Topic::Articles, 1_000_000, 10).await.unwrap();
    assert!(empty.rows.is_empty() && !empty.more);
    let found = |text: &str| ArticleQuery {
        text: text.into(),
        offset: 0,
        limit: 10,
    };
    assert_eq!(store.articles(&found("nytt NAMN")).await.unwrap().len(), 1);
    assert_eq!(
        store.articles(&found(&CASE[4..])).await.unwrap()[0].no.as_str(),
        "101"
    );
    assert_eq!(store.articles(&found("")).await.unwrap().len(), 4);
    assert!(store.articles(&found("%")).await.unwrap().is_empty());
}

pub async fn an_identifier_belongs_to_one_article(store: &impl Store) {
    store
        .put_articles(vec![article("1001", &[(BASE, 1), (CASE, 10)])])
        .await
        .unwrap();
    let refusal = store
        .put_articles(vec![
            article("1002", &[(OTHER, 1)]),
            article("1003", &[(BASE, 1)]),
        ])
        .await
        .unwrap_err();
    assert!(matches!(refusal, StoreError::Conflict(_)), "{refusal}");
    assert!(
        store.article(&"1002".parse().unwrap()).await.unwrap().is_none(),
        "all or nothing"
    );
    assert_eq!(
        store.article_by_di(&di(BASE)).await.unwrap().unwrap().no.as_str(),
        "1001"
    );
    // Two articles may exchange their identifiers in one go.
    store
        .put_articles(vec![article("1004", &[(OTHER, 1)])])
        .await
        .unwrap();
    store
        .put_articles(vec![
            article("1001", &[(OTHER, 1)]),
            article("1004", &[(BASE, 1)]),
        ])
        .await
        .unwrap();
    assert_eq!(
        store.article_by_di(&di(BASE)).await.unwrap().unwrap().no.as_str(),
        "1004"
    );
    assert!(store.article_by_di(&di(CASE)).await.unwrap().is_none());
}

pub async fn holds_reach_devices(store: &impl Store) {
    let mut quality = Device::new(1);
    quality.register(store).await;
    let set = quality.write(&hold(1, &[BASE], Some("L1")));
    store.append(quality.everything()).await.unwrap();
    let page = store.feed(Topic::Holds, 0, 10).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    let told: sparhund_shared::event::Hold =
        serde_json::from_value(page.rows[0].body.clone().unwrap()).unwrap();
    assert_eq!(store.holds().await.unwrap(), [told]);
    quality.write(&void(set.record().event_id));
    store.append(quality.everything()).await.unwrap();
    let page = store.feed(Topic::Holds, page.next, 10).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].body, None);
    assert_eq!(page.digest, TopicDigest::default());
}

pub async fn rules_reach_devices_and_leave_them_again(store: &impl Store) {
    let mut kept = stock_rule(BIN_A, "1001", 40);
    let sampling = Rule::Sampling(SamplingRule {
        supplier: "Nordmark Medicinteknik AB".into(),
        article: None,
        every: 10,
    });
    store
        .put_rules(vec![kept.clone(), sampling.clone()])
        .await
        .unwrap();
    assert_eq!(
        store.rules().await.unwrap(),
        [sampling.clone(), kept.clone()],
        "by key"
    );
    // The same place and article: one rule.
    if let Rule::Stock(rule) = &mut kept {
        rule.max = 60;
    }
    store.put_rules(vec![kept.clone()]).await.unwrap();
    let (held, _) = pull(store, Topic::Rules, 1).await;
    assert_eq!(held.len(), 2);
    let told: Rule = serde_json::from_value(held[&kept.key()].clone()).unwrap();
    assert_eq!(told, kept);
    let cursor = store.feed(Topic::Rules, 0, 10).await.unwrap().next;
    assert!(store.remove_rule(&sampling.key()).await.unwrap());
    assert!(
        !store.remove_rule(&sampling.key()).await.unwrap(),
        "it is gone already"
    );
    assert!(!store.remove_rule("stock nowhere").await.unwrap());
    assert_eq!(store.rules().await.unwrap(), [kept]);
    let page = store.feed(Topic::Rules, cursor, 10).await.unwrap();
    assert_eq!(page.rows.len(), 1, "what never was is not told of");
    assert_eq!(
        (page.rows[0].key.as_str(), &page.rows[0].body),
        (sampling.key().as_str(), &None)
    );
    // And back.
    store.put_rules(vec![sampling]).await.unwrap();
    assert_eq!(store.rules().await.unwrap().len(), 2);
    assert_eq!(pull(store, Topic::Rules, 10).await.0.len(), 2);
}

pub async fn announced_deliveries_reach_devices_and_leave_them_again(store: &impl Store) {
    let mut delivery = announced("F-1", None);
    let mut other = announced("F-1", None);
    other.supplier = "Fjällmed AB".into();
    store
        .put_deliveries(vec![delivery.clone(), other.clone()])
        .await
        .unwrap();
    assert_eq!(
        store.deliveries().await.unwrap().len(),
        2,
        "suppliers number for themselves"
    );
    delivery.lines[0].units = 20;
    store.put_deliveries(vec![delivery.clone()]).await.unwrap();
    assert!(store.remove_delivery(&other.key()).await.unwrap());
    assert!(!store.remove_delivery(&other.key()).await.unwrap());
    assert_eq!(store.deliveries().await.unwrap(), [delivery.clone()]);
    let (held, _) = pull(store, Topic::Deliveries, 1).await;
    assert_eq!(held.len(), 1);
    let told: AnnouncedDelivery = serde_json::from_value(held[&delivery.key()].clone()).unwrap();
    assert_eq!(told, delivery);
}

pub async fn a_question_shows_the_holds_in_force_on_its_goods(store: &impl Store) {
    let mut device = Device::new(1);
    device.register(store).await;
    for (label, lot) in [(BASE, "L1"), (BASE, "L2"), (OTHER, "L1")] {
        device.write(&receive(item(label, label, Some(lot), None, None), 1, BIN_A));
    }
    device.write(&hold(1, &[BASE, CASE], Some("L1")));
    device.write(&hold(2, &[BASE, OTHER], None));
    device.write(&hold(3, &[CASE], None));
    let wrong = device.write(&hold(4, &[OTHER], Some("L1")));
    device.write(&Event::Release(Releasing {
        hold: hold_id(2),
        reason: "utredd".parse().unwrap(),
    }));
    store.append(device.everything()).await.unwrap();
    let held = async || -> Vec<bool> {
        let stock = store.stock(&crate::everything()).await.unwrap();
        stock.iter().map(|line| line.held).collect()
    };
    assert_eq!(held().await, [true, false, true]);
    let met = async |lot: &str| -> Vec<_> {
        let query = TraceQuery {
            lot: Some(lot.parse().unwrap()),
            ..TraceQuery::default()
        };
        let trace = store.trace(&query).await.unwrap();
        trace.holds.iter().map(|hold| hold.id).collect()
    };
    assert_eq!(met("L1").await, [hold_id(1), hold_id(4)]);
    assert!(met("L2").await.is_empty());
    device.write(&void(wrong.record().event_id));
    store.append(device.everything()).await.unwrap();
    assert_eq!(held().await, [true, false, false]);
    assert_eq!(met("L1").await, [hold_id(1)]);
    assert_rebuilds(store).await;
}
