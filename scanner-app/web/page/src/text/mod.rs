//! Words of the page, with those of the scanner core and the shared ones.

use std::sync::Arc;

use sparhund_scanner_core::api;
use sparhund_shared::text::{Lang, Texts};

const SV: &str = include_str!("sv.ftl");
const EN: &str = include_str!("en.ftl");

/// All texts of a language.
pub fn texts(lang: Lang) -> Arc<Texts> {
    let page = match lang {
        Lang::Sv => SV,
        Lang::En => EN,
    };
    Arc::new(Texts::new(lang, &format!("{}\n{page}", api::surface(lang))))
}

/// Shows control characters of a scan: ␝ for GS and the other pictures of Unicode block 2400 likewise.
pub fn visible(raw: &[u8]) -> String {
    let picture = |character: char| match u32::from(character) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(character),
        0x7f => '\u{2421}',
        _ => character,
    };
    String::from_utf8_lossy(raw).chars().map(picture).collect()
}

/// A number or name that stays on one line: `O-1001` and `A-01-02` do not part at their hyphens.
pub fn whole(name: &str) -> String {
    name.replace('-', "\u{2011}")
}
