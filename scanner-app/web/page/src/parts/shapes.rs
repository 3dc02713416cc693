//! The shapes of the verdicts: a verdict is told by shape, word and colour, never by colour alone.

use leptos::prelude::*;
use sparhund_shared::verdict::Verdict;

#[component]
pub fn Shape(verdict: Verdict) -> impl IntoView {
    match verdict {
        Verdict::Ok => view! {
            <svg class="shape" viewBox="0 0 48 48" aria-hidden="true">
                <circle cx="24" cy="24" r="22" class="fill" />
                <path d="M13 25l8 8 15-17" class="mark" />
            </svg>
        }
        .into_any(),
        Verdict::Warn => view! {
            <svg class="shape" viewBox="0 0 48 48" aria-hidden="true">
                <path d="M24 3 46 43H2z" class="fill" />
                <path d="M24 17v13M24 35v3" class="mark" />
            </svg>
        }
        .into_any(),
        Verdict::Stop => view! {
            <svg class="shape" viewBox="0 0 48 48" aria-hidden="true">
                <path d="M15 2h18l13 13v18L33 46H15L2 33V15z" class="fill" />
                <path d="M13 24h22" class="mark" />
            </svg>
        }
        .into_any(),
    }
}
