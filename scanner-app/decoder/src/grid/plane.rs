//! Places of a symbol in the picture.

use std::array::from_fn;

use crate::Luma;

/// A place in the picture: to the right and down, in pixels, the first pixel reaching from 0 to 1.
pub type Point = (f32, f32);

/// The corners of a symbol: those of its upper left, upper right, lower right and lower left module.
pub type Quad = [Point; 4];

/// Takes the unit square onto a quadrangle (Heckbert 1989, section 2.2.3).
pub struct Onto {
    x: [f32; 3],
    y: [f32; 3],
    depth: [f32; 2],
}

impl Onto {
    /// None where the corners lie in a line.
    pub fn of([p0, p1, p2, p3]: &Quad) -> Option<Self> {
        let (dx1, dx2, dx3) = (p1.0 - p2.0, p3.0 - p2.0, p0.0 - p1.0 + p2.0 - p3.0);
        let (dy1, dy2, dy3) = (p1.1 - p2.1, p3.1 - p2.1, p0.1 - p1.1 + p2.1 - p3.1);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1.0 {
            return None;
        }
        let (g, h) = ((dx3 * dy2 - dx2 * dy3) / area, (dx1 * dy3 - dx3 * dy1) / area);
        Some(Self {
            x: [p1.0 - p0.0 + g * p1.0, p3.0 - p0.0 + h * p3.0, p0.0],
            y: [p1.1 - p0.1 + g * p1.1, p3.1 - p0.1 + h * p3.1, p0.1],
            depth: [g, h],
        })
    }

    pub fn place(&self, u: f32, v: f32) -> Point {
        let ([x], [y]) = self.places(&[u], &[v]);
        (x, y)
    }

    /// Several places, for many at once: those to the right, and those down.
    pub fn places<const N: usize>(&self, u: &[f32; N], v: &[f32; N]) -> ([f32; N], [f32; N]) {
        let part: [f32; N] = from_fn(|at| 1.0 / (self.depth[0] * u[at] + self.depth[1] * v[at] + 1.0));
        let along = |of: &[f32; 3]| from_fn(|at| (of[0] * u[at] + of[1] * v[at] + of[2]) * part[at]);
        (along(&self.x), along(&self.y))
    }
}

/// The shade at a place, between the four pixels next to it; beyond the edge that of the edge.
pub fn shade(picture: &Luma, (x, y): Point) -> f32 {
    let [shade] = shades(picture, [x], [y]);
    shade
}

/// The shades at several places, for many at once.
pub fn shades<const N: usize>(picture: &Luma, x: [f32; N], y: [f32; N]) -> [f32; N] {
    let (left, right_part) = split(x, picture.width());
    let (top, lower_part) = split(y, picture.height());
    let width = picture.width().cast_signed();
    let four: [[u8; 4]; N] = from_fn(|at| four(picture, top[at] * width + left[at]));
    let between = |from: f32, to: f32, part: f32| from + (to - from) * part;
    from_fn(|at| {
        let [upper_left, upper_right, lower_left, lower_right] = four[at].map(f32::from);
        let upper = between(upper_left, upper_right, right_part[at]);
        let lower = between(lower_left, lower_right, right_part[at]);
        between(upper, lower, lower_part[at])
    })
}

/// The last pixels but one, and how much of those after them.
fn split<const N: usize>(at: [f32; N], side: u32) -> ([i32; N], [f32; N]) {
    let side = side.cast_signed();
    let last = f32_of(side - 1);
    let at: [f32; N] = from_fn(|i| {
        let at = at[i] - 0.5;
        // Not `clamp`: what is no number becomes zero, and a processor does four at a time.
        let at = if at > 0.0 { at } else { 0.0 };
        if at < last { at } else { last }
    });
    let first = at.map(|at| whole(at).min(side - 2).max(0));
    (first, from_fn(|i| at[i] - f32_of(first[i])))
}

/// The pixel that stands there, the one to its right, and those below.
fn four(picture: &Luma, start: i32) -> [u8; 4] {
    let (start, width) = (start.cast_unsigned() as usize, picture.width() as usize);
    let pixels = picture.pixels();
    match pixels.get(start..start + width + 2) {
        Some(two_rows) => [two_rows[0], two_rows[1], two_rows[width], two_rows[width + 1]],
        // A single row or column has no neighbour.
        None => [pixels.get(start).copied().unwrap_or(0); 4],
    }
}

pub fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures are exact")]
pub fn real(count: usize) -> f32 {
    count as f32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sides of pictures and squares of shades are exact"
)]
pub fn f32_of(side: i32) -> f32 {
    side as f32
}

#[expect(clippy::cast_possible_truncation, reason = "who asks keeps it within a side")]
fn whole(value: f32) -> i32 {
    value as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_to_corners_and_the_middle_to_where_the_diagonals_meet() {
        let quad = [(10.0, 10.0), (50.0, 14.0), (60.0, 70.0), (5.0, 40.0)];
        let onto = Onto::of(&quad).unwrap();
        for ((u, v), corner) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
            .into_iter()
            .zip(quad)
        {
            assert!(distance(onto.place(u, v), corner) < 0.001);
        }
        // (10, 10)–(60, 70) and (50, 14)–(5, 40) meet here.
        let middle = onto.place(0.5, 0.5);
        assert!(
            ((middle.1 - 10.0) - 1.2 * (middle.0 - 10.0)).abs() < 0.01,
            "{middle:?}"
        );
        assert!(
            ((middle.1 - 14.0) + 26.0 / 45.0 * (middle.0 - 50.0)).abs() < 0.01,
            "{middle:?}"
        );
        assert!(Onto::of(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]).is_none());
    }

    #[test]
    fn shades_between_pixels_lie_between_theirs() {
        let picture = Luma::new(2, 2, vec![0, 100, 40, 140]).unwrap();
        for (place, expected) in [
            ((0.5, 0.5), 0.0),
            ((1.0, 0.5), 50.0),
            ((1.0, 1.0), 70.0),
            ((-9.0, 99.0), 40.0),
            ((99.0, -9.0), 100.0),
        ] {
            assert!((shade(&picture, place) - expected).abs() < 0.001, "{place:?}");
        }
    }
}
