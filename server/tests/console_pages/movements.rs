//! Movements of goods, booked as by a picker.

use sparhund_server::ops::now_ms;
use sparhund_shared::event::{BizStep, Capture, Event, Identified, Item, Movement, Quantity};
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Article, Place};

use crate::browser::Served;

/// One unit of an article, without lot or serial.
pub fn goods(article: &Article) -> Identified {
    let base = article.base().unwrap().clone();
    Identified {
        di: base.clone(),
        base,
        article: Some(article.no.clone()),
        lot: None,
        serial: None,
        expiry: None,
        made: None,
    }
}

/// One unit on its way.
pub fn moving(step: BizStep, goods: Identified, from: Option<&PlaceCode>, to: &PlaceCode) -> Movement {
    Movement {
        step,
        item: Item::Identified(goods),
        quantity: Quantity::ONE,
        from: from.cloned(),
        to: to.clone(),
        supplier: None,
        order: None,
        sscc: None,
        capture: Capture::confirmed(0, 0),
        circumstances: None,
    }
}

impl Served {
    /// An article of the demo.
    pub async fn article(&self, no: &str) -> Article {
        let found = self.state.store.article(&no.parse().unwrap()).await;
        found.unwrap().unwrap()
    }

    /// A place of the demo by its name.
    pub async fn place(&self, name: &str) -> Place {
        let mut places = self.state.store.places().await.unwrap().into_iter();
        places.find(|place| place.name == name).unwrap()
    }

    /// Books a movement by the demo's picker.
    pub async fn book(&self, movement: Movement) {
        let account = self.state.store.account("plockare").await.unwrap().unwrap();
        let log = &self.state.own_log;
        log.append(Event::Move(movement), account.user.id, now_ms())
            .await
            .unwrap();
    }
}
