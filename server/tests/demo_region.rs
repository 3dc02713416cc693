//! The demo region keeps what the guides say about it.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use jiff::civil::date;
use sparhund_server::demo::{Region, people};
use sparhund_shared::event::{ArticleNo, BizStep};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::privacy::SealKey;
use sparhund_shared::reference::{
    Article, ArticleTrait, PlaceKind, RiskClass, Role, Rule, StockRule, StorageClass, TraceLevel,
};

const NOW: i64 = 1_795_000_000_000;

fn region() -> Region {
    Region::new(date(2026, 11, 22), NOW).unwrap()
}

#[test]
fn it_has_the_places_of_a_region() {
    let region = region();
    let count = |kind| region.places.iter().filter(|place| place.kind == kind).count();
    assert!(count(PlaceKind::Bin) >= 24, "{} bins", count(PlaceKind::Bin));
    assert_eq!(count(PlaceKind::Dispatch), 1);
    assert_eq!(
        count(PlaceKind::Site),
        4,
        "warehouse, two hospitals, municipality"
    );
    assert_eq!(
        count(PlaceKind::Ward),
        7,
        "six wards and the municipality's store"
    );
    let entities: BTreeSet<_> = region.places.iter().map(|place| &place.entity.org_no).collect();
    assert_eq!(entities.len(), 2, "the municipality is another legal person");
    let mut seen = BTreeSet::new();
    for place in &region.places {
        assert!(
            place.parent.as_ref().is_none_or(|parent| seen.contains(parent)),
            "{}",
            place.code
        );
        assert!(seen.insert(place.code.clone()), "{} twice", place.code);
    }
}

#[test]
fn it_has_200_articles_with_identifiers_of_their_own() {
    let region = region();
    assert_eq!(region.articles.len(), 200);
    let mut identifiers = BTreeSet::new();
    for packaging in region.articles.iter().flat_map(|article| &article.packagings) {
        assert!(identifiers.insert(packaging.di.clone()), "{} twice", packaging.di);
    }
    for level in [TraceLevel::Article, TraceLevel::Lot, TraceLevel::Serial] {
        assert!(
            region.articles.iter().any(|article| article.trace == level),
            "{level:?}"
        );
    }
    let letters: BTreeSet<_> = region
        .articles
        .iter()
        .filter_map(|article| article.emdn.as_ref()?.chars().next())
        .collect();
    assert!(letters.len() >= 12, "{letters:?}");
}

#[test]
fn goods_are_labelled_as_their_article_asks() {
    let region = region();
    for receipt in &region.receipts {
        let article = region
            .articles
            .iter()
            .find(|article| Some(&article.no) == receipt.item.article.as_ref())
            .unwrap();
        assert_eq!(
            article.trace == TraceLevel::Serial,
            receipt.item.serial.is_some(),
            "{}",
            article.name
        );
        assert!(receipt.item.serial.is_none() || receipt.quantity.get() == 1);
        assert!(
            article.trace != TraceLevel::Lot || receipt.item.lot.is_some(),
            "{}",
            article.name
        );
        let bin = region
            .places
            .iter()
            .find(|place| place.code == receipt.to)
            .unwrap();
        assert_eq!(bin.kind, PlaceKind::Bin);
    }
}

#[test]
fn orders_can_be_picked_with_goods_that_are_neither_held_nor_expired() {
    let region = region();
    let today = date(2026, 11, 22);
    assert_eq!(region.orders.len(), 3);
    for (order, line) in region
        .orders
        .iter()
        .flat_map(|order| order.lines.iter().map(move |line| (order, line)))
    {
        let good: u32 = region
            .receipts
            .iter()
            .filter(|receipt| receipt.item.article.as_ref() == Some(&line.article))
            .filter(|receipt| {
                receipt
                    .item
                    .expiry
                    .is_none_or(|expiry| today <= expiry.last_usable_day())
            })
            .filter(|receipt| receipt.item.lot != region.hold.lot)
            .map(|receipt| receipt.quantity.get())
            .sum();
        assert!(
            good >= line.units,
            "{} line {}: {good} of {}",
            order.no,
            line.line,
            line.units
        );
    }
}

