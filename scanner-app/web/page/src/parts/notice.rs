//! One line about what was done or could not be done.

use leptos::prelude::*;

use super::raw::refused;
use super::undo::Undo;
use crate::state::{Notice, ctx};

#[component]
pub fn NoticeLine() -> impl IntoView {
    let ctx = ctx();
    view! {
        <div class="notices">
            <div aria-live="polite">
            {move || ctx.notice.get().map(|notice| {
                let (class, words, mark, code) = match notice {
                    Notice::Problem(text) => ("notice problem", text, "problem", None),
                    Notice::Stop(text) => ("notice stop", text, "problem-stop", None),
                    Notice::Refused(text, code) => ("notice problem", text, "problem", Some(code)),
                    Notice::Done(text) => ("notice done", text, "done", None),
                };
                view! {
                    <div class=class data-test=mark>
                        <div class="notice-words">
                            <span>{words}</span>
                            {code.map(|code| refused(ctx, &code))}
                        </div>
                        <button
                            class="notice-close"
                            aria-label=move || ctx.t("close")
                            on:click=move |_| ctx.notice.set(None)
                        >
                            "×"
                        </button>
                    </div>
                }
            })}
            </div>
            <Undo/>
        </div>
    }
}
