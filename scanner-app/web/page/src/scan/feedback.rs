//! The verdict for ears and hand: sound in a loud store, vibration on a ward at night.

use std::cell::RefCell;

use sparhund_shared::verdict::Verdict;
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioContextState, Event, OscillatorType};

thread_local! {
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// One tone.
struct Tone {
    hertz: f32,
    /// Seconds after the scan.
    from: f64,
    /// Seconds.
    lasts: f64,
    shape: OscillatorType,
}

/// Browsers let a page sound only after it was touched once.
pub fn wake_on_first_touch() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let wake = Closure::<dyn FnMut(Event)>::new(|_| wake());
    for name in ["pointerdown", "keydown"] {
        if let Err(error) =
            document.add_event_listener_with_callback_and_bool(name, wake.as_ref().unchecked_ref(), true)
        {
            web_sys::console::error_1(&error);
        }
    }
    wake.forget();
}

fn wake() {
    AUDIO.with_borrow_mut(|audio| match audio {
        // A device without sound still shakes and shows.
        None => *audio = AudioContext::new().ok(),
        // Each key of a scan comes by here.
        Some(audio) if audio.state() == AudioContextState::Running => {}
        Some(audio) => {
            if let Ok(promise) = audio.resume() {
                wasm_bindgen_futures::spawn_local(async move {
                    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
                });
            }
        }
    });
}

/// Sounds and shakes a verdict.
pub fn play(verdict: Verdict) {
    if let Some(window) = web_sys::window() {
        let pattern = match verdict {
            Verdict::Ok => &[50][..],
            Verdict::Warn => &[90, 70, 90],
            Verdict::Stop => &[700],
        };
        let pattern: js_sys::Array = pattern
            .iter()
            .map(|ms| JsValue::from_f64(f64::from(*ms)))
            .collect();
        if js_sys::Reflect::has(&window.navigator(), &"vibrate".into()).unwrap_or(false) {
            window.navigator().vibrate_with_pattern(&pattern);
        }
    }
    AUDIO.with_borrow(|audio| {
        if let Some(audio) = audio {
            for tone in tones(verdict) {
                if let Err(error) = sound(audio, &tone) {
                    web_sys::console::error_1(&error);
                }
            }
        }
    });
}

/// OK short and high, WARN two tones, STOP long and low.
fn tones(verdict: Verdict) -> Vec<Tone> {
    let tone = |hertz, from, lasts, shape| Tone {
        hertz,
        from,
        lasts,
        shape,
    };
    match verdict {
        Verdict::Ok => vec![tone(1760.0, 0.0, 0.09, OscillatorType::Sine)],
        Verdict::Warn => vec![
            tone(990.0, 0.0, 0.13, OscillatorType::Triangle),
            tone(660.0, 0.18, 0.16, OscillatorType::Triangle),
        ],
        Verdict::Stop => vec![tone(196.0, 0.0, 0.8, OscillatorType::Square)],
    }
}

fn sound(audio: &AudioContext, tone: &Tone) -> Result<(), JsValue> {
    let (oscillator, gain) = (audio.create_oscillator()?, audio.create_gain()?);
    oscillator.set_type(tone.shape);
    oscillator.frequency().set_value(tone.hertz);
    let from = audio.current_time() + tone.from;
    let to = from + tone.lasts;
    gain.gain().set_value_at_time(0.4, from)?;
    // A hard end clicks.
    gain.gain().set_target_at_time(0.0, to - 0.02, 0.01)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&audio.destination())?;
    oscillator.start_with_when(from)?;
    oscillator.stop_with_when(to + 0.05)
}
