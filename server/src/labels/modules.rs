//! Dark and light squares, and their drawing.

use std::fmt::Write as _;

use datamatrix::{DataMatrix, SymbolList};
use maud::{Markup, PreEscaped, html};
use qrcode::{Color, EcLevel, QrCode};

use super::{ElementString, LabelError, code128};

/// A symbol as squares, rows from the top, quiet zone included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Modules {
    width: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// GS1 DataMatrix (ISO/IEC 16022, FNC1 first), square, quiet zone of two modules (one is the least allowed).
    pub fn data_matrix(label: &ElementString) -> Result<Self, LabelError> {
        let data = label.scan_form();
        let symbol = DataMatrix::encode_gs1(data.as_bytes(), SymbolList::default().enforce_square())
            .map_err(|_| LabelError::TooLong("DataMatrix", data.len()))?;
        let bitmap = symbol.bitmap();
        Ok(Self {
            width: bitmap.width(),
            dark: bitmap.bits().to_vec(),
        }
        .with_quiet_zone(2, 2))
    }

    /// GS1-128, quiet zone of ten modules on either side; one row, to be drawn tall.
    pub fn gs1_128(label: &ElementString) -> Result<Self, LabelError> {
        let dark = code128::modules(&label.scan_form())?;
        Ok(Self {
            width: dark.len(),
            dark,
        }
        .with_quiet_zone(10, 0))
    }

    /// QR Code (ISO/IEC 18004) with any text, error level M, quiet zone of four modules.
    pub fn qr(text: &str) -> Result<Self, LabelError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|_| LabelError::TooLong("QR", text.len()))?;
        Ok(Self {
            width: code.width(),
            dark: code
                .to_colors()
                .into_iter()
                .map(|color| color == Color::Dark)
                .collect(),
        }
        .with_quiet_zone(4, 4))
    }

    fn with_quiet_zone(self, sides: usize, ends: usize) -> Self {
        let width = self.width + 2 * sides;
        let mut dark = vec![false; ends * width];
        for row in self.dark.chunks(self.width.max(1)) {
            dark.extend(std::iter::repeat_n(false, sides));
            dark.extend(row);
            dark.extend(std::iter::repeat_n(false, sides));
        }
        dark.extend(std::iter::repeat_n(false, ends * width));
        Self { width, dark }
    }

    /// Modules a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.dark.len() / self.width.max(1)
    }

    /// Row by row from the top, dark = `true`.
    pub fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks(self.width.max(1))
    }

    /// An SVG of squares, each row drawn `tall` units high; size is left to the page. `title` is read aloud.
    pub fn svg(&self, tall: usize, class: &str, title: &str) -> Markup {
        let height = self.height() * tall;
        let view = format!("0 0 {} {height}", self.width);
        html! {
            svg class=(class) viewBox=(view) role="img" aria-label=(title) shape-rendering="crispEdges"
                preserveAspectRatio="xMidYMid meet" xmlns="http://www.w3.org/2000/svg" {
                rect width="100%" height="100%" fill="#fff" {}
                path fill="#000" d=(PreEscaped(self.path(tall))) {}
            }
        }
    }

    /// One closed box for each run of dark modules in a row.
    fn path(&self, tall: usize) -> String {
        let mut path = String::new();
        for (y, row) in self.rows().enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] {
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{x} {}h{}v{tall}h-{}z", y * tall, run.len(), run.len());
                }
                x += run.len();
            }
        }
        path
    }
}
