//! Which labels stand on the sheet: what the open orders need, what must be stopped, the places, packages.

use std::collections::BTreeSet;

use sparhund_shared::event::{Product, StockStatus};
use sparhund_shared::identity::{Gtin, LabelDate, PlaceCode, UdiDi};
use sparhund_shared::reference::{Article, Order, Packaging, PlaceKind, TraceLevel};

use super::names::Names;
use crate::console::context::Context;
use crate::console::failure::Failure;
use crate::console::format::day;
use crate::labels::{ElementString, place_label, sscc_label};
use crate::ops::now_ms;
use crate::store::{OrderQuery, StockLine, StockQuery};

/// Serials of one article on the sheet.
const SERIALS: usize = 3;
/// Rows of stock looked at for one article.
const ROWS: usize = 50;
/// Orders whose goods are on the sheet.
const ORDERS: usize = 3;

/// One label.
pub(super) struct Label {
    /// What it is.
    pub title: String,
    /// What the scanner is going to say, when it is not OK.
    pub note: Option<String>,
    /// A line below.
    pub detail: Option<String>,
    /// What the symbol carries.
    pub code: ElementString,
    /// Whether it is printed as GS1-128 too.
    pub linear: bool,
}

/// Labels under headings.
pub(super) async fn sheet(context: &Context) -> Result<Vec<(String, Vec<Label>)>, Failure> {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    let mut orders: Vec<Order> = store.orders(&OrderQuery::open()).await?;
    orders.sort_by(|a, b| a.no.cmp(&b.no));
    orders.truncate(ORDERS);
    let mut sections = Vec::new();
    let mut used = BTreeSet::new();
    for order in &orders {
        let mut labels = Vec::new();
        for line in &order.lines {
            let Some(article) = store.article(&line.article).await? else {
                continue;
            };
            let query = StockQuery {
                article: Some(article.no.clone()),
                limit: ROWS,
                ..StockQuery::default()
            };
            let stock = store.stock(&query).await?;
            labels.extend(goods(context, &names, order, &article, &stock, &mut used));
        }
        used.insert(order.to.clone());
        used.insert(order.dispatch.clone());
        let title = context.texts.with(
            "labels-of-order",
            &[("order", order.no.as_str()), ("ward", &names.place(&order.to))],
        );
        sections.push((title, labels));
    }
    if context.demo {
        sections.push((context.t("labels-unknown"), vec![unknown(context)?]));
        sections.push((context.t("labels-sscc"), packages(context)?));
    }
    let places = places(&names, &used);
    if !places.is_empty() {
        sections.push((context.t("labels-places"), places));
    }
    sections.retain(|(_, labels)| !labels.is_empty());
    Ok(sections)
}

