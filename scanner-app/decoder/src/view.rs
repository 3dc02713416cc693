//! A view of a picture: a part of it, seen through a filter, that knows where its places lie in the whole.

use crate::Luma;
use crate::regions::Region;
use crate::symbol::Corner;

/// What is done to a part of a picture before a reader looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    Plain,
    Doubled,
    Halved,
    Smoothed,
    Flattened,
    SmoothedDoubled,
    FlattenedDoubled,
    SharpenedDoubled,
    HalvedFlattened,
    Inverted,
}

/// Pixels that a local threshold reaches: some modules to each side.
const REACH: u32 = 16;
/// Pixels that count as near when edges are made steeper.
const NEAR: u32 = 4;
/// A view is not enlarged beyond so many pixels: it would cost more than a frame.
const LARGE: u64 = 700_000;

#[derive(Debug, Clone)]
pub struct View {
    pub picture: Luma,
    left: f32,
    top: f32,
    /// Pixels of the whole picture to one of the view.
    scale: f32,
}

impl View {
    /// None where nothing is left, or the view would be too large.
    pub fn of(picture: &Luma, region: Option<Region>, filter: Filter) -> Option<Self> {
        let part = match region {
            Some(r) => picture.cropped(r.left, r.top, r.width, r.height)?,
            None => picture.clone(),
        };
        let doubled = |part: &Luma| {
            let pixels = 4 * u64::from(part.width()) * u64::from(part.height());
            (pixels <= LARGE).then(|| part.doubled()).flatten()
        };
        let (picture, scale) = match filter {
            Filter::Plain => (part, 1.0),
            Filter::Doubled => (doubled(&part)?, 0.5),
            Filter::Halved => (part.halved()?, 2.0),
            Filter::Smoothed => (part.smoothed(), 1.0),
            Filter::Flattened => (part.smoothed().flattened(REACH), 1.0),
            Filter::SmoothedDoubled => (doubled(&part.smoothed())?, 0.5),
            Filter::FlattenedDoubled => (doubled(&part.smoothed())?.flattened(2 * REACH), 0.5),
            Filter::SharpenedDoubled => (doubled(&part.smoothed())?.sharpened(2 * NEAR), 0.5),
            Filter::HalvedFlattened => (part.halved()?.flattened(REACH), 2.0),
            Filter::Inverted => (part.inverted(), 1.0),
        };
        let (left, top) = region.map_or((0, 0), |r| (r.left, r.top));
        Some(Self {
            picture,
            left: as_place(left),
            top: as_place(top),
            scale,
        })
    }

    /// Where a place of the view lies in the whole picture.
    pub fn in_whole(&self, corner: Corner) -> Corner {
        Corner {
            x: self.left + corner.x * self.scale,
            y: self.top + corner.y * self.scale,
        }
    }
}

/// A side is at most 8192 pixels, so it fits without loss.
#[expect(clippy::cast_precision_loss, reason = "f32 is exact up to 2^24")]
fn as_place(pixels: u32) -> f32 {
    pixels as f32
}
