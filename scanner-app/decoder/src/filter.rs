//! Other views of a picture, in which a reader may see what it misses in the first.

use crate::Luma;
use crate::sums::Sums;

impl Luma {
    /// A part of the picture; what lies outside is cut off. None when nothing is left.
    pub fn cropped(&self, left: u32, top: u32, width: u32, height: u32) -> Option<Self> {
        let width = width.min(self.width().checked_sub(left)?);
        let height = height.min(self.height().checked_sub(top)?);
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for y in top..top + height {
            let start = y as usize * self.width() as usize + left as usize;
            pixels.extend_from_slice(&self.pixels()[start..start + width as usize]);
        }
        Self::new(width, height, pixels).ok()
    }

    /// Light as dark: some marks are etched bright into dark metal.
    #[must_use]
    pub fn inverted(&self) -> Self {
        self.mapped(|_, shade| 255 - shade)
    }

    /// Twice as wide and tall, with new pixels between the old ones: readers want modules of more than two pixels.
    /// None where it would be too large.
    pub fn doubled(&self) -> Option<Self> {
        let (width, height) = (self.width() as usize, self.height() as usize);
        // Each new row lies a quarter towards a neighbour of the old one.
        let blend = |near: u8, far: u8| u16::from(near) * 3 + u16::from(far);
        let mut pixels = Vec::with_capacity(4 * width * height);
        let mut tall = vec![0_u16; width];
        for y in 0..2 * height {
            let near = y / 2;
            let far = if y % 2 == 0 {
                near.saturating_sub(1)
            } else {
                (near + 1).min(height - 1)
            };
            let (near, far) = (self.row(near), self.row(far));
            for ((sum, n), f) in tall.iter_mut().zip(near).zip(far) {
                *sum = blend(*n, *f);
            }
            for x in 0..width {
                let (left, right) = (tall[x.saturating_sub(1)], tall[(x + 1).min(width - 1)]);
                pixels.push(to_byte(u32::from(tall[x] * 3 + left) / 16));
                pixels.push(to_byte(u32::from(tall[x] * 3 + right) / 16));
            }
        }
        Self::new(self.width() * 2, self.height() * 2, pixels).ok()
    }

    /// Local threshold by sliding means: each pixel against the mean and the spread of the square around it that
    /// reaches `reach` pixels. Shadows and weak contrast go; grey between black and white stays.
    #[must_use]
    pub fn flattened(&self, reach: u32) -> Self {
        let sums = Sums::of(self);
        let width = self.width() as usize;
        self.mapped(|at, shade| {
            let near = sums.around(at % width, at / width, reach as usize);
            // Twice the spread to each side spans the shades; below 4 there is nothing but noise.
            let span = 4 * near.spread().max(4);
            to_byte_signed(128 + (i32::from(shade) - near.mean()) * 256 / span)
        })
    }

    /// Edges made steeper: what differs from the mean of the square around it differs three times as much.
    #[must_use]
    pub fn sharpened(&self, reach: u32) -> Self {
        let sums = Sums::of(self);
        let width = self.width() as usize;
        self.mapped(|at, shade| {
            let mean = sums.around(at % width, at / width, reach as usize).mean();
            to_byte_signed(mean + (i32::from(shade) - mean) * 3)
        })
    }

    /// Noise averaged out over three by three pixels, the middle one counting most.
    #[must_use]
    pub fn smoothed(&self) -> Self {
        let (width, height) = (self.width() as usize, self.height() as usize);
        // A column beyond each edge, like that at the edge.
        let mut columns = vec![0_u16; width + 2];
        let mut pixels = vec![0; width * height];
        for (y, smooth) in pixels.chunks_exact_mut(width).enumerate() {
            let above = self.row(y.saturating_sub(1));
            let below = self.row((y + 1).min(height - 1));
            let rows = above.iter().zip(self.row(y)).zip(below);
            for (sum, ((above, here), below)) in columns[1..].iter_mut().zip(rows) {
                *sum = u16::from(*above) + 2 * u16::from(*here) + u16::from(*below);
            }
            (columns[0], columns[width + 1]) = (columns[1], columns[width]);
            let near = columns.iter().zip(&columns[1..]).zip(&columns[2..]);
            for (smooth, ((left, here), right)) in smooth.iter_mut().zip(near) {
                *smooth = sixteenth(left + 2 * here + right);
            }
        }
        Self::new(self.width(), self.height(), pixels).unwrap_or_else(|_| self.clone())
    }

