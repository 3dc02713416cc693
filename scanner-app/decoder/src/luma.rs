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
        check(width, height, 4, rgba.len())?;
        let grey = |p: &[u8; 4]| {
            let grey = (77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8;
            // The weights add up to 256.
            (grey & 0xff) as u8
        };
        let over_white = |p: &[u8; 4]| {
            let (grey, alpha) = (u32::from(grey(p)), u32::from(p[3]));
            u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        let (colours, _) = rgba.as_chunks::<4>();
        // A camera's frame is opaque, and has a million of these: without a question for each it goes many at a time.
        let mut opaque = 255;
        let mut pixels: Vec<u8> = colours
            .iter()
            .map(|p| {
                opaque &= p[3];
                grey(p)
            })
            .collect();
        if opaque < 255 {
            pixels = colours.iter().map(over_white).collect();
        }
        Ok(Self {
            width,
            height,
            pixels,
        })
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
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for y in 0..height as usize {
            let (upper, lower) = (
                &self.pixels[2 * y * row..][..row],
                &self.pixels[(2 * y + 1) * row..][..row],
            );
            pixels.extend(
                upper
                    .chunks_exact(2)
                    .zip(lower.chunks_exact(2))
                    .map(|(u, l)| mean([u[0], u[1], l[0], l[1]])),
            );
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

fn mean(four: [u8; 4]) -> u8 {
    let sum: u32 = four.iter().map(|p| u32::from(*p)).sum();
    u8::try_from(sum / 4).unwrap_or(u8::MAX)
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
