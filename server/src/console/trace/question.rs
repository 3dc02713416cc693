//! What somebody typed or scanned into the trace page, as questions to the store.

use jiff::civil::Date;
use sparhund_shared::carrier::{Candidate, Identified, Reading, ScanError, WedgeProfile, identify};
use sparhund_shared::event::{ArticleNo, Product, Unread};
use sparhund_shared::identity::{Gtin, Lot, NumericKeyError, PlaceCode, Serial, UdiDi};

use crate::store::TraceQuery;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    /// Goods.
    Goods(Goods),
    /// A place label: its stock is meant.
    Place(PlaceCode),
    /// A package number: packages are not traced by themselves.
    Package,
    /// Something that is used again and again: a box, a bed, a device of the house.
    Asset,
    /// Blood, cells or tissue under a donation number, which is no device.
    Donation,
    /// Nothing of it can be read.
    Unreadable(Doubt),
}

/// Goods, by each way the text can be read; the first that has a history is meant.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Goods {
    /// The text may be one of the region's article numbers, or begin with one: its questions lack the product, and come
    /// first.
    pub articles: Vec<(ArticleNo, Vec<TraceQuery>)>,
    /// The ways to read it.
    pub queries: Vec<TraceQuery>,
    /// What speaks against every way. Without an answer it is said before "nothing is booked", which would be
    /// taken for "none of it ever came".
    pub doubt: Option<Doubt>,
    /// What the text is when no goods are booked under it: a bare number of a package may be a serial as well.
    pub otherwise: Option<Box<Question>>,
}

/// Why a text was not understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// A scanner typed for another keyboard layout than the computer reads.
    Keyboard,
    /// A digit of a number is wrong.
    CheckDigit,
    /// The label does not follow its standard, as when a check character does not fit: it may be another lot.
    Lenient,
    /// A damaged code; the stable word for the reason.
    Damaged(&'static str),
    /// No code, number, lot or serial.
    NotUnderstood,
}

/// Reads the one input field, blanks at its end included: one may be the check character of HIBC.
pub fn read_question(raw: &str, today: Date) -> Question {
    let read = identify(raw.as_bytes(), today, &WedgeProfile::default());
    let text = raw.trim();
    // Nothing but a scan begins with a bracket, so a damaged one is not looked for as a name.
    if let Err(error) = &read
        && (text.starts_with(']') || *error == ScanError::KeyboardLayout)
    {
        return Question::Unreadable(doubt_of(error));
    }
    let mut goods = Goods::default();
    let mut other = None;
    if let Ok(identified) = &read {
        other = readings(identified, &mut goods.queries);
    }
    if goods.queries.is_empty()
        && let Some(other) = other
    {
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return other;
        }
        goods.otherwise = Some(Box::new(other));
    }
    let typed_wrong = in_words(text, &mut goods);
    // Lots and serials may look like anything, so they are always tried, after what the text says it is.
    goods.queries.extend(text.parse().ok().map(of_product));
    if let Ok(no) = text.parse() {
        goods.articles.insert(0, (no, vec![TraceQuery::default()]));
    }
    let named = goods.queries.len();
    goods.queries.extend(production(text));
    goods.doubt = match &read {
        Ok(identified) if identified.candidates.iter().all(Candidate::is_lenient) => Some(Doubt::Lenient),
        _ if typed_wrong => Some(Doubt::CheckDigit),
        // Words that a person wrote are no damaged code.
        Err(_) if goods.queries.is_empty() && text.contains(' ') && !text.starts_with('(') => {
            Some(Doubt::NotUnderstood)
        }
        Err(error) if goods.queries.is_empty() => Some(doubt_of(error)),
        // A number of the right length may have been meant as one, and what is printed in brackets was hardly a lot.
        Err(error) if named == 0 && (is_check_digit(error) || text.starts_with('(')) => Some(doubt_of(error)),
        _ => None,
    };
    match goods.doubt {
        Some(doubt) if goods.queries.is_empty() && goods.articles.is_empty() => Question::Unreadable(doubt),
        _ => Question::Goods(goods),
    }
}

