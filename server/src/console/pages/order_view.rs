//! One order: progress per line and which lot goes first.

use maud::{Markup, html};
use sparhund_shared::reference::{LotOption, Order};

use crate::console::context::Context;
use crate::console::failure::Failure;
use crate::console::format::{link, moment};
use crate::console::layout;
use crate::console::pages::names::Names;
use crate::console::pages::orders::state_word;

pub(super) async fn draw(context: &Context, names: &Names, order: &Order) -> Result<Markup, Failure> {
    let mut lines = Vec::new();
    for line in &order.lines {
        let article = context.state.store.article(&line.article).await?;
        lines.push((line, article.map(|article| article.name)));
    }
    let head = [
        "#line",
        "article",
        "name",
        "#wanted",
        "#picked",
        "#delivered",
        "#accepted",
    ];
    let rows = html! {
        @for (line, name) in &lines {
            tr {
                td.number data-label=(context.t("line")) { (line.line) }
                td.code data-label=(context.t("article")) { a href=(link("/console/articles", &[("no", line.article.as_str())])) { (line.article) } }
                td data-label=(context.t("name")) { (name.as_deref().unwrap_or("–")) }
                td.number data-label=(context.t("wanted")) { (context.number(line.units)) }
                td.number data-label=(context.t("picked")) { (context.number(line.progress.picked)) }
                td.number data-label=(context.t("delivered")) { (context.number(line.progress.shipped)) }
                td.number data-label=(context.t("accepted")) { (context.number(line.progress.accepted)) }
            }
        }
    };
    Ok(html! {
        h1 { (context.t("order")) " " (order.no) }
        dl.facts {
            dt { (context.t("state")) } dd { (context.t(&format!("order-{}", state_word(order.state())))) }
            dt { (context.t("from-store")) } dd { (names.place(&order.from)) }
            dt { (context.t("to-ward")) } dd { (names.place_cell(&order.to)) }
            dt { (context.t("placed")) } dd.date { (moment(order.placed_at)) }
        }
        h2 { (context.t("lines")) }
        (layout::stacking_table(context, &context.t("lines"), &head, &rows))
        @for (line, name) in &lines {
            @let number = line.line.to_string();
            @if line.progress.picked < i64::from(line.units) {
                (goods(context, names, &context.texts.with("pick-first", &[
                    ("line", &number), ("name", name.as_deref().unwrap_or("–")),
                ]), &line.options))
            }
            (goods(context, names, &context.texts.with("picked-of-line", &[("line", &number)]), &line.picked))
            (goods(context, names, &context.texts.with("on-its-way-of-line", &[("line", &number)]), &line.shipped))
        }
    })
}

fn goods(context: &Context, names: &Names, title: &str, options: &[LotOption]) -> Markup {
    let head = ["lot", "serial", "expiry", "place", "#units"];
    let rows = html! {
        @for option in options {
            tr {
                td.code data-label=(context.t("lot")) { @if let Some(lot) = &option.lot { (lot) } @else { "–" } }
                td.code data-label=(context.t("serial")) { @if let Some(serial) = &option.serial { (serial) } @else { "–" } }
                td.date data-label=(context.t("expiry")) { @if let Some(expiry) = &option.expiry { (expiry) } @else { "–" } }
                td data-label=(context.t("place")) { (names.place_cell(&option.place)) }
                td.number data-label=(context.t("units")) { (context.number(option.units)) }
            }
        }
    };
    html! {
        @if !options.is_empty() {
            h3 { (title) }
            (layout::stacking_table(context, title, &head, &rows))
        }
    }
}
