//! `/stock`: what is where.

use axum::extract::{OriginalUri, State};

use serde::Deserialize;
use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::{Lot, PlaceCode};
use utoipa::IntoParams;

use super::extract::Query;
use super::page::{Page, Paged, Slice};
use super::problem::ApiResult;
use super::state::AppState;
use crate::store::{StockLine, StockQuery};

/// Which stock.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StockFilter {
    /// Only this place.
    #[param(value_type = Option<String>)]
    place: Option<PlaceCode>,
    /// Only this article.
    #[param(value_type = Option<String>)]
    article: Option<ArticleNo>,
    /// Only this lot.
    #[param(value_type = Option<String>)]
    lot: Option<Lot>,
    /// Rows to pass over.
    offset: Option<usize>,
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// Lists stock by place, article and lot
#[utoipa::path(get, path = "/stock", tag = "stock", params(StockFilter),
    responses((status = OK, body = Page<StockLine>, description = "By product, lot, serial, place and status")))]
pub async fn list_stock(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Query(filter): Query<StockFilter>,
) -> ApiResult<Paged<StockLine>> {
    let slice = Slice::new(filter.offset, filter.limit);
    let rows = state
        .store
        .stock(&StockQuery {
            place: filter.place,
            article: filter.article,
            lot: filter.lot,
            offset: slice.offset,
            limit: slice.limit_and_one(),
        })
        .await?;
    Ok(slice.page(rows, &uri))
}
