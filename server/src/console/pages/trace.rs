//! The trace page: a scan, a GTIN, a lot or a serial, and the answer to "where is every unit now?".

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sparhund_shared::carrier::{from_visible, visible};
use sparhund_shared::event::{ArticleNo, Product, UnitKey};
use sparhund_shared::identity::{Gtin, Lot, NumericKeyError, PlaceCode, Serial, UdiDi};

use super::names::Names;
use super::quarantine::waiting_decisions;
use super::trace_view;
use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::{Fields, wrong_value};
use crate::console::format::{day, instant, link};
use crate::console::layout;
use crate::console::trace::{
    Doubt, Goods, Question, events_csv, look_alikes, read_question, units_csv, unread, whereabouts,
};
use crate::http::{Code, asked_goods, note_read};
use crate::ops::now_ms;
use crate::store::{ReadOf, Trace, TraceQuery};

/// Goods of a like name that are offered.
const MOST_ALIKE: usize = 10;

/// What was found.
enum Found {
    /// Nothing was asked yet.
    Nothing,
    /// The goods and the question that found them, and the other questions the same text can be that have an answer.
    Goods {
        query: TraceQuery,
        trace: Box<Trace>,
        others: Vec<TraceQuery>,
        /// Why it may not be what the label says.
        doubt: Option<String>,
    },
    /// No history under any reading.
    Unknown(Unknown),
    /// A place was scanned: its stock is meant.
    Place(String),
    /// What was asked cannot be traced; the reason. This is no word about what is booked.
    Cannot(String),
}

/// Nothing is booked under what was asked.
struct Unknown {
    /// What was looked for.
    sought: Vec<TraceQuery>,
    /// What is booked that looks like it.
    alike: Vec<TraceQuery>,
    /// Why that may be no answer to what was meant, in words.
    doubt: Option<String>,
}

/// The form and, below it, the answer.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer<Response> {
    let (status, found) = match find(&context, &asked).await {
        // The form stays, with what was written in it.
        Err(Failure::Said(code, why)) if code.status().is_client_error() => {
            (code.status(), Found::Cannot(why))
        }
        found => (StatusCode::OK, found?),
    };
    if let Found::Place(place) = &found {
        let stock = link("/console/stock", &[("place", place)]);
        return Ok(axum::response::Redirect::to(&stock).into_response());
    }
    if let Found::Goods { query, .. } = &found {
        let asked = asked_goods(query);
        note_read(&context.state, context.user.id, ReadOf::Trace, &asked, None).await?;
    }
    let names = Names::read(context.state.store.as_ref()).await?;
    let answer = match &found {
        Found::Nothing | Found::Place(_) => html! { p.hint { (context.t("trace-hint")) } },
        Found::Unknown(unknown) => html! {
            // It may be what waits there.
            (waiting_decisions(&context).await?)
            (trace_view::nothing(&context, &unknown.sought, &unknown.alike, unknown.doubt.as_deref()))
        },
        Found::Cannot(why) => html! { p.notice.stop role="alert" { (why) } },
        Found::Goods {
            query,
            trace,
            others,
            doubt,
        } => html! {
            @if let Some(doubt) = doubt { p.notice.stop role="alert" { (doubt) } }
            (waiting_decisions(&context).await?)
            (trace_view::other_readings(&context, others))
            (trace_view::draw(&context, &names, query, trace, unread_scan(&context, query).await?.as_deref()))
        },
    };
    // The answer belongs on the first screen; the fields stand in its heading.
    let answered = matches!(found, Found::Goods { .. });
    let body = html! {
        h1 { (context.t("menu-trace")) }
        (form(&context, &asked, answered))
        (answer)
    };
    let page = layout::page(&context, &context.t("menu-trace"), &body);
    Ok((status, page).into_response())
}

async fn unread_scan(context: &Context, query: &TraceQuery) -> Result<Option<Vec<u8>>, Failure> {
    Ok(match &query.product {
        Some(Product::Raw(raw)) => context.state.store.unread_scan(*raw).await?,
        Some(Product::Di(_)) | None => None,
    })
}

fn form(context: &Context, asked: &Fields, answered: bool) -> Markup {
    let fields = ["product", "lot", "serial"].map(|name| asked.text_or_empty(name));
    let open = !answered && fields.iter().any(|value| !value.is_empty());
    html! {
        form.trace method="get" action="/console/trace" role="search" {
            label.grow { span { (context.t("trace-input")) }
                input #scan type="text" name="q" value=(visible(&from_visible(asked.untrimmed("q")))) autocomplete="off"
                    autocapitalize="off" spellcheck="false" data-scan autofocus[!open]; }
            button type="submit" { (context.t("trace-button")) }
            details open[open] {
                summary { (context.t("trace-fields")) }
                div.filter {
                    (layout::input(&context.t("product"), "product", fields[0]))
                    (layout::input(&context.t("lot"), "lot", fields[1]))
                    (layout::input(&context.t("serial"), "serial", fields[2]))
                }
            }
        }
    }
}

