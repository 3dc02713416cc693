//! Feeds keys and inserted text of the document to the keyboard wedge's state machine.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;
use leptos::prelude::{GetUntracked as _, WithUntracked as _};
use sparhund_scanner_core::api::RawScan;
use sparhund_scanner_core::wedge::{Focus, Layout, Press, Scan, Taken, Wedge};
use sparhund_shared::event::EntryMethod;
use wasm_bindgen::prelude::*;
use web_sys::{
    CompositionEvent, Document, Element, Event, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent,
};

use crate::browser::event_now;
use crate::state::{Ctx, Phase, Screen};

/// A field for a count.
pub const NUMBER: &str = "data-number";

/// A field that input methods of handhelds can write into when no other has the focus.
const SINK: &str = "data-sink";

/// Listens to the document for as long as the page lives.
pub fn listen(ctx: Ctx) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let ear = Rc::new(Ear {
        ctx,
        document: document.clone(),
        wedge: RefCell::new(Wedge::new(Layout::Guess)),
        field: RefCell::new(None),
        waits: Cell::new(false),
        heard: Cell::new(0.0),
    });
    on(&document, "keydown", &ear, |ear, event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
            ear.key_down(key);
        }
    });
    on(&document, "keyup", &ear, |ear, event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>()
            && key.key() == "Alt"
        {
            ear.hear(event, Wedge::alt_released);
        }
    });
    on(&document, "beforeinput", &ear, |ear, event| {
        if let Some(input) = event.dyn_ref::<InputEvent>() {
            ear.before_input(input);
        }
    });
    on(&document, "compositionend", &ear, |ear, event| {
        if let Some(text) = event
            .dyn_ref::<CompositionEvent>()
            .and_then(CompositionEvent::data)
        {
            ear.hear(event, |wedge, at, focus| wedge.text(at, &text, focus));
        }
    });
    on(&document, "pointerup", &ear, |ear, _| {
        let ear = Rc::clone(ear);
        // After the browser has moved the focus.
        set_timeout(move || ear.focus_sink(), Duration::ZERO);
    });
}

fn on(document: &Document, name: &str, ear: &Rc<Ear>, then: fn(&Rc<Ear>, &Event)) {
    let ear = Rc::clone(ear);
    let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| then(&ear, &event));
    // In the capturing phase, before any button or field.
    let added =
        document.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    if let Err(error) = added {
        web_sys::console::error_1(&error);
    }
    closure.forget();
}

struct Ear {
    ctx: Ctx,
    document: Document,
    wedge: RefCell<Wedge>,
    /// The field that the characters of this burst go into, and what stood in it before.
    field: RefCell<Option<(HtmlInputElement, String)>>,
    /// Whether somebody waits for silence already.
    waits: Cell<bool>,
    /// When a key was heard last, as [`event_now`].
    heard: Cell<f64>,
}

impl Ear {
    fn key_down(self: &Rc<Self>, key: &KeyboardEvent) {
        let (code, name) = (key.code(), key.key());
        self.hear(key, |wedge, at, focus| {
            wedge.press(&Press {
                at,
                code: &code,
                key: &name,
                shift: key.shift_key(),
                ctrl: key.ctrl_key(),
                alt: key.alt_key(),
                alt_graph: key.get_modifier_state("AltGraph"),
                repeat: key.repeat(),
                focus,
            })
        });
    }

    fn before_input(self: &Rc<Self>, input: &InputEvent) {
        let sink = self.active_field().is_some_and(|field| field.has_attribute(SINK));
        if input.input_type() == "insertText"
            && !input.is_composing()
            && let Some(text) = input.data()
        {
            self.hear(input, |wedge, at, focus| wedge.text(at, &text, focus));
        }
        if sink {
            input.prevent_default();
        }
    }

