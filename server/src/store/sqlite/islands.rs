//! What servers exchange, by SQLite.

use async_trait::async_trait;
use sparhund_shared::log::{Hash, Head, Incarnation, LogId, SignedHead};
use uuid::Uuid;

use super::{SqliteStore, read};
use crate::store::{
    CentralCursor, Conflict, ConflictsAbout, Islands, JoinedSite, LogIntro, LogKind, LogSum, NewSite,
    Offered, Resolution, Result, RowKind, SharedRow, SiteHeard, Take, TakenRow,
};

#[async_trait]
impl Islands for SqliteStore {
    async fn log_sums(&self, after: Option<LogId>, max: usize) -> Result<Vec<LogSum>> {
        self.readers
            .read(move |conn| read::log_sums(conn, after, max))
            .await
    }

    async fn introduce(&self, logs: Vec<LogIntro>) -> Result<()> {
        self.writer.change(move |ledger| ledger.introduce(&logs)).await
    }

    async fn log_kind(&self, log: LogId) -> Result<Option<LogKind>> {
        self.readers.read(move |conn| read::log_kind(conn, log)).await
    }

    async fn wanted(&self, log: LogId, max: usize) -> Result<Vec<Head>> {
        self.readers.read(move |conn| read::wanted(conn, log, max)).await
    }

    async fn lacking(&self, records: Vec<Head>) -> Result<Vec<Head>> {
        self.readers.read(move |conn| read::lacking(conn, &records)).await
    }

    async fn signed_heads_after(&self, after: Head, max: usize) -> Result<Vec<SignedHead>> {
        self.readers
            .read(move |conn| read::signed_heads_after(conn, after, max))
            .await
    }

    async fn chain(&self, from: Head, until: Head, max: usize) -> Result<Vec<Vec<u8>>> {
        self.readers
            .read(move |conn| read::chain(conn, from, until, max))
            .await
    }

    async fn know_covered(&self, covered: Vec<Head>) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.know_covered(&covered))
            .await
    }

    async fn rows_after(&self, rev: u64, max: usize) -> Result<Vec<SharedRow>> {
        self.readers
            .read(move |conn| read::rows_after(conn, rev, max))
            .await
    }

    async fn rows_to_offer(&self, rev: u64, max: usize) -> Result<Vec<SharedRow>> {
        self.readers
            .read(move |conn| read::rows_to_offer(conn, rev, max))
            .await
    }

    async fn rows_sum(&self) -> Result<(u64, i64)> {
        self.readers.read(read::rows_sum).await
    }

    async fn offer_row(&self, row: SharedRow, from: &str, now: i64) -> Result<Offered> {
        let from = from.to_owned();
        self.writer
            .change(move |ledger| ledger.offer_row(&row, &from, now))
            .await
    }

    async fn take_row(&self, row: SharedRow, how: Take, now: i64) -> Result<TakenRow> {
        self.writer
            .change(move |ledger| ledger.take_row(&row, how, now))
            .await
    }

    async fn agree_row(&self, kind: RowKind, key: &str, version: Hash) -> Result<()> {
        let key = key.to_owned();
        self.writer
            .change(move |ledger| ledger.agree_row(kind, &key, version))
            .await
    }

    async fn central_cursor(&self, incarnation: Incarnation) -> Result<CentralCursor> {
        self.writer
            .change(move |ledger| ledger.central_cursor(incarnation))
            .await
    }

    async fn keep_central_cursor(&self, cursor: CentralCursor) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.keep_central_cursor(cursor))
            .await
    }

    async fn conflicts(&self, about: ConflictsAbout, max: usize) -> Result<Vec<Conflict>> {
        self.readers
            .read(move |conn| read::conflicts(conn, about, max))
            .await
    }

    async fn conflict(&self, id: &str) -> Result<Option<Conflict>> {
        let id = id.to_owned();
        self.readers.read(move |conn| read::conflict(conn, &id)).await
    }

    async fn open_conflicts(&self, about: ConflictsAbout) -> Result<u64> {
        self.readers
            .read(move |conn| read::open_conflicts(conn, about))
            .await
    }

    async fn resolve_conflict(&self, id: &str, choice: Resolution, shown: Hash) -> Result<Option<Conflict>> {
        let id = id.to_owned();
        self.writer
            .change(move |ledger| ledger.resolve_conflict(&id, &choice, shown))
            .await
    }

    async fn add_site(&self, site: NewSite) -> Result<()> {
        self.writer.change(move |ledger| ledger.add_site(&site)).await
    }

    async fn join_site(&self, code: [u8; 32], log: LogIntro, now: i64) -> Result<Option<JoinedSite>> {
        self.writer
            .change(move |ledger| ledger.join_site(code, &log, now))
            .await
    }

    async fn site(&self, id: Uuid) -> Result<Option<JoinedSite>> {
        self.readers.read(move |conn| read::site(conn, id)).await
    }

    async fn sites(&self) -> Result<Vec<JoinedSite>> {
        self.readers.read(read::sites).await
    }

    async fn hear_site(&self, id: Uuid, heard: SiteHeard) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.hear_site(id, &heard))
            .await
    }

    async fn revoke_site(&self, id: Uuid, now: i64) -> Result<()> {
        self.writer
            .change(move |ledger| ledger.revoke_site(id, now))
            .await
    }
}
