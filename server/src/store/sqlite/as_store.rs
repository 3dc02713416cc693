//! The store as the rest of the server knows it: what asks goes to the readers, what changes to the writer.

use std::sync::{Arc, PoisonError};

use async_trait::async_trait;
use sparhund_shared::event::{ArticleNo, Hold, OrderNo, UnitKey};
use sparhund_shared::identity::{CompanyPrefix, Lot, PlaceCode, UdiDi};
use sparhund_shared::log::{DeviceId, EventId, Hash, Head, LogId, PublicKey, Seen, SignedHead, UserId};
use sparhund_shared::reference::{AnnouncedDelivery, Article, Order, Place, Rule, User};
use sparhund_shared::wire::{FeedPage, Topic};

use super::entry::{Prepared, Sender};
use super::{SqliteStore, read};
use crate::ops::now_ms;
use crate::store::{
    Account, AccountChange, Appended, ArticleQuery, AuditQuery, AuditRow, Batch, DeviationRow, Device,
    EnrolmentCode, LastBackup, LogKind, LogState, NewDevice, NewRead, NewSeries, OrderQuery,
    QuarantineDecided, QuarantineDecision, QuarantinePage, Quarantined, Rebuilt, Result, SealRow, SessionId,
    StockLine, StockQuery, Store, StoreError, StoredRecord, Taken, TokenRow, Trace, TraceQuery,
    VerifiedBackup,
};

/// Batches with more records are not made ready on a thread that serves requests.
const INLINE: usize = 200;

/// A big batch is made ready where work may take long.
async fn prepared(batch: Batch, sender: Sender) -> Result<Arc<Prepared>> {
    if batch.records.len() <= INLINE {
        return Ok(Arc::new(Prepared::of(batch, sender)));
    }
    tokio::task::spawn_blocking(move || Arc::new(Prepared::of(batch, sender)))
        .await
        .map_err(|error| StoreError::Engine(error.to_string()))
}

impl SqliteStore {
    /// Works orders out anew when something they are made of changed since: whoever asks sees what was stored before.
    async fn refresh_orders(&self) -> Result<()> {
        match self.refresh_orders_now().await {
            // An order as it was is better than none.
            Err(StoreError::DiskFull | StoreError::NotWritable(_) | StoreError::Corrupt(_)) => Ok(()),
            other => other,
        }
    }

    /// The same for the stock of places.
    async fn refresh_stock(&self) -> Result<()> {
        match self.refresh_stock_now().await {
            Err(StoreError::DiskFull | StoreError::NotWritable(_) | StoreError::Corrupt(_)) => Ok(()),
            other => other,
        }
    }

    async fn refresh_stock_now(&self) -> Result<()> {
        let now = now_ms();
        while self.readers.read(read::stock_stale).await? {
            let more = self
                .writer
                .change(move |ledger| ledger.refresh_stock(now))
                .await?;
            if !more {
                break;
            }
        }
        Ok(())
    }

    /// Takes deliveries away that were long expected, once a day.
    async fn refresh_deliveries(&self) -> Result<()> {
        let now = now_ms();
        if !self
            .readers
            .read(move |conn| read::deliveries_stale(conn, now))
            .await?
        {
            return Ok(());
        }
        let done = self.writer.change(move |ledger| ledger.drop_old_deliveries(now));
        match done.await {
            Err(StoreError::DiskFull | StoreError::NotWritable(_) | StoreError::Corrupt(_)) => Ok(()),
            other => other,
        }
    }

