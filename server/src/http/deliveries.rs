//! `/deliveries`: what suppliers have announced.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use sparhund_shared::reference::AnnouncedDelivery;
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::page::{Page, Paged, Slice};
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::catalogue::{ImportError, looks_like_xml, read_despatch};
use crate::ops::now_ms;

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesQuery {
    /// Rows to pass over.
    offset: Option<usize>,
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// Which delivery.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryKey {
    /// Its key, as in the list.
    key: String,
}

/// A delivery with its key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct DeliveryRow {
    /// Names the delivery.
    pub key: String,
    /// The delivery.
    #[serde(flatten)]
    pub delivery: AnnouncedDelivery,
}

impl From<AnnouncedDelivery> for DeliveryRow {
    fn from(delivery: AnnouncedDelivery) -> Self {
        Self {
            key: delivery.key(),
            delivery,
        }
    }
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ImportedDeliveries {
    /// The deliveries as they stand.
    pub deliveries: Vec<DeliveryRow>,
    /// What was used with a doubt, such as an identifier that fails its check digit.
    pub notes: Vec<String>,
}

/// Lists announced deliveries
#[utoipa::path(get, path = "/deliveries", tag = "deliveries", params(DeliveriesQuery),
    responses((status = OK, body = Page<DeliveryRow>, description = "By supplier and number")))]
pub async fn list_deliveries(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Query(query): Query<DeliveriesQuery>,
) -> ApiResult<Paged<DeliveryRow>> {
    let slice = Slice::new(query.offset, query.limit);
    let all = state.store.deliveries().await?.into_iter();
    let rows = all.skip(slice.offset).take(slice.limit_and_one());
    Ok(slice.page(rows.map(DeliveryRow::from).collect(), &uri))
}

/// Imports announced deliveries
///
/// Whole or not at all. One that is there already, by supplier and number, is replaced.
#[utoipa::path(post, path = "/deliveries/import", tag = "deliveries",
    request_body(content((String = "text/csv"), (String = "application/xml")),
        description = "CSV with a line for each line of a delivery, or a Peppol BIS Despatch Advice 3 (UBL)"),
    responses((status = OK, body = ImportedDeliveries, description = "What was imported")))]
pub async fn import_deliveries(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Json<ImportedDeliveries>> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let xml = match kind {
        "text/csv" => false,
        "application/xml" | "text/xml" => true,
        _ => {
            return Err(Problem::new(
                Code::MediaType,
                "this address takes text/csv and application/xml; set the header content-type",
            ));
        }
    };
    if xml != looks_like_xml(&body) {
        let why = "the body is not what the header content-type says; send the one that fits";
        return Err(Problem::invalid(vec![FieldError::new("", why)]));
    }
    Ok(Json(take_deliveries(&state, &body).await?))
}

/// Reads a file and keeps its deliveries.
async fn take_deliveries(state: &AppState, content: &[u8]) -> ApiResult<ImportedDeliveries> {
    let read = read_despatch(state.store.as_ref(), content, now_ms()).await;
    let read = read.map_err(|error| match error {
        ImportError::Store(error) => error.into(),
        ImportError::File(error) => Problem::invalid(vec![FieldError::new("", error.to_string())]),
    })?;
    state.store.put_deliveries(read.deliveries.clone()).await?;
    Ok(ImportedDeliveries {
        deliveries: read.deliveries.into_iter().map(DeliveryRow::from).collect(),
        notes: read.notes,
    })
}

/// Takes an announced delivery away
#[utoipa::path(delete, path = "/deliveries", tag = "deliveries", params(DeliveryKey),
    responses((status = NO_CONTENT, description = "It is gone")))]
pub async fn delete_delivery(
    State(state): State<AppState>,
    Query(asked): Query<DeliveryKey>,
) -> ApiResult<StatusCode> {
    if state.store.remove_delivery(&asked.key).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("announced delivery with this key"))
    }
}
