//! Draws symbols as a printer would: modules of several pixels with a quiet zone around them.

use barcoders::sym::code128::Code128;
use datamatrix::{DataMatrix, SymbolList};
use sparhund_decoder::Luma;

/// A canvas of grey pixels, white to begin with.
pub struct Sheet {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Sheet {
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![255; width * height],
        }
    }

    /// Draws a black rectangle; it must lie within the sheet.
    fn rectangle(&mut self, left: usize, top: usize, width: usize, height: usize) {
        for y in top..top + height {
            self.pixels[y * self.width + left..][..width].fill(0);
        }
    }

    /// Draws a Data Matrix with its upper left module at the place given.
    pub fn matrix(&mut self, symbol: &DataMatrix, left: usize, top: usize, module: usize) {
        for (x, y) in symbol.bitmap().pixels() {
            self.rectangle(left + x * module, top + y * module, module, module);
        }
    }

    /// Draws the bars of a linear symbol, one entry a module.
    pub fn bars(&mut self, modules: &[u8], left: usize, top: usize, module: usize, height: usize) {
        for (i, bar) in modules.iter().enumerate() {
            if *bar == 1 {
                self.rectangle(left + i * module, top, module, height);
            }
        }
    }

    /// Softens edges and adds noise of the given strength, the same each time.
    pub fn roughen(&mut self, strength: i32) {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let before = self.pixels.clone();
        for y in 1..self.height - 1 {
            for x in 1..self.width - 1 {
                let mut sum = 0_i32;
                for (dx, dy) in [
                    (0, 0),
                    (1, 0),
                    (2, 0),
                    (0, 1),
                    (1, 1),
                    (2, 1),
                    (0, 2),
                    (1, 2),
                    (2, 2),
                ] {
                    sum += i32::from(before[(y + dy - 1) * self.width + x + dx - 1]);
                }
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let noise = i32::try_from(state % 2_001).unwrap() - 1_000;
                let light = 40 + sum / 9 * 180 / 255 - i32::try_from(x * 30 / self.width).unwrap();
                self.pixels[y * self.width + x] =
                    u8::try_from((light + noise * strength / 1_000).clamp(0, 255)).unwrap();
            }
        }
    }

    pub fn picture(self) -> Luma {
        Luma::new(
            u32::try_from(self.width).unwrap(),
            u32::try_from(self.height).unwrap(),
            self.pixels,
        )
        .unwrap()
    }
}

/// A GS1 DataMatrix of an element string whose separators are GS.
pub fn gs1_matrix(text: &str) -> DataMatrix {
    DataMatrix::encode_gs1(text.as_bytes(), SymbolList::default()).unwrap()
}

/// The modules of a GS1-128 of an element string whose separators are GS.
pub fn gs1_128(text: &str) -> Vec<u8> {
    // barcoders: Ć starts set C, Ɓ switches to B, Ź is FNC1.
    let (digits, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count() / 2 * 2);
    let rest = if rest.is_empty() {
        String::new()
    } else {
        format!("\u{0181}{}", rest.replace('\u{1d}', "\u{0179}"))
    };
    Code128::new(format!("\u{0106}\u{0179}{digits}{rest}"))
        .unwrap()
        .encode()
}