    async fn refresh_orders_now(&self) -> Result<()> {
        let now = now_ms();
        while self
            .readers
            .read(move |conn| read::orders_stale(conn, now))
            .await?
        {
            let more = self
                .writer
                .change(move |ledger| ledger.refresh_orders(now))
                .await?;
            if !more {
                break;
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn append(&self, batch: Batch) -> Result<Appended> {
        let ready = prepared(batch, Sender::Bringer).await?;
        self.writer.append(ready).await
    }

    async fn take(&self, batch: Batch) -> Result<Taken> {
        let ready = prepared(batch, Sender::Teller).await?;
        match self.writer.append(Arc::clone(&ready)).await {
            // For good: a device that was silenced stays so.
            Err(StoreError::Silenced) => {
                let aside = self.writer.change(move |ledger| ledger.put_aside(&ready));
                aside.await.map(Taken::Aside)
            }
            answer => answer.map(Taken::In),
        }
    }

    async fn heads(&self, logs: &[LogId]) -> Result<Vec<Head>> {
        let logs = logs.to_vec();
        self.readers.read(move |conn| read::heads(conn, &logs)).await
    }

    async fn logs(&self) -> Result<Vec<LogState>> {
        self.readers.read(read::logs).await
    }

    async fn log_page(&self, log: LogId, from: u64, max: usize) -> Result<Vec<StoredRecord>> {
        self.readers
            .read(move |conn| read::log_page(conn, log, from, max))
            .await
    }

    async fn signed_heads(&self, log: LogId) -> Result<Vec<SignedHead>> {
        self.readers.read(move |conn| read::signed_heads(conn, log)).await
    }

    async fn keep_seen(&self, seen: Vec<Seen>, now: i64) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.keep_seen(&seen, now))
            .await
    }

    async fn seen(&self, log: LogId) -> Result<Vec<Seen>> {
        self.readers.read(move |conn| read::seen(conn, log)).await
    }

    async fn last_seen(&self, log: LogId, by: LogId) -> Result<Option<Seen>> {
        self.readers
            .read(move |conn| read::last_seen(conn, log, by))
            .await
    }

    async fn open_log(&self, log: LogId, key: PublicKey, name: &str) -> Result<()> {
        let name = name.to_owned();
        self.writer
            .change(move |ledger| ledger.open_log(log, key, &name, LogKind::Server).map(drop))
            .await
    }

    async fn log_key(&self, log: LogId) -> Result<Option<PublicKey>> {
        let known = self
            .keys
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&log)
            .copied();
        if known.is_some() {
            return Ok(known);
        }
        let key = self.readers.read(move |conn| read::log_key(conn, log)).await?;
        if let Some(key) = key {
            self.keys
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(log, key);
        }
        Ok(key)
    }

    async fn stock(&self, query: &StockQuery) -> Result<Vec<StockLine>> {
        let query = query.clone();
        self.readers.read(move |conn| read::stock(conn, &query)).await
    }

    async fn stock_of(&self, products: &[UdiDi], lot: Option<&Lot>) -> Result<Vec<StockLine>> {
        let (products, lot) = (products.to_vec(), lot.cloned());
        self.readers
            .read(move |conn| read::stock_of(conn, &products, lot.as_ref()))
            .await
    }

    async fn booked_as(&self, products: &[UdiDi], texts: &[String], max: usize) -> Result<Vec<UnitKey>> {
        let (products, texts) = (products.to_vec(), texts.to_vec());
        self.readers
            .read(move |conn| read::booked_as(conn, &products, &texts, max))
            .await
    }

    async fn trace(&self, query: &TraceQuery) -> Result<Trace> {
        let query = query.clone();
        self.readers.read(move |conn| read::trace(conn, &query)).await
    }

    async fn unread_scan(&self, raw: Hash) -> Result<Option<Vec<u8>>> {
        self.readers.read(move |conn| read::unread_scan(conn, raw)).await
    }

    async fn goods_of_event(&self, event: EventId) -> Result<Option<UnitKey>> {
        self.readers
            .read(move |conn| read::goods_of_event(conn, event))
            .await
    }

    async fn patient_seals(&self, after: u64, max: usize) -> Result<Vec<SealRow>> {
        self.readers
            .read(move |conn| read::patient_seals(conn, after, max))
            .await
    }

    async fn keep_patient_tokens(&self, tokens: Vec<TokenRow>) -> Result<u64> {
        self.writer
            .change(move |ledger| ledger.keep_patient_tokens(&tokens))
            .await
    }

    async fn deviations(&self, max: usize) -> Result<Vec<DeviationRow>> {
        self.readers.read(move |conn| read::deviations(conn, max)).await
    }

    async fn holds(&self) -> Result<Vec<Hold>> {
        self.readers.read(read::holds).await
    }

