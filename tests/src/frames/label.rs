//! What is on the label: element strings as manufacturers write them, drawn by zint with real FNC1.

use image::GrayImage;
use sparhund_decoder::Format;
use zxingcpp::BarcodeFormat;

use super::dice::Dice;
use crate::symbols::GS;

/// What kind of symbol a frame shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// GS1 DataMatrix of any size that its element string needs, square or oblong.
    Gs1DataMatrix,
    /// GS1-128 with up to 24 characters.
    Gs1_128,
    /// EAN-13.
    Ean13,
    /// ITF-14.
    Itf14,
    /// GS1 QR.
    Gs1Qr,
    /// GS1 DataBar Omnidirectional, Limited, Expanded and Expanded Stacked.
    DataBar,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Gs1DataMatrix,
        Self::Gs1_128,
        Self::Ean13,
        Self::Itf14,
        Self::Gs1Qr,
        Self::DataBar,
    ];

    /// The name for a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gs1DataMatrix => "GS1 DataMatrix",
            Self::Gs1_128 => "GS1-128",
            Self::Ean13 => "EAN-13",
            Self::Itf14 => "ITF-14",
            Self::Gs1Qr => "GS1 QR",
            Self::DataBar => "GS1 DataBar",
        }
    }
}

/// What a hardware scanner would say of the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The AIM identifier.
    pub symbology: &'static str,
    /// The data with [`GS`] as separator.
    pub text: String,
    /// The family.
    pub format: Format,
}

/// Dark and light modules with a quiet zone around them; a linear symbol has as many equal rows as its height.
pub struct Modules {
    pub width: usize,
    pub height: usize,
    pub dark: Vec<bool>,
    /// A linear symbol does not lie askew in the hand of who aims at it.
    pub linear: bool,
}

pub struct Label {
    pub modules: Modules,
    pub truth: Truth,
}

/// Modules of quiet zone; GS1 asks for 10 at a GS1-128, 11 at an EAN-13.
const QUIET: usize = 12;

pub fn print(kind: Kind, dice: &mut Dice) -> Label {
    let gtin = gtin(dice);
    let (writer, options, input, truth) = match kind {
        Kind::Gs1DataMatrix => {
            let elements = elements(&gtin, dice, 200);
            // zint's number 26 is 8 by 32 modules, the oblong size that a GTIN fits.
            let size = match elements.as_slice() {
                [_] if dice.below(3) == 0 => "gs1,version=26",
                _ => "gs1,forceSquare",
            };
            let truth = gs1("]d2", Format::DataMatrix, &elements);
            (BarcodeFormat::DataMatrix, size, bracketed(&elements), truth)
        }
        Kind::Gs1_128 => {
            let elements = elements(&gtin, dice, 30);
            let truth = gs1("]C1", Format::Code128, &elements);
            (BarcodeFormat::Code128, "gs1", bracketed(&elements), truth)
        }
        Kind::Gs1Qr => {
            let elements = elements(&gtin, dice, 200);
            let truth = gs1("]Q3", Format::QrCode, &elements);
            (BarcodeFormat::QRCode, "gs1", bracketed(&elements), truth)
        }
        Kind::Ean13 => {
            let digits = checked(&format!("73{}", digits(dice, 10)));
            (
                BarcodeFormat::EAN13,
                "",
                digits.clone(),
                plain("]E0", Format::Ean13, digits),
            )
        }
        Kind::Itf14 => (
            BarcodeFormat::ITF,
            "",
            gtin.clone(),
            plain("]I1", Format::Itf14, gtin),
        ),
        Kind::DataBar => data_bar(dice),
    };
    Label {
        modules: modules(writer, options, &input),
        truth,
    }
}

/// A GS1 DataBar Expanded Stacked of elements in brackets, `[01]…[21]…`, in two greys, so many pixels to a module.
pub fn data_bar_label(elements: &str, pixels: u32) -> GrayImage {
    let modules = modules(BarcodeFormat::DataBarExpStk, "gs1", elements);
    let side = |modules: usize| u32::try_from(modules).expect("a small symbol") * pixels;
    GrayImage::from_fn(side(modules.width), side(modules.height), |x, y| {
        let at = (y / pixels) as usize * modules.width + (x / pixels) as usize;
        image::Luma([if modules.dark[at] { 60 } else { 190 }])
    })
}

/// Lines of print, which readers must not take for bars.
pub fn text_only(dice: &mut Dice) -> Modules {
    let (width, height) = (120, 60);
    let mut dark = vec![false; width * height];
    for line in (6..height - 8).step_by(8) {
        for x in 8..width - 8 {
            for y in line..line + 5 {
                dark[y * width + x] = dice.below(5) < 2;
            }
        }
    }
    Modules {
        width,
        height,
        dark,
        linear: true,
    }
}

