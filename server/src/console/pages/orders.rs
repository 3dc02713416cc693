//! Orders: the list, and placing one.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sparhund_shared::event::{ArticleNo, OrderNo, Quantity};
use sparhund_shared::identity::{Gtin, PlaceCode, UdiDi};
use sparhund_shared::reference::{Order, OrderState, PlaceKind};

use super::order_view;
use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::{Fields, Submitted};
use crate::console::format::{link, moment};
use crate::console::layout;
use crate::console::pages::names::Names;
use crate::console::paging::ListPage;
use crate::http::{Code, NewLine, NewOrder, place_order};
use crate::store::OrderQuery;

/// Rows of a page of the list.
const ROWS: usize = 100;

/// Empty lines of the form; more can be had by sending it in two orders.
const LINES: usize = 8;

/// The list, or the order that is named.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    if let Some(no) = asked.parse::<OrderNo>(&context, "no", "order")? {
        let order = store.order(&no).await?;
        let order = order.ok_or_else(|| Failure::said(Code::NotFound, context.t("no-such-order")))?;
        let body = order_view::draw(&context, &names, &order).await?;
        return Ok(layout::page(&context, order.no.as_str(), &body));
    }
    let page = ListPage::asked(&asked, ROWS);
    let query = OrderQuery {
        open: false,
        offset: page.slice.offset,
        limit: page.slice.limit_and_one(),
    };
    let mut orders = store.orders(&query).await?;
    let more = page.cut(&mut orders);
    let head = ["order", "to-ward", "placed", "#lines", "state", "accepted"];
    let rows = html! {
        @for order in &orders {
            tr {
                td.code data-label=(context.t("order")) { a href=(link("/console/orders", &[("no", order.no.as_str())])) { (order.no) } }
                td data-label=(context.t("to-ward")) { (names.place(&order.to)) }
                td.date data-label=(context.t("placed")) { (moment(order.placed_at)) }
                td.number data-label=(context.t("lines")) { (context.number(order.lines.len())) }
                td data-label=(context.t("state")) { (context.t(&format!("order-{}", state_word(order.state())))) }
                td data-label=(context.t("accepted")) { (progress(&context, order)) }
            }
        }
    };
    let body = html! {
        h1 { (context.t("menu-orders")) }
        @if context.may_open("/console/orders/new") {
            p { a.button href="/console/orders/new" { (context.t("new-order")) } }
        }
        @if orders.is_empty() { p.notice { (context.t("no-orders")) } }
        @else { (layout::stacking_table(&context, &context.t("menu-orders"), &head, &rows)) }
        (page.links(&context, "/console/orders", &[], more))
    };
    Ok(layout::page(&context, &context.t("menu-orders"), &body))
}

fn progress(context: &Context, order: &Order) -> Markup {
    let wanted: i64 = order.lines.iter().map(|line| i64::from(line.units)).sum();
    let done: i64 = order.lines.iter().map(|line| line.progress.accepted).sum();
    html! {
        progress max=(wanted.max(1)) value=(done.clamp(0, wanted)) aria-label=(context.t("accepted")) {}
        " " (context.number(done)) "/" (context.number(wanted))
    }
}

/// Stable word of a state, the key of its translation.
pub(super) fn state_word(state: OrderState) -> &'static str {
    match state {
        OrderState::ToPick => "to_pick",
        OrderState::ToShip => "to_ship",
        OrderState::ToAccept => "to_accept",
        OrderState::Done => "done",
    }
}

/// The empty form.
pub(in crate::console) async fn form(context: Context) -> Answer {
    let names = Names::read(context.state.store.as_ref()).await?;
    let body = draw_form(&context, &names, &Fields::default(), None);
    Ok(layout::page(&context, &context.t("new-order"), &body))
}

