//! A picture in shades of grey.

use thiserror::Error;

/// The longest side taken, in pixels. A 100 megapixel photo would stall a handheld for seconds.
const MAX_SIDE: u32 = 8_192;

/// A picture in shades of grey: one byte a pixel, 0 is black, rows from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luma {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// Why bytes are not a picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PictureError {
    /// A side is zero or longer than the decoder takes.
    #[error(
        "a picture of {width}×{height} pixels cannot be read: each side must be 1 to {MAX_SIDE}; scale it first"
    )]
    Size {
        /// Pixels a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// The buffer does not hold width × height pixels.
    #[error(
        "the picture has {found} bytes where its size says {expected}: it was cut off or has another pixel format"
    )]
    Length {
        /// Bytes that the stated size needs.
        expected: usize,
        /// Bytes that came.
        found: usize,
    },
}

impl Luma {
    /// A picture from `width` × `height` grey bytes, row by row from the top.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, PictureError> {
        check(width, height, 1, pixels.len())?;
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// A picture from the RGBA bytes of a canvas; weights from ITU-R BT.601, transparency over white.
    pub fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Self, PictureError> {
        Self::from_rgba_in_parts(width, height, rgba.len(), std::iter::once(rgba))
    }

    /// The same of bytes that come in parts, each of whole pixels, and how many they are in all.
    pub fn from_rgba_in_parts<P: AsRef<[u8]>>(
        width: u32,
        height: u32,
        bytes: usize,
        parts: impl IntoIterator<Item = P>,
    ) -> Result<Self, PictureError> {
        check(width, height, 4, bytes)?;
        let mut pixels = Vec::with_capacity(bytes / 4);
        for part in parts {
            add_grey(&mut pixels, part.as_ref());
        }
        Self::new(width, height, pixels)
    }

    /// Pixels a row.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The grey bytes, row by row from the top.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The picture on its side: what was the right edge is now the top.
    #[must_use]
    pub fn turned_left(&self) -> Self {
        let (w, h) = (self.width as usize, self.height as usize);
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for x in (0..w).rev() {
            pixels.extend((0..h).map(|y| self.pixels[y * w + x]));
        }
        Self {
            width: self.height,
            height: self.width,
            pixels,
        }
    }

    /// Half as wide and half as tall: four pixels become their mean, and noise half as strong.
    /// None when less than one pixel would be left.
    pub fn halved(&self) -> Option<Self> {
        let (width, height) = (self.width / 2, self.height / 2);
        let row = self.width as usize;
        let mut pixels = vec![0; width as usize * height as usize];
        if width > 0 {
            let halves = pixels.chunks_exact_mut(width as usize);
            for (half, rows) in halves.zip(self.pixels.chunks_exact(2 * row)) {
                let (upper, lower) = rows.split_at(row);
                let (upper, lower) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0);
                for ((half, upper), lower) in half.iter_mut().zip(upper).zip(lower) {
                    *half = mean(*upper, *lower);
                }
            }
        }
        Self::new(width, height, pixels).ok()
    }

    /// Every band of `band` rows as one row of their means: bars that run down the picture keep their edges
    /// while noise averages out. Rows that fill no band at the lower edge are left out; none when no band is full.
    pub fn banded(&self, band: u32) -> Option<Self> {
        let height = self.height.checked_div(band)?;
        let row = self.width as usize;
        let mut pixels = Vec::with_capacity(row * height as usize);
        for rows in self.pixels.chunks_exact(row * band as usize) {
            pixels.extend((0..row).map(|x| {
                let column = rows.iter().skip(x).step_by(row);
                let sum: u32 = column.map(|p| u32::from(*p)).sum();
                u8::try_from(sum / band).unwrap_or(u8::MAX)
            }));
        }
        Self::new(self.width, height, pixels).ok()
    }
}

/// Adds the shades of RGBA pixels.
fn add_grey(pixels: &mut Vec<u8>, rgba: &[u8]) {
    let (colours, _) = rgba.as_chunks::<4>();
    let before = pixels.len();
    pixels.resize(before + colours.len(), 0);
    let pixels = &mut pixels[before..];
    // A camera's frame is opaque, and has a million of these: without a question for each it goes many at a time.
    let mut all = u32::MAX;
    for (pixel, colour) in pixels.iter_mut().zip(colours) {
        let colour = u32::from_le_bytes(*colour);
        all &= colour;
        *pixel = grey(colour);
    }
    if all >> 24 < 255 {
        for (pixel, [.., alpha]) in pixels.iter_mut().zip(colours) {
            let (grey, alpha) = (u32::from(*pixel), u32::from(*alpha));
            *pixel = u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        }
    }
}

