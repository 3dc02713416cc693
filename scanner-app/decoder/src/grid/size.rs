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
static PATTERNS: LazyLock<[Pattern; SIZES.len()]> = LazyLock::new(|| SIZES.map(Size::drawn));

/// Modules that are compared at once.
pub const LANES: usize = 4;

/// The modules that are the same in every symbol of a size, and half of the ring of quiet zone round it.
#[derive(Debug, Default)]
pub struct Pattern {
    /// Neither quiet zone nor solid side: where dark and light take turns, the size shows.
    pub alternating: Vec<Known>,
    pub others: Vec<Known>,
}

/// Some modules of the pattern. Where a list has no more, the last lanes are those of no module.
#[derive(Debug, Default)]
pub struct Known {
    /// The middle of each, in parts of the symbol.
    pub u: [f32; LANES],
    pub v: [f32; LANES],
    /// 1 where a module is light.
    pub light: [f32; LANES],
    /// 1 where there is a module.
    pub there: [f32; LANES],
}

impl Known {
    /// Modules by their middle and whether they are dark.
    pub fn of(modules: &[((f32, f32), bool)]) -> Vec<Self> {
        let together = modules.chunks(LANES).map(|modules| {
            let mut known = Self::default();
            for (at, ((u, v), dark)) in modules.iter().enumerate() {
                (known.u[at], known.v[at]) = (*u, *v);
                known.light[at] = if *dark { 0.0 } else { 1.0 };
                known.there[at] = 1.0;
            }
            known
        });
        together.collect()
    }
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

    /// What is the same in every symbol of this size.
    pub fn pattern(self) -> &'static Pattern {
        let at = SIZES.iter().position(|size| *size == self);
        &PATTERNS[at.unwrap_or(0)]
    }

    fn drawn(self) -> Pattern {
        let (mut alternating, mut others) = (Vec::new(), Vec::new());
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
                    let solid = column == 1 || row == self.rows;
                    let of = if quiet || solid {
                        &mut others
                    } else {
                        &mut alternating
                    };
                    of.push((self.middle(row, column), dark));
                }
            }
        }
        Pattern {
            alternating: Known::of(&alternating),
            others: Known::of(&others),
        }
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
            let Pattern { alternating, others } = size.pattern();
            let there: f32 = alternating
                .iter()
                .chain(others)
                .flat_map(|known| known.there)
                .sum();
            assert!((there - real(known + quiet)).abs() < 0.1);
        }
    }
}
