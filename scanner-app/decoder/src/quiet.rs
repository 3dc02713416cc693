//! The quiet zone of short bars: what has bars right beside it is a stretch of something longer.

use crate::Luma;
use crate::symbol::{Corner, Format, Symbol};

/// Modules from the middle of the first guard to that of the last, where readers see the ends: UPC-E has 51 modules, EAN-8 67
/// (GS1 General Specifications 5.2.1).
const MODULES_UPC_E: f32 = 47.0;
const MODULES_EAN_8: f32 = 64.0;
/// Where the quiet zone is looked at, in modules from such a middle: beyond the guard, and within the seven that each side must have.
const NEAR: f32 = 4.0;
const FAR: f32 = 8.0;
/// Places looked at on each side.
const PLACES: u8 = 16;
/// Dark places that are let through on a side: dust and noise.
const DARK: usize = 2;

/// Whether it is light on both sides of the bars. A reader that does not tell the place cannot be checked.
pub fn stands_alone(view: &Luma, symbol: &Symbol) -> bool {
    let Some((start, end)) = ends(&symbol.corners) else {
        return true;
    };
    let modules = match symbol.format {
        Format::Ean8 => MODULES_EAN_8,
        _ => MODULES_UPC_E,
    };
    let step = Corner {
        x: (end.x - start.x) / modules,
        y: (end.y - start.y) / modules,
    };
    let Some(middle) = middle_shade(view, start, step, modules) else {
        return false;
    };
    let light = |from: Corner, direction: f32| {
        let places = (0..PLACES).map(|place| NEAR + (FAR - NEAR) * f32::from(place) / f32::from(PLACES - 1));
        let dark = places
            .filter(|modules| shade(view, along(from, step, direction * modules)).is_none_or(|s| s <= middle))
            .count();
        dark <= DARK
    };
    light(start, -1.0) && light(end, 1.0)
}

/// Halfway between the darkest bar and the lightest space.
fn middle_shade(view: &Luma, start: Corner, step: Corner, modules: f32) -> Option<u8> {
    // Two places a module.
    let places = (0..=u8::MAX).map(|place| f32::from(place) / 2.0);
    let within = places.take_while(|at| *at <= modules);
    let shades = within.filter_map(|at| shade(view, along(start, step, at)));
    let (dark, light) = shades.fold((u8::MAX, 0), |(dark, light), s| (s.min(dark), s.max(light)));
    (dark < light).then(|| dark + (light - dark) / 2)
}

/// The middles of the two ends, of a line or of four corners in a row.
fn ends(corners: &[Corner]) -> Option<(Corner, Corner)> {
    match corners {
        [start, end] => Some((*start, *end)),
        [a, b, c, d] => Some((between(*a, *d), between(*b, *c))),
        _ => None,
    }
}

fn between(a: Corner, b: Corner) -> Corner {
    Corner {
        x: f32::midpoint(a.x, b.x),
        y: f32::midpoint(a.y, b.y),
    }
}

fn along(from: Corner, step: Corner, modules: f32) -> Corner {
    Corner {
        x: from.x + step.x * modules,
        y: from.y + step.y * modules,
    }
}

/// The shade of the pixel there; none outside of the picture.
fn shade(view: &Luma, at: Corner) -> Option<u8> {
    if at.x < 0.0 || at.y < 0.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not below zero; beyond 32 bits it saturates"
    )]
    let (x, y) = (at.x as u32, at.y as u32);
    if x >= view.width() || y >= view.height() {
        return None;
    }
    let index = usize::try_from(u64::from(y) * u64::from(view.width()) + u64::from(x)).ok()?;
    view.pixels().get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty modules of four pixels, dark and light in turn, with so many light ones on each side.
    fn striped(quiet: u32) -> (Luma, Symbol) {
        let width = 4 * (51 + 2 * quiet);
        let row: Vec<u8> = (0..width)
            .map(|x| {
                let module = x / 4;
                let dark = (quiet..quiet + 51).contains(&module) && (module - quiet).is_multiple_of(2);
                if dark { 40 } else { 210 }
            })
            .collect();
        let view = Luma::new(width, 10, row.repeat(10)).unwrap();
        let at = |module: f32| Corner {
            x: 4.0 * module,
            y: 5.0,
        };
        #[expect(clippy::cast_precision_loss, reason = "a few modules")]
        let start = quiet as f32;
        let symbol = Symbol {
            symbology: "]E0".to_owned(),
            text: String::new(),
            format: Format::Ean13,
            corners: vec![at(start + 1.5), at(start + 48.5)],
        };
        (view, symbol)
    }

    #[test]
    fn bars_between_light_stand_alone() {
        let (view, symbol) = striped(9);
        assert!(stands_alone(&view, &symbol));
        let placeless = Symbol {
            corners: Vec::new(),
            ..symbol
        };
        assert!(stands_alone(&view, &placeless), "nothing to look at");
    }

    #[test]
    fn a_stretch_of_longer_bars_does_not() {
        let (view, mut symbol) = striped(9);
        // The right half of the bars, as if it were a symbol.
        symbol.corners[0].x += 100.0;
        assert!(!stands_alone(&view, &symbol));
    }

    #[test]
    fn what_ends_at_the_rim_of_the_picture_is_not_seen_whole() {
        let (view, symbol) = striped(3);
        assert!(!stands_alone(&view, &symbol));
    }
}