#[test]
fn the_first_order_takes_two_lots_and_a_serial() {
    let region = region();
    let [compress, pump] = &region.orders[0].lines[..] else {
        panic!("two lines")
    };
    let lots: Vec<_> = region
        .receipts
        .iter()
        .filter(|receipt| receipt.item.article.as_ref() == Some(&compress.article))
        .collect();
    assert_eq!(compress.units, 20);
    assert_eq!(lots.len(), 2);
    assert!(lots[0].item.expiry < lots[1].item.expiry);
    assert!(
        lots[0].quantity.get() < compress.units,
        "the first lot alone does not do"
    );
    assert_eq!(pump.units, 1);
    assert!(region.receipts.iter().any(|receipt| {
        receipt.item.article.as_ref() == Some(&pump.article) && receipt.item.serial.is_some()
    }));
}

#[test]
fn there_is_an_expired_lot_and_a_held_lot_to_be_stopped_by() {
    let region = region();
    let today = date(2026, 11, 22);
    let ordered: BTreeSet<_> = region
        .orders
        .iter()
        .flat_map(|order| &order.lines)
        .map(|line| &line.article)
        .collect();
    let stops = |stopped: &dyn Fn(&sparhund_server::demo::Receipt) -> bool| {
        region
            .receipts
            .iter()
            .any(|receipt| stopped(receipt) && ordered.contains(receipt.item.article.as_ref().unwrap()))
    };
    assert!(stops(&|receipt| receipt
        .item
        .expiry
        .is_some_and(|expiry| today > expiry.last_usable_day())));
    assert!(stops(
        &|receipt| receipt.item.lot == region.hold.lot && region.hold.dis.contains(&receipt.item.di)
    ));
}

#[test]
fn what_was_delivered_was_received_in_full_before() {
    let region = region();
    let lots: BTreeSet<_> = region.deliveries.iter().map(|delivery| &delivery.lot).collect();
    for lot in lots {
        let deliveries = region.deliveries.iter().filter(|delivery| delivery.lot == *lot);
        let delivered: u32 = deliveries.map(|delivery| delivery.quantity.get()).sum();
        let of_lot = |item: &sparhund_shared::event::Identified| {
            item.lot.as_ref().is_some_and(|known| known.as_str() == lot)
        };
        let receipts = region.receipts.iter().filter(|receipt| of_lot(&receipt.item));
        let received: u32 = receipts.map(|receipt| receipt.quantity.get()).sum();
        assert!(delivered < received, "{lot}");
    }
    assert!(
        region
            .deliveries
            .iter()
            .any(|delivery| delivery.until == BizStep::Accepting)
    );
}

#[test]
fn implants_wait_in_the_theatre_aids_in_the_store_and_a_wristband_can_be_sealed() {
    let region = region();
    let received = |receipt: &sparhund_server::demo::Receipt, what: ArticleTrait| {
        let mut articles = region.articles.iter();
        articles.any(|article| {
            Some(&article.no) == receipt.item.article.as_ref()
                && article.rules.is(what)
                && article.rules.links_patient()
        })
    };
    let theatre = |place: &PlaceCode| {
        let mut places = region.places.iter();
        places.any(|known| known.code == *place && known.name == "Operation 1")
    };
    let implants = region.deliveries.iter().filter(|delivery| {
        let mut receipts = region.receipts.iter();
        theatre(&delivery.ward)
            && delivery.until == BizStep::Accepting
            && receipts.any(|receipt| {
                let lot = receipt
                    .item
                    .lot
                    .as_ref()
                    .map(sparhund_shared::identity::Lot::as_str);
                lot == Some(delivery.lot.as_str()) && received(receipt, ArticleTrait::ImplantCard)
            })
    });
    assert_eq!(implants.count(), 2);
    let mut receipts = region.receipts.iter();
    assert!(receipts.any(|receipt| receipt.item.serial.is_some() && received(receipt, ArticleTrait::Aid)));
    let keys: Vec<_> = region
        .rules
        .iter()
        .filter_map(|rule| match rule {
            Rule::PatientKey { key, from } => Some((key.parse::<SealKey>().unwrap(), *from)),
            _ => None,
        })
        .collect();
    assert!(keys.len() == 1 && keys[0].1 < NOW, "{keys:?}");
}