/// Takes the form; what is wrong is said above the form, which keeps what was written.
pub(in crate::console) async fn create(context: Context, Submitted(fields): Submitted) -> Answer<Response> {
    let placed = match read(&context, &fields).await {
        Ok(new) => place_order(&context.state, new).await.map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match placed {
        Ok(order) => Ok(Redirect::to(&link("/console/orders", &[("no", order.no.as_str())])).into_response()),
        Err(Failure::Said(code, why)) if code.status().is_client_error() => {
            let names = Names::read(context.state.store.as_ref()).await?;
            let body = draw_form(&context, &names, &fields, Some(&why));
            let page = layout::page(&context, &context.t("new-order"), &body);
            Ok((code.status(), page).into_response())
        }
        Err(failure) => Err(failure),
    }
}

async fn read(context: &Context, fields: &Fields) -> Result<NewOrder, Failure> {
    let missing = |key| {
        let label = context.t(key);
        Failure::said(
            Code::InvalidValue,
            context.texts.with("field-missing", &[("field", &label)]),
        )
    };
    let from: PlaceCode = fields
        .parse(context, "from", "from-store")?
        .ok_or_else(|| missing("from-store"))?;
    let to: PlaceCode = fields
        .parse(context, "to", "to-ward")?
        .ok_or_else(|| missing("to-ward"))?;
    let mut lines = Vec::new();
    for (at, (article, units)) in (1..).zip(fields.all("article").zip(fields.all("units"))) {
        if article.is_empty() && units.is_empty() {
            continue;
        }
        let line = at.to_string();
        let wrong = |why: &str| {
            let text = context.texts.with("line-wrong", &[("line", &line), ("why", why)]);
            Failure::said(Code::InvalidValue, text)
        };
        let units = units
            .parse::<u32>()
            .ok()
            .and_then(|units| Quantity::new(units).ok())
            .ok_or_else(|| wrong(&context.t("units-wrong")))?;
        let article = find(context, article)
            .await?
            .ok_or_else(|| wrong(&context.t("no-such-article")))?;
        lines.push(NewLine { article, units });
    }
    Ok(NewOrder {
        no: None,
        from,
        to,
        lines,
    })
}

/// An article by its number or by an identifier of any packaging level.
async fn find(context: &Context, text: &str) -> Result<Option<ArticleNo>, Failure> {
    let store = context.state.store.as_ref();
    if let Ok(no) = text.parse::<ArticleNo>()
        && let Some(article) = store.article(&no).await?
    {
        return Ok(Some(article.no));
    }
    let di: Option<UdiDi> = text
        .parse::<Gtin>()
        .map(UdiDi::gs1)
        .ok()
        .or_else(|| text.parse().ok());
    match di {
        Some(di) => Ok(store.article_by_di(&di).await?.map(|article| article.no)),
        None => Ok(None),
    }
}

fn draw_form(context: &Context, names: &Names, fields: &Fields, wrong: Option<&str>) -> Markup {
    let stores: Vec<_> = names
        .of_kind(PlaceKind::Dispatch)
        .into_iter()
        .filter_map(|dispatch| names.found(dispatch.parent.as_ref()?))
        .collect();
    let articles: Vec<&str> = fields.all("article").collect();
    let units: Vec<&str> = fields.all("units").collect();
    let select = |label: &str, name: &str, places: &[&sparhund_shared::reference::Place]| {
        html! {
            label { span { (label) } select name=(name) required {
                @for place in places {
                    @let code = place.code.to_string();
                    option value=(code) selected[fields.text(name) == Some(code.as_str())] {
                        (place.name) " · " (place.entity.name)
                    }
                }
            } }
        }
    };
    html! {
        h1 { (context.t("new-order")) }
        @if let Some(wrong) = wrong { p.notice.stop role="alert" { (wrong) } }
        form.stack method="post" action="/console/orders" {
            (layout::csrf(&context.visitor))
            (select(&context.t("from-store"), "from", &stores))
            (select(&context.t("to-ward"), "to", &names.of_kind(PlaceKind::Ward)))
            fieldset {
                legend { (context.t("lines")) }
                p.hint { (context.t("lines-hint")) }
                @for at in 0..LINES.max(articles.len()) {
                    @let line = (at + 1).to_string();
                    div.line {
                        label { span { (context.texts.with("article-of-line", &[("line", &line)])) }
                            input type="text" name="article" value=(articles.get(at).unwrap_or(&""))
                                autocomplete="off" autocapitalize="off" spellcheck="false"; }
                        label { span { (context.texts.with("units-of-line", &[("line", &line)])) }
                            input type="text" inputmode="numeric" name="units" value=(units.get(at).unwrap_or(&""))
                                autocomplete="off"; }
                    }
                }
            }
            button type="submit" { (context.t("place-order")) }
        }
    }
}
