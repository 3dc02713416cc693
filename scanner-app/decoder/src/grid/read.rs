//! From a fit to its text: a shade for each module, dark or light, error correction.

use rxing::common::BitMatrix;
use rxing::datamatrix::decoder::Decoder;
use rxing::{
    BarcodeFormat, Point as RxingPoint, RXingResult, RXingResultMetadataType, RXingResultMetadataValue,
};

use super::fit::{Correlation, Fit, climb};
use super::plane::{Onto, Quad, real, shades};
use super::size::{Known, Size};
use crate::Luma;
use crate::mend;
use crate::symbol::Symbol;

/// How much of the difference to its four neighbours is added to a module, to undo what blur took.
const SHARPER: [f32; 3] = [0.12, 0.0, 0.3];
/// One in so many modules of the pattern may come out wrong. With more, so would far more codewords than error correction mends;
/// dirt along a whole side is one in eight.
const WRONG: usize = 7;
/// Modules to each side whose mean parts dark from light, where the plane through the pattern does not.
const REACH: usize = 3;

/// The text of the symbol that lies there, or none.
pub fn symbol(soft: &Luma, mut fit: Fit) -> Option<Symbol> {
    if let Some(symbol) = text(soft, &fit) {
        return Some(symbol);
    }
    // Most modules are right by now; all of them together tell more about the corners than the pattern alone.
    let shades = Shades::of(soft, &fit.quad, fit.size)?;
    let dark = shades.dark_by_plane(SHARPER[0]);
    let modules: Vec<_> = shades
        .places()
        .map(|(row, column)| fit.size.middle(row, column))
        .zip(dark)
        .collect();
    let modules = Known::of(&modules);
    let likeness = |quad: &Quad| {
        let mut all = Correlation::default();
        all.add(soft, &Onto::of(quad)?, &modules);
        Some(all.value())
    };
    let mut better = Fit {
        likeness: likeness(&fit.quad)?,
        ..fit.clone()
    };
    climb(&mut better, &[0.25, 0.12], likeness);
    fit.quad = better.quad;
    text(soft, &fit)
}

fn text(soft: &Luma, fit: &Fit) -> Option<Symbol> {
    let shades = Shades::of(soft, &fit.quad, fit.size)?;
    let mut tried: Vec<Vec<bool>> = Vec::new();
    SHARPER
        .iter()
        .flat_map(|sharper| {
            [
                shades.dark_by_plane(*sharper),
                shades.dark_by_neighbours(*sharper),
            ]
        })
        .find_map(|dark| {
            // The same modules fail again.
            let worth_it = !tried.contains(&dark) && shows_pattern(&dark, fit.size);
            let symbol = worth_it.then(|| decoded(&dark, fit)).flatten();
            tried.push(dark);
            symbol
        })
}

/// Whether most of the modules that are the same in every symbol came out right.
fn shows_pattern(dark: &[bool], size: Size) -> bool {
    let (mut known, mut wrong) = (0, 0);
    for (at, dark) in dark.iter().enumerate() {
        if let Some(expected) = size.known(at / size.columns, at % size.columns) {
            known += 1;
            wrong += usize::from(expected != *dark);
        }
    }
    wrong * WRONG <= known
}

/// The shade of each module and of the quiet zone round them, row by row.
struct Shades {
    size: Size,
    shades: Vec<f32>,
}

impl Shades {
    fn of(soft: &Luma, quad: &Quad, size: Size) -> Option<Self> {
        /// Places in a module whose mean is its shade, in modules from its middle.
        const RIGHT: [f32; 5] = [0.0, -0.22, 0.22, 0.22, -0.22];
        const DOWN: [f32; 5] = [0.0, -0.22, -0.22, 0.22, 0.22];
        let onto = Onto::of(quad)?;
        let (right, down) = (
            RIGHT.map(|part| part / real(size.columns)),
            DOWN.map(|part| part / real(size.rows)),
        );
        let mut means = Vec::with_capacity((size.rows + 2) * (size.columns + 2));
        for row in 0..size.rows + 2 {
            for column in 0..size.columns + 2 {
                let (u, v) = size.middle(row, column);
                let (x, y) = onto.places(&right.map(|du| u + du), &down.map(|dv| v + dv));
                means.push(shades(soft, x, y).iter().sum::<f32>() / 5.0);
            }
        }
        Some(Self { size, shades: means })
    }

    fn at(&self, row: usize, column: usize) -> f32 {
        self.shades[row * (self.size.columns + 2) + column]
    }

