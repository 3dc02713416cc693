//! The camera: live with a frame to aim by, or a picture file.

use std::time::Duration;

use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sparhund_scanner_core::api::RawScan;
use sparhund_shared::event::EntryMethod;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, MediaStream};

use super::choose::Symbols;
use crate::scan::decoder::Decoder;
use crate::scan::frame::{Frame, close_camera, open_camera};
use crate::scan::lens::{Lens, Wish};
use crate::state::{Ctx, ctx};

/// Pause between two frames: leaves the processor of a handheld time to draw.
const PAUSE: Duration = Duration::from_millis(120);

/// The camera over the screen, while it is open.
#[component]
pub fn Camera() -> impl IntoView {
    let ctx = ctx();
    view! {
        <Show when=move || ctx.camera.get()>
            <Open/>
        </Show>
    }
}

#[component]
fn Open() -> impl IntoView {
    let ctx = ctx();
    let video = NodeRef::<Video>::new();
    let trouble = RwSignal::new(String::new());
    let stream = StoredValue::new_local(None::<MediaStream>);
    let decoder = StoredValue::new_local(None::<Decoder>);
    let lens = RwSignal::new_local(None::<Lens>);
    let closed = StoredValue::new(false);
    let still = StoredValue::new(false);
    match Decoder::start() {
        Ok(started) => decoder.set_value(Some(started)),
        Err(reason) => trouble.set(ctx.t1("camera-failed", "reason", &reason)),
    }
    spawn_local(async move {
        match open_camera().await {
            Ok(opened) if closed.try_get_value() == Some(false) => {
                stream.set_value(Some(opened.clone()));
                lens.try_set(Lens::of(&opened));
                watch(ctx, video, opened, decoder, (trouble, still)).await;
            }
            // Closed before the camera was there.
            Ok(opened) => close_camera(&opened),
            Err(error) => {
                let reason = js_sys::Reflect::get(&error, &"name".into())
                    .ok()
                    .and_then(|name| name.as_string())
                    .unwrap_or_default();
                trouble.try_set(refusal(ctx, &reason));
            }
        }
    });
    on_cleanup(move || {
        closed.try_set_value(true);
        if let Some(Some(stream)) = stream.try_get_value() {
            close_camera(&stream);
        }
        ctx.choose.set(Vec::new());
    });
    let read_file = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.get(0));
        // The same picture may be chosen again.
        input.set_value("");
        let (Some(file), Some(decoder)) = (file, decoder.get_value()) else {
            return;
        };
        // The picture is meant now; a frame that saw the same label meanwhile would count it twice.
        still.set_value(true);
        spawn_local(async move {
            let found = match Frame::of_file(&file).await {
                Ok(frame) => Some(decoder.decode(frame).await),
                Err(_) => None,
            };
            if closed.try_get_value() != Some(false) {
                return;
            }
            still.try_set_value(false);
            match found {
                None => drop(trouble.try_set(ctx.t("camera-no-picture"))),
                Some(Ok(found)) if found.is_empty() => drop(trouble.try_set(ctx.t("camera-nothing"))),
                Some(Ok(found)) => take(ctx, found),
                Some(Err(reason)) => drop(trouble.try_set(ctx.t1("camera-failed", "reason", &reason))),
            }
        });
    };
    view! {
        <div class="camera" role="dialog" aria-modal="true" aria-label=move || ctx.t("camera-open")>
            <div class="view">
                <video node_ref=video autoplay playsinline muted prop:muted=true></video>
                <div class="aim" aria-hidden="true"></div>
                <p class="aim-text">{move || ctx.t("camera-aim")}</p>
            </div>
            <p class="trouble" role="status">{trouble}</p>
            <Symbols/>
            <div class="tools">
                <LensTools lens/>
                <label class="button">
                    {move || ctx.t("camera-file")}
                    <input
                        type="file"
                        accept="image/*"
                        capture="environment"
                        data-test="camera-file"
                        on:change=read_file
                    />
                </label>
                <button class="strong" data-test="camera-close" on:click=move |_| ctx.camera.set(false)>
                    {move || ctx.t("camera-close")}
                </button>
            </div>
        </div>
    }
}

