//! The sizes of Data Matrix ECC 200 and the modules that are the same in every symbol of a size.

use std::sync::LazyLock;

use super::plane::real;

/// Rows and columns of a symbol and of one of its data regions with the patterns around it (ISO/IEC 16022:2006 table 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub rows: usize,
    pub columns: usize,
    region: (usize, usize),
}

const fn square(side: usize, region: usize) -> Size {
    Size {
        rows: side,
        columns: side,
        region: (region, region),
    }
}

const fn oblong(rows: usize, columns: usize, region: usize) -> Size {
    Size {
        rows,
        columns,
        region: (rows, region),
    }
}

/// The sizes that are looked for. Smaller ones hold no UDI, and have so little error correction that noise may pass; of larger
/// ones a frame shows the modules too small.
pub const SIZES: [Size; 21] = [
    square(14, 14),
    square(16, 16),
    square(18, 18),
    square(20, 20),
    square(22, 22),
    square(24, 24),
    square(26, 26),
    square(32, 16),
    square(36, 18),
    square(40, 20),
    square(44, 22),
    square(48, 24),
    square(52, 26),
    square(64, 16),
    square(72, 18),
    square(80, 20),
    oblong(8, 32, 16),
    oblong(12, 26, 26),
    oblong(12, 36, 18),
    oblong(16, 36, 18),
    oblong(16, 48, 24),
];

/// The pattern of each size: there is a choice among all of them for each dark blotch.
static PATTERNS: LazyLock<[Vec<Known>; SIZES.len()]> = LazyLock::new(|| SIZES.map(Size::drawn));

/// One module of the pattern; row and column may be -1 or one past the last: the quiet zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Its middle, in parts of the symbol.
    pub u: f32,
    pub v: f32,
    pub dark: bool,
    /// Neither quiet zone nor solid side: where dark and light take turns, the size shows.
    pub alternating: bool,
}

impl Size {
    /// Whether the module is known, and dark: solid at the left and lower side of each region, alternating at the others.
    pub fn known(self, row: usize, column: usize) -> Option<bool> {
        let (in_row, in_column) = (row % self.region.0, column % self.region.1);
        if in_column == 0 || in_row == self.region.0 - 1 {
            Some(true)
        } else if in_row == 0 {
            Some(in_column.is_multiple_of(2))
        } else if in_column == self.region.1 - 1 {
            Some(!in_row.is_multiple_of(2))
        } else {
            None
        }
    }

    /// Every known module, and half of the ring of quiet zone round the symbol.
    pub fn pattern(self) -> &'static [Known] {
        let at = SIZES.iter().position(|size| *size == self);
        at.map_or(&[], |at| &PATTERNS[at])
    }

    fn drawn(self) -> Vec<Known> {
        let mut pattern = Vec::new();
        for row in 0..self.rows + 2 {
            for column in 0..self.columns + 2 {
                let quiet = row == 0 || column == 0 || row > self.rows || column > self.columns;
                let dark = if quiet {
                    // Every second one: it says little, and each costs time.
                    (row + column).is_multiple_of(2).then_some(false)
                } else {
                    self.known(row - 1, column - 1)
                };
                if let Some(dark) = dark {
                    let (u, v) = self.middle(row, column);
                    let solid = column == 1 || row == self.rows;
                    pattern.push(Known {
                        u,
                        v,
                        dark,
                        alternating: !quiet && !solid,
                    });
                }
            }
        }
        pattern
    }

    /// The middle of a module in parts of the symbol; rows and columns count from the quiet zone, so the first is 1.
    pub fn middle(self, row: usize, column: usize) -> (f32, f32) {
        (
            (real(column) - 0.5) / real(self.columns),
            (real(row) - 0.5) / real(self.rows),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_that_of_a_drawn_symbol() {
        for text in [
            "12345678901234",
            "0107312345678909",
            &"0107312345678909".repeat(4),
        ] {
            let drawn = datamatrix::DataMatrix::encode(
                text.as_bytes(),
                datamatrix::SymbolList::default().enforce_square(),
            )
            .unwrap()
            .bitmap();
            let dark: std::collections::HashSet<_> = drawn.pixels().collect();
            let size = SIZES
                .into_iter()
                .find(|s| (s.columns, s.rows) == (drawn.width(), drawn.height()))
                .unwrap();
            let mut known = 0;
            for row in 0..size.rows {
                for column in 0..size.columns {
                    if let Some(expected) = size.known(row, column) {
                        assert_eq!(dark.contains(&(column, row)), expected, "{text} {row} {column}");
                        known += 1;
                    }
                }
            }
            let quiet = size.rows + size.columns + 2;
            assert_eq!(size.pattern().len(), known + quiet);
        }
    }
}