#[test]
fn every_role_has_somebody_and_it_is_the_same_region_each_time() {
    for role in Role::ALL {
        assert!(
            people().iter().any(|person| person.user.roles.contains(&role)),
            "{role:?}"
        );
    }
    let quality = people()
        .iter()
        .filter(|person| person.user.roles.contains(&Role::Quality))
        .count();
    assert_eq!(quality, 2, "nobody lifts a hold they set");
    assert_eq!(people(), people());
    assert_eq!(region().articles, region().articles);
    assert_eq!(region().receipts, region().receipts);
    assert_eq!(region().hold, region().hold);
}

#[test]
fn its_rules_name_what_is_there_and_show_every_kind_of_article() {
    let region = region();
    let place = |code: &PlaceCode| region.places.iter().find(|place| place.code == *code).unwrap();
    let article = |no: &ArticleNo| region.articles.iter().find(|article| article.no == *no).unwrap();
    let mut seen = BTreeSet::new();
    for rule in &region.rules {
        assert!(seen.insert(rule.key()), "{} twice", rule.key());
        let Rule::Stock(stock) = rule else { continue };
        article(&stock.article);
        let site = place(&stock.place).kind == PlaceKind::Site;
        assert_eq!(site, stock.safety + stock.preparedness > 0, "{stock:?}");
        assert_eq!(site, stock.max == 0 && !stock.two_bin, "{stock:?}");
        if stock.two_bin {
            let ward = place(place(&stock.place).parent.as_ref().unwrap());
            assert_eq!(ward.kind, PlaceKind::Ward);
        }
    }
    let stock = |wanted: fn(&StockRule) -> bool| {
        let rules = region.rules.iter();
        rules
            .filter(|rule| matches!(rule, Rule::Stock(rule) if wanted(rule)))
            .count()
    };
    assert!(stock(|rule| rule.min > 0) > 3 && stock(|rule| rule.two_bin) == 4);
    assert!(stock(|rule| rule.safety > 0) > 3 && stock(|rule| rule.preparedness > 0) > 0);
    let count = |kind: PlaceKind| region.places.iter().filter(|place| place.kind == kind).count();
    assert_eq!((count(PlaceKind::Quarantine), count(PlaceKind::Vehicle)), (3, 1));
    let has = |wanted: fn(&Article) -> bool| region.articles.iter().any(wanted);
    assert!(has(|article| article.trace == TraceLevel::Serial
        && article.rules.class == Some(RiskClass::III)
        && article.rules.is(ArticleTrait::ImplantCard)));
    assert!(has(
        |article| article.trace == TraceLevel::Serial && article.rules.is(ArticleTrait::Aid)
    ));
    assert!(has(|article| article.rules.is(ArticleTrait::Imported)));
    assert!(has(|article| article.rules.storage == Some(StorageClass::Cold)));
    assert!(has(|article| article.rules.min_days_receipt.is_some()));
    for substitute in region
        .articles
        .iter()
        .flat_map(|article| &article.rules.substitutes)
    {
        article(substitute);
    }
    // Goods stand where their article may.
    for receipt in &region.receipts {
        let asked = &article(receipt.item.article.as_ref().unwrap()).rules;
        let zone = &place(place(&receipt.to).parent.as_ref().unwrap()).rules;
        assert_eq!(
            zone.storage.is_some() && asked.storage.is_some(),
            asked.storage.is_some(),
            "{receipt:?}"
        );
        assert!(zone.sterile || !asked.is(ArticleTrait::Sterile), "{receipt:?}");
    }
}

#[test]
fn two_deliveries_are_on_their_way_in_logistic_units() {
    let region = region();
    assert_eq!(region.announced.len(), 2);
    for delivery in &region.announced {
        for line in &delivery.lines {
            let article = region
                .articles
                .iter()
                .find(|article| Some(&article.no) == line.article.as_ref());
            let level = article.unwrap().units_of(line.di.as_ref().unwrap()).unwrap();
            assert!(
                line.units > 0 && line.units.is_multiple_of(level),
                "whole packages: {line:?}"
            );
            assert!(line.sscc.is_some() && line.lot.is_some());
            let known = region.receipts.iter().any(|receipt| receipt.item.lot == line.lot);
            assert!(!known, "it has not come: {line:?}");
        }
    }
    let serials = region.announced.iter().flat_map(|delivery| &delivery.lines);
    assert_eq!(serials.filter(|line| line.serial.is_some()).count(), 3);
}