/// Goods of a code that nobody could read when it came: they are kept by the very bytes of the scan.
pub fn unread(raw: &str) -> Vec<TraceQuery> {
    let texts = [raw, raw.trim()];
    let named = raw
        .trim()
        .parse()
        .ok()
        .filter(|product| matches!(product, Product::Raw(_)));
    let scanned = texts.map(|text| Product::Raw(Unread::of(text.as_bytes(), None).raw));
    let products = named.into_iter().chain(scanned);
    products
        .map(|product| TraceQuery {
            product: Some(product),
            ..TraceQuery::default()
        })
        .collect()
}

/// The ways to read a scan; what it names when that is no goods.
fn readings(identified: &Identified<'_>, queries: &mut Vec<TraceQuery>) -> Option<Question> {
    let mut other = None;
    for candidate in &identified.candidates {
        match &candidate.reading {
            Reading::Item(item) => queries.push(TraceQuery {
                product: Some(Product::Di(item.di.clone())),
                lot: item.production.lot.clone(),
                serial: item.production.serial.clone(),
            }),
            Reading::ProductionOnly(code) => queries.push(TraceQuery {
                product: code.content.map(|gtin| Product::Di(UdiDi::gs1(gtin))),
                lot: code.production.lot.clone(),
                serial: code.production.serial.clone(),
            }),
            Reading::Place(place) => other = Some(Question::Place(place.clone())),
            Reading::Logistic(code) => {
                // A package label may say what is inside, and that can be traced.
                queries.extend(code.content.map(|gtin| TraceQuery {
                    product: Some(Product::Di(UdiDi::gs1(gtin))),
                    lot: code.production.lot.clone(),
                    serial: None,
                }));
                other = Some(Question::Package);
            }
            Reading::Asset(_) => other = Some(Question::Asset),
            Reading::Donation(_) => other = Some(Question::Donation),
        }
    }
    queries.retain(|query| *query != TraceQuery::default());
    other
}

/// Reads a product followed by lot, serial or both, and digits in groups as they are printed. Answers whether what can
/// only be a number has a wrong check digit.
fn in_words(text: &str, goods: &mut Goods) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((first, rest)) = words.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return false;
    };
    let mut wrong = false;
    if words.iter().all(|word| word.bytes().all(|b| b.is_ascii_digit())) {
        match words.concat().parse::<Gtin>() {
            Ok(gtin) => goods.queries.push(of_product(UdiDi::gs1(gtin))),
            // Two groups may be an article number and its lot.
            Err(error) => wrong |= words.len() > 2 && matches!(error, NumericKeyError::CheckDigit { .. }),
        }
    }
    let after = match rest {
        [one] => production(one),
        [lot, serial] => (lot.parse().ok().zip(serial.parse().ok()))
            .map(|(lot, serial)| TraceQuery {
                product: None,
                lot: Some(lot),
                serial: Some(serial),
            })
            .into_iter()
            .collect(),
        _ => Vec::new(),
    };
    if after.is_empty() {
        return wrong && goods.queries.is_empty();
    }
    match first.parse::<Gtin>().map(UdiDi::gs1).or_else(|error| {
        wrong |= matches!(error, NumericKeyError::CheckDigit { .. });
        first.parse::<UdiDi>()
    }) {
        Ok(di) => goods.queries.extend(after.into_iter().map(|query| TraceQuery {
            product: Some(Product::Di(di.clone())),
            ..query
        })),
        Err(_) => goods.articles.extend(first.parse().ok().map(|no| (no, after))),
    }
    wrong && goods.queries.is_empty()
}

fn of_product(di: UdiDi) -> TraceQuery {
    TraceQuery {
        product: Some(Product::Di(di)),
        ..TraceQuery::default()
    }
}

/// A text as lot and as serial.
fn production(text: &str) -> Vec<TraceQuery> {
    let lot = text.parse::<Lot>().ok().map(|lot| TraceQuery {
        lot: Some(lot),
        ..TraceQuery::default()
    });
    let serial = text.parse::<Serial>().ok().map(|serial| TraceQuery {
        serial: Some(serial),
        ..TraceQuery::default()
    });
    lot.into_iter().chain(serial).collect()
}

fn is_check_digit(error: &ScanError) -> bool {
    error.code() == "INCORRECT_CHECK_DIGIT"
}

