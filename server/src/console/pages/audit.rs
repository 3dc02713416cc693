//! The access log: who read what about people.

use maud::html;

use crate::console::context::Context;
use crate::console::failure::Answer;
use crate::console::fields::Fields;
use crate::console::format::{link, moment};
use crate::console::layout;
use crate::http::read_audit;

/// The list, newest first.
pub(in crate::console) async fn show(context: Context, asked: Fields) -> Answer {
    let before = asked.text("before").and_then(|text| text.parse().ok());
    let page = read_audit(&context.state, context.user.id, before, None, None).await?;
    let head = ["time", "person", "read", "about", "purpose"];
    let lines = html! {
        @for row in &page.rows {
            tr {
                td.date data-label=(context.t("time")) { (moment(row.at)) }
                td data-label=(context.t("person")) {
                    @match (&row.user, &row.user_name) {
                        (_, Some(name)) => (name),
                        (Some(user), None) => span.code { (user) },
                        (None, None) => (context.t("command-line")),
                    }
                }
                td data-label=(context.t("read")) { (context.t(&format!("read-{}", row.what.word()))) }
                td data-label=(context.t("about")) { span.code { (row.asked) } }
                td data-label=(context.t("purpose")) { (row.purpose) }
            }
        }
    };
    let body = html! {
        h1 { (context.t("menu-audit")) }
        p { (context.t("audit-explained")) }
        (layout::stacking_table(&context, &context.t("menu-audit"), &head, &lines))
        @if let Some(next) = page.next {
            nav.pages aria-label=(context.t("pages")) {
                a rel="next" href=(link("/console/audit", &[("before", &next.to_string())])) { (context.t("older")) }
            }
        }
    };
    Ok(layout::page(&context, &context.t("menu-audit"), &body))
}
