//! How the page looks on this handheld: colours and size of letters, as somebody chose them. The browser keeps it, as it says
//! nothing of the work, and holds for whoever has the device.

use wasm_bindgen::JsCast as _;
use web_sys::{Document, HtmlElement, Storage};

/// Which colours.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Colours {
    /// As the device is set.
    #[default]
    Automatic,
    Light,
    Dark,
    /// With the greatest contrast.
    Contrast,
}

/// How large letters are.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Letters {
    #[default]
    Usual,
    Large,
    Largest,
}

/// A choice that the browser keeps under a name.
pub trait Choice: Copy + Default + PartialEq + Send + Sync + 'static {
    /// Under which the browser keeps it.
    const KEPT: &'static str;
    /// Every one, in the order of the switch.
    const ALL: &'static [Self];
    /// Stable word.
    fn word(self) -> &'static str;
    /// Makes the page look so.
    fn put_on(self, document: &Document);

    /// What was chosen here; what is usual where nothing was, or where the browser keeps nothing.
    fn chosen() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(Self::KEPT).ok().flatten());
        let known = Self::ALL
            .iter()
            .find(|choice| kept.as_deref() == Some(choice.word()));
        known.copied().unwrap_or_default()
    }

    /// Chooses it from now on.
    fn choose(self) {
        if let Some(storage) = storage() {
            // A browser that keeps nothing looks so until the page is loaded again.
            let _ = storage.set_item(Self::KEPT, self.word());
        }
        if let Some(document) = document() {
            self.put_on(&document);
        }
    }
}

impl Choice for Colours {
    const KEPT: &'static str = "sparhund-colours";
    const ALL: &'static [Self] = &[Self::Automatic, Self::Light, Self::Dark, Self::Contrast];

    fn word(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    fn put_on(self, document: &Document) {
        const NIGHT: &str = "(prefers-color-scheme: dark)";
        let (dark, contrast) = match self {
            Self::Automatic => (NIGHT, "(prefers-contrast: more)"),
            Self::Light => ("not all", "not all"),
            Self::Dark => ("all", "not all"),
            Self::Contrast => (NIGHT, "all"),
        };
        for (sheet, media) in [("dark", dark), ("contrast", contrast)] {
            if let Some(sheet) = document.get_element_by_id(sheet) {
                // Setting an attribute fails for invalid names only.
                let _ = sheet.set_attribute("media", media);
            }
        }
    }
}

impl Choice for Letters {
    const KEPT: &'static str = "sparhund-letters";
    const ALL: &'static [Self] = &[Self::Usual, Self::Large, Self::Largest];

    fn word(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }

    fn put_on(self, document: &Document) {
        let times = match self {
            Self::Usual => "1",
            Self::Large => "1.15",
            Self::Largest => "1.3",
        };
        let root = document.document_element();
        if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
            // Fails for styles that are computed, and this is none.
            let _ = root.style().set_property("--letters", times);
        }
    }
}

/// Looks as it was chosen here.
pub fn put_on() {
    if let Some(document) = document() {
        Colours::chosen().put_on(&document);
        Letters::chosen().put_on(&document);
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