async fn find(context: &Context, asked: &Fields) -> Result<Found, Failure> {
    if let Some(query) = by_fields(context, asked).await? {
        return first(context, vec![query]).await;
    }
    let Some(text) = asked.scan("q").map(from_visible) else {
        return Ok(Found::Nothing);
    };
    let found = match read_question(&text, day(now_ms())) {
        Question::Goods(goods) => of_goods(context, goods).await?,
        other => no_goods(context, &other),
    };
    if matches!(found, Found::Unknown(_) | Found::Cannot(_))
        && let goods @ Found::Goods { .. } = first(context, unread(&text)).await?
    {
        return Ok(goods);
    }
    Ok(found)
}

/// The answer to what is no goods.
fn no_goods(context: &Context, question: &Question) -> Found {
    match question {
        Question::Goods(_) => Found::Nothing,
        Question::Place(place) => Found::Place(place.to_string()),
        Question::Package => Found::Cannot(context.t("trace-package")),
        Question::Asset => Found::Cannot(context.t("trace-asset")),
        Question::Donation => Found::Cannot(context.t("trace-donation")),
        Question::Unreadable(Doubt::CheckDigit) => Found::Cannot(context.t("trace-check-digit")),
        Question::Unreadable(doubt) => Found::Cannot(doubted(context, *doubt)),
    }
}

async fn of_goods(context: &Context, goods: Goods) -> Result<Found, Failure> {
    let mut queries = goods.queries;
    let mut doubt = goods.doubt;
    for (no, after) in goods.articles {
        if let Some(di) = base_of(context, &no).await? {
            let named = after.into_iter().map(|query| TraceQuery {
                product: Some(Product::Di(di.clone())),
                ..query
            });
            queries.splice(0..0, named);
            doubt = None;
        }
    }
    let mut found = first(context, queries).await?;
    match &mut found {
        Found::Unknown(_) if let Some(otherwise) = goods.otherwise => {
            return Ok(no_goods(context, &otherwise));
        }
        Found::Unknown(unknown) => unknown.doubt = doubt.map(|doubt| doubted(context, doubt)),
        Found::Goods { doubt: said, .. } if doubt == Some(Doubt::Lenient) => {
            *said = Some(doubted(context, Doubt::Lenient));
        }
        _ => {}
    }
    Ok(found)
}

/// Why the text was not understood, and what to do.
fn doubted(context: &Context, doubt: Doubt) -> String {
    match doubt {
        Doubt::Keyboard => context.t("trace-keyboard"),
        Doubt::CheckDigit => context.t("trace-if-gtin"),
        Doubt::Lenient => context.t("trace-lenient"),
        Doubt::Damaged(code) => context.texts.with("trace-unreadable", &[("code", code)]),
        Doubt::NotUnderstood => context.t("trace-not-understood"),
    }
}

/// The separate fields, when one of them is filled in.
async fn by_fields(context: &Context, asked: &Fields) -> Result<Option<TraceQuery>, Failure> {
    let product = match asked.text("product") {
        None => None,
        Some(text) => match text.parse() {
            Ok(Product::Raw(hash)) => Some(Product::Raw(hash)),
            _ => Some(Product::Di(product(context, text).await?)),
        },
    };
    let query = TraceQuery {
        product,
        lot: asked.parse(context, "lot", "lot")?,
        serial: asked.parse(context, "serial", "serial")?,
    };
    Ok((query != TraceQuery::default()).then_some(query))
}

/// A product by GTIN, agency and code, or article number.
pub(super) async fn product(context: &Context, text: &str) -> Result<UdiDi, Failure> {
    if let Ok(no) = text.parse::<ArticleNo>()
        && let Some(di) = base_of(context, &no).await?
    {
        return Ok(di);
    }
    let di = if text.contains(':') {
        text.parse().ok()
    } else {
        match text.parse::<Gtin>() {
            Ok(gtin) => Some(UdiDi::gs1(gtin)),
            Err(NumericKeyError::CheckDigit { .. }) => {
                return Err(Failure::said(Code::InvalidValue, context.t("trace-check-digit")));
            }
            Err(_) => None,
        }
    };
    di.ok_or_else(|| wrong_value(context, "product"))
}

