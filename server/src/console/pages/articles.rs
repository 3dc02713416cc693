//! Articles: search, and one article with its packaging levels.

use maud::{Markup, html};
use sparhund_shared::event::ArticleNo;
use sparhund_shared::reference::{Article, ProductCategory, ProductionIdentifier, TraceLevel};

use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::fields::Fields;
use crate::console::format::link;
use crate::console::layout;
use crate::console::paging::ListPage;
use crate::http::Code;
use crate::store::ArticleQuery;

/// Rows of one page.
const ROWS: usize = 50;

/// The search, or the article that is named.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer {
    match asked.parse::<ArticleNo>(&context, "no", "article")? {
        Some(no) => {
            let article = context.state.store.article(&no).await?;
            let article =
                article.ok_or_else(|| Failure::said(Code::NotFound, context.t("no-such-article")))?;
            Ok(layout::page(&context, &article.name, &one(&context, &article)))
        }
        None => search(&context, &asked).await,
    }
}

async fn search(context: &Context, asked: &Fields) -> Answer {
    let text = asked.text_or_empty("q");
    let page = ListPage::asked(asked, ROWS);
    let query = ArticleQuery {
        text: text.to_owned(),
        offset: page.slice.offset,
        limit: page.slice.limit_and_one(),
    };
    let mut articles = context.state.store.articles(&query).await?;
    let more = page.cut(&mut articles);
    let head = ["article", "name", "manufacturer", "reference", "trace-level"];
    let rows = html! {
        @for article in &articles {
            tr {
                td.code data-label=(context.t("article")) { a href=(link("/console/articles", &[("no", article.no.as_str())])) { (article.no) } }
                td data-label=(context.t("name")) { (article.name) }
                td data-label=(context.t("manufacturer")) { (article.manufacturer.as_deref().unwrap_or("–")) }
                td.code data-label=(context.t("reference")) { (article.reference.as_deref().unwrap_or("–")) }
                td data-label=(context.t("trace-level")) { (context.t(trace_key(article.trace))) }
            }
        }
    };
    let body = html! {
        h1 { (context.t("menu-articles")) }
        form.filter method="get" action="/console/articles" role="search" {
            (layout::input(&context.t("search-articles"), "q", text))
            button type="submit" { (context.t("search")) }
        }
        @if articles.is_empty() {
            p.notice { (context.t("no-articles")) }
        } @else {
            (layout::stacking_table(context, &context.t("menu-articles"), &head, &rows))
        }
        (page.links(context, "/console/articles", &[("q", text)], more))
    };
    Ok(layout::page(context, &context.t("menu-articles"), &body))
}

fn one(context: &Context, article: &Article) -> Markup {
    let carries: Vec<String> = article
        .identifiers
        .iter()
        .map(|identifier| context.t(identifier_key(*identifier)))
        .collect();
    let head = ["identifier", "#base-units"];
    let rows = html! {
        @for packaging in &article.packagings {
            tr { td.code { (packaging.di) } td.number { (context.number(packaging.units)) } }
        }
    };
    html! {
        h1 { (article.name) }
        dl.facts {
            dt { (context.t("article")) } dd.code { (article.no) }
            dt { (context.t("manufacturer")) } dd { (article.manufacturer.as_deref().unwrap_or("–")) }
            dt { (context.t("reference")) } dd.code { (article.reference.as_deref().unwrap_or("–")) }
            dt { "EMDN" } dd.code { (article.emdn.as_deref().unwrap_or("–")) }
            dt { (context.t("category")) } dd { (context.t(category_key(article.category))) }
            dt { (context.t("trace-level")) } dd { (context.t(trace_key(article.trace))) }
            dt { (context.t("label-carries")) }
            dd { @if carries.is_empty() { (context.t("not-known")) } @else { (carries.join(", ")) } }
        }
        h2 { (context.t("packagings")) }
        (layout::table(context, &context.t("packagings"), &head, &rows))
        ul.plain {
            @if context.may_open("/console/stock") {
                li { a href=(link("/console/stock", &[("article", article.no.as_str())])) { (context.t("stock-of-article")) } }
            }
            @if context.may_open("/console/trace") {
                @if let Some(base) = article.base() {
                    li { a href=(link("/console/trace", &[("product", &base.to_string())])) { (context.t("trace-article")) } }
                }
            }
        }
    }
}

fn trace_key(level: TraceLevel) -> &'static str {
    match level {
        TraceLevel::Article => "trace-by-article",
        TraceLevel::Lot => "trace-by-lot",
        TraceLevel::Serial => "trace-by-serial",
    }
}

fn category_key(category: ProductCategory) -> &'static str {
    match category {
        ProductCategory::Medicine => "category-medicine",
        ProductCategory::MedicalDevice => "category-device",
        ProductCategory::ProtectiveEquipment => "category-protective",
        ProductCategory::MedicalFood => "category-food",
        ProductCategory::ManufacturingMaterial => "category-material",
    }
}

fn identifier_key(identifier: ProductionIdentifier) -> &'static str {
    match identifier {
        ProductionIdentifier::Lot => "lot",
        ProductionIdentifier::Serial => "serial",
        ProductionIdentifier::Expiry => "expiry",
        ProductionIdentifier::Made => "made",
        ProductionIdentifier::Software => "software",
    }
}
