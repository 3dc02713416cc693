//! Holds do not wait for the end of a long round, whatever it exchanges.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use sparhund_server::island::{
    CentralEnd, CentralError, Greeted, Greeting, HeadsOfLog, MAX_RECORDS, MAX_ROWS, Neighbour,
    exchange_within,
};
use sparhund_server::store::{LogIntro, LogKind, LogSum, Offered, SharedRow, Store};
use sparhund_shared::log::{Head, LogId};
use sparhund_shared::wire::{Receipt, Upload};

use crate::store_world::{BASE, T0, hold, user};
use crate::world::{World, shelf};

/// What goes page by page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Pages {
    RowsDown,
    RowsUp,
    RecordsDown,
    RecordsUp,
}

/// The central server, where somebody sets a hold when the first such page is on its way.
struct Busy<'a> {
    there: CentralEnd<'a>,
    store: &'a dyn Store,
    pages: Pages,
    /// Whether the hold had come to the site, at each of them.
    came: Mutex<Vec<bool>>,
}

impl Busy<'_> {
    async fn page(&self, page: Pages) -> Result<(), CentralError> {
        if page != self.pages {
            return Ok(());
        }
        let holds = self.store.holds().await?.len();
        self.came.lock().unwrap().push(holds == 1);
        if self.there.store.holds().await?.is_empty() {
            let event = hold(1, &[BASE], None);
            self.there.own_log.append(event, user(1), T0).await.unwrap();
        }
        Ok(())
    }

    async fn page_of(&self, log: LogId, page: Pages) -> Result<(), CentralError> {
        if self.there.store.log_kind(log).await? == Some(LogKind::Device) {
            self.page(page).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Neighbour for Busy<'_> {
    type Error = CentralError;

    fn refused(&self, error: &CentralError) -> bool {
        self.there.refused(error)
    }
    async fn greet(&self, greeting: &Greeting) -> Result<Greeted, CentralError> {
        self.there.greet(greeting).await
    }
    async fn logs(&self, after: Option<LogId>) -> Result<Vec<LogSum>, CentralError> {
        self.there.logs(after).await
    }
    async fn introduce(&self, logs: &[LogIntro]) -> Result<(), CentralError> {
        self.there.introduce(logs).await
    }
    async fn heads(&self, after: Head) -> Result<HeadsOfLog, CentralError> {
        self.there.heads(after).await
    }
    async fn lacking(&self, records: &[Head]) -> Result<Vec<Head>, CentralError> {
        self.there.lacking(records).await
    }
    async fn chain(&self, from: Head, until: Head) -> Result<Vec<Vec<u8>>, CentralError> {
        self.page_of(from.log, Pages::RecordsDown).await?;
        self.there.chain(from, until).await
    }
    async fn take(&self, upload: &Upload) -> Result<Receipt, CentralError> {
        self.page_of(upload.head.head.log, Pages::RecordsUp).await?;
        self.there.take(upload).await
    }
    async fn rows(&self, after: u64) -> Result<Vec<SharedRow>, CentralError> {
        self.page(Pages::RowsDown).await?;
        self.there.rows(after).await
    }
    async fn offer(&self, rows: &[SharedRow]) -> Result<Vec<Offered>, CentralError> {
        self.page(Pages::RowsUp).await?;
        self.there.offer(rows).await
    }
}

/// Exchanges once, and tells at which of these pages the hold was at the site.
async fn came(world: &World, pages: Pages) -> Vec<bool> {
    let [central, site, _] = &world.servers;
    let joined = central.site.clone();
    let busy = Busy {
        there: central.end(&joined, T0),
        store: site.store(),
        pages,
        came: Mutex::default(),
    };
    let own = site.own_log.as_ref().unwrap();
    let done = exchange_within(site.store(), own, &busy, T0, None, Duration::ZERO)
        .await
        .unwrap();
    assert!(done.left_out.is_empty(), "{:?}", done.left_out);
    busy.came.into_inner().unwrap()
}

#[tokio::test]
async fn a_hold_comes_between_the_logs_of_two_devices() {
    let mut world = World::new().await;
    world.book(0, 3).await;
    world.book(2, 3).await;
    world.exchange(2, None).await;
    assert_eq!(came(&world, Pages::RecordsDown).await, [false, true]);
}

#[tokio::test]
async fn a_hold_comes_between_two_pages_of_one_log() {
    for (from, pages) in [(0, Pages::RecordsDown), (1, Pages::RecordsUp)] {
        let mut world = World::new().await;
        for _ in 0..MAX_RECORDS.div_ceil(250) {
            world.book(from, 251).await;
        }
        assert_eq!(came(&world, pages).await, [false, true], "{pages:?}");
    }
}

#[tokio::test]
async fn a_hold_comes_between_two_pages_of_rows() {
    for (from, pages) in [(0, Pages::RowsDown), (1, Pages::RowsUp)] {
        let world = World::new().await;
        let places = (0..=u8::try_from(MAX_ROWS).unwrap()).map(|number| shelf(number, "Hylla"));
        world.servers[from]
            .store()
            .put_places(places.collect())
            .await
            .unwrap();
        assert_eq!(came(&world, pages).await[..2], [false, true], "{pages:?}");
    }
}
