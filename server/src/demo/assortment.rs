//! 200 articles over the EMDN categories.

use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::UdiDi;
use sparhund_shared::reference::{Article, Packaging, ProductCategory};

use super::article_rules::rules_of;
use super::family::{Family, Kind};
use super::{DemoError, keys};

const FJALL: &str = "Fjällmed AB";
const NORDBRUK: &str = "Nordbruk Medical AB";
const AURORA: &str = "Aurora Implants GmbH";
const LINDQUIST: &str = "Lindquist Instrument AB";
const SUNDTEK: &str = "Sundtek Medical Oy";

const fn device(
    emdn: &'static str,
    name: &'static str,
    sizes: &'static [&'static str],
    maker: &'static str,
    levels: &'static [u32],
    kind: Kind,
    zone: &'static str,
) -> Family {
    Family {
        emdn,
        name,
        sizes,
        maker,
        levels,
        kind,
        zone,
        category: ProductCategory::MedicalDevice,
    }
}

const HUNDRED: &[u32] = &[10, 100];
const FIFTY: &[u32] = &[50, 500];
const FEW: &[u32] = &[5, 20];
const ONE: &[u32] = &[];

/// Order matters: item numbers and article numbers follow it. Add at the end.
#[rustfmt::skip] // a table reads by its rows
const FAMILIES: [Family; 51] = [
    device("M0201", "Kompress steril", &["5×5 cm", "7,5×7,5 cm", "10×10 cm", "10×20 cm"], NORDBRUK, HUNDRED, Kind::Lot, "B"),
    device("Z1203", "Infusionspump", &["1-kanals", "2-kanals", "för spruta"], SUNDTEK, ONE, Kind::Apparatus, "C"),
    device("C0101", "Perifer venkateter", &["14G", "16G", "18G", "20G", "22G", "24G"], FJALL, FIFTY, Kind::Lot, "B"),
    device("T0102", "Undersökningshandske nitril", &["XS", "S", "M", "L", "XL"], NORDBRUK, HUNDRED, Kind::Lot, "A"),
    device("P0908", "Höftprotes stam cementfri", &["stl 9", "stl 10", "stl 11", "stl 12", "stl 13"], AURORA, ONE, Kind::Implant, "C"),
    device("P0908", "Höftprotes kula", &["28 mm", "32 mm", "36 mm"], AURORA, ONE, Kind::Implant, "C"),
    device("P0909", "Knäprotes femurdel", &["stl 3", "stl 4", "stl 5", "stl 6"], AURORA, ONE, Kind::Implant, "C"),
    device("J0101", "Pacemaker", &["1-kammar", "2-kammar"], AURORA, ONE, Kind::Implant, "C"),
    device("P0704", "Koronarstent", &["2,5×15 mm", "3,0×15 mm", "3,0×18 mm", "3,5×18 mm"], AURORA, ONE, Kind::Implant, "C"),
    device("P0301", "Intraokulär lins", &["+18,0 D", "+20,0 D", "+21,5 D", "+23,0 D"], AURORA, ONE, Kind::Implant, "C"),
    device("P0912", "Låsplatta titan", &["4 hål", "6 hål", "8 hål"], AURORA, ONE, Kind::LotOnly, "C"),
    device("P0912", "Benskruv titan", &["20 mm", "24 mm", "28 mm", "32 mm", "36 mm", "40 mm"], AURORA, ONE, Kind::LotOnly, "C"),
    device("A0201", "Spruta engångs", &["1 ml", "2 ml", "5 ml", "10 ml", "20 ml", "50 ml"], FJALL, HUNDRED, Kind::Lot, "A"),
    device("A0101", "Kanyl injektion", &["18G röd", "20G gul", "21G grön", "23G blå", "25G orange", "27G grå"], FJALL, HUNDRED, Kind::Lot, "A"),
    device("A0301", "Infusionsaggregat", &["standard", "med filter", "UV-skyddat"], FJALL, FIFTY, Kind::Lot, "B"),
    device("A0301", "Förlängningsslang", &["25 cm", "50 cm", "100 cm", "150 cm"], FJALL, FIFTY, Kind::Lot, "B"),
    device("A0703", "Trevägskran", &["utan slang", "med slang 10 cm", "med slang 25 cm"], FJALL, FIFTY, Kind::Lot, "B"),
    device("C0102", "Central venkateter", &["1-lumen", "2-lumen", "3-lumen", "4-lumen"], FJALL, FEW, Kind::Lot, "B"),
    device("H0101", "Sutur resorberbar", &["2-0", "3-0", "4-0", "5-0", "6-0"], LINDQUIST, FEW, Kind::Lot, "B"),
    device("H0102", "Sutur icke-resorberbar", &["2-0", "3-0", "4-0", "5-0"], LINDQUIST, FEW, Kind::Lot, "B"),
    device("H02", "Hudstapler", &["15 clips", "35 clips"], LINDQUIST, FEW, Kind::Lot, "B"),
    device("M0402", "Skumförband", &["7,5×7,5 cm", "10×10 cm", "15×15 cm", "20×20 cm", "häl", "sacrum"], NORDBRUK, HUNDRED, Kind::Lot, "A"),
    device("M0401", "Filmförband", &["6×7 cm", "10×12 cm", "15×20 cm"], NORDBRUK, HUNDRED, Kind::Lot, "A"),
    device("M0304", "Elastisk binda", &["6 cm", "8 cm", "10 cm", "12 cm"], NORDBRUK, HUNDRED, Kind::LotOnly, "A"),
    device("M0501", "Häfta papper", &["1,25 cm", "2,5 cm", "5 cm"], NORDBRUK, HUNDRED, Kind::LotOnly, "A"),
    device("T0101", "Operationshandske latexfri", &["6,0", "6,5", "7,0", "7,5", "8,0", "8,5"], NORDBRUK, FIFTY, Kind::Lot, "B"),
    device("T0201", "Operationslakan", &["75×90 cm", "150×180 cm", "hål 120×150 cm"], NORDBRUK, FEW, Kind::Lot, "B"),
    device("T0204", "Operationsrock", &["M", "L", "XL", "XXL"], NORDBRUK, FEW, Kind::Lot, "B"),
    device("T0401", "Inkontinensskydd", &["S", "M", "L", "XL", "natt"], NORDBRUK, HUNDRED, Kind::Count, "A"),
    device("U0101", "Urinkateter silikon", &["CH 12", "CH 14", "CH 16", "CH 18", "CH 20"], FJALL, HUNDRED, Kind::Lot, "B"),
    device("U0102", "Tappningskateter hydrofil", &["CH 10", "CH 12", "CH 14", "CH 16"], FJALL, HUNDRED, Kind::Lot, "A"),
    device("A0603", "Urinuppsamlingspåse", &["0,5 l", "1,5 l", "2 l"], FJALL, HUNDRED, Kind::LotOnly, "A"),
    device("R0103", "Endotrakealtub med kuff", &["6,0", "6,5", "7,0", "7,5", "8,0", "8,5"], SUNDTEK, HUNDRED, Kind::Lot, "B"),
    device("R0301", "Syrgasmask", &["barn", "vuxen", "vuxen med reservoar"], SUNDTEK, FIFTY, Kind::Lot, "A"),
    device("R0105", "Sugkateter", &["CH 8", "CH 10", "CH 12", "CH 14", "CH 16"], SUNDTEK, HUNDRED, Kind::Lot, "A"),
    device("G0202", "Ventrikelsond", &["CH 8", "CH 10", "CH 12", "CH 14", "CH 16"], SUNDTEK, HUNDRED, Kind::Lot, "A"),
    device("A1001", "Stomipåse 2-dels", &["45 mm", "57 mm", "70 mm"], FJALL, HUNDRED, Kind::Lot, "A"),
    device("W0501", "Vakuumrör blodprov", &["EDTA 4 ml", "serum 5 ml", "citrat 3 ml", "heparin 4 ml"], SUNDTEK, HUNDRED, Kind::Lot, "D"),
    device("W0101", "Testremsa", &["glukos", "CRP", "urin 10 parametrar", "ketoner"], SUNDTEK, FIFTY, Kind::Lot, "D"),
    device("C0202", "EKG-elektrod", &["vuxen", "barn", "långtid"], SUNDTEK, HUNDRED, Kind::Lot, "A"),
    device("L0301", "Peang", &["14 cm", "18 cm", "22 cm"], LINDQUIST, ONE, Kind::LotOnly, "B"),
    device("L0101", "Skalpell engångs", &["nr 10", "nr 11", "nr 15", "nr 20", "nr 22"], LINDQUIST, HUNDRED, Kind::Lot, "B"),
    Family {
        category: ProductCategory::ProtectiveEquipment,
        ..device("T0301", "Andningsskydd FFP3", &["utan ventil", "med ventil"], NORDBRUK, HUNDRED, Kind::Lot, "A")
    },
    Family {
        category: ProductCategory::MedicalFood,
        ..device("G03", "Näringsdryck 200 ml", &["vanilj", "jordgubb", "choklad", "neutral"], SUNDTEK, HUNDRED, Kind::Lot, "D")
    },
    device("Y1222", "Rullstol manuell", &["38 cm", "42 cm", "46 cm"], SUNDTEK, ONE, Kind::Apparatus, "C"),
    device("Y1206", "Rollator", &["inomhus", "utomhus", "underarm"], SUNDTEK, ONE, Kind::Apparatus, "C"),
    device("Y0433", "Trycksårsmadrass", &["80 cm", "90 cm", "bariatrisk"], SUNDTEK, ONE, Kind::Apparatus, "C"),
    device("V0301", "Termometer", &["digital", "öra", "panna"], SUNDTEK, FEW, Kind::LotOnly, "A"),
    device("Z1203", "Blodtrycksmätare", &["handled", "överarm", "med vagn"], SUNDTEK, ONE, Kind::Apparatus, "C"),
    device("D01", "Instrumentdesinfektion", &["1 l", "5 l", "dukar"], NORDBRUK, FEW, Kind::Lot, "A"),
    device("V9099", "Patientarmband", &["nyfödd", "barn", "vuxen"], NORDBRUK, HUNDRED, Kind::Count, "A"),
];