    /// All modules but the quiet zone, which is row and column 0.
    fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let columns = self.size.columns;
        (1..=self.size.rows).flat_map(move |row| (1..=columns).map(move |column| (row, column)))
    }

    fn sharpened(&self, row: usize, column: usize, by: f32) -> f32 {
        let near = self.at(row - 1, column)
            + self.at(row + 1, column)
            + self.at(row, column - 1)
            + self.at(row, column + 1);
        let shade = self.at(row, column);
        shade + by * (4.0 * shade - near)
    }

    /// Light falls unevenly: what parts dark from light is a plane, laid through the pattern by least squares.
    fn dark_by_plane(&self, sharper: f32) -> Vec<bool> {
        let mut sums = [[0.0_f32; 5]; 4];
        for (row, column) in self.places() {
            if let Some(dark) = self.size.known(row - 1, column - 1) {
                let of = [1.0, real(column), real(row), if dark { -1.0 } else { 1.0 }];
                let shade = self.sharpened(row, column, sharper);
                for (i, sum) in sums.iter_mut().enumerate() {
                    for (j, other) in of.iter().enumerate() {
                        sum[j] += of[i] * other;
                    }
                    sum[4] += of[i] * shade;
                }
            }
        }
        let [level, by_column, by_row, _] = solved(sums);
        self.places()
            .map(|(row, column)| {
                self.sharpened(row, column, sharper) < level + by_column * real(column) + by_row * real(row)
            })
            .collect()
    }

    /// Each module against the mean of those around it.
    fn dark_by_neighbours(&self, sharper: f32) -> Vec<bool> {
        let span = |at: usize, most: usize| at.saturating_sub(REACH).max(1)..=(at + REACH).min(most);
        self.places()
            .map(|(row, column)| {
                let (mut sum, mut count) = (0.0, 0.0);
                for near_row in span(row, self.size.rows) {
                    for near_column in span(column, self.size.columns) {
                        sum += self.at(near_row, near_column);
                        count += 1.0;
                    }
                }
                self.sharpened(row, column, sharper) < sum / count
            })
            .collect()
    }
}

/// Four equations with four unknowns, by elimination; zeros where they have no one solution.
fn solved(mut rows: [[f32; 5]; 4]) -> [f32; 4] {
    for i in 0..4 {
        let pivot = (i..4)
            .max_by(|a, b| rows[*a][i].abs().total_cmp(&rows[*b][i].abs()))
            .unwrap_or(i);
        rows.swap(i, pivot);
        let of = rows[i];
        if of[i].abs() < 1e-6 {
            return [0.0; 4];
        }
        for (j, row) in rows.iter_mut().enumerate() {
            if j != i {
                let part = row[i] / of[i];
                for (value, above) in row.iter_mut().zip(of) {
                    *value -= part * above;
                }
            }
        }
    }
    [0, 1, 2, 3].map(|i| rows[i][4] / rows[i][i])
}

/// Error correction and text, by rxing.
fn decoded(dark: &[bool], fit: &Fit) -> Option<Symbol> {
    let narrow = |count: usize| u32::try_from(count).ok();
    let mut bits = BitMatrix::new(narrow(fit.size.columns)?, narrow(fit.size.rows)?).ok()?;
    for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        bits.set(narrow(at % fit.size.columns)?, narrow(at / fit.size.columns)?);
    }
    let found = Decoder::new().decode(&bits).ok()?;
    let corners = fit
        .quad
        .iter()
        .map(|(x, y)| RxingPoint { x: *x, y: *y })
        .collect();
    let mut result = RXingResult::new(
        found.getText(),
        found.getRawBytes().clone(),
        corners,
        BarcodeFormat::DATA_MATRIX,
    );
    result.putMetadata(
        RXingResultMetadataType::SYMBOLOGY_IDENTIFIER,
        RXingResultMetadataValue::SymbologyIdentifier(format!("]d{}", found.getSymbologyModifier())),
    );
    mend::symbol(&result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_equations_have_one_solution_or_none() {
        let rows = [
            [0.0, 2.0, 0.0, 0.0, 4.0],
            [1.0, 0.0, 0.0, 0.0, 7.0],
            [0.0, 0.0, 1.0, 1.0, 3.0],
            [0.0, 0.0, 1.0, -1.0, 1.0],
        ];
        for (found, expected) in solved(rows).into_iter().zip([7.0, 2.0, 2.0, 1.0]) {
            assert!((found - expected).abs() < 0.001);
        }
        assert_eq!(solved([[0.0; 5]; 4]).map(f32::to_bits), [0; 4]);
    }
}