    /// Lets the machine take an event, unless scans have no business on the screen while somebody types.
    fn hear(self: &Rc<Self>, event: &Event, take: impl FnOnce(&mut Wedge, f64, Focus) -> Taken) {
        let field = self.active_field().filter(|field| !field.has_attribute(SINK));
        // A password or a PIN that is typed fast must never be shown as a scan.
        let secret = field.as_ref().is_some_and(|field| field.type_() == "password");
        if secret || (field.is_some() && !self.wants_scans()) {
            return;
        }
        let focus = match &field {
            None => Focus::Elsewhere,
            Some(field) if field.has_attribute(NUMBER) => Focus::Number,
            Some(_) => Focus::Field,
        };
        let taken = {
            let mut wedge = self.wedge.borrow_mut();
            wedge.set_layout(self.layout());
            take(&mut wedge, event.time_stamp(), focus)
        };
        if taken.prevent {
            event.prevent_default();
            event.stop_propagation();
        }
        if let Some(scan) = taken.scan {
            self.scanned(scan);
        }
        if taken.began {
            *self.field.borrow_mut() = field.map(|field| {
                let before = field.value();
                (field, before)
            });
        }
        self.heard.set(event_now());
        if !self.waits.replace(true) {
            self.wait_for_silence(self.patience_ms());
        }
    }

    fn patience_ms(&self) -> f64 {
        self.wedge.borrow().patience_ms() + 5.0
    }

    /// One timer for a whole burst: a scan has some forty keys, and each would set one and clear another.
    fn wait_for_silence(self: &Rc<Self>, ms: f64) {
        let ear = Rc::clone(self);
        let silent = move || {
            // Keys that came while the page was busy are heard first.
            set_timeout(move || ear.perhaps_silent(), Duration::ZERO);
        };
        set_timeout(silent, Duration::from_secs_f64(ms.max(0.0) / 1_000.0));
    }

    fn perhaps_silent(self: &Rc<Self>) {
        let left = self.heard.get() + self.patience_ms() - event_now();
        if left > 0.0 {
            return self.wait_for_silence(left);
        }
        self.waits.set(false);
        let scan = self.wedge.borrow_mut().silence(event_now());
        if let Some(scan) = scan {
            self.scanned(scan);
        }
    }

    fn scanned(&self, scan: Scan) {
        if let Some((field, before)) = self.field.borrow_mut().take()
            && scan.in_field
        {
            field.set_value(&before);
            // What follows the field must know that it changed.
            if let Ok(event) = Event::new("input") {
                let _ = field.dispatch_event(&event);
            }
        }
        if self.ctx.phase.with_untracked(|phase| *phase != Phase::Ready) {
            return;
        }
        if self.ctx.calibrating.get_untracked() {
            self.ctx.calibrate(scan.physical, scan.text);
        } else {
            self.ctx.scan(RawScan(scan.raw), EntryMethod::Wedge);
        }
    }

    /// Whether a scan into a field is told from typing on this screen.
    fn wants_scans(&self) -> bool {
        let ctx = self.ctx;
        let (enrolled, signed_in) = ctx
            .status
            .with_untracked(|status| (status.enrolled, status.user.is_some()));
        // A label must never become the name of a supplier, so its screen hears scans although it has no use for them.
        !enrolled
            || ctx.task.with_untracked(Option::is_some)
            || ctx.settings.get_untracked()
            || (signed_in && ctx.screen.get_untracked() == Screen::Supplier)
    }

    fn layout(&self) -> Layout {
        self.ctx.status.with_untracked(|status| {
            let profile = status.profile.as_ref();
            profile.map_or(Layout::Guess, |profile| profile.wedge.keys().into())
        })
    }

    fn active_field(&self) -> Option<HtmlInputElement> {
        self.document.active_element()?.dyn_into().ok()
    }

    /// Handhelds write scans through an input method, which needs a field to write into.
    fn focus_sink(&self) {
        let touch = web_sys::window().is_some_and(|window| window.navigator().max_touch_points() > 0);
        let typing = self
            .document
            .active_element()
            .is_some_and(|element: Element| element.matches("input, select, textarea").unwrap_or(false));
        if !touch || typing {
            return;
        }
        let sink = self.document.query_selector(&format!("[{SINK}]")).ok().flatten();
        if let Some(sink) = sink.and_then(|sink| sink.dyn_into::<HtmlElement>().ok()) {
            // A sink that cannot take the focus is hidden, and so is every task.
            let _ = sink.focus();
        }
    }
}