/// An article's family and its number among all, from 0.
pub(super) fn numbered() -> impl Iterator<Item = (u16, &'static Family, &'static str)> {
    let sizes = FAMILIES
        .iter()
        .flat_map(|family| family.sizes.iter().map(move |size| (family, *size)));
    (0..)
        .zip(sizes)
        .map(|(number, (family, size))| (number, family, size))
}

/// The region's number of an article.
pub(super) fn article_no(number: u16) -> Result<ArticleNo, DemoError> {
    keys::parse(&format!("NM-{}", 10_001 + u32::from(number)))
}

/// The next size of the same family.
fn larger(number: u16, family: &Family) -> Result<Option<ArticleNo>, DemoError> {
    let next = usize::from(number) + 1;
    let same = numbered()
        .nth(next)
        .filter(|(_, next, _)| next.emdn == family.emdn);
    same.map(|(number, ..)| article_no(number)).transpose()
}

/// Every article.
pub(super) fn articles() -> Result<Vec<Article>, DemoError> {
    numbered()
        .map(|(number, family, size)| {
            let mut packagings = vec![Packaging {
                di: UdiDi::gs1(keys::gtin(0, number)?),
                units: 1,
            }];
            for (indicator, units) in (1..).zip(family.levels) {
                packagings.push(Packaging {
                    di: UdiDi::gs1(keys::gtin(indicator, number)?),
                    units: *units,
                });
            }
            Ok(Article {
                no: article_no(number)?,
                name: format!("{} {size}", family.name),
                manufacturer: Some(family.maker.to_owned()),
                reference: Some(format!("{}-{number:03}", family.emdn)),
                emdn: Some(family.emdn.to_owned()),
                category: family.category,
                trace: family.kind.trace(),
                identifiers: family.kind.identifiers().to_vec(),
                packagings,
                rules: rules_of(family, larger(number, family)?),
            })
        })
        .collect()
}
