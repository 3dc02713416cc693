//! What a hold catches: said before it is set, and in the list of those in force.

use std::collections::BTreeSet;

use maud::{Markup, html};
use sparhund_shared::event::{Hold, HoldMatch, Product, UnitKey};
use sparhund_shared::identity::{Lot, PlaceCode, Serial};

use crate::console::context::Context;
use crate::console::failure::Failure;
use crate::console::fields::Fields;
use crate::console::layout;
use crate::console::trace::look_alikes;
use crate::store::{Result, StockLine, Store};

/// Name of the field that says its sender has seen what the hold catches.
pub(super) const SURE: &str = "sure";

/// Goods of a like name that are offered.
const MOST_ALIKE: usize = 10;

/// Goods in the books that a hold meets.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Reach {
    /// Base units that bear what the hold names.
    units: i64,
    /// Where they stand.
    places: BTreeSet<PlaceCode>,
    /// Base units booked without the lot or serial that the hold names: they are stopped too, as they may be some.
    unnamed: i64,
}

impl Reach {
    /// Looks the goods up.
    pub(super) async fn of(store: &dyn Store, hold: &Hold) -> Result<Self> {
        Ok(Self::among(
            hold,
            &store.stock_of(&hold.dis, hold.lot.as_ref()).await?,
        ))
    }

    /// Whether it stops nothing that is here now.
    fn is_empty(&self) -> bool {
        self.units == 0 && self.unnamed == 0
    }

    fn among(hold: &Hold, lines: &[StockLine]) -> Self {
        let mut reach = Self::default();
        // What the books owe is nowhere to be stopped.
        for line in lines.iter().filter(|line| line.units > 0) {
            match hold.meets_unit(&line.unit) {
                Some(HoldMatch::Exact | HoldMatch::CaseOnly) => {
                    reach.units += line.units;
                    reach.places.insert(line.place.clone());
                }
                Some(HoldMatch::Possible) => reach.unnamed += line.units,
                None => {}
            }
        }
        reach
    }
}

/// The count in the list.
pub(super) fn caught(context: &Context, reach: &Reach) -> Markup {
    html! {
        @if reach.units > 0 { (counted(context, reach)) br; }
        @if reach.unnamed > 0 { (unnamed(context, reach)) }
        @if reach.is_empty() { strong.flag { (context.t("catches-none")) } }
    }
}

fn counted(context: &Context, reach: &Reach) -> String {
    let key = match reach.places.len() {
        1 => "catches-one-place",
        _ => "catches",
    };
    context.texts.counted(
        key,
        reach.units,
        &[
            ("shown", context.number(reach.units).as_str()),
            ("places", &context.number(reach.places.len())),
        ],
    )
}

fn unnamed(context: &Context, reach: &Reach) -> String {
    let shown = context.number(reach.unnamed);
    context
        .texts
        .counted("catches-unnamed", reach.unnamed, &[("shown", &shown)])
}

/// What the hold would catch, what else may have been meant, and the button that sets it.
pub(super) async fn draw(
    context: &Context,
    planned: &Hold,
    fields: &Fields,
) -> std::result::Result<Markup, Failure> {
    let store = context.state.store.as_ref();
    let reach = Reach::of(store, planned).await?;
    let nothing = reach.is_empty();
    let alike = if reach.units == 0 {
        alike(store, planned).await?
    } else {
        Vec::new()
    };
    let named = fields.text_or_empty("product");
    let article = match planned.dis.first() {
        Some(di) => store.article_by_di(di).await?,
        None => None,
    };
    Ok(html! {
        section.notice.stop[nothing] role="alert" {
            h2 { (context.t("hold-check")) }
            p {
                @if let Some(article) = &article { (article.name) ", " span.code { (article.no) } }
                @else { span.code { (named) } ": " strong { (context.t("hold-unknown-article")) } }
                @if let Some(lot) = &planned.lot { ", " (context.t("lot")) " " span.code { (lot) } }
                @if let Some(serial) = &planned.serial { ", " (context.t("serial")) " " span.code { (serial) } }
            }
            @if nothing {
                p { strong { (context.t("hold-catches-nothing")) } }
            } @else if reach.units > 0 {
                p { (context.t("hold-catches")) " " strong { (counted(context, &reach)) } "." }
            }
            @if reach.unnamed > 0 { p { (unnamed(context, &reach)) } }
            @if !alike.is_empty() {
                p { (context.t("hold-alike")) }
                ul.plain { @for unit in &alike { li { (offer(context, unit, fields)) } } }
            }
            p { (context.t("reason")) ": " (planned.reason) }
            form method="post" action="/console/holds" {
                (layout::csrf(&context.visitor))
                (kept(fields.text_or_empty("product"), fields.text_or_empty("lot"), fields.text_or_empty("serial"), fields))
                input type="hidden" name=(SURE) value="1";
                button.quiet[nothing] type="submit" { (context.t(if nothing { "hold-anyway" } else { "set-hold" })) }
            }
        }
    })
}

