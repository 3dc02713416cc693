//! `/sites`: servers of sites join this one and exchange with it.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use minicbor::bytes::ByteVec;
use serde::{Deserialize, Serialize};
use sparhund_shared::log::{Hash, Head, LogId};
use sparhund_shared::wire::{Receipt, Upload};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::client::ClientIp;
use super::extract::{Body, Cbor, Path, Query};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code as ProblemCode;
use super::state::AppState;
use crate::auth::{Code, SignedSite, Subject};
use crate::island::{
    CentralEnd, CentralError, Greeted, Greeting, HeadsOfLog, InvitationError, Join, Joined, Neighbour as _,
    RelayError, RowOffers, invite,
};
use crate::ops::now_ms;
use crate::store::{JoinedSite, LogIntro, LogSum, Offered, SharedRow};

/// A site that shall join.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AddSite {
    /// Its name, 1 to 60 characters.
    pub name: String,
}

/// A code for one site. It is shown once; the server keeps only its hash.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteCode {
    /// The code, as people read and type it.
    #[schema(example = "K7MQ-2XRD-9F4T")]
    pub code: String,
    /// Until when it can be used, Unix milliseconds.
    pub expires_at: i64,
}

/// Makes a code for a site; the console calls it too.
pub async fn add(state: &AppState, name: &str) -> ApiResult<SiteCode> {
    let (site, code) = invite(name, now_ms()).map_err(|error| match error {
        InvitationError::Name => Problem::invalid(vec![FieldError::new("/name", error.to_string())]),
        InvitationError::Random(error) => error.into(),
    })?;
    let expires_at = site.code_until;
    state.store.add_site(site).await?;
    Ok(SiteCode {
        code: code.to_string(),
        expires_at,
    })
}

/// Shuts a site out; the console calls it too.
pub async fn shut_out(state: &AppState, id: Uuid) -> ApiResult<()> {
    if state.store.site(id).await?.is_none() {
        return Err(Problem::not_found("site with this id"));
    }
    state.store.revoke_site(id, now_ms()).await?;
    tracing::info!(site.id = %id, "site shut out");
    Ok(())
}

/// Lists the sites
#[utoipa::path(get, path = "/sites", tag = "sites",
    responses((status = OK, body = Vec<JoinedSite>, description = "Every site, those that were shut out included")))]
pub async fn list_sites(State(state): State<AppState>) -> ApiResult<Json<Vec<JoinedSite>>> {
    Ok(Json(state.store.sites().await?))
}

/// Makes a one-time code for the server of a site
#[utoipa::path(post, path = "/sites", tag = "sites", request_body = AddSite,
    responses((status = CREATED, body = SiteCode, description = "Shown once; good for a day")))]
pub async fn create_site(
    State(state): State<AppState>,
    Body(wanted): Body<AddSite>,
) -> ApiResult<(StatusCode, Json<SiteCode>)> {
    Ok((StatusCode::CREATED, Json(add(&state, &wanted.name).await?)))
}

/// Shuts a site out: its server may not exchange any more
#[utoipa::path(post, path = "/sites/{id}/revoke", tag = "sites", params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT, description = "Shut out; doing it again changes nothing")))]
pub async fn revoke_site(State(state): State<AppState>, Path(id): Path<Uuid>) -> ApiResult<StatusCode> {
    shut_out(&state, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets the server of a site in by its one-time code
///
/// The same code and log again, as in a retried request, answers the same site as long as the code is good.
#[utoipa::path(post, path = "/sites/join", tag = "sites", request_body = Join,
    responses((status = CREATED, body = Joined, description = "The site and its token")))]
pub async fn join_site(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    Body(join): Body<Join>,
) -> ApiResult<(StatusCode, Json<Joined>)> {
    let now = now_ms();
    state.throttle.attempt(Subject::Enrolment, address, now)?;
    let code: Code = join.code.parse().map_err(|error: crate::auth::CodeError| {
        Problem::invalid(vec![FieldError::new("/code", error.to_string())])
    })?;
    let site = state
        .store
        .join_site(code.hash(), join.log, now)
        .await?
        .ok_or_else(|| {
            Problem::new(
                ProblemCode::CodeUnusable,
                "the code is unknown, used or too old; ask an administrator of the central server for a new one",
            )
        })?;
    state.throttle.succeeded(Subject::Enrolment, address);
    tracing::info!(site.id = %site.id, "site joined");
    let joined = Joined {
        name: site.name,
        region: state.site.region.clone(),
        token: state.tokens.site(site.id, now)?,
    };
    Ok((StatusCode::CREATED, Json(joined)))
}

/// Tells what a site holds, and learns what is held here
#[utoipa::path(post, path = "/sites/greet", tag = "sites", request_body = Greeting,
    responses((status = OK, body = Greeted, description = "What is held here")))]
pub async fn greet_site(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Body(greeting): Body<Greeting>,
) -> ApiResult<Json<Greeted>> {
    Ok(Json(end(&state, &site).greet(&greeting).await?))
}

/// After which log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AfterLog {
    /// Last log of the page before; absent for the first page.
    after: Option<LogId>,
}

/// Lists every log with what is held of it
#[utoipa::path(get, path = "/sites/logs", tag = "sites", params(AfterLog),
    responses((status = OK, body = Vec<LogSum>, description = "At most 1000, by id")))]
pub async fn list_site_logs(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Query(query): Query<AfterLog>,
) -> ApiResult<Json<Vec<LogSum>>> {
    Ok(Json(end(&state, &site).logs(query.after).await?))
}

/// Makes logs known
#[utoipa::path(post, path = "/sites/logs", tag = "sites", request_body = Vec<LogIntro>,
    responses((status = OK, body = (), description = "Known; doing it again changes nothing")))]
