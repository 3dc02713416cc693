//! What somebody typed or scanned into the trace page, as questions to the store.

use jiff::civil::Date;
use sparhund_shared::carrier::{Reading, WedgeProfile, identify};
use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::{Gtin, Lot, PlaceCode, Serial, UdiDi};

use crate::store::TraceQuery;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    /// Goods, by each way the text can be read; the first that has a history is meant.
    Goods(Vec<TraceQuery>),
    /// The text may also be one of the region's article numbers: look there first.
    Article(ArticleNo, Vec<TraceQuery>),
    /// A place label: its stock is meant.
    Place(PlaceCode),
    /// A package number: packages are not traced by themselves.
    Package,
    /// Blood, cells or tissue under a donation number, which is no device.
    Donation,
    /// Nothing of it can be read; the stable word for the reason.
    Unreadable(&'static str),
}

/// Stand-ins for the separator that the page's script or a person puts into a text field, which takes no GS.
const STAND_INS: [&str; 3] = ["\u{241d}", "<GS>", "{GS}"];

/// Reads the one input field.
pub fn read_question(text: &str, today: Date) -> Question {
    let text = text.trim();
    let raw = STAND_INS
        .iter()
        .fold(text.to_owned(), |raw, stand_in| raw.replace(stand_in, "\u{1d}"));
    let read = identify(raw.as_bytes(), today, &WedgeProfile::default());
    // Nothing but a scan begins with a bracket, so a damaged one is not looked for as a name.
    if let Err(error) = &read
        && text.starts_with(']')
    {
        return Question::Unreadable(error.code());
    }
    let mut queries = Vec::new();
    let mut other = None;
    for candidate in read.iter().flat_map(|identified| &identified.candidates) {
        match &candidate.reading {
            Reading::Item(item) => queries.push(TraceQuery {
                di: Some(item.di.clone()),
                lot: item.production.lot.clone(),
                serial: item.production.serial.clone(),
            }),
            Reading::ProductionOnly(code) => queries.push(TraceQuery {
                di: code.content.map(UdiDi::gs1),
                lot: code.production.lot.clone(),
                serial: code.production.serial.clone(),
            }),
            Reading::Place(place) => other = Some(Question::Place(place.clone())),
            Reading::Logistic(code) => {
                // A package label may say what is inside, and that can be traced.
                queries.extend(code.content.map(|gtin| TraceQuery {
                    di: Some(Gtin::into(gtin)),
                    lot: code.production.lot.clone(),
                    serial: None,
                }));
                other = Some(Question::Package);
            }
            Reading::Asset(_) => other = Some(Question::Package),
            Reading::Donation(_) => other = Some(Question::Donation),
        }
    }
    queries.retain(|query| *query != TraceQuery::default());
    if queries.is_empty()
        && let Some(other) = other
    {
        return other;
    }
    // Lots and serials may look like anything, so they are always tried, after what the text says it is.
    queries.extend(text.parse::<UdiDi>().ok().map(|di| TraceQuery {
        di: Some(di),
        ..TraceQuery::default()
    }));
    queries.extend(text.parse::<Lot>().ok().map(|lot| TraceQuery {
        lot: Some(lot),
        ..TraceQuery::default()
    }));
    queries.extend(text.parse::<Serial>().ok().map(|serial| TraceQuery {
        serial: Some(serial),
        ..TraceQuery::default()
    }));
    match (text.parse(), read) {
        (Ok(no), _) if !queries.is_empty() => Question::Article(no, queries),
        (Ok(no), Err(_)) => Question::Article(no, queries),
        (_, Err(error)) if queries.is_empty() => Question::Unreadable(error.code()),
        _ => Question::Goods(queries),
    }
}
