//! Readings as a person sees them.

use rusqlite::Connection;
use sparhund_shared::carrier::{AssetCode, Candidate, Reading, visible};
use sparhund_shared::event::Item;
use sparhund_shared::reference::Article;

use super::look_up::item_of;
use crate::api::{CandidateView, ItemView};
use crate::fault::Fault;
use crate::store::catalogue;

/// An item as a person sees it; `raw` is what was scanned.
pub(crate) fn item_view(item: &Item, article: Option<&Article>, units_per_pack: u32, raw: &[u8]) -> ItemView {
    let name = match (article, item) {
        (Some(article), _) => article.name.clone(),
        (None, Item::Identified(item)) => item.di.to_string(),
        (None, Item::Unread(_)) => printable(raw),
    };
    ItemView {
        item: item.clone(),
        article: article.map(|article| article.no.clone()),
        name,
        units_per_pack,
    }
}

/// Bytes as text, control characters made visible; the beginning of a long one.
fn printable(raw: &[u8]) -> String {
    const MOST: usize = 60;
    let text = String::from_utf8_lossy(raw);
    let mut shown = visible(&text.chars().take(MOST).collect::<String>());
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// Every reading of a symbol.
pub(crate) fn candidates(
    db: &Connection,
    candidates: &[Candidate],
    raw: &[u8],
) -> Result<Vec<CandidateView>, Fault> {
    candidates
        .iter()
        .map(|candidate| view(db, candidate, raw))
        .collect()
}

fn view(db: &Connection, candidate: &Candidate, raw: &[u8]) -> Result<CandidateView, Fault> {
    Ok(match &candidate.reading {
        Reading::Item(code) => {
            let found = item_of(db, code, &candidate.warnings)?;
            CandidateView::Item {
                item: item_view(&found.item, found.article.as_ref(), found.units_per_pack, raw),
                warnings: candidate.warnings.iter().map(ToString::to_string).collect(),
            }
        }
        Reading::Logistic(code) => CandidateView::Logistic { sscc: code.sscc },
        Reading::Place(place) => CandidateView::Place {
            name: catalogue::place(db, place)?.map(|place| place.name),
            place: place.clone(),
        },
        Reading::Asset(AssetCode::Individual(id)) => CandidateView::Asset { id: id.to_string() },
        Reading::Asset(AssetCode::Returnable(id)) => CandidateView::Asset { id: id.to_string() },
        Reading::Donation(_) => CandidateView::Donation,
        Reading::ProductionOnly(_) => CandidateView::Part,
    })
}
