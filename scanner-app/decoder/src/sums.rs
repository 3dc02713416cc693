//! Mean and spread of the shades in any square of a picture, for four look-ups each.

use crate::Luma;

/// Sums of shades and of their squares over the rectangle from the upper left to each place. They wrap: differences over a
/// square of less than 66 051 pixels come out right, and the largest that is asked for has 4 225.
pub struct Sums {
    width: usize,
    height: usize,
    shades: Vec<u32>,
    squares: Vec<u32>,
}

/// The part of a square that lies in the picture.
pub struct Within<'a> {
    sums: &'a Sums,
    /// Where its corners stand in the sums.
    corners: [usize; 4],
    count: u32,
}

impl Sums {
    pub fn of(picture: &Luma) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let row = width + 1;
        let mut shades = vec![0; row * (height + 1)];
        let mut squares = shades.clone();
        for (y, pixels) in picture.pixels().chunks_exact(width).enumerate() {
            sum_up(&mut shades, y, row, pixels.iter().map(|shade| u32::from(*shade)));
            sum_up(
                &mut squares,
                y,
                row,
                pixels.iter().map(|shade| u32::from(*shade) * u32::from(*shade)),
            );
        }
        Self {
            width,
            height,
            shades,
            squares,
        }
    }

    /// The means of the squares that reach so many pixels to each side of the places of a row, as [`Within::mean`] tells them, and their
    /// variances, but for many at once.
    pub fn row(&self, y: usize, reach: usize) -> (Vec<i32>, Vec<f32>) {
        let (mut means, mut variances) = (vec![0; self.width], vec![0.0; self.width]);
        let wide = self.width.saturating_sub(2 * reach);
        let within = reach.min(self.width)..(reach + wide).min(self.width);
        if wide > 0 {
            let square = self.around(reach, y, reach);
            let part = 1.0 / real(square.count);
            let of = |sums| each(sums, square.corners, wide);
            for (into, sum) in means[within.clone()].iter_mut().zip(of(&self.shades)) {
                *into = mean(sum, part);
            }
            let sums = of(&self.shades).zip(of(&self.squares));
            for (into, (sum, squares)) in variances[within.clone()].iter_mut().zip(sums) {
                *into = variance(sum, squares, part);
            }
        }
        for x in (0..within.start).chain(within.end..self.width) {
            let square = self.around(x, y, reach);
            means[x] = square.mean();
            variances[x] = square.variance();
        }
        (means, variances)
    }

    /// The square that reaches so many pixels to each side of a place.
    pub fn around(&self, x: usize, y: usize, reach: usize) -> Within<'_> {
        let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(self.width));
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(self.height));
        let row = self.width + 1;
        let count = (right - left) * (bottom - top);
        Within {
            sums: self,
            corners: [
                top * row + left,
                top * row + right,
                bottom * row + left,
                bottom * row + right,
            ],
            count: u32::try_from(count).unwrap_or(u32::MAX).max(1),
        }
    }
}

/// Writes the sums of the row below those of the rows above.
fn sum_up(sums: &mut [u32], y: usize, row: usize, values: impl Iterator<Item = u32>) {
    let (above, below) = sums.split_at_mut((y + 1) * row);
    let above = above.iter().skip(y * row + 1);
    let mut sum = 0_u32;
    for ((place, above), value) in below.iter_mut().skip(1).zip(above).zip(values) {
        sum = sum.wrapping_add(value);
        *place = above.wrapping_add(sum);
    }
}

impl Within<'_> {
    fn sum(&self, of: &[u32]) -> u32 {
        difference(self.corners.map(|at| of[at]))
    }

    /// The mean shade.
    pub fn mean(&self) -> i32 {
        (self.sum(&self.sums.shades) / self.count).cast_signed()
    }

    /// The square of the standard deviation.
    fn variance(&self) -> f32 {
        let part = 1.0 / real(self.count);
        variance(self.sum(&self.sums.shades), self.sum(&self.sums.squares), part)
    }

    /// The standard deviation.
    pub fn spread(&self) -> i32 {
        let (sum, count) = (u64::from(self.sum(&self.sums.shades)), u64::from(self.count));
        let squares = self.sum(&self.sums.squares) / self.count;
        let square = u32::try_from(sum * sum / (count * count)).unwrap_or(u32::MAX);
        root(squares.saturating_sub(square))
    }
}

