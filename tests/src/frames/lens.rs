//! From modules to pixels: the label held before a camera, lit from one side, out of focus, in noise.

use sparhund_decoder::Luma;

use super::SIZE;
use super::dice::Dice;
use super::label::Modules;

/// How bad the view is. The ranges were set so that the two libraries alone, once over the whole frame, read as many DataMatrix
/// frames as they did of the sets that the targets come from (decision 0013).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A steady hand in a lit room: modules of 3 to 8 pixels, blur of up to two fifths of one, little noise.
    Mild,
    /// A hurried hand in a dim one: modules of 2 to 6 pixels, blur of up to half of one, more noise, weaker contrast.
    Hard,
}

/// The ranges that a level draws from.
struct Ranges {
    /// Pixels to a module.
    module: (f32, f32),
    /// How far a corner strays, as a part of the symbol's longer side.
    perspective: f32,
    /// Deviation of the blur, in modules.
    blur: (f32, f32),
    /// Deviation of the noise, in shades.
    noise: (f32, f32),
    /// Shades between dark and light print.
    contrast: (f32, f32),
    /// Light left at the far edge of the frame.
    fading: f32,
}

impl Level {
    /// The name for a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Hard => "hard",
        }
    }

    fn ranges(self) -> Ranges {
        match self {
            Self::Mild => Ranges {
                module: (2.8, 8.0),
                perspective: 0.03,
                blur: (0.1, 0.42),
                noise: (1.0, 7.0),
                contrast: (85.0, 190.0),
                fading: 0.6,
            },
            Self::Hard => Ranges {
                module: (2.2, 6.0),
                perspective: 0.05,
                blur: (0.1, 0.5),
                noise: (2.0, 9.0),
                contrast: (60.0, 160.0),
                fading: 0.45,
            },
        }
    }
}

/// A place in the picture or on the label.
type Point = (f32, f32);

pub fn take(label: &Modules, level: Level, dice: &mut Dice) -> Luma {
    let ranges = level.ranges();
    let (frame_width, frame_height) = (pixels(SIZE.0), pixels(SIZE.1));
    let (wide, tall) = (real(label.width), real(label.height));
    let angle = angle(label.linear, dice);
    let (sin, cos) = angle.sin_cos();
    let (box_width, box_height) = (
        wide * cos.abs() + tall * sin.abs(),
        wide * sin.abs() + tall * cos.abs(),
    );
    // A label fits the frame: who aims sees to that.
    let most = ((frame_width - 60.0) / box_width).min((frame_height - 60.0) / box_height);
    let module = dice.between(ranges.module.0, ranges.module.1).min(most);
    let room = (
        (frame_width - box_width * module) / 2.0 - 20.0,
        (frame_height - box_height * module) / 2.0 - 20.0,
    );
    let centre = (
        frame_width / 2.0 + dice.between(-room.0, room.0),
        frame_height / 2.0 + dice.between(-room.1, room.1),
    );
    let stray = ranges.perspective * wide.max(tall) * module;
    let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(u, v)| {
        let (x, y) = (u * wide * module, v * tall * module);
        (
            centre.0 + x * cos - y * sin + dice.between(-stray, stray),
            centre.1 + x * sin + y * cos + dice.between(-stray, stray),
        )
    });
    let contrast = dice.between(ranges.contrast.0, ranges.contrast.1);
    let dark = dice.between(15.0, (235.0 - contrast).clamp(16.0, 90.0));
    let table = dice.between(dark, dark + contrast);
    let mut shades = vec![table; (SIZE.0 * SIZE.1) as usize];
    draw(label, &corners, [dark, dark + contrast], &mut shades);
    blur(&mut shades, dice.between(ranges.blur.0, ranges.blur.1) * module);
    develop(&shades, &ranges, dice)
}

/// Matrix symbols lie as they like; bars are held across or along the frame.
fn angle(linear: bool, dice: &mut Dice) -> f32 {
    use std::f32::consts::{FRAC_PI_2, PI};
    if linear {
        dice.pick(&[0.0, 0.0, 0.0, FRAC_PI_2, PI]) + dice.between(-0.2, 0.2)
    } else {
        dice.between(0.0, 2.0 * PI)
    }
}

/// Paints the label: three by three samples a pixel, each asked what lies there on the label.
fn draw(label: &Modules, corners: &[Point; 4], [dark, light]: [f32; 2], shades: &mut [f32]) {
    const SAMPLES: [f32; 3] = [-0.33, 0.0, 0.33];
    let onto = Homography::onto_square(corners);
    let (wide, tall) = (real(label.width), real(label.height));
    let columns = bounds(corners.map(|c| c.0), SIZE.0);
    for y in bounds(corners.map(|c| c.1), SIZE.1) {
        for x in columns.clone() {
            let shade = &mut shades[y * SIZE.0 as usize + x];
            let table = *shade;
            let mut sum = 0.0;
            for (dx, dy) in SAMPLES
                .iter()
                .flat_map(|dx| SAMPLES.iter().map(move |dy| (dx, dy)))
            {
                let (u, v) = onto.apply((real(x) + dx, real(y) + dy));
                sum += if (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v) {
                    let at = whole(v * tall) * label.width + whole(u * wide);
                    if label.dark[at] { dark } else { light }
                } else {
                    table
                };
            }
            *shade = sum / 9.0;
        }
    }
}

