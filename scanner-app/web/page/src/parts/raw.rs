//! A scan character by character.

use leptos::prelude::*;
use sparhund_scanner_core::api::RawScan;

use crate::state::Ctx;
use crate::text::visible;

/// Names of the control characters a label may carry (ISO/IEC 15434), by their pictures in Unicode.
const NAMES: [(char, &str); 7] = [
    ('\u{2404}', "EOT"),
    ('\u{2409}', "TAB"),
    ('\u{240a}', "LF"),
    ('\u{240d}', "CR"),
    ('\u{241c}', "FS"),
    ('\u{241d}', "GS"),
    ('\u{241e}', "RS"),
];

/// A scan with pictures of control characters. Few fonts have those pictures, so their names are drawn over them; what
/// is copied is the picture.
pub fn raw(bytes: &[u8]) -> impl IntoView + use<> {
    let pieces: Vec<AnyView> = visible(bytes)
        .chars()
        .map(|character| {
            let name = NAMES.iter().find(|(picture, _)| *picture == character);
            match name {
                Some((_, name)) => {
                    view! { <span class="control" data-name=*name>{character}</span> }.into_any()
                }
                None => character.into_any(),
            }
        })
        .collect();
    view! { <span class="raw-text">{pieces}</span> }
}

/// A scan that was refused, one tap away: whoever asks for help can read out what came.
pub fn refused(ctx: Ctx, code: &RawScan) -> impl IntoView + use<> {
    let code = raw(&code.0);
    // It opens downwards, perhaps below what is seen.
    let show = |event: leptos::ev::Event| crate::browser::show_whole(&event_target(&event));
    view! {
        <details class="refused-code" on:toggle=show>
            <summary data-test="show-code">{move || ctx.t("show-code")}</summary>
            <p class="code raw" data-test="refused-code">{code}</p>
        </details>
    }
}