pub async fn introduce_logs(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Body(logs): Body<Vec<LogIntro>>,
) -> ApiResult<Json<()>> {
    Ok(Json(end(&state, &site).introduce(&logs).await?))
}

/// Which log, and after which of its signed heads.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfLog {
    /// The log.
    log: LogId,
    /// Place of the last signed head of the page before; absent for the first page.
    seq: Option<u64>,
    /// Hash of that head.
    hash: Option<Hash>,
}

/// Gets what proves a log, and what is missing of it
#[utoipa::path(get, path = "/sites/heads", tag = "sites", params(OfLog),
    responses((status = OK, body = HeadsOfLog, description = "At most 1000 signed heads, by place; empty for a log that is not known")))]
pub async fn list_site_heads(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Query(query): Query<OfLog>,
) -> ApiResult<Json<HeadsOfLog>> {
    let after = Head {
        log: query.log,
        seq: query.seq.unwrap_or(0),
        hash: query.hash.unwrap_or(Hash::ZERO),
    };
    Ok(Json(end(&state, &site).heads(after).await?))
}

/// Tells which of these records are missing here
#[utoipa::path(post, path = "/sites/lacking", tag = "sites", request_body = Vec<Head>,
    responses((status = OK, body = Vec<Head>, description = "Those of at most 1000 that are not held")))]
pub async fn list_lacking(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Body(records): Body<Vec<Head>>,
) -> ApiResult<Json<Vec<Head>>> {
    Ok(Json(end(&state, &site).lacking(&records).await?))
}

/// Part of a chain.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChainQuery {
    /// The log.
    log: LogId,
    /// Place of its highest record that is wanted.
    seq: u64,
    /// Hash of that record.
    hash: Hash,
    /// Place of a record below which nothing is wanted.
    until_seq: u64,
    /// Hash of that record.
    until_hash: Hash,
}

/// Gets records of a chain from one downwards
#[utoipa::path(get, path = "/sites/chain", tag = "sites", params(ChainQuery),
    responses((status = OK, content_type = "application/cbor", body = Vec<u8>,
        description = "CBOR array of at most 1000 records' canonical bytes, the highest first")))]
pub async fn get_chain(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Query(query): Query<ChainQuery>,
) -> ApiResult<Response> {
    let head = |seq, hash| Head {
        log: query.log,
        seq,
        hash,
    };
    let (from, until) = (
        head(query.seq, query.hash),
        head(query.until_seq, query.until_hash),
    );
    let chain = end(&state, &site).chain(from, until).await?;
    let records: Vec<ByteVec> = chain.into_iter().map(ByteVec::from).collect();
    let body = minicbor::to_vec(&records).map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/cbor")], body).into_response())
}

/// Stores records of any log that a site carries, proven by who wrote them
#[utoipa::path(post, path = "/sites/records", tag = "sites",
    request_body(content_type = "application/cbor", content = Vec<u8>,
        description = "CBOR array: [signed head, [record bytes, …]], at most 1000 records of one chain, lowest first; its top is \
            the head or a record that is missing here; with `content-encoding: gzip` compressed"),
    responses((status = OK, body = Receipt, description = "All of them are stored")))]
pub async fn take_site_records(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Cbor(upload): Cbor<Upload>,
) -> ApiResult<Json<Receipt>> {
    let receipt = end(&state, &site).take(&upload).await?;
    metrics::counter!("sparhund_records_stored_total").increment(receipt.stored.into());
    metrics::counter!("sparhund_records_known_total").increment(receipt.known.into());
    Ok(Json(receipt))
}

/// Where to go on in the changes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AfterRow {
    /// `rev` of the last row of the page before; 0 or absent for everything.
    after: Option<u64>,
}

/// Gets changes of reference data in their order
#[utoipa::path(get, path = "/sites/rows", tag = "sites", params(AfterRow),
    responses((status = OK, body = Vec<SharedRow>, description = "At most 200 rows, about 1 MiB of them; none when all were got")))]
pub async fn list_site_rows(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Query(query): Query<AfterRow>,
) -> ApiResult<Json<Vec<SharedRow>>> {
    Ok(Json(end(&state, &site).rows(query.after.unwrap_or(0)).await?))
}

/// Offers rows that a site changed
#[utoipa::path(post, path = "/sites/rows", tag = "sites", request_body = RowOffers,
    responses((status = OK, body = Vec<Offered>, description = "What became of each, in order; of the first ones only, when the answer grows too large")))]
pub async fn offer_rows(
    State(state): State<AppState>,
    SignedSite(site): SignedSite,
    Body(offers): Body<RowOffers>,
) -> ApiResult<Json<Vec<Offered>>> {
    Ok(Json(end(&state, &site).offer(&offers.rows).await?))
}

/// The exchange as this site may use it now.
fn end<'a>(state: &'a AppState, site: &'a JoinedSite) -> CentralEnd<'a> {
    CentralEnd {
        store: state.store.as_ref(),
        own_log: &state.own_log,
        site,
        now: now_ms(),
    }
}

impl From<CentralError> for Problem {
    fn from(error: CentralError) -> Self {
        match error {
            CentralError::Store(error) => error.into(),
            CentralError::TooMany(_)
            | CentralError::Relay(RelayError::TooMany | RelayError::TooLarge(..)) => {
                Self::new(ProblemCode::TooLarge, error.to_string())
            }
            CentralError::Relay(RelayError::Signature(_)) => {
                Self::new(ProblemCode::BadSignature, error.to_string())
            }
            CentralError::Relay(_) => Self::new(ProblemCode::InvalidValue, error.to_string()),
        }
    }
}