    fn row(&self, y: usize) -> &[u8] {
        let width = self.width() as usize;
        &self.pixels()[y * width..][..width]
    }

    fn mapped(&self, new: impl Fn(usize, u8) -> u8) -> Self {
        let pixels = self
            .pixels()
            .iter()
            .enumerate()
            .map(|(at, shade)| new(at, *shade))
            .collect();
        // As many pixels as before.
        Self::new(self.width(), self.height(), pixels).unwrap_or_else(|_| self.clone())
    }
}

/// Of sixteen shades at most: written so that it is done for many at once.
#[expect(clippy::cast_possible_truncation, reason = "16 × 255 / 16 is a byte")]
fn sixteenth(sum: u16) -> u8 {
    (sum / 16) as u8
}

fn to_byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn to_byte_signed(value: i32) -> u8 {
    u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, shade: impl Fn(u32, u32) -> u8) -> Luma {
        let pixels = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| shade(x, y));
        Luma::new(width, height, pixels.collect()).unwrap()
    }

    #[test]
    fn a_part_is_cut_at_the_edge() {
        let whole = picture(5, 4, |x, y| u8::try_from(10 * y + x).unwrap());
        let part = whole.cropped(3, 2, 9, 1).unwrap();
        assert_eq!(
            (part.width(), part.height(), part.pixels()),
            (2, 1, &[23, 24][..])
        );
        assert_eq!(whole.cropped(5, 0, 1, 1), None);
        assert_eq!(whole.cropped(6, 0, 1, 1), None);
    }

    #[test]
    fn twice_the_size_keeps_shades_and_steps_between_them() {
        let flat = picture(3, 2, |_, _| 77).doubled().unwrap();
        assert_eq!((flat.width(), flat.height()), (6, 4));
        assert!(flat.pixels().iter().all(|p| *p == 77));
        let step = picture(2, 1, |x, _| if x == 0 { 0 } else { 160 })
            .doubled()
            .unwrap();
        assert_eq!(step.pixels(), [0, 40, 120, 160, 0, 40, 120, 160]);
        assert_eq!(picture(8_000, 1, |_, _| 0).doubled(), None);
    }

    #[test]
    fn a_local_threshold_sees_stripes_through_a_shadow() {
        // Stripes of 20 shades under light that falls from 250 to 50.
        let shadowed = picture(200, 20, |x, _| {
            u8::try_from(250 - x - if x / 4 % 2 == 0 { 20 } else { 0 }).unwrap()
        });
        let flat = shadowed.flattened(12);
        for x in 12..188 {
            let shade = flat.pixels()[10 * 200 + x];
            assert_eq!(shade < 128, x / 4 % 2 == 0, "at {x}: {shade}");
        }
        assert!(
            picture(9, 9, |_, _| 200)
                .flattened(3)
                .pixels()
                .iter()
                .all(|p| *p == 128)
        );
    }

    #[test]
    fn sharp_and_smooth_are_opposites() {
        let edge = picture(6, 3, |x, _| if x < 3 { 100 } else { 140 });
        let steep = edge.sharpened(2);
        assert!(steep.pixels()[8] < 100 && steep.pixels()[9] > 140);
        let soft = edge.smoothed();
        assert_eq!(&soft.pixels()[6..12], [100, 100, 110, 130, 140, 140]);
        assert_eq!(edge.inverted().inverted(), edge);
    }
}