/// The pixels from the least to the greatest of four places, within the frame.
fn bounds(places: [f32; 4], side: u32) -> std::ops::Range<usize> {
    let least = places.iter().copied().fold(f32::MAX, f32::min).floor();
    let most = places.iter().copied().fold(f32::MIN, f32::max).ceil() + 1.0;
    whole(least.max(0.0))..whole(most.clamp(0.0, pixels(side)))
}

/// Takes a quadrangle onto the unit square.
struct Homography([f32; 9]);

impl Homography {
    /// Heckbert's square-to-quadrangle, turned round by the adjoint matrix.
    fn onto_square([p0, p1, p2, p3]: &[Point; 4]) -> Self {
        let (dx1, dx2, dx3) = (p1.0 - p2.0, p3.0 - p2.0, p0.0 - p1.0 + p2.0 - p3.0);
        let (dy1, dy2, dy3) = (p1.1 - p2.1, p3.1 - p2.1, p0.1 - p1.1 + p2.1 - p3.1);
        let area = dx1 * dy2 - dx2 * dy1;
        let tilt = ((dx3 * dy2 - dx2 * dy3) / area, (dx1 * dy3 - dx3 * dy1) / area);
        let x = [p1.0 - p0.0 + tilt.0 * p1.0, p3.0 - p0.0 + tilt.1 * p3.0, p0.0];
        let y = [p1.1 - p0.1 + tilt.0 * p1.1, p3.1 - p0.1 + tilt.1 * p3.1, p0.1];
        Self([
            y[1] - y[2] * tilt.1,
            x[2] * tilt.1 - x[1],
            x[1] * y[2] - x[2] * y[1],
            y[2] * tilt.0 - y[0],
            x[0] - x[2] * tilt.0,
            x[2] * y[0] - x[0] * y[2],
            y[0] * tilt.1 - y[1] * tilt.0,
            x[1] * tilt.0 - x[0] * tilt.1,
            x[0] * y[1] - x[1] * y[0],
        ])
    }

    fn apply(&self, (x, y): Point) -> Point {
        let m = &self.0;
        let w = m[6] * x + m[7] * y + m[8];
        ((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w)
    }
}

/// A Gaussian blur of the deviation given in pixels, rows and then columns.
fn blur(shades: &mut [f32], deviation: f32) {
    let reach = whole((deviation * 2.5).ceil()).max(1);
    let weights: Vec<f32> = (0..=2 * reach)
        .map(|i| (-(real(i) - real(reach)).powi(2) / (2.0 * deviation * deviation)).exp())
        .collect();
    let total: f32 = weights.iter().sum();
    let (width, height) = (SIZE.0 as usize, SIZE.1 as usize);
    let mut line = Vec::with_capacity(width.max(height));
    let mut pass = |shades: &mut [f32], start: usize, step: usize, count: usize| {
        line.clear();
        line.extend((0..count).map(|i| shades[start + i * step]));
        // A line of one shade stays what it is: most of a frame is table.
        if line.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits()) {
            return;
        }
        for i in 0..count {
            let sum: f32 = weights
                .iter()
                .enumerate()
                .map(|(k, weight)| weight * line[(i + k).saturating_sub(reach).min(count - 1)])
                .sum();
            shades[start + i * step] = sum / total;
        }
    };
    for y in 0..height {
        pass(shades, y * width, 1, width);
    }
    for x in 0..width {
        pass(shades, x, width, height);
    }
}

/// Uneven light, noise, and shades as bytes.
fn develop(shades: &[f32], ranges: &Ranges, dice: &mut Dice) -> Luma {
    let noise = dice.between(ranges.noise.0, ranges.noise.1);
    let from = dice.between(0.0, 2.0 * std::f32::consts::PI);
    let fading = dice.between(ranges.fading, 1.0);
    let (sin, cos) = from.sin_cos();
    let (width, height) = (pixels(SIZE.0), pixels(SIZE.1));
    let reach = f32::midpoint(cos.abs() * width, sin.abs() * height);
    let bytes = shades
        .iter()
        .enumerate()
        .map(|(i, shade)| {
            let (x, y) = (real(i % SIZE.0 as usize), real(i / SIZE.0 as usize));
            // 0 at the edge that the light comes from, 1 at the far one.
            let along = ((x - width / 2.0) * cos + (y - height / 2.0) * sin) / (2.0 * reach) + 0.5;
            let light = 1.0 - along * (1.0 - fading);
            byte(shade * light + noise * dice.normal())
        })
        .collect();
    Luma::new(SIZE.0, SIZE.1, bytes).expect("a byte a pixel")
}

#[expect(clippy::cast_precision_loss, reason = "sizes of pictures are exact")]
fn real(count: usize) -> f32 {
    count as f32
}

#[expect(clippy::cast_precision_loss, reason = "sizes of pictures are exact")]
fn pixels(count: u32) -> f32 {
    count as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "never below 0, never above a picture's size"
)]
fn whole(value: f32) -> usize {
    value as usize
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}
