//! Names for the codes on a page.

use std::collections::HashMap;

use maud::{Markup, html};
use sparhund_shared::event::UnitKey;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::{Place, PlaceKind};

use crate::console::format::link;
use crate::store::{Result, Store};

/// Places and people by their codes, as read for one page.
#[derive(Debug, Default)]
pub(super) struct Names {
    places: HashMap<PlaceCode, Place>,
    people: HashMap<UserId, String>,
}

impl Names {
    /// Reads them.
    pub(super) async fn read(store: &dyn Store) -> Result<Self> {
        Ok(Self {
            places: store
                .places()
                .await?
                .into_iter()
                .map(|place| (place.code.clone(), place))
                .collect(),
            people: store
                .users()
                .await?
                .into_iter()
                .map(|user| (user.id, user.name))
                .collect(),
        })
    }

    /// A place's name, or its code when nobody named it.
    pub(super) fn place(&self, code: &PlaceCode) -> String {
        self.places
            .get(code)
            .map_or_else(|| code.to_string(), |place| place.name.clone())
    }

    /// Name and code of a place.
    pub(super) fn place_cell(&self, code: &PlaceCode) -> Markup {
        let known = self.places.get(code);
        html! {
            a href=(link("/console/stock", &[("place", &code.to_string())])) {
                @if let Some(place) = known { (place.name) } @else { (code) }
            }
            @if known.is_some() { " " span.code.place-code { (code) } }
        }
    }

    /// What a place is for.
    pub(super) fn kind(&self, code: &PlaceCode) -> Option<PlaceKind> {
        self.places.get(code).map(|place| place.kind)
    }

    /// Every place of a kind, by name.
    pub(super) fn of_kind(&self, kind: PlaceKind) -> Vec<&Place> {
        let mut places: Vec<&Place> = self.places.values().filter(|place| place.kind == kind).collect();
        places.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.code.cmp(&b.code)));
        places
    }

    /// A place.
    pub(super) fn found(&self, code: &PlaceCode) -> Option<&Place> {
        self.places.get(code)
    }

    /// A person's name, or their id when the person is gone.
    pub(super) fn person(&self, id: UserId) -> String {
        self.people.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// Lot and serial of a unit, each leading to its trace where the visitor may trace.
pub(super) fn lot_and_serial(unit: &UnitKey, may_trace: bool) -> (Markup, Markup) {
    let product = unit.product.to_string();
    let value = |name: &str, value: Option<String>| {
        html! {
            @if let Some(value) = value {
                @if may_trace {
                    a.code href=(link("/console/trace", &[("product", &product), (name, &value)])) { (value) }
                } @else {
                    span.code { (value) }
                }
            } @else { "–" }
        }
    };
    (
        value("lot", unit.lot.as_ref().map(ToString::to_string)),
        value("serial", unit.serial.as_ref().map(ToString::to_string)),
    )
}
