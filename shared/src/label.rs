//! The label of a logistic unit, in ZPL II for a label printer of 203 dots an inch.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::event::OrderNo;
use crate::identity::{Gln, PlaceCode, Sscc};

/// Longest name printed, in characters; what is longer is cut.
const LONGEST_NAME: usize = 60;

/// Size of the labels in a printer.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LabelSize {
    /// 100 × 150 mm.
    #[default]
    Large,
    /// 70 × 100 mm.
    Small,
}

impl LabelSize {
    /// Whether it is the one that goes without saying.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A place on a label.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelPlace {
    /// Its name.
    pub name: String,
    /// Its GLN.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub gln: Gln,
}

/// What stands on the label of a logistic unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitLabel {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sscc: Sscc,
    /// Where it is brought, AI 410.
    pub ship_to: LabelPlace,
    /// The ward inside it that the goods are for, AI 413.
    pub for_ward: Option<LabelPlace>,
    /// Order its goods were picked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub order: OrderNo,
    /// Base units in it.
    pub units: u32,
    /// Where it was packed: a printer that serves this place prints it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub packed_at: PlaceCode,
}

/// Measures in dots, 8 a millimetre.
struct Layout {
    width: u32,
    height: u32,
    /// Height of large and small letters.
    letters: (u32, u32),
    /// Width of a module and height of the bar code of the SSCC.
    sscc: (u32, u32),
    /// The same of the bar code of the places.
    places: (u32, u32),
}

impl Layout {
    fn of(size: LabelSize) -> Self {
        match size {
            LabelSize::Large => Self {
                width: 800,
                height: 1_200,
                letters: (56, 36),
                sscc: (4, 280),
                places: (3, 160),
            },
            LabelSize::Small => Self {
                width: 560,
                height: 800,
                letters: (40, 26),
                sscc: (3, 200),
                places: (2, 110),
            },
        }
    }
}

/// The SSCC as GS1-128: start in code C, FNC1, and pairs of digits to the end.
fn sscc_symbol(sscc: Sscc) -> String {
    format!(">;>800{sscc}")
}

/// The places as GS1-128. Identifiers 41n have a length that is known, so no FNC1 stands between them.
fn places_symbol(label: &UnitLabel) -> String {
    let ship_to = label.ship_to.gln;
    match &label.for_ward {
        Some(ward) => format!(">;>8410{ship_to}413{}", ward.gln),
        None => format!(">;>8410{ship_to}"),
    }
}

/// Text of a field: what the printer would take for a command is written as hexadecimal (`^FH`).
fn field(text: &str) -> String {
    let safe = |letter: char| match letter {
        '^' | '~' | '_' | '\\' => format!("_{:02X}", u32::from(letter)),
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    };
    text.chars().take(LONGEST_NAME).map(safe).collect()
}

/// The label as a printer takes it.
pub fn zpl(label: &UnitLabel, size: LabelSize) -> String {
    let layout = Layout::of(size);
    let (large, small) = layout.letters;
    let inner = layout.width - 2 * MARGIN;
    let mut zpl = format!("^XA\n^CI28\n^PW{}\n^LL{}\n^LH0,0\n", layout.width, layout.height);
    let mut y = MARGIN;
    // Writing to a text cannot fail.
    let mut line = |zpl: &mut String, height: u32, lines: u32, text: &str| {
        let _ = writeln!(
            zpl,
            "^FO{MARGIN},{y}^A0N,{height},{height}^FB{inner},{lines},0,L^FH^FD{}^FS",
            field(text)
        );
        y += lines * height + GAP;
    };
    line(&mut zpl, small, 1, "TILL / SHIP TO (410)");
    line(&mut zpl, large, 2, &label.ship_to.name);
    line(&mut zpl, small, 1, &label.ship_to.gln.to_string());
    if let Some(ward) = &label.for_ward {
        line(&mut zpl, small, 1, "FÖR / FOR (413)");
        line(&mut zpl, large, 1, &ward.name);
        line(&mut zpl, small, 1, &ward.gln.to_string());
    }
    line(&mut zpl, small, 1, &format!("Order {}", label.order));
    line(&mut zpl, small, 1, &format!("Antal / Count {}", label.units));
    let (module, bars) = layout.places;
    let _ = writeln!(
        zpl,
        "^FO{QUIET},{y}^BY{module}^BCN,{bars},N,N,N,N^FD{}^FS",
        places_symbol(label)
    );
    // From the foot: the SSCC stands lowest, as on every logistic label.
    let (module, bars) = layout.sscc;
    let foot = layout.height - MARGIN - small;
    let top = foot - GAP - bars;
    let _ = writeln!(
        zpl,
        "^FO{QUIET},{top}^BY{module}^BCN,{bars},N,N,N,N^FD{}^FS",
        sscc_symbol(label.sscc)
    );
    let _ = writeln!(
        zpl,
        "^FO{MARGIN},{foot}^A0N,{small},{small}^FB{inner},1,0,C^FH^FD(00) {}^FS",
        label.sscc
    );
    zpl += "^PQ1\n^XZ\n";
    zpl
}

