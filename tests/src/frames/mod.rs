//! Camera frames made from a seed: real symbols under the eyes of a bad camera.
//!
//! The same kind, level and seed give the same pixels on every machine, so that a rate is a figure and not an event.

mod dice;
mod label;
mod lens;

use sparhund_decoder::Luma;

pub use label::{Kind, Truth, data_bar_label};
pub use lens::Level;

/// Pixels of a frame, to the right and down.
pub const SIZE: (u32, u32) = (1280, 720);

/// What a camera saw, and what was on the label.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The picture.
    pub picture: Luma,
    /// What a reader should find in it.
    pub truth: Truth,
}

/// The frame of a kind, level and seed.
pub fn frame(kind: Kind, level: Level, seed: u64) -> Frame {
    let mut dice = dice::Dice::new(seed ^ (kind as u64) << 40 ^ (level as u64) << 48);
    let label = label::print(kind, &mut dice);
    Frame {
        picture: lens::take(&label.modules, level, &mut dice),
        truth: label.truth,
    }
}

/// A frame with everything but a symbol: paper, lines of text, light and noise.
pub fn empty_frame(level: Level, seed: u64) -> Luma {
    let mut dice = dice::Dice::new(seed ^ 0xE1 << 40 ^ (level as u64) << 48);
    lens::take(&label::text_only(&mut dice), level, &mut dice)
}