fn data_bar(dice: &mut Dice) -> (BarcodeFormat, &'static str, String, Truth) {
    // Limited holds indicators 0 and 1 only.
    let gtin = checked(&format!("0{}", digits(dice, 12)));
    let short = [("01", gtin.clone())];
    let long = [("01", gtin.clone()), ("17", date(dice)), ("10", lot(dice, 8))];
    let (writer, options, elements): (_, _, &[_]) = match dice.below(4) {
        0 => (BarcodeFormat::DataBarOmni, "", &short),
        1 => (BarcodeFormat::DataBarLtd, "", &short),
        2 => (BarcodeFormat::DataBarExp, "gs1", &long),
        _ => (BarcodeFormat::DataBarExpStk, "gs1", &long),
    };
    let input = match elements {
        [(_, gtin)] => gtin.clone(),
        elements => bracketed(elements),
    };
    (writer, options, input, gs1("]e0", Format::DataBar, elements))
}

/// Draws by the writer that comes with the second reader: it writes FNC1 as printers do.
fn modules(format: BarcodeFormat, options: &str, input: &str) -> Modules {
    let symbol = zxingcpp::create(format)
        .options(options)
        .from_str(input)
        .unwrap_or_else(|e| panic!("{format} of {input}: {e}"));
    let image = symbol
        .to_image_with(&zxingcpp::write().scale(1).add_quiet_zones(false))
        .expect("a picture of it");
    let side = |pixels: i32| usize::try_from(pixels).expect("a size");
    let (width, height) = (side(image.width()), side(image.height()));
    let linear = !matches!(format, BarcodeFormat::DataMatrix | BarcodeFormat::QRCode);
    let pixels = image.data();
    let wide = width + 2 * QUIET;
    let tall = height + 2 * QUIET;
    let mut dark = vec![false; wide * tall];
    for y in 0..height {
        for x in 0..width {
            dark[(y + QUIET) * wide + x + QUIET] = pixels[y * width + x] < 128;
        }
    }
    Modules {
        width: wide,
        height: tall,
        dark,
        linear,
    }
}

/// Some of what device labels carry behind the GTIN, up to so many characters.
fn elements(gtin: &str, dice: &mut Dice, most: usize) -> Vec<(&'static str, String)> {
    let mut elements = vec![("01", gtin.to_owned())];
    let more = [
        ("17", date(dice)),
        ("10", lot(dice, 20)),
        ("21", lot(dice, 20)),
        ("240", lot(dice, 30)),
    ];
    let wanted = dice.below(more.len() + 1);
    let mut length = 16;
    for (ai, value) in more.into_iter().take(wanted) {
        length += ai.len() + value.len() + 1;
        if length > most {
            break;
        }
        elements.push((ai, value));
    }
    elements
}

fn gs1(symbology: &'static str, format: Format, elements: &[(&str, String)]) -> Truth {
    let mut text = String::new();
    for (i, (ai, value)) in elements.iter().enumerate() {
        text.push_str(ai);
        text.push_str(value);
        let fixed = matches!(*ai, "01" | "17");
        if !fixed && i + 1 < elements.len() {
            text.push(GS);
        }
    }
    Truth {
        symbology,
        text,
        format,
    }
}

fn plain(symbology: &'static str, format: Format, text: String) -> Truth {
    Truth {
        symbology,
        text,
        format,
    }
}

fn bracketed(elements: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (ai, value) in elements {
        text.extend(["[", *ai, "]", value.as_str()]);
    }
    text
}

fn gtin(dice: &mut Dice) -> String {
    checked(&format!("{}73{}", dice.below(9), digits(dice, 10)))
}

fn date(dice: &mut Dice) -> String {
    format!(
        "{}{:02}{:02}",
        26 + dice.below(9),
        1 + dice.below(12),
        dice.below(29)
    )
}

/// A lot or serial of one to so many characters, as they are printed: capitals, digits, now and then a sign.
fn lot(dice: &mut Dice, most: usize) -> String {
    let letters = b"0123456789012345678901234567890123456789ABCDEFGHJKLMNPRSTUVWXYZab-/.";
    (0..=dice.below(most))
        .map(|_| char::from(dice.pick(letters)))
        .collect()
}

fn digits(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| char::from(dice.pick(b"0123456789"))).collect()
}

/// With the GS1 check digit (General Specifications 7.9) behind it.
fn checked(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
