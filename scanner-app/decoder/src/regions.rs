//! Where in a picture a symbol may be: places with much light and dark close together.

use crate::Luma;
use crate::groups::{Cell, groups};

/// Pixels of a block's side, in the halved picture.
const BLOCK: usize = 8;
/// Pixels of a block.
const COUNT: u32 = 64;
/// A block counts as busy when its shades spread this much wider than those of a quiet block.
const BUSIER: u32 = 2;
/// Fewest blocks of a region's side: a smaller one holds no symbol that could be read.
const LEAST: usize = 2;

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

/// At most so many regions, the busiest first, each with a margin for the quiet zone.
pub fn regions(picture: &Luma, most: usize) -> Vec<Region> {
    let Some(half) = picture.halved() else {
        return Vec::new();
    };
    let map = Map::of(&half);
    let mut found = map.groups();
    found.sort_by_key(|group| std::cmp::Reverse(group.weight));
    found.truncate(most);
    found.iter().map(|group| group.region(picture)).collect()
}

/// How wide the shades of each block spread.
struct Map {
    columns: usize,
    spread: Vec<u32>,
}

/// Busy blocks that touch each other.
struct Group {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    weight: u64,
}

impl Map {
    fn of(picture: &Luma) -> Self {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let (columns, rows) = (width / BLOCK, height / BLOCK);
        let mut spread = Vec::with_capacity(columns * rows);
        for rows in picture.pixels().chunks_exact(width * BLOCK) {
            // Down the columns first: that goes many at a time.
            let (mut sums, mut squares) = (vec![0_u32; width], vec![0_u32; width]);
            for row in rows.chunks_exact(width) {
                for ((sum, square), shade) in sums.iter_mut().zip(&mut squares).zip(row) {
                    let shade = u32::from(*shade);
                    *sum += shade;
                    *square += shade * shade;
                }
            }
            let blocks = sums.chunks_exact(BLOCK).zip(squares.chunks_exact(BLOCK));
            spread.extend(blocks.map(|(sums, squares)| {
                let (sum, squares): (u32, u32) = (sums.iter().sum(), squares.iter().sum());
                // 64 squares of 255, times 64, fit 32 bits; a mean cut to a whole shade would make bright noise spread.
                let variance = (squares * COUNT - sum * sum) / (COUNT * COUNT);
                variance.isqrt()
            }));
        }
        Self { columns, spread }
    }

    /// The groups of busy blocks.
    fn groups(&self) -> Vec<Group> {
        let mut sorted = self.spread.clone();
        sorted.sort_unstable();
        // A quarter of the blocks shows nothing but noise, unless a symbol fills the picture; then it needs no finding.
        let quiet = sorted.get(sorted.len() / 4).copied().unwrap_or(0);
        let busy = self.spread.iter().map(|s| *s > quiet * BUSIER + 3).collect();
        let groups = groups(busy, self.columns).into_iter();
        groups
            .map(|cells| self.group(&cells))
            .filter(|group| group.right - group.left >= LEAST && group.bottom - group.top >= LEAST)
            .collect()
    }

    fn group(&self, cells: &[Cell]) -> Group {
        let nothing = Group {
            left: usize::MAX,
            top: usize::MAX,
            right: 0,
            bottom: 0,
            weight: 0,
        };
        cells.iter().fold(nothing, |group, (column, row)| Group {
            left: group.left.min(*column),
            top: group.top.min(*row),
            right: group.right.max(column + 1),
            bottom: group.bottom.max(row + 1),
            weight: group.weight + u64::from(self.spread[row * self.columns + column]),
        })
    }
}

impl Group {
    /// The group's rectangle in the whole picture, wider by a block and a tenth of its side.
    fn region(&self, picture: &Luma) -> Region {
        let widened = |from: usize, to: usize, side: u32| {
            let margin = BLOCK + (to - from) * BLOCK / 10;
            let from = (from * BLOCK).saturating_sub(margin) * 2;
            let to = (to * BLOCK + margin) * 2;
            let within = |at: usize| u32::try_from(at).unwrap_or(side).min(side);
            (within(from), within(to) - within(from))
        };
        let (left, width) = widened(self.left, self.right, picture.width());
        let (top, height) = widened(self.top, self.bottom, picture.height());
        Region {
            left,
            top,
            width,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(shade: impl Fn(u32, u32) -> u8) -> Luma {
        let (width, height) = (640, 480);
        let pixels = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| shade(x, y));
        Luma::new(width, height, pixels.collect()).unwrap()
    }

    #[test]
    fn the_busiest_place_comes_first_with_a_margin() {
        let chequered = |x: u32, y: u32| {
            if (x / 6 + y / 6).is_multiple_of(2) {
                20
            } else {
                220
            }
        };
        let picture = picture(|x, y| match (x, y) {
            (100..260, 80..240) | (500..560, 400..460) => chequered(x, y),
            _ => 200,
        });
        let found = regions(&picture, 3);
        assert_eq!(found.len(), 2);
        let first = found[0];
        assert!(first.left < 95 && first.left + first.width > 265, "{first:?}");
        assert!(first.top < 75 && first.top + first.height > 245, "{first:?}");
        assert!(first.width < 260 && first.height < 260, "{first:?}");
        assert_eq!(regions(&picture, 1), [first]);
    }

    #[test]
    fn where_nothing_stands_out_nothing_is_found() {
        assert_eq!(regions(&picture(|_, _| 90), 3), []);
        let speckled = |x: u32, y: u32| if (x * 7 + y * 13) % 10 < 5 { 80 } else { 160 };
        assert_eq!(regions(&picture(speckled), 3), []);
        // Nearly one shade, and its mean is none: 63 of 64 are 250.
        let bright = |x: u32, y: u32| match (x, y) {
            (100..260, 80..240) if x % 16 > 1 || y % 16 > 1 => 250,
            (100..260, 80..240) => 249,
            _ => 90,
        };
        let spread = Map::of(&picture(bright).halved().unwrap()).spread;
        assert_eq!(spread[10 * 40 + 10], 0);
        assert_eq!(regions(&Luma::new(1, 1, vec![0]).unwrap(), 3), []);
    }
}
