//! `/orders`: what wards ordered, how far it has come, and what to pick.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sparhund_shared::event::{ArticleNo, OrderNo, Quantity};
use sparhund_shared::fold::Progress;
use sparhund_shared::identity::PlaceCode;
use sparhund_shared::reference::{Order, OrderLine, OrderState, Place, PlaceKind};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Body, Path, Query};
use super::page::{Page, Paged, Slice};
use super::problem::{ApiResult, FieldError, Problem};
use super::state::AppState;
use crate::auth::crockford;
use crate::ops::now_ms;
use crate::store::{OrderQuery, StoreError};

/// Most lines of an order.
const MAX_LINES: usize = 500;
/// Numbers tried before the error is ours.
const NUMBERS_TRIED: usize = 3;

/// An order with its state.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderRow {
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// How far it has come.
    pub state: OrderState,
}

impl From<Order> for OrderRow {
    fn from(order: Order) -> Self {
        Self {
            state: order.state(),
            order,
        }
    }
}

/// An order to place.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewOrder {
    /// Its number; the server chooses one when absent.
    pub no: Option<OrderNo>,
    /// Site that delivers.
    #[schema(value_type = String)]
    pub from: PlaceCode,
    /// Ward that orders.
    #[schema(value_type = String)]
    pub to: PlaceCode,
    /// What is wanted, each article once.
    pub lines: Vec<NewLine>,
}

/// A line of an order to place.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewLine {
    /// What is wanted.
    pub article: ArticleNo,
    /// Base units wanted.
    pub units: Quantity,
}

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrderFilter {
    /// Only those that are not done.
    open: Option<bool>,
    /// Rows to pass over.
    offset: Option<usize>,
    /// Most rows, 1 to 1000; 100 when absent.
    limit: Option<usize>,
}

/// Lists orders, newest first
#[utoipa::path(get, path = "/orders", tag = "orders", params(OrderFilter),
    responses((status = OK, body = Page<OrderRow>, description = "With progress, without pick options")))]
pub async fn list_orders(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    Query(filter): Query<OrderFilter>,
) -> ApiResult<Paged<OrderRow>> {
    let slice = Slice::new(filter.offset, filter.limit);
    let orders = state
        .store
        .orders(&OrderQuery {
            open: filter.open.unwrap_or(false),
            offset: slice.offset,
            limit: slice.limit_and_one(),
        })
        .await?;
    Ok(slice.page(orders.into_iter().map(OrderRow::from).collect(), &uri))
}

/// Gets an order with what can be picked for it
#[utoipa::path(get, path = "/orders/{no}", tag = "orders", params(("no" = String, Path)),
    responses((status = OK, body = OrderRow, description = "Options are first expired first out")))]
pub async fn get_order(State(state): State<AppState>, Path(no): Path<OrderNo>) -> ApiResult<Json<OrderRow>> {
    let order = state.store.order(&no).await?;
    order
        .map(|order| Json(order.into()))
        .ok_or_else(|| Problem::not_found("order with this number"))
}

/// Places an order
#[utoipa::path(post, path = "/orders", tag = "orders", request_body = NewOrder,
    responses((status = CREATED, body = OrderRow, description = "The order")))]
pub async fn create_order(
    State(state): State<AppState>,
    Body(new): Body<NewOrder>,
) -> ApiResult<(StatusCode, Json<OrderRow>)> {
    let order = place_order(&state, new).await?;
    Ok((StatusCode::CREATED, Json(order.into())))
}

/// Checks and keeps an order; the console calls it too.
pub async fn place_order(state: &AppState, new: NewOrder) -> ApiResult<Order> {
    let dispatch = check(state, &new).await?;
    let mut order = Order {
        no: number(new.no.as_ref())?,
        from: new.from,
        dispatch,
        to: new.to,
        placed_at: now_ms(),
        lines: (1..)
            .zip(new.lines)
            .map(|(line, new)| order_line(line, new))
            .collect(),
    };
    for _ in 1..NUMBERS_TRIED {
        match state.store.add_order(order.clone()).await {
            // Only a number of our own choosing is chosen again.
            Err(StoreError::Conflict(_)) if new.no.is_none() => order.no = number(None)?,
            result => return result.map(|()| order).map_err(Problem::from),
        }
    }
    state.store.add_order(order.clone()).await?;
    Ok(order)
}

fn order_line(line: u32, new: NewLine) -> OrderLine {
    OrderLine {
        line,
        article: new.article,
        units: new.units.get(),
        progress: Progress::default(),
        options: Vec::new(),
        picked: Vec::new(),
        shipped: Vec::new(),
        packed: Vec::new(),
    }
}

/// The caller's number, or `O-` with six random letters and digits that are easy to read aloud.
fn number(wanted: Option<&OrderNo>) -> ApiResult<OrderNo> {
    if let Some(no) = wanted {
        return Ok(no.clone());
    }
    let letters: [u8; 6] = crockford()?;
    format!("O-{}", String::from_utf8_lossy(&letters))
        .parse()
        .map_err(|error| Problem::internal(&error))
}

/// Checks an order and finds the dispatch place of its site.
async fn check(state: &AppState, new: &NewOrder) -> ApiResult<PlaceCode> {
    let mut errors = Vec::new();
    let places = state.store.places().await?;
    let kind = |code: &PlaceCode| {
        places
            .iter()
            .find(|place| place.code == *code)
            .map(|place| place.kind)
    };
    if kind(&new.to) != Some(PlaceKind::Ward) {
        errors.push(FieldError::new(
            "/to",
            "there is no ward with this code; see the list of places",
        ));
    }
    let dispatch = dispatch_of(&places, &new.from);
    if kind(&new.from) != Some(PlaceKind::Site) {
        errors.push(FieldError::new(
            "/from",
            "there is no site with this code; see the list of places",
        ));
    } else if dispatch.is_none() {
        errors.push(FieldError::new(
            "/from",
            "this site has no dispatch place; add one to it first",
        ));
    }
    if !(1..=MAX_LINES).contains(&new.lines.len()) {
        errors.push(FieldError::new(
            "/lines",
            format!("an order has 1 to {MAX_LINES} lines"),
        ));
    }
    for (at, line) in new.lines.iter().enumerate().take(MAX_LINES) {
        if new.lines[..at].iter().any(|other| other.article == line.article) {
            let detail = "this article is on another line already; put the units together";
            errors.push(FieldError::new(format!("/lines/{at}/article"), detail));
        } else if state.store.article(&line.article).await?.is_none() {
            let detail = "there is no article with this number; see the list of articles";
            errors.push(FieldError::new(format!("/lines/{at}/article"), detail));
        }
    }
    match dispatch {
        Some(dispatch) if errors.is_empty() => Ok(dispatch),
        _ => Err(Problem::invalid(errors)),
    }
}

/// The first dispatch place, by code, somewhere below a site.
fn dispatch_of(places: &[Place], site: &PlaceCode) -> Option<PlaceCode> {
    let parent = |code: &PlaceCode| {
        let place = places.iter().find(|place| place.code == *code)?;
        place.parent.clone()
    };
    let below = |place: &Place| {
        std::iter::successors(place.parent.clone(), parent)
            .take(places.len())
            .any(|above| above == *site)
    };
    places
        .iter()
        .filter(|place| place.kind == PlaceKind::Dispatch && below(place))
        .map(|place| place.code.clone())
        .min()
}
