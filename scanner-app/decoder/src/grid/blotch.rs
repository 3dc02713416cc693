//! Dark blotches: groups of dark pixels close together, as the hull around each.

use super::plane::{Point, f32_of, real};
use crate::Luma;
use crate::groups::{Cell, groups};
use crate::sums::Sums;

/// Pixels to each side with which a pixel is compared.
const REACH: usize = 20;
/// Pixels of a cell's side; cells with dark pixels that lie within two of each other are of one blotch.
const CELL: usize = 4;
/// Dark pixels that make a cell dark.
const DARK: u8 = 3;
/// Fewest cells of a blotch's side: ten modules of less than two pixels are not read.
const LEAST: usize = 4;

/// The hulls of the blotches with the most dark cells, at most so many.
pub fn hulls(soft: &Luma, most: usize) -> Vec<Vec<Point>> {
    let mask = Mask::of(soft);
    let mut groups = mask.groups();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.truncate(most);
    groups.iter().filter_map(|cells| mask.hull(cells)).collect()
}

/// Which pixels are dark.
struct Mask {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

impl Mask {
    fn of(soft: &Luma) -> Self {
        let (width, height) = (soft.width() as usize, soft.height() as usize);
        // Softer than the picture that modules are read in: noise that is left would tie the blotch to its surroundings.
        let softer = soft.smoothed();
        let sums = Sums::of(&softer);
        let least = (2 * noise(&softer, &sums)).max(3);
        let mut dark = vec![false; width * height];
        let rows = dark
            .chunks_exact_mut(width)
            .zip(softer.pixels().chunks_exact(width));
        for (y, (dark, shades)) in rows.enumerate() {
            let (means, variances) = sums.row(y, REACH);
            let near = means.iter().zip(&variances);
            for ((dark, shade), (mean, variance)) in dark.iter_mut().zip(shades).zip(near) {
                let darker = mean - i32::from(*shade);
                // By a quarter of the spread. Both are asked of each, so that it is done for many at once.
                *dark = (darker > least) & (f32_of(16 * darker * darker) > *variance);
            }
        }
        Self { width, height, dark }
    }

    /// Groups of dark cells, large enough to hold a symbol.
    fn groups(&self) -> Vec<Vec<Cell>> {
        let (columns, rows) = (self.width.div_ceil(CELL), self.height.div_ceil(CELL));
        let mut dark = Vec::with_capacity(columns * rows);
        for rows in self.dark.chunks(CELL * self.width) {
            let mut counts = vec![0_u8; self.width];
            for row in rows.chunks_exact(self.width) {
                for (count, dark) in counts.iter_mut().zip(row) {
                    *count += u8::from(*dark);
                }
            }
            let cells = counts
                .chunks(CELL)
                .map(|counts| counts.iter().sum::<u8>() >= DARK);
            dark.extend(cells);
        }
        let mut groups = groups(dark, columns);
        groups.retain(|group| group.len() >= LEAST * LEAST);
        groups
    }

    /// The hull of a group's dark pixels, but for single ones; None where it has no area.
    fn hull(&self, cells: &[Cell]) -> Option<Vec<Point>> {
        // Only the first and the last of a row can lie on the hull.
        let mut ends = vec![(self.width, 0); self.height];
        for (column, row) in cells {
            let (left, right) = (column * CELL, ((column + 1) * CELL).min(self.width));
            for (y, (first, last)) in ends.iter_mut().enumerate().skip(row * CELL).take(CELL) {
                let of_row = |x: &usize| self.dark[y * self.width + x] && self.held(*x, y);
                if let Some(x) = (left..right.min(*first)).find(of_row) {
                    *first = x;
                }
                if let Some(x) = (left.max(*last)..right).rev().find(of_row) {
                    *last = x;
                }
            }
        }
        let ends = ends.iter().enumerate().filter(|(_, (first, last))| first <= last);
        let points = ends.map(|(y, (first, last))| [*first, *last].map(|x| (real(x) + 0.5, real(y) + 0.5)));
        let hull = around(points.flatten().collect());
        (hull.len() > 3).then_some(hull)
    }

    /// Whether most of its neighbours are dark too.
    fn held(&self, x: usize, y: usize) -> bool {
        let near = (y.saturating_sub(1)..(y + 2).min(self.height))
            .flat_map(|y| (x.saturating_sub(1)..(x + 2).min(self.width)).map(move |x| (x, y)));
        near.filter(|(x, y)| self.dark[y * self.width + x]).count() > 4
    }
}

/// How wide shades spread where nothing is: the quietest tenth of the places on a coarse grid.
fn noise(softer: &Luma, sums: &Sums) -> i32 {
    let mut spreads: Vec<i32> = (0..softer.height() as usize)
        .step_by(8)
        .flat_map(|y| (0..softer.width() as usize).step_by(8).map(move |x| (x, y)))
        .map(|(x, y)| sums.around(x, y, 4).spread())
        .collect();
    spreads.sort_unstable();
    spreads.get(spreads.len() / 10).copied().unwrap_or(0)
}

/// The convex hull, clockwise on the screen (Andrew's monotone chain).
fn around(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut hull: Vec<Point> = Vec::new();
        for point in points {
            while let [.., a, b] = hull.as_slice()
                && (b.0 - a.0) * (point.1 - a.1) - (b.1 - a.1) * (point.0 - a.0) <= 0.0
            {
                hull.pop();
            }
            hull.push(point);
        }
        hull.pop();
        hull
    };
    let mut hull = chain(&mut points.iter().copied());
    hull.extend(chain(&mut points.iter().rev().copied()));
    hull
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hull_of_a_dark_square_goes_round_it() {
        let pixels = (0..100 * 100).map(|at| {
            let (x, y) = (at % 100, at / 100);
            if (30..60).contains(&x) && (40..70).contains(&y) && (x / 3 + y / 3) % 2 == 0 {
                40
            } else {
                200
            }
        });
        let found = hulls(&Luma::new(100, 100, pixels.collect()).unwrap(), 2);
        assert_eq!(found.len(), 1);
        for (x, y) in &found[0] {
            assert!((29.0..61.0).contains(x) && (39.0..71.0).contains(y), "{x} {y}");
        }
        let wide = found[0].iter().map(|p| p.0).fold(0.0, f32::max)
            - found[0].iter().map(|p| p.0).fold(99.0, f32::min);
        assert!(wide > 27.0, "{wide}");
    }

    #[test]
    fn a_hull_leaves_out_what_lies_within() {
        let square = vec![
            (0.0, 0.0),
            (4.0, 0.0),
            (2.0, 2.0),
            (4.0, 4.0),
            (0.0, 4.0),
            (2.0, 0.0),
        ];
        assert_eq!(around(square), [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]);
        assert_eq!(around(vec![(1.0, 1.0)]), []);
        assert_eq!(
            hulls(&Luma::new(1, 1, vec![0]).unwrap(), 1),
            Vec::<Vec<Point>>::new()
        );
    }
}