    async fn rebuild(&self) -> Result<Rebuilt> {
        self.writer.change(|ledger| ledger.rebuild(now_ms())).await
    }

    async fn feed(&self, topic: Topic, after: u64, limit: usize) -> Result<FeedPage> {
        match topic {
            Topic::Orders => self.refresh_orders().await?,
            Topic::Stock => self.refresh_stock().await?,
            Topic::Deliveries => self.refresh_deliveries().await?,
            _ => {}
        }
        self.readers
            .read(move |conn| read::feed(conn, topic, after, limit))
            .await
    }

    async fn put_articles(&self, articles: Vec<Article>) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.put_articles(&articles, now_ms()))
            .await
    }

    async fn article(&self, no: &ArticleNo) -> Result<Option<Article>> {
        let no = no.clone();
        self.readers.read(move |conn| read::article(conn, &no)).await
    }

    async fn article_by_di(&self, di: &UdiDi) -> Result<Option<Article>> {
        let di = di.clone();
        self.readers
            .read(move |conn| read::article_by_di(conn, &di))
            .await
    }

    async fn articles(&self, query: &ArticleQuery) -> Result<Vec<Article>> {
        let query = query.clone();
        self.readers.read(move |conn| read::articles(conn, &query)).await
    }

    async fn put_places(&self, places: Vec<Place>) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.put_places(&places, now_ms()))
            .await
    }

    async fn places(&self) -> Result<Vec<Place>> {
        self.readers.read(read::places).await
    }

    async fn place(&self, code: &PlaceCode) -> Result<Option<Place>> {
        let code = code.clone();
        self.readers.read(move |conn| read::place(conn, &code)).await
    }

    async fn put_rules(&self, rules: Vec<Rule>) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.put_rules(&rules, now_ms()))
            .await
    }

    async fn remove_rule(&self, key: &str) -> Result<bool> {
        let key = key.to_owned();
        self.writer
            .change(move |ledger| ledger.remove_rule(&key, now_ms()))
            .await
    }

    async fn rules(&self) -> Result<Vec<Rule>> {
        self.readers.read(read::rules).await
    }

    async fn put_deliveries(&self, deliveries: Vec<AnnouncedDelivery>) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.put_deliveries(&deliveries, now_ms()))
            .await
    }

    async fn remove_delivery(&self, key: &str) -> Result<bool> {
        let key = key.to_owned();
        self.writer
            .change(move |ledger| ledger.remove_delivery(&key, now_ms()))
            .await
    }

    async fn deliveries(&self) -> Result<Vec<AnnouncedDelivery>> {
        self.refresh_deliveries().await?;
        self.readers.read(read::deliveries).await
    }

    async fn add_order(&self, order: Order) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.add_order(order, now_ms()))
            .await
    }

    async fn orders(&self, query: &OrderQuery) -> Result<Vec<Order>> {
        self.refresh_orders().await?;
        let query = query.clone();
        self.readers.read(move |conn| read::orders(conn, &query)).await
    }

    async fn order(&self, no: &OrderNo) -> Result<Option<Order>> {
        self.refresh_orders().await?;
        let no = no.clone();
        self.readers
            .read(move |conn| read::order(conn, &no, now_ms()))
            .await
    }

    async fn put_account(&self, account: Account) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.put_account(&account))
            .await
    }

    async fn change_account(&self, id: UserId, change: AccountChange) -> Result<Option<Account>> {
        self.writer
            .change(move |ledger| ledger.change_account(id, change))
            .await
    }

    async fn account(&self, login: &str) -> Result<Option<Account>> {
        let login = login.to_owned();
        self.readers.read(move |conn| read::account(conn, &login)).await
    }

    async fn account_by_id(&self, id: UserId) -> Result<Option<Account>> {
        self.readers.read(move |conn| read::account_by_id(conn, id)).await
    }

    async fn account_in_session(
        &self,
        id: UserId,
        session: SessionId,
        since: i64,
    ) -> Result<Option<Account>> {
        self.readers
            .read(move |conn| read::account_in_session(conn, id, session, since))
            .await
    }

    async fn users(&self) -> Result<Vec<User>> {
        self.readers.read(read::users).await
    }

    async fn keep_refresh(&self, hash: [u8; 32], user: UserId, expires_at: i64) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.keep_refresh(hash, user, expires_at))
            .await
    }

    async fn take_refresh(&self, hash: [u8; 32], now: i64) -> Result<Option<UserId>> {
        self.writer
            .change(move |ledger| ledger.take_refresh(hash, now))
            .await
    }

    async fn end_session(&self, session: SessionId, until: i64, now: i64) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.end_session(session, until, now))
            .await
    }

    async fn end_sessions(&self) -> Result<()> {
        self.writer.change(|ledger| ledger.end_sessions()).await
    }

    async fn note_read(&self, read: NewRead) -> Result<()> {
        self.writer.change(move |ledger| ledger.note_read(&read)).await
    }

    async fn reads(&self, query: &AuditQuery) -> Result<Vec<AuditRow>> {
        let query = *query;
        self.readers.read(move |conn| read::reads(conn, &query)).await
    }

    async fn add_enrolment(&self, code: EnrolmentCode) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.add_enrolment(&code))
            .await
    }

    async fn enrol(&self, code_hash: [u8; 32], device: NewDevice, now: i64) -> Result<Option<Device>> {
        self.writer
            .change(move |ledger| ledger.enrol(code_hash, &device, now))
            .await
    }

    async fn replace_device(&self, old: DeviceId, new: NewDevice, now: i64) -> Result<Option<Device>> {
        self.writer
            .change(move |ledger| ledger.replace_device(old, &new, now))
            .await
    }

    async fn device(&self, id: DeviceId) -> Result<Option<Device>> {
        self.readers.read(move |conn| read::device(conn, id)).await
    }

    async fn devices(&self) -> Result<Vec<Device>> {
        self.readers.read(read::devices).await
    }

    async fn heartbeat(&self, device: DeviceId, now: i64, offset: i64, holds: u64) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.heartbeat(device, now, offset, holds))
            .await
    }

    async fn next_series(
        &self,
        log: LogId,
        prefix: CompanyPrefix,
        after: Option<u32>,
        now: i64,
    ) -> Result<NewSeries> {
        self.writer
            .change(move |ledger| ledger.next_series(log, &prefix, after, now))
            .await
    }

    async fn revoke_device(&self, device: DeviceId, now: i64) -> Result<DeviceId> {
        self.writer
            .change(move |ledger| ledger.revoke_device(device, now))
            .await
    }

    async fn quarantined(&self) -> Result<Vec<Quarantined>> {
        self.readers.read(read::quarantined).await
    }

    async fn quarantine_waits(&self) -> Result<u64> {
        self.aside.waits(&self.readers).await
    }

    async fn quarantine_page(&self, log: LogId, offset: usize, max: usize) -> Result<QuarantinePage> {
        self.readers
            .read(move |conn| read::quarantine_page(conn, log, offset, max))
            .await
    }

    async fn quarantine_decided(&self, log: LogId) -> Result<Vec<QuarantineDecided>> {
        self.readers
            .read(move |conn| read::quarantine_decided(conn, log))
            .await
    }

    async fn decide_quarantine(&self, log: LogId, decision: QuarantineDecision, now: i64) -> Result<u64> {
        self.writer
            .change(move |ledger| ledger.decide_quarantine(log, &decision, now))
            .await
    }

    async fn setting(&self, name: &str) -> Result<Option<String>> {
        let name = name.to_owned();
        self.readers.read(move |conn| read::setting(conn, &name)).await
    }

    async fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.writer
            .change(move |ledger| ledger.set_setting(&name, &value))
            .await
    }

    async fn note_backup(&self, backup: VerifiedBackup) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.note_backup(&backup))
            .await
    }

    async fn covered(&self, log: LogId) -> Result<u64> {
        self.readers.read(move |conn| read::covered(conn, log)).await
    }

    async fn last_backup(&self) -> Result<Option<LastBackup>> {
        self.readers.read(read::last_backup).await
    }

    fn waiting(&self) -> usize {
        self.writer.waiting()
    }

    async fn ready(&self) -> Result<()> {
        self.writer.change(|ledger| ledger.prove_writable(now_ms())).await
    }
}
