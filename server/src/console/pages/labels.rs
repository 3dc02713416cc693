//! The label sheet: something to scan for everyone who tries the system.

use maud::html;

use super::label_sheet::{Label, sheet};
use crate::console::context::Context;
use crate::console::failure::{Answer, Failure};
use crate::console::layout;
use crate::http::Code;
use crate::labels::{LabelError, Modules, calibration_label};

/// All labels on A4 pages.
pub(in crate::console) async fn show(context: Context) -> Answer {
    let failed = |error: LabelError| Failure::said(Code::Internal, error.to_string());
    let calibration = Modules::data_matrix(&calibration_label()).map_err(failed)?;
    let sections = sheet(&context).await?;
    let mut drawn = Vec::new();
    for (title, labels) in &sections {
        let symbols: Result<Vec<_>, _> = labels.iter().map(draw).collect();
        let symbols = symbols.map_err(failed)?;
        drawn.push((title, symbols));
    }
    let body = html! {
        h1 { (context.t("menu-labels")) }
        p.no-print { (context.t("labels-how")) }
        section.sheet {
            h2 { (context.t("labels-calibration")) }
            div.labels {
                article.label {
                    (calibration.svg(1, "dm", &context.t("labels-calibration")))
                    div { p { (context.t("labels-calibration-how")) } }
                }
            }
        }
        @if drawn.is_empty() { p.notice { (context.t("no-labels")) } }
        @for (title, symbols) in &drawn {
            section.sheet {
                h2 { (title) }
                div.labels { @for symbol in symbols { (symbol) } }
            }
        }
    };
    Ok(layout::page(&context, &context.t("menu-labels"), &body))
}

fn draw(label: &Label) -> Result<maud::Markup, LabelError> {
    let matrix = Modules::data_matrix(&label.code)?;
    let line = label.linear.then(|| Modules::gs1_128(&label.code)).transpose()?;
    let hri = label.code.hri();
    Ok(html! {
        article.label.wide[line.is_some()] {
            (matrix.svg(1, "dm", &hri))
            div {
                h3 { (label.title) }
                @if let Some(note) = &label.note { p.flag { (note) } }
                @if let Some(detail) = &label.detail { p { (detail) } }
                p.hri { (hri) }
            }
            @if let Some(line) = &line { (line.svg(40, "linear", &hri)) }
        }
    })
}
