//! Stock by place, article and lot.

use maud::html;
use sparhund_shared::event::{ArticleNo, Product};

use crate::console::context::Context;
use crate::console::failure::Answer;
use crate::console::fields::Fields;
use crate::console::format::{day, link};
use crate::console::layout;
use crate::console::pages::names::{Names, lot_and_serial};
use crate::console::paging::ListPage;
use crate::ops::now_ms;
use crate::store::StockQuery;

/// Rows of one page.
const ROWS: usize = 100;

/// The list with its filter.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer {
    let store = context.state.store.as_ref();
    let names = Names::read(store).await?;
    let page = ListPage::asked(&asked, ROWS);
    let query = StockQuery {
        place: asked.parse(&context, "place", "place")?,
        article: asked.parse::<ArticleNo>(&context, "article", "article")?,
        lot: asked.parse(&context, "lot", "lot")?,
        offset: page.slice.offset,
        limit: page.slice.limit_and_one(),
    };
    let mut rows = store.stock(&query).await?;
    let more = page.cut(&mut rows);
    let today = day(now_ms());
    let may_trace = context.may_open("/console/trace");
    let filter = [
        ("place", asked.text_or_empty("place")),
        ("article", asked.text_or_empty("article")),
        ("lot", asked.text_or_empty("lot")),
    ];
    let head = [
        "article", "name", "lot", "serial", "expiry", "place", "status", "#units",
    ];
    let lines = html! {
        @for row in &rows {
            @let (lot, serial) = lot_and_serial(&row.unit, may_trace);
            @let expired = row.expiry.is_some_and(|expiry| today > expiry.last_usable_day());
            tr.attention[row.held || expired || row.units < 0] {
                td.code data-label=(context.t("article")) {
                    @if let Some(no) = &row.article {
                        a href=(link("/console/articles", &[("no", no.as_str())])) { (no) }
                    } @else if let Product::Raw(raw) = &row.unit.product {
                        a href=(link("/console/trace", &[("product", &row.unit.product.to_string())])) { (raw.short()) }
                    } @else { (row.unit.product) }
                }
                td data-label=(context.t("name")) {
                    @if let Some(name) = &row.name { (name) } @else { em { (context.t("unknown-article")) } }
                    @if row.held { " " strong.flag { (context.t("held")) } }
                    @if expired { " " strong.flag { (context.t("expired")) } }
                }
                td data-label=(context.t("lot")) { (lot) }
                td data-label=(context.t("serial")) { (serial) }
                td.date data-label=(context.t("expiry")) { @if let Some(expiry) = &row.expiry { (expiry) } @else { "–" } }
                td data-label=(context.t("place")) { (names.place_cell(&row.place)) }
                td data-label=(context.t("status")) { (context.t(&format!("status-{}", row.status.word()))) }
                td.number data-label=(context.t("units")) { (context.number(row.units)) }
            }
        }
    };
    let body = html! {
        h1 { (context.t("menu-stock")) }
        form.filter method="get" action="/console/stock" role="search" {
            (layout::input(&context.t("place"), "place", filter[0].1))
            (layout::input(&context.t("article"), "article", filter[1].1))
            (layout::input(&context.t("lot"), "lot", filter[2].1))
            button type="submit" { (context.t("filter")) }
            a href="/console/stock" { (context.t("clear")) }
        }
        @if rows.is_empty() {
            p.notice { (context.t("no-stock")) }
        } @else {
            (layout::stacking_table(&context, &context.t("menu-stock"), &head, &lines))
        }
        (page.links(&context, "/console/stock", &filter, more))
    };
    Ok(layout::page(&context, &context.t("menu-stock"), &body))
}