/// Each lot and a few serials of an article, one package of its highest level, and what is on its way to the ward: it
/// is scanned there once more.
fn goods(
    context: &Context,
    names: &Names,
    order: &Order,
    article: &Article,
    stock: &[StockLine],
    used: &mut BTreeSet<PlaceCode>,
) -> Vec<Label> {
    let today = day(now_ms());
    let Some(base) = article.base().and_then(UdiDi::as_gtin) else {
        return Vec::new();
    };
    let on_shelf: Vec<&StockLine> = stock
        .iter()
        .filter(|line| line.units > 0 && line.status == StockStatus::Available)
        .filter(|line| names.kind(&line.place) == Some(PlaceKind::Bin))
        .filter(|line| matches!(&line.unit.product, Product::Di(_)))
        .collect();
    let most = if article.trace == TraceLevel::Serial {
        SERIALS
    } else {
        on_shelf.len()
    };
    let moving = stock
        .iter()
        .filter(|line| line.units > 0)
        .filter(|line| matches!(line.status, StockStatus::Picked | StockStatus::InTransit))
        .filter(|line| line.place == order.dispatch || line.place == order.to);
    let mut labels = Vec::new();
    let mut shown = BTreeSet::new();
    for line in on_shelf.iter().copied().take(most).chain(moving) {
        if !shown.insert(&line.unit) {
            continue;
        }
        used.insert(line.place.clone());
        let expired = line.expiry.is_some_and(|expiry| today > expiry.last_usable_day());
        let note = if line.held {
            Some(context.t("label-held"))
        } else if expired {
            Some(context.t("label-expired"))
        } else {
            None
        };
        labels.push(Label {
            title: article.name.clone(),
            note,
            detail: Some(context.texts.with(
                "label-stands",
                &[
                    ("place", &names.place(&line.place)),
                    ("units", &context.number(line.units)),
                ],
            )),
            code: unit(base, line),
            linear: false,
        });
    }
    // A package is picked like its pieces: the lot that expires first and may go out.
    let first = on_shelf
        .iter()
        .filter(|line| !line.held && line.expiry.is_none_or(|expiry| today <= expiry.last_usable_day()))
        .min_by_key(|line| (line.expiry.is_none(), line.expiry.map(LabelDate::last_usable_day)));
    if let Some(line) = first
        && let Some(level) = largest(article, line.units)
        && let Some(gtin) = level.di.as_gtin()
    {
        labels.push(Label {
            title: article.name.clone(),
            note: None,
            detail: Some(
                context
                    .texts
                    .with("label-case", &[("units", &context.number(level.units))]),
            ),
            code: unit(gtin, line),
            linear: false,
        });
    }
    labels
}

/// The largest package that so many base units fill.
fn largest(article: &Article, units: i64) -> Option<&Packaging> {
    let mut higher = article.packagings.iter().skip(1);
    higher.rfind(|level| i64::from(level.units) <= units)
}

fn unit(gtin: Gtin, line: &StockLine) -> ElementString {
    ElementString::default()
        .with("01", &gtin)
        .with_optional(
            "17",
            line.expiry
                .map(sparhund_shared::identity::LabelDate::gs1_digits)
                .as_ref(),
        )
        .with_optional("10", line.unit.lot.as_ref())
        .with_optional("21", line.unit.serial.as_ref())
}

/// A product no catalogue has: it can be received and is flagged.
fn unknown(context: &Context) -> Result<Label, Failure> {
    let gtin = crate::demo::unknown_gtin().map_err(internal)?;
    Ok(Label {
        title: context.t("unknown-article"),
        note: Some(context.t("label-unknown")),
        detail: None,
        code: ElementString::default()
            .with("01", &gtin)
            .with("17", "301231")
            .with("10", "X-1"),
        linear: false,
    })
}

fn packages(context: &Context) -> Result<Vec<Label>, Failure> {
    let ssccs = crate::demo::ssccs().map_err(internal)?;
    let label = |sscc| Label {
        title: "SSCC".to_owned(),
        note: None,
        detail: Some(context.t("label-sscc")),
        code: sscc_label(sscc),
        linear: true,
    };
    Ok(ssccs.into_iter().map(label).collect())
}

#[allow(clippy::needless_pass_by_value)] // the shape `map_err` calls
fn internal(error: crate::demo::DemoError) -> Failure {
    Failure::said(crate::http::Code::Internal, error.to_string())
}

/// Wards first, then dispatch, then bins in the order of their codes.
fn places(names: &Names, used: &BTreeSet<PlaceCode>) -> Vec<Label> {
    let mut places: Vec<_> = [PlaceKind::Ward, PlaceKind::Dispatch]
        .iter()
        .flat_map(|kind| names.of_kind(*kind))
        .collect();
    let bins = names.of_kind(PlaceKind::Bin);
    places.extend(bins.into_iter().filter(|bin| used.contains(&bin.code)));
    places
        .into_iter()
        .map(|place| Label {
            title: place.name.clone(),
            note: None,
            detail: Some(place.entity.name.clone()),
            code: place_label(&place.code),
            linear: false,
        })
        .collect()
}
