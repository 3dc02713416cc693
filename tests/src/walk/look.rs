//! How a screen may look: size, colours, size of letters.

use serde_json::json;

use crate::browser::Browser;

/// Colours that the system asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colours {
    /// As by day.
    Light,
    /// As by night.
    Dark,
    /// By day, with more contrast.
    Contrast,
}

impl Colours {
    /// Stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

/// One look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// CSS pixels.
    pub size: (u32, u32),
    /// Colours.
    pub colours: Colours,
    /// How large letters are, in hundredths.
    pub letters: u32,
}

const fn look(size: (u32, u32), colours: Colours) -> Look {
    let letters = 100;
    Look {
        size,
        colours,
        letters,
    }
}

/// The usual handheld: on it the walk is made.
pub const USUAL: Look = look((360, 640), Colours::Light);

/// The smallest screen with the largest letters.
pub const LARGE_LETTERS: Look = Look {
    letters: 130,
    ..look((320, 533), Colours::Light)
};

/// Each screen in Swedish.
pub const ALL: [Look; 7] = [
    look((320, 533), Colours::Light),
    USUAL,
    look((360, 720), Colours::Light),
    look((800, 1280), Colours::Light),
    look((360, 640), Colours::Dark),
    look((360, 640), Colours::Contrast),
    LARGE_LETTERS,
];

impl Look {
    /// For names of files.
    pub fn name(&self) -> String {
        let (width, height) = self.size;
        let letters = match self.letters {
            100 => String::new(),
            letters => format!("-letters{letters}"),
        };
        format!("{width}x{height}-{}{letters}", self.colours.word())
    }

    /// Makes the page look so.
    pub async fn put_on(&self, browser: &Browser) {
        let (width, height) = self.size;
        let scheme = match self.colours {
            Colours::Dark => "dark",
            Colours::Light | Colours::Contrast => "light",
        };
        browser.view(width, height, scheme).await;
        let contrast = match self.colours {
            Colours::Contrast => "more",
            Colours::Light | Colours::Dark => "no-preference",
        };
        let media = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-contrast", "value": contrast},
            // A picture in the middle of a movement shows neither end.
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        browser.cdp("Emulation.setEmulatedMedia", media).await;
        // As the switch in the settings does.
        let letters = f64::from(self.letters) / 100.0;
        let script = format!(
            "document.documentElement.style.setProperty('--letters', '{letters}'); \
             return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
        );
        browser.run(&script).await;
    }
}
