//! Lamp and zoom of the camera, where it has them (W3C Image Capture, `torch` and `zoom`).

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaStream, MediaStreamTrack};

/// How much nearer the second step of the zoom shows a label: a bin label at arm's length fills the frame.
const NEARER: f64 = 2.0;

/// What the camera can do.
#[derive(Clone, Debug)]
pub struct Lens {
    track: MediaStreamTrack,
    /// Whether it has a lamp.
    pub torch: bool,
    /// Zoom values: as it opens, and nearer. None when it cannot zoom.
    pub zoom: Option<(f64, f64)>,
}

/// What is asked of it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Wish {
    /// The lamp is on.
    pub torch: bool,
    /// The label is shown nearer.
    pub nearer: bool,
}

impl Lens {
    /// The lens of an open camera.
    pub fn of(stream: &MediaStream) -> Option<Self> {
        let track: MediaStreamTrack = stream.get_video_tracks().get(0).dyn_into().ok()?;
        // Firefox and Safari know no such capabilities.
        let ask: Function = get(&track, "getCapabilities").dyn_into().ok()?;
        let able = ask.call0(&track).ok()?;
        let most = get(&get(&able, "zoom"), "max").as_f64();
        let settings: Option<Function> = get(&track, "getSettings").dyn_into().ok();
        let settings = settings
            .and_then(|ask| ask.call0(&track).ok())
            .unwrap_or_default();
        let range = get(&settings, "zoom").as_f64().zip(most);
        Some(Self {
            torch: get(&able, "torch").is_truthy(),
            zoom: range
                .filter(|(now, most)| now < most)
                .map(|(now, most)| (now, (now * NEARER).min(most))),
            track,
        })
    }

    /// Asks for both at once: each call takes the place of the one before.
    pub async fn set(&self, wish: Wish) -> Result<(), JsValue> {
        let wanted = Object::new();
        if self.torch {
            Reflect::set(&wanted, &"torch".into(), &wish.torch.into())?;
        }
        if let Some((far, near)) = self.zoom {
            let zoom = if wish.nearer { near } else { far };
            Reflect::set(&wanted, &"zoom".into(), &zoom.into())?;
        }
        let constraints = Object::new();
        Reflect::set(&constraints, &"advanced".into(), &Array::of1(&wanted))?;
        let apply: Function = get(&self.track, "applyConstraints").dyn_into()?;
        let done: Promise = apply.call1(&self.track, &constraints)?.dyn_into()?;
        JsFuture::from(done).await.map(|_| ())
    }
}

fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
