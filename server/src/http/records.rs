//! `/sync/records`: the records themselves, up and down.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use minicbor::bytes::ByteVec;
use serde::Deserialize;
use sparhund_shared::log::LogId;
use sparhund_shared::wire::{MAX_UPLOAD, Peer as _, Receipt, Upload};
use utoipa::IntoParams;

use super::audit::note_read;
use super::extract::{Cbor, Query};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use super::sync::end;
use crate::auth::{Signed, SignedDevice};
use crate::ingest::IngestError;
use crate::store::ReadOf;

/// Stores records of a device's own log
///
/// The receipt is sent after the commit. Records that cannot be taken are named in it; the others are stored.
#[utoipa::path(post, path = "/sync/records", tag = "sync",
    request_body(content_type = "application/cbor", content = Vec<u8>,
        description = "CBOR array: [signed head, [record bytes, …]], at most 1000 records; with `content-encoding: gzip` compressed"),
    responses((status = OK, body = Receipt, description = "What became of the upload")))]
pub async fn upload_records(
    State(state): State<AppState>,
    SignedDevice(device): SignedDevice,
    Cbor(upload): Cbor<Upload>,
) -> ApiResult<Json<Receipt>> {
    let receipt = end(&state, &device).take(upload).await?;
    metrics::counter!("sparhund_records_stored_total").increment(receipt.stored.into());
    metrics::counter!("sparhund_records_known_total").increment(receipt.known.into());
    metrics::counter!("sparhund_records_refused_total").increment(receipt.refused.len() as u64);
    for refusal in &receipt.refused {
        tracing::warn!(
            device.id = %device.id, record.index = refusal.index, record.seq = refusal.seq,
            record.refusal = ?refusal.code, "record refused"
        );
    }
    Ok(Json(receipt))
}

/// Which records.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordsQuery {
    /// The log; a device may read its own.
    log: LogId,
    /// First sequence number; 1 when absent.
    from: Option<u64>,
    /// Most records, 1 to 1000.
    limit: Option<usize>,
}

/// Lists records of a log, forks included
#[utoipa::path(get, path = "/sync/records", tag = "sync", params(RecordsQuery),
    responses((status = OK, content_type = "application/cbor", body = Vec<u8>,
        description = "CBOR array of the records' canonical bytes")))]
pub async fn list_records(
    State(state): State<AppState>,
    device: Option<Extension<SignedDevice>>,
    person: Option<Extension<Signed>>,
    Query(query): Query<RecordsQuery>,
) -> ApiResult<Response> {
    if let Some(Extension(Signed(by))) = person {
        let asked = format!("log={} from={}", query.log, query.from.unwrap_or(1));
        note_read(&state, by.id, ReadOf::Records, &asked, None).await?;
    }
    let (from, limit) = (query.from.unwrap_or(1), query.limit.unwrap_or(MAX_UPLOAD));
    let bytes: Vec<ByteVec> = if let Some(Extension(SignedDevice(device))) = device {
        end(&state, &device).records(query.log, from, limit).await?
    } else {
        let page = state.store.log_page(query.log, from, limit.clamp(1, MAX_UPLOAD));
        page.await?
            .into_iter()
            .map(|record| record.bytes.into())
            .collect()
    };
    let body = minicbor::to_vec(&bytes).map_err(|error| Problem::internal(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/cbor")], body).into_response())
}

impl From<IngestError> for Problem {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Store(error) => error.into(),
            IngestError::Signature(error) => Self::new(Code::BadSignature, error.to_string()),
            IngestError::OtherLog(_) => Self::new(Code::Forbidden, error.to_string()),
            IngestError::TooManyRecords(_) => Self::new(Code::TooLarge, error.to_string()),
            IngestError::TooManyHeads(_) => Self::invalid(vec![FieldError::new("/heads", error.to_string())]),
            IngestError::UnknownLog(_) => Self::new(Code::InvalidValue, error.to_string()),
        }
    }
}