/// The sums over the square whose corners stand there, and over those to its right.
fn each(sums: &[u32], corners: [usize; 4], count: usize) -> impl Iterator<Item = u32> + use<'_> {
    let [upper_left, upper_right, lower_left, lower_right] = corners.map(|at| &sums[at..at + count]);
    let corners = upper_left
        .iter()
        .zip(upper_right)
        .zip(lower_left)
        .zip(lower_right);
    corners.map(|(((upper_left, upper_right), lower_left), lower_right)| {
        difference([*upper_left, *upper_right, *lower_left, *lower_right])
    })
}

fn difference([upper_left, upper_right, lower_left, lower_right]: [u32; 4]) -> u32 {
    lower_right
        .wrapping_sub(upper_right)
        .wrapping_sub(lower_left)
        .wrapping_add(upper_left)
}

/// A sum of less than 2²¹ times a part of less than 2¹², rounded down. Half a shade more than the sum keeps whole means from
/// falling below themselves.
#[expect(clippy::cast_possible_truncation, reason = "a shade")]
fn mean(sum: u32, part: f32) -> i32 {
    ((real(sum) + 0.5) * part) as i32
}

/// To less than a tenth of a shade.
fn variance(sum: u32, squares: u32, part: f32) -> f32 {
    let mean = real(sum) * part;
    real(squares) * part - mean * mean
}

#[expect(
    clippy::cast_precision_loss,
    reason = "of a sum of squares the last bits say nothing"
)]
fn real(sum: u32) -> f32 {
    sum as f32
}

/// The root of a variance of shades, which is below 2¹⁶ and so exact; a processor has an instruction for it.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "below 2¹⁶, its root below 2⁸"
)]
fn root(variance: u32) -> i32 {
    (variance as f32).sqrt() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_spread_are_those_of_the_square_within_the_picture() {
        let picture = Luma::new(4, 3, vec![0, 100, 0, 100, 9, 9, 9, 9, 255, 255, 255, 255]).unwrap();
        let sums = Sums::of(&picture);
        let all = sums.around(1, 1, 9);
        assert_eq!((all.mean(), all.spread()), (104, 111));
        let corner = sums.around(0, 0, 1);
        assert_eq!((corner.mean(), corner.spread()), (29, 40));
        let one = sums.around(3, 2, 0);
        assert_eq!((one.mean(), one.spread()), (255, 0));
    }

    #[test]
    fn the_means_of_a_row_are_those_of_its_places() {
        let shades = |at: u32| at.wrapping_mul(2_654_435_761).to_be_bytes()[0];
        for (width, height, reach) in [(90, 50, 20), (41, 41, 20), (40, 9, 20), (7, 5, 0), (131, 131, 32)] {
            for picture in [
                (0..width * height).map(shades).collect(),
                vec![255; (width * height) as usize],
            ] {
                let sums = Sums::of(&Luma::new(width, height, picture).unwrap());
                for y in 0..height as usize {
                    let (means, variances) = sums.row(y, reach);
                    for x in 0..width as usize {
                        let square = sums.around(x, y, reach);
                        assert_eq!(means[x], square.mean(), "{width} × {height}, {x} {y}");
                        let spread = variances[x].max(0.0).sqrt();
                        let off = spread - real(square.spread().cast_unsigned());
                        assert!((-0.6..1.6).contains(&off), "{spread} beside {}", square.spread());
                    }
                }
            }
        }
    }

    #[test]
    fn sums_that_wrapped_give_the_same() {
        // 255 squared, 2 000 000 times, is thirty times what the sums hold.
        let picture = Luma::new(2_000, 1_000, vec![255; 2_000_000]).unwrap();
        let last = Sums::of(&picture).around(1_990, 990, 32).mean();
        assert_eq!(last, 255);
        assert_eq!(Sums::of(&picture).around(1_990, 990, 32).spread(), 0);
    }

    #[test]
    fn roots_are_whole_ones() {
        for variance in 0..=u32::from(u16::MAX) {
            assert_eq!(root(variance).cast_unsigned(), variance.isqrt());
        }
    }
}
