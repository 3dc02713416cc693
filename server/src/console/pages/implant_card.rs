//! The card of one implant to print (MDR Article 18): what the records and the registers have. The patient is written by hand.

use maud::{Markup, html};
use sparhund_shared::event::{BizStep, Product};
use sparhund_shared::reference::{Place, PlaceKind};

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::{Fields, wrong_value};
use crate::console::format::{day, link};
use crate::console::layout;
use crate::http::{Code, asked_goods, note_read};
use crate::store::{ReadOf, TraceEvent, TraceQuery};

/// Longest way from a place up to its site.
const DEEPEST: usize = 8;

/// Whether an event has a card: an implant that was not taken back.
pub(super) fn has_one(event: &TraceEvent) -> bool {
    event.step == BizStep::Installing && !event.voided
}

/// Address of the card of an event.
pub(super) fn address(event: &TraceEvent) -> Option<String> {
    let Product::Di(di) = &event.unit.product else {
        return None;
    };
    let text = |value: Option<String>| value.unwrap_or_default();
    Some(link(
        "/console/implant-card",
        &[
            ("product", &di.to_string()),
            ("lot", &text(event.unit.lot.as_ref().map(ToString::to_string))),
            (
                "serial",
                &text(event.unit.serial.as_ref().map(ToString::to_string)),
            ),
            ("event", &event.event.to_string()),
        ],
    ))
}

/// The card.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer {
    let store = context.state.store.as_ref();
    let wrong = |name: &str| wrong_value(&context, name);
    let parsed = |name: &'static str| asked.text(name).ok_or_else(|| wrong(name));
    let query = TraceQuery {
        product: Some(Product::Di(
            parsed("product")?.parse().map_err(|_| wrong("product"))?,
        )),
        lot: asked
            .text("lot")
            .map(str::parse)
            .transpose()
            .map_err(|_| wrong("lot"))?,
        serial: asked
            .text("serial")
            .map(str::parse)
            .transpose()
            .map_err(|_| wrong("serial"))?,
    };
    let wanted = asked.text("event").ok_or_else(|| wrong("record"))?;
    let trace = store.trace(&query).await?;
    let found = trace
        .history
        .iter()
        .find(|event| event.event.to_string() == wanted);
    let Some(event) = found.filter(|event| has_one(event)) else {
        return Err(Failure::said(Code::NotFound, context.t("card-none")));
    };
    note_read(
        &context.state,
        context.user.id,
        ReadOf::Trace,
        &asked_goods(&query),
        None,
    )
    .await?;
    let places = store.places().await?;
    let title = context.t("card-title");
    Ok(layout::page(
        &context,
        &title,
        &card(&context, &trace.articles, event, &places),
    ))
}

fn card(
    context: &Context,
    articles: &[sparhund_shared::reference::Article],
    event: &TraceEvent,
    places: &[Place],
) -> Markup {
    let Product::Di(di) = &event.unit.product else {
        return html! {};
    };
    let article = articles.iter().find(|article| article.units_of(di).is_some());
    let rules = article.map(|article| article.rules.clone()).unwrap_or_default();
    let place = places.iter().find(|place| place.code == event.to);
    let hospital = place.map(|place| match site(places, place) {
        Some(site) => format!("{}, {}", site.name, place.entity.name),
        None => place.entity.name.clone(),
    });
    let lines = [
        ("card-name", article.map(|article| article.name.clone())),
        ("serial", event.unit.serial.as_ref().map(ToString::to_string)),
        ("lot", event.unit.lot.as_ref().map(ToString::to_string)),
        ("expiry", event.expiry.as_ref().map(ToString::to_string)),
        ("card-di", Some(di.to_string())),
        (
            "card-reference",
            article.and_then(|article| article.reference.clone()),
        ),
        (
            "card-maker",
            article.and_then(|article| article.manufacturer.clone()),
        ),
        ("card-maker-address", rules.maker_address),
        ("card-maker-site", rules.maker_site),
        ("card-day", Some(day(event.at).to_string())),
        ("card-place", place.map(|place| place.name.clone())),
        ("card-hospital", hospital),
        // The register of places has no postal addresses.
        ("card-hospital-address", None),
    ];
    html! {
        h1 { (context.t("card-title")) }
        p.no-print { (context.t("card-how")) }
        section.sheet {
            dl.facts {
                @for (key, value) in &lines {
                    dt { (context.t(key)) }
                    dd { @if let Some(value) = value { (value) } @else { em { (context.t("card-missing")) } } }
                }
                dt { (context.t("card-patient")) }
                dd { "______________________________" }
            }
        }
    }
}

/// The site that a place is part of.
fn site<'a>(places: &'a [Place], place: &'a Place) -> Option<&'a Place> {
    let mut at = place;
    for _ in 0..DEEPEST {
        if at.kind == PlaceKind::Site {
            return Some(at);
        }
        let parent = at.parent.as_ref()?;
        at = places.iter().find(|place| place.code == *parent)?;
    }
    None
}
