//! `/trace`: where every unit of a lot or serial is, and everything that happened to it.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sparhund_shared::carrier::{Reading, WedgeProfile, identify};
use sparhund_shared::event::Product;
use sparhund_shared::identity::{Gtin, Lot, Serial, UdiDi};
use sparhund_shared::log::UserId;
use sparhund_shared::reference::Role;
use utoipa::IntoParams;

use super::audit::{asked_goods, note_read};
use super::extract::Query;
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use super::trace_csv;
use crate::auth::Signed;
use crate::ops::today;
use crate::store::{ReadOf, Trace, TraceQuery};

/// Which goods: a scan, or a product with lot, serial or both, or a lot or serial alone.
#[derive(Clone, Default, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TraceParams {
    /// Identifier of any packaging level: `GS1:07350000000016`, or a bare GTIN.
    pub di: Option<String>,
    /// Lot.
    #[param(value_type = Option<String>)]
    pub lot: Option<Lot>,
    /// Serial.
    #[param(value_type = Option<String>)]
    pub serial: Option<Serial>,
    /// A label as scanned, or as printed with brackets; alone.
    pub scan: Option<String>,
    /// What it is asked for, to be noted with the question.
    pub purpose: Option<String>,
}

/// Traces a lot or serial
#[utoipa::path(get, path = "/trace", tag = "trace", params(TraceParams),
    responses((status = OK, body = Trace, description = "Where the goods are, their history, and its state of proof")))]
pub async fn get_trace(
    State(state): State<AppState>,
    Signed(by): Signed,
    Query(params): Query<TraceParams>,
) -> ApiResult<Json<Trace>> {
    let mut trace = noted(&state, by.id, ReadOf::Trace, &params).await?;
    if !by.roles.contains(&Role::Quality) {
        trace.hide_patients();
    }
    Ok(Json(trace))
}

/// Traces a lot or serial, as a table for spreadsheets
#[utoipa::path(get, path = "/trace.csv", tag = "trace", params(TraceParams),
    responses((status = OK, content_type = "text/csv", body = String, description = "The history, oldest first")))]
pub async fn get_trace_csv(
    State(state): State<AppState>,
    Signed(by): Signed,
    Query(params): Query<TraceParams>,
) -> ApiResult<Response> {
    let trace = noted(&state, by.id, ReadOf::TraceFile, &params).await?;
    let body = trace_csv::write(&trace).map_err(|error| Problem::internal(&error))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"trace.csv\""),
    ];
    Ok((headers, body).into_response())
}

/// The answer, noted before it is given. One without a history names nobody, and what was asked then may be anything.
async fn noted(state: &AppState, by: UserId, what: ReadOf, params: &TraceParams) -> ApiResult<Trace> {
    let (query, trace) = find_trace(state, params).await?;
    if !trace.history.is_empty() {
        note_read(state, by, what, &asked_goods(&query), params.purpose.as_deref()).await?;
    }
    Ok(trace)
}

/// Reads the question and answers it.
async fn find_trace(state: &AppState, params: &TraceParams) -> ApiResult<(TraceQuery, Trace)> {
    let mut answers = Vec::new();
    for query in questions(params)? {
        let trace = state.store.trace(&query).await?;
        answers.push((query, trace));
    }
    if answers.len() > 1 && answers.iter().any(|(_, trace)| !trace.history.is_empty()) {
        answers.retain(|(_, trace)| !trace.history.is_empty());
    }
    if answers.len() > 1 {
        return Err(ambiguous(&answers));
    }
    answers.pop().ok_or_else(|| {
        Problem::new(
            Code::Unreadable,
            "the scan names no product, lot or serial to trace",
        )
    })
}

fn ambiguous(answers: &[(TraceQuery, Trace)]) -> Problem {
    let dis = answers.iter().filter_map(|(query, _)| query.di());
    Problem::new(
        Code::Ambiguous,
        "the scan can mean several products; send the right one as `di` with its lot or serial",
    )
    .with_errors(dis.map(|di| FieldError::new("scan", di.to_string())).collect())
}

/// Every question that the parameters can mean, each once.
fn questions(params: &TraceParams) -> ApiResult<Vec<TraceQuery>> {
    let fields = TraceQuery {
        product: params.di.as_deref().map(identifier).transpose()?.map(Product::Di),
        lot: params.lot.clone(),
        serial: params.serial.clone(),
    };
    let Some(scan) = &params.scan else {
        return check(&fields).map(|()| vec![fields]);
    };
    if fields != TraceQuery::default() {
        let detail = "a scan stands alone; leave out di, lot and serial";
        return Err(Problem::invalid(vec![FieldError::new("scan", detail)]));
    }
    let mut candidates = identify(scan.as_bytes(), today(), &WedgeProfile::default())?.candidates;
    candidates.retain(|candidate| !candidate.is_lenient());
    if candidates.is_empty() {
        let detail = "the label does not follow its standard, so its lot may be read wrongly: compare it with the label, \
                      and send it as di with lot or serial";
        return Err(Problem::new(Code::Unreadable, detail));
    }
    let mut questions: Vec<TraceQuery> = Vec::new();
    for candidate in candidates {
        let (di, production) = match candidate.reading {
            Reading::Item(item) => (Some(item.di), item.production),
            Reading::ProductionOnly(code) => (None, code.production),
            _ => continue,
        };
        let query = TraceQuery {
            product: di.map(Product::Di),
            lot: production.lot,
            serial: production.serial,
        };
        if !questions.contains(&query) {
            questions.push(query);
        }
    }
    // A reading that can be traced stands beside one of the same code that names the product alone.
    let (traced, bare): (Vec<_>, Vec<_>) = questions.into_iter().partition(|query| check(query).is_ok());
    match bare.first() {
        Some(query) if traced.is_empty() => check(query).map(|()| Vec::new()),
        _ => Ok(traced),
    }
}

/// A product alone would be its whole history over all years.
fn check(query: &TraceQuery) -> ApiResult<()> {
    if query.lot.is_some() || query.serial.is_some() {
        return Ok(());
    }
    Err(Problem::invalid(vec![FieldError::new(
        "lot",
        "a trace needs a lot or a serial: add it, or scan the other code on the label",
    )]))
}

fn identifier(text: &str) -> ApiResult<UdiDi> {
    let text = text.trim();
    text.parse::<Gtin>().map(UdiDi::gs1).or_else(|_| {
        text.parse().map_err(|error: <UdiDi as std::str::FromStr>::Err| {
            Problem::invalid(vec![FieldError::new("di", error.to_string())])
        })
    })
}