/// Lamp and zoom, where the camera has them.
#[component]
fn LensTools(lens: RwSignal<Option<Lens>, LocalStorage>) -> impl IntoView {
    let ctx = ctx();
    let wish = RwSignal::new(Wish::default());
    let ask = move |wanted: Wish| {
        let Some(lens) = lens.get_untracked() else { return };
        let before = wish.get_untracked();
        // At once, so that the next tap builds on it.
        wish.set(wanted);
        spawn_local(async move {
            // A camera that another program holds may refuse.
            if lens.set(wanted).await.is_err() && wish.try_get_untracked() == Some(wanted) {
                wish.try_set(before);
            }
        });
    };
    let has = move |able: fn(&Lens) -> bool| move || lens.with(|lens| lens.as_ref().is_some_and(able));
    view! {
        <Show when=has(|lens| lens.torch)>
            <button
                data-test="camera-torch"
                class:strong=move || wish.get().torch
                aria-pressed=move || wish.get().torch.to_string()
                on:click=move |_| ask(Wish { torch: !wish.get_untracked().torch, ..wish.get_untracked() })
            >
                {move || ctx.t("camera-torch")}
            </button>
        </Show>
        <Show when=has(|lens| lens.zoom.is_some())>
            <button
                data-test="camera-zoom"
                class:strong=move || wish.get().nearer
                aria-pressed=move || wish.get().nearer.to_string()
                on:click=move |_| ask(Wish { nearer: !wish.get_untracked().nearer, ..wish.get_untracked() })
            >
                {move || ctx.t("camera-zoom")}
            </button>
        </Show>
    }
}

/// Why the camera does not open, by the name of the exception (W3C Media Capture and Streams, `getUserMedia`).
fn refusal(ctx: Ctx, reason: &str) -> String {
    match reason {
        // No camera at all, or none that fits.
        "NotFoundError" | "OverconstrainedError" => ctx.t("camera-none"),
        "NotReadableError" | "AbortError" => ctx.t("camera-taken"),
        _ => ctx.t1("camera-denied", "reason", reason),
    }
}

/// Reads frame after frame until something is found or the camera closes.
async fn watch(
    ctx: Ctx,
    video: NodeRef<Video>,
    stream: MediaStream,
    decoder: StoredValue<Option<Decoder>, LocalStorage>,
    (trouble, still): (RwSignal<String>, StoredValue<bool>),
) {
    let Some(video) = video.try_get_untracked().flatten() else {
        return;
    };
    video.set_src_object(Some(&stream));
    if let Ok(playing) = video.play() {
        // Autoplay may have been faster; the frames tell whether it plays.
        let _ = JsFuture::from(playing).await;
    }
    loop {
        // The signals go with the camera's view.
        let Some(Some(decoder)) = decoder.try_get_value() else {
            return;
        };
        // While several codes wait for a choice, another frame would shuffle them.
        let wanted = still.try_get_value() == Some(false) && ctx.choose.with_untracked(Vec::is_empty);
        if wanted {
            let found = match Frame::of_video(video.unchecked_ref()) {
                Ok(Some(frame)) => decoder.decode(frame).await,
                Ok(None) => Ok(Vec::new()),
                Err(error) => Err(format!("{error:?}")),
            };
            match still.try_get_value() {
                // The view is gone.
                None => return,
                // A picture was chosen while this frame was read.
                Some(true) => continue,
                Some(false) => {}
            }
            match found {
                Ok(found) => take(ctx, found),
                Err(reason) => {
                    trouble.try_set(ctx.t1("camera-failed", "reason", &reason));
                    return;
                }
            }
        }
        pause().await;
    }
}

async fn pause() {
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                // The promise is resolved nowhere else.
                let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
            },
            PAUSE,
        );
    });
    let _ = JsFuture::from(waited).await;
}

/// One symbol is taken at once; of several a person chooses.
fn take(ctx: Ctx, mut found: Vec<RawScan>) {
    match found.len() {
        0 => {}
        1 => {
            ctx.camera.set(false);
            if let Some(raw) = found.pop() {
                ctx.scan(raw, EntryMethod::Camera);
            }
        }
        _ => ctx.choose.set(found),
    }
}