async fn base_of(context: &Context, no: &ArticleNo) -> Result<Option<UdiDi>, Failure> {
    let article = context.state.store.article(no).await?;
    Ok(article.and_then(|article| article.base().cloned()))
}

/// The first question that has an answer, and which others have one.
async fn first(context: &Context, queries: Vec<TraceQuery>) -> Result<Found, Failure> {
    let mut found = None;
    let mut others = Vec::new();
    for query in &queries {
        let query = query.clone();
        let trace = context.state.store.trace(&query).await?;
        if trace.history.is_empty() && trace.now.is_empty() {
            continue;
        }
        match &found {
            None => found = Some((query, Box::new(trace))),
            Some((first, _)) if *first != query && !others.contains(&query) => others.push(query),
            Some(_) => {}
        }
    }
    if let Some((query, trace)) = found {
        return Ok(Found::Goods {
            query,
            trace,
            others,
            doubt: None,
        });
    }
    let alike = alike(context, &queries).await?;
    Ok(Found::Unknown(Unknown {
        sought: queries,
        alike,
        doubt: None,
    }))
}

/// What is booked and looks like what was asked: offered, never taken for it. Goods of the same product first; then the
/// same lot or serial, or one like it, of any product.
async fn alike(context: &Context, queries: &[TraceQuery]) -> Result<Vec<TraceQuery>, Failure> {
    let store = context.state.store.as_ref();
    let mut products: Vec<UdiDi> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for query in queries {
        if let Some(di) = query.di() {
            let article = store.article_by_di(di).await?;
            let levels = article.into_iter().flat_map(|article| article.packagings);
            products.extend(levels.map(|level| level.di));
            products.push(di.clone());
        }
        let lot = query.lot.as_ref().map(Lot::as_str);
        let serial = query.serial.as_ref().map(Serial::as_str);
        texts.extend(lot.into_iter().chain(serial).map(ToOwned::to_owned));
    }
    texts.dedup();
    let near: Vec<String> = texts.iter().flat_map(|text| look_alikes(text)).collect();
    texts.extend(near);
    let mut found = store.booked_as(&products, &texts, MOST_ALIKE).await?;
    if found.is_empty() && !products.is_empty() {
        found = store.booked_as(&[], &texts, MOST_ALIKE).await?;
    }
    let query = |unit: UnitKey| TraceQuery {
        product: Some(unit.product),
        lot: unit.lot,
        serial: unit.serial,
    };
    Ok(found.into_iter().map(query).collect())
}

/// The answer as a file: `part=units` for where each unit is, otherwise everything that happened.
pub(in crate::console) async fn csv(page: Context, asked: Fields) -> Answer<Response> {
    let (query, trace) = match find(&page, &asked).await? {
        Found::Goods {
            query,
            trace,
            doubt: None,
            ..
        } => (query, trace),
        // A file goes on without the words beside it.
        Found::Goods { doubt: Some(why), .. }
        | Found::Unknown(Unknown { doubt: Some(why), .. })
        | Found::Cannot(why) => return Err(Failure::said(Code::InvalidValue, why)),
        _ => return Err(Failure::said(Code::NotFound, page.t("trace-unknown"))),
    };
    let goods = asked_goods(&query);
    note_read(&page.state, page.user.id, ReadOf::TraceFile, &goods, None).await?;
    let units = asked.text("part") == Some("units");
    let names = Names::read(page.state.store.as_ref()).await?;
    let name = |place: &PlaceCode| names.place(place);
    let content = if units {
        units_csv(&whereabouts(&trace.now, &trace.history), instant, name)
    } else {
        events_csv(&trace.history, instant, name)
    };
    let content = content.map_err(|error| Failure::said(Code::Internal, error.to_string()))?;
    let disposition = format!("attachment; filename=\"{}\"", file_name(&query, units));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, content).into_response())
}

/// Says which goods it is about, in characters that every file system takes.
fn file_name(query: &TraceQuery, units: bool) -> String {
    let parts = [
        query.di().map(|di| di.code().to_owned()),
        query.lot.as_ref().map(ToString::to_string),
        query.serial.as_ref().map(ToString::to_string),
    ];
    let part = if units { "units" } else { "events" };
    let goods: Vec<String> = parts.into_iter().flatten().collect();
    let goods = goods.join("-");
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '_'
        }
    };
    format!(
        "trace-{}-{part}.csv",
        goods.chars().map(plain).collect::<String>()
    )
}