/// The shade of red, green, blue and alpha in the bytes of a number, the lowest first. Red and blue are weighed by one product,
/// red by 77 and blue by 29 of 256, whose sum stands above its lower 16 bits; what is above the sum falls off.
#[expect(clippy::cast_possible_truncation, reason = "the weights add up to 256")]
fn grey(colour: u32) -> u8 {
    const WEIGHTS: u32 = 77 * 0x1_0000 + 29;
    let red_and_blue = (colour & 0x00ff_00ff).wrapping_mul(WEIGHTS) >> 16;
    let green = colour >> 8 & 0xff;
    ((red_and_blue + 150 * green) >> 8) as u8
}

/// The mean of two pixels above two: a pair is one number, so that many are added at once.
#[expect(clippy::cast_possible_truncation, reason = "a mean of bytes is a byte")]
fn mean(upper: [u8; 2], lower: [u8; 2]) -> u8 {
    let sum = |pair: [u8; 2]| {
        let pair = u16::from_le_bytes(pair);
        (pair & 0xff) + (pair >> 8)
    };
    ((sum(upper) + sum(lower)) / 4) as u8
}

fn check(width: u32, height: u32, bytes_per_pixel: usize, found: usize) -> Result<(), PictureError> {
    if !(1..=MAX_SIDE).contains(&width) || !(1..=MAX_SIDE).contains(&height) {
        return Err(PictureError::Size { width, height });
    }
    let expected = width as usize * height as usize * bytes_per_pixel;
    if expected == found {
        Ok(())
    } else {
        Err(PictureError::Length { expected, found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_of_the_wrong_length_is_no_picture() {
        assert_eq!(
            Luma::new(3, 2, vec![0; 5]),
            Err(PictureError::Length {
                expected: 6,
                found: 5
            })
        );
        assert_eq!(
            Luma::new(0, 2, vec![]),
            Err(PictureError::Size { width: 0, height: 2 })
        );
        assert_eq!(
            Luma::new(9_000, 1, vec![0; 9_000]),
            Err(PictureError::Size {
                width: 9_000,
                height: 1
            })
        );
    }

    #[test]
    fn colours_become_grey_and_transparency_is_white() {
        let rgba = [0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 0, 255, 0, 0, 255];
        let picture = Luma::from_rgba(4, 1, &rgba).unwrap();
        assert_eq!(picture.pixels(), [0, 255, 255, 76]);
        // Every red with every blue, and a green that goes with them.
        let colours = (0..=255).flat_map(|red| (0..=255).map(move |blue| [red, red ^ blue, blue, 255]));
        let rgba: Vec<u8> = colours.clone().flatten().collect();
        let weighed =
            colours.map(|[r, g, b, _]| (77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b)) >> 8);
        let found = Luma::from_rgba(256, 256, &rgba).unwrap();
        assert!(found.pixels().iter().map(|p| u32::from(*p)).eq(weighed));
    }

    #[test]
    fn halves_and_bands_are_means() {
        let picture = Luma::new(5, 3, vec![0, 4, 8, 8, 9, 4, 8, 0, 0, 9, 200, 200, 200, 200, 200]).unwrap();
        let half = picture.halved().unwrap();
        assert_eq!((half.width(), half.height(), half.pixels()), (2, 1, &[4, 4][..]));
        let band = picture.banded(2).unwrap();
        assert_eq!(
            (band.width(), band.height(), band.pixels()),
            (5, 1, &[2, 6, 4, 4, 9][..])
        );
        assert_eq!(picture.banded(1), Some(picture.clone()));
        assert_eq!((picture.banded(4), picture.banded(0)), (None, None));
        assert_eq!(Luma::new(1, 1, vec![0]).unwrap().halved(), None);
    }

    #[test]
    fn four_turns_give_the_same_picture() {
        let picture = Luma::new(3, 2, vec![1, 2, 3, 4, 5, 6]).unwrap();
        let turned = picture.turned_left();
        assert_eq!(
            (turned.width(), turned.height(), turned.pixels()),
            (2, 3, &[3, 6, 2, 5, 1, 4][..])
        );
        assert_eq!(turned.turned_left().turned_left().turned_left(), picture);
    }
}
