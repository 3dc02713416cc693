//! Whether short bars are what they are taken for: as many bars as the code has, and light on both sides. What has bars right beside
//! it is a stretch of something longer, and what has more bars is something longer.

use crate::Luma;
use crate::symbol::{Corner, Format, Symbol};

/// Modules from the middle of the first guard to that of the last, where readers see the ends: UPC-E has 51 modules, EAN-8 67
/// (GS1 General Specifications 5.2.1).
const MODULES_UPC_E: f32 = 47.0;
const MODULES_EAN_8: f32 = 64.0;
/// Bars of each: two and three of the guards and two a digit; two, two, two and sixteen.
const BARS_UPC_E: usize = 17;
const BARS_EAN_8: usize = 22;
/// Lines across the bars that are looked at, and how many of them must show the right bars. Noise breaks some.
const LINES: u8 = 7;
const RIGHT: usize = 2;
/// Steps in which a line is followed, to the module.
const STEPS: f32 = 4.0;
/// Where the quiet zone is looked at, in modules from such a middle: beyond the guard, and within the seven that each side must have.
const NEAR: f32 = 4.0;
const FAR: f32 = 8.0;
/// Places looked at on each side.
const PLACES: u8 = 16;
/// Dark places that are let through on a side: dust and noise.
const DARK: usize = 2;

/// Whether a short code can be what it was read as. A reader that does not tell the place cannot be checked.
pub fn stands_alone(view: &Luma, symbol: &Symbol) -> bool {
    let (modules, bars) = match symbol.format {
        Format::Ean8 => (MODULES_EAN_8, BARS_EAN_8),
        _ => (MODULES_UPC_E, BARS_UPC_E),
    };
    let lines = lines(&symbol.corners);
    let right = lines.iter().filter(|(start, end)| {
        let step = Corner {
            x: (end.x - start.x) / modules,
            y: (end.y - start.y) / modules,
        };
        middle_shade(view, *start, step, modules).is_some_and(|middle| {
            let line = Line {
                view,
                start: *start,
                step,
                middle,
            };
            line.bars(modules) == bars && line.is_light(0.0, -1.0) && line.is_light(modules, 1.0)
        })
    });
    right.count() >= RIGHT.min(lines.len())
}

/// A line across bars, in modules from the middle of its first guard.
struct Line<'a> {
    view: &'a Luma,
    start: Corner,
    step: Corner,
    middle: u8,
}

impl Line<'_> {
    fn is_dark(&self, at: f32) -> Option<bool> {
        shade(self.view, along(self.start, self.step, at)).map(|shade| shade <= self.middle)
    }

    /// Dark stretches from the quiet zone before the bars to the one behind.
    fn bars(&self, modules: f32) -> usize {
        let places = (0..u16::MAX).map(|place| f32::from(place) / STEPS - NEAR);
        let dark = places
            .take_while(|at| *at <= modules + NEAR)
            .map(|at| self.is_dark(at).unwrap_or(false));
        let mut before = false;
        dark.filter(|dark| {
            let begins = *dark && !before;
            before = *dark;
            begins
        })
        .count()
    }

    /// Whether it is light from there on in that direction.
    fn is_light(&self, end: f32, direction: f32) -> bool {
        let places = (0..PLACES).map(|place| NEAR + (FAR - NEAR) * f32::from(place) / f32::from(PLACES - 1));
        let dark = places.filter(|at| self.is_dark(end + direction * at).unwrap_or(true));
        dark.count() <= DARK
    }
}

/// Lines from one end to the other: the row that was read, or several between four corners in a row.
fn lines(corners: &[Corner]) -> Vec<(Corner, Corner)> {
    match corners {
        [start, end] => vec![(*start, *end)],
        [a, b, c, d] => (1..=LINES)
            .map(|line| {
                let part = f32::from(line) / f32::from(LINES + 1);
                (between(*a, *d, part), between(*b, *c, part))
            })
            .collect(),
        _ => Vec::new(),
    }
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

fn between(a: Corner, b: Corner, part: f32) -> Corner {
    Corner {
        x: a.x + (b.x - a.x) * part,
        y: a.y + (b.y - a.y) * part,
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

    /// Bars as wide as told, dark and light in turn, four pixels a module, with so many light modules on each side.
    fn drawn(widths: &[u32], quiet: u32) -> (Luma, Symbol) {
        let mut row = vec![210; (4 * quiet) as usize];
        for (at, width) in widths.iter().enumerate() {
            row.extend(vec![if at % 2 == 0 { 40 } else { 210 }; (4 * width) as usize]);
        }
        row.extend(vec![210; (4 * quiet) as usize]);
        let width = row.len().try_into().unwrap();
        let view = Luma::new(width, 10, row.repeat(10)).unwrap();
        #[expect(clippy::cast_precision_loss, reason = "a few modules")]
        let [start, end] = [quiet, quiet + widths.iter().sum::<u32>()].map(|module| module as f32);
        let at = |module: f32| Corner {
            x: 4.0 * module,
            y: 5.0,
        };
        let symbol = Symbol {
            symbology: "]E0".to_owned(),
            text: String::new(),
            format: Format::Ean13,
            corners: vec![at(start + 1.5), at(end - 3.0)],
        };
        (view, symbol)
    }

    /// Seventeen bars and sixteen spaces of 51 modules, as a UPC-E has.
    fn upc_e() -> Vec<u32> {
        let digits = [2, 2, 1, 2].repeat(6).into_iter();
        [1, 1, 1]
            .into_iter()
            .chain(digits.clone())
            .chain([1; 6])
            .collect()
    }

    #[test]
    fn the_right_bars_between_light_stand_alone() {
        assert_eq!((upc_e().len(), upc_e().iter().sum()), (33, 51));
        let (view, symbol) = drawn(&upc_e(), 9);
        assert!(stands_alone(&view, &symbol));
        let placeless = Symbol {
            corners: Vec::new(),
            ..symbol
        };
        assert!(stands_alone(&view, &placeless), "nothing to look at");
    }

    #[test]
    fn a_stretch_of_longer_bars_does_not() {
        let (mut bars, after) = (upc_e(), [2, 2, 1, 2, 1]);
        let long: u32 = after.iter().sum();
        bars.extend(after);
        // The bars up to where the longer ones go on.
        let (view, mut symbol) = drawn(&bars, 9);
        #[expect(clippy::cast_precision_loss, reason = "a few modules")]
        let beyond = 4.0 * long as f32;
        symbol.corners[1].x -= beyond;
        assert!(!stands_alone(&view, &symbol));
    }

    #[test]
    fn more_bars_than_the_code_has_are_something_else() {
        // As wide as a UPC-E, of narrower bars.
        let (view, symbol) = drawn(&[1; 51], 9);
        assert!(!stands_alone(&view, &symbol));
    }

    #[test]
    fn what_ends_at_the_rim_of_the_picture_is_not_seen_whole() {
        let (view, symbol) = drawn(&upc_e(), 3);
        assert!(!stands_alone(&view, &symbol));
    }
}