/// The goods of a like name as a button: it leads to the same question about them.
fn offer(context: &Context, unit: &UnitKey, fields: &Fields) -> Markup {
    let lot = unit.lot.as_ref().map(Lot::as_str).unwrap_or_default();
    let serial = unit.serial.as_ref().map(Serial::as_str).unwrap_or_default();
    let product = unit.product.to_string();
    html! {
        form method="post" action="/console/holds" {
            (layout::csrf(&context.visitor))
            (kept(&product, lot, serial, fields))
            button.quiet type="submit" { span.code { (product) " " (lot) (serial) } }
        }
    }
}

fn kept(product: &str, lot: &str, serial: &str, fields: &Fields) -> Markup {
    let all = [
        ("product", product),
        ("lot", lot),
        ("serial", serial),
        ("reason", fields.text_or_empty("reason")),
    ];
    html! { @for (name, value) in all { input type="hidden" name=(name) value=(value); } }
}

/// Lots and serials of the product that look like what was written; else the same or a like one of any product.
async fn alike(store: &dyn Store, planned: &Hold) -> Result<Vec<UnitKey>> {
    let lot = planned.lot.as_ref().map(Lot::as_str);
    let written: Vec<&str> = lot
        .into_iter()
        .chain(planned.serial.as_ref().map(Serial::as_str))
        .collect();
    let mut texts: Vec<String> = written.iter().map(ToString::to_string).collect();
    texts.extend(written.iter().flat_map(|text| look_alikes(text)));
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store.booked_as(&planned.dis, &texts, MOST_ALIKE).await?;
    if found.iter().all(|unit| is_written(unit, planned)) {
        found = store.booked_as(&[], &texts, MOST_ALIKE).await?;
    }
    found.retain(|unit| !is_written(unit, planned));
    Ok(found)
}

/// Whether goods are what was written, or its whole lot. They were booked once and are not here now: to offer them would
/// ask the same again, or widen a hold on one serial to its lot.
fn is_written(unit: &UnitKey, planned: &Hold) -> bool {
    let of_product = matches!(&unit.product, Product::Di(di) if planned.dis.contains(di));
    of_product && unit.lot == planned.lot && (unit.serial.is_none() || unit.serial == planned.serial)
}

#[cfg(test)]
mod tests {
    use sparhund_shared::log::{HoldId, UserId, uuid_v7};

    use super::*;

    fn unit(product: &str, lot: &str, serial: Option<&str>) -> UnitKey {
        UnitKey {
            product: product.parse().unwrap(),
            lot: lot.parse().ok(),
            serial: serial.map(|serial| serial.parse().unwrap()),
        }
    }

    #[test]
    fn what_was_written_is_not_offered_again() {
        let product = "GS1:07350000000108";
        let of_serial = Hold {
            id: HoldId(uuid_v7(0, [1; 10])),
            dis: vec![product.parse().unwrap()],
            lot: "L1".parse().ok(),
            serial: "S1".parse().ok(),
            reason: "FSN 1".parse().unwrap(),
            set_at: 0,
            set_by: UserId(uuid_v7(0, [1; 10])),
            released_at: None,
            released_by: None,
            release_reason: None,
        };
        assert!(is_written(&unit(product, "L1", Some("S1")), &of_serial));
        assert!(
            is_written(&unit(product, "L1", None), &of_serial),
            "wider than asked"
        );
        assert!(!is_written(&unit(product, "L1", Some("S7")), &of_serial));
        assert!(!is_written(&unit(product, "LI", Some("S1")), &of_serial));
        assert!(!is_written(
            &unit("GS1:07350000000016", "L1", Some("S1")),
            &of_serial
        ));
    }
}