fn doubt_of(error: &ScanError) -> Doubt {
    match error {
        ScanError::KeyboardLayout => Doubt::Keyboard,
        error if is_check_digit(error) => Doubt::CheckDigit,
        ScanError::Unknown | ScanError::NotText { .. } | ScanError::Empty => Doubt::NotUnderstood,
        error => Doubt::Damaged(error.code()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Question {
        read_question(text, Date::constant(2026, 11, 22))
    }

    fn goods(text: &str) -> Goods {
        match read(text) {
            Question::Goods(goods) => goods,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn query(di: &str, lot: Option<&str>, serial: Option<&str>) -> TraceQuery {
        TraceQuery {
            product: di.parse().ok(),
            lot: lot.map(|lot| lot.parse().unwrap()),
            serial: serial.map(|serial| serial.parse().unwrap()),
        }
    }

    #[test]
    fn a_product_and_what_follows_it_are_read_together() {
        let di = "GS1:07350000000009";
        let both = goods("07350000000009 K25-0412").queries;
        assert_eq!(
            both,
            [
                query(di, Some("K25-0412"), None),
                query(di, None, Some("K25-0412"))
            ]
        );
        let all = goods("7350000000009  L1 S2").queries;
        assert_eq!(all, [query(di, Some("L1"), Some("S2"))]);
        assert_eq!(goods("7350000 000009").queries, [query(di, None, None)]);
        let (no, after) = goods("NM-10011 V26-310").articles.remove(1);
        assert_eq!((no.as_str(), after.len()), ("NM-10011", 2));
    }

    #[test]
    fn what_is_not_understood_is_told_from_what_may_be_unbooked() {
        for (text, doubt) in [
            ("¨d2010735000000000910K25+0412", Doubt::Keyboard),
            ("]d20107350000000109", Doubt::CheckDigit),
            ("(99999)1", Doubt::Damaged("AI_UNRECOGNISED")),
        ] {
            let found = match read(text) {
                Question::Unreadable(doubt) => Some(doubt),
                Question::Goods(goods) => goods.doubt,
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(found, Some(doubt), "{text}");
        }
        for text in [
            "07350000000008",
            "07350000000008 K25-0412",
            "735 0000 000008",
            "(01)07350000000008(10)A",
            // A lot of eight digits may be one, or a mistyped GTIN-8.
            "20260412",
        ] {
            assert_eq!(goods(text).doubt, Some(Doubt::CheckDigit), "{text}");
        }
        for text in ["hej å", "100110 20260412"] {
            assert_eq!(goods(text).doubt, Some(Doubt::NotUnderstood), "{text}");
        }
        for text in [
            "FINNS-INTE",
            "k25-0412",
            "01123",
            "0412",
            "07350000000009",
            "260101",
        ] {
            assert_eq!(goods(text).doubt, None, "{text}");
        }
    }

    #[test]
    fn a_package_number_is_one_with_and_without_its_identifier() {
        for text in ["(00)173500000000000013", "]C100173500000000000013"] {
            assert_eq!(read(text), Question::Package, "{text}");
        }
        let bare = goods("173500000000000013");
        assert_eq!(bare.otherwise, Some(Box::new(Question::Package)));
        assert_eq!(
            bare.queries,
            production("173500000000000013"),
            "it may be a serial"
        );
    }

    #[test]
    fn a_blank_that_is_a_check_character_counts_and_a_wrong_one_is_a_doubt() {
        let whole = goods("+A123BJC5D6E71G ");
        assert_eq!(whole.doubt, None, "the blank of a keyboard");
        let labelled = format!("+A123BJC5D6E71/$LOTN99{}", check("+A123BJC5D6E71/$LOTN99"));
        assert_eq!(goods(&labelled).doubt, None);
        let cut = &labelled[..labelled.len() - 1];
        let cut = format!("]d1{cut}");
        match read(&cut) {
            Question::Goods(goods) => assert_eq!(goods.doubt, Some(Doubt::Lenient), "{cut}"),
            other => panic!("{other:?}"),
        }
        let blank = ('A'..='Z')
            .flat_map(|letter| (10..99).map(move |n| format!("+A123BJC5D6E71/$LOT{letter}{n}")))
            .find(|body| check(body) == ' ')
            .unwrap();
        let lot = goods(&format!("]d1{blank} ")).queries[0].lot.clone().unwrap();
        assert_eq!(lot.as_str(), &blank[blank.find('$').unwrap() + 1..]);
    }

    fn check(body: &str) -> char {
        sparhund_shared::carrier::hibc::check_character(body).unwrap()
    }
}