/// Dots left free at the edges.
const MARGIN: u32 = 24;
/// Dots between lines.
const GAP: u32 = 8;
/// Dots left of a bar code: ten modules and more.
const QUIET: u32 = 48;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{LabelPlace, LabelSize, Layout, QUIET, UnitLabel, zpl};
    use crate::carrier::{Reading, WedgeProfile, identify};

    fn label() -> UnitLabel {
        UnitLabel {
            sscc: "973500000000000019".parse().unwrap(),
            ship_to: LabelPlace {
                name: "Prov^XZ~sjukhuset_1".to_owned(),
                gln: "7350000000016".parse().unwrap(),
            },
            for_ward: Some(LabelPlace {
                name: "Avdelning 12, kirurgi".to_owned(),
                gln: "7350000000023".parse().unwrap(),
            }),
            order: "O-1".parse().unwrap(),
            units: 14,
            packed_at: "7350000000016/UT".parse().unwrap(),
        }
    }

    #[test]
    fn the_label_is_as_it_was_looked_at() {
        insta::assert_snapshot!("unit_label_large", zpl(&label(), LabelSize::Large));
        insta::assert_snapshot!("unit_label_small", zpl(&label(), LabelSize::Small));
    }

    /// What a bar code field says once its start and FNC1 are taken for what they are.
    fn symbols(zpl: &str) -> Vec<String> {
        let fields = zpl.lines().filter(|line| line.contains("^BC"));
        fields
            .map(|line| {
                let data = line.split("^FD").nth(1).unwrap().strip_suffix("^FS").unwrap();
                let digits = data.strip_prefix(">;>8").expect("code C, then FNC1");
                assert!(digits.len().is_multiple_of(2) && digits.bytes().all(|byte| byte.is_ascii_digit()));
                digits.to_owned()
            })
            .collect()
    }

    #[test]
    fn the_bar_codes_are_read_as_what_they_stand_for_and_fit() {
        for size in [LabelSize::Large, LabelSize::Small] {
            let zpl = zpl(&label(), size);
            let [places, sscc] = symbols(&zpl).try_into().unwrap();
            assert_eq!(places, "41073500000000164137350000000023");
            assert_eq!(sscc, "00973500000000000019");
            // As a scanner sends them: `]C1` is GS1-128.
            let scan = format!("]C1{sscc}");
            let read = identify(scan.as_bytes(), date(2026, 11, 24), &WedgeProfile::default());
            let read = read.unwrap().candidates.remove(0).reading;
            assert!(matches!(read, Reading::Logistic(code) if code.sscc == label().sscc));
            let layout = Layout::of(size);
            for (digits, module) in [(places.len(), layout.places.0), (sscc.len(), layout.sscc.0)] {
                // Start, FNC1, pairs, check: eleven modules each; stop: thirteen; ten of quiet zone on both sides.
                let modules = 11 * (3 + u32::try_from(digits).unwrap() / 2) + 13;
                assert!(QUIET >= 10 * module);
                assert!(
                    QUIET + (modules + 10) * module <= layout.width,
                    "{size:?} {digits}"
                );
            }
        }
    }

    #[test]
    fn a_name_is_no_command() {
        let zpl = zpl(&label(), LabelSize::Large);
        assert!(zpl.contains("Prov_5EXZ_7Esjukhuset_5F1"));
        assert_eq!(zpl.matches("^XZ").count(), 1);
    }
}
