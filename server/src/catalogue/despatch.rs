//! Deliveries that suppliers announce: what a file says, and what the catalogue makes of it.
//!
//! [`super::despatch_csv`] and [`super::despatch_ubl`] read files; here units are counted and articles are found. A file with a
//! fault is refused whole: of a delivery that is half known nobody can say what is missing.

use sparhund_shared::event::{ArticleNo, DeliveryNo, Quantity};
use sparhund_shared::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc, UdiDi};
use sparhund_shared::reference::{AnnouncedDelivery, AnnouncedLine, Article, Received};

use super::despatch_csv::read_csv;
use super::despatch_ubl::read_ubl;
use super::report::{FileError, Remark};
use crate::store::{Store, StoreError};

/// Longest file, bytes.
pub const MOST_BYTES: usize = 1 << 20;
/// Most lines of one delivery; so many go through between two servers.
const MOST_LINES: usize = 500;
/// A delivery is not expected later than this, milliseconds from now.
const LATEST_MS: i64 = 400 * 24 * 3_600_000;
/// Longest name that is kept, characters.
const LONGEST_NAME: usize = 100;

/// Why a file of despatch data is refused. Nothing of it was kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DespatchError {
    /// More than any supplier sends at a time.
    #[error("the file has {0} bytes, more than {MOST_BYTES}; split it")]
    TooLarge(usize),
    /// The table as a whole.
    #[error(transparent)]
    File(#[from] FileError),
    /// Lines of a table; the first of them is told in full.
    #[error("{}{}", first(.0), more(.0))]
    Lines(Vec<Remark>),
    /// A place in the document.
    #[error("{at}: {why}")]
    Element {
        /// Line and element.
        at: String,
        /// What, why and what to do.
        why: String,
    },
}

fn first(remarks: &[Remark]) -> String {
    remarks.first().map(ToString::to_string).unwrap_or_default()
}

fn more(remarks: &[Remark]) -> String {
    match remarks.len() {
        0 | 1 => String::new(),
        many => format!(" (and {} more lines)", many - 1),
    }
}

/// A delivery as its file tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Told {
    /// Where it stands.
    pub at: String,
    pub no: DeliveryNo,
    pub supplier: String,
    pub order: Option<String>,
    pub to: Option<PlaceCode>,
    pub expected_at: Option<i64>,
    pub lines: Vec<ToldLine>,
    /// What is used with a doubt.
    pub notes: Vec<String>,
}

/// A line as its file tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ToldLine {
    /// Where it stands.
    pub at: String,
    pub di: Option<UdiDi>,
    pub article: Option<ArticleNo>,
    pub name: Option<String>,
    pub lot: Option<Lot>,
    pub serial: Option<Serial>,
    pub expiry: Option<LabelDate>,
    /// How many of what the identifier names.
    pub count: u32,
    pub sscc: Option<Sscc>,
}

/// Deliveries that can be kept, and what is said of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Despatched {
    /// The deliveries.
    pub deliveries: Vec<AnnouncedDelivery>,
    /// What was used with a doubt.
    pub notes: Vec<String>,
}

/// Why despatch data did not come in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    File(#[from] DespatchError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a file, XML or CSV by its content, and finds what the catalogue knows of it. Nothing is kept.
pub async fn read_despatch(store: &dyn Store, content: &[u8], now: i64) -> Result<Despatched, ImportError> {
    if content.len() > MOST_BYTES {
        return Err(DespatchError::TooLarge(content.len()).into());
    }
    let told = if looks_like_xml(content) {
        vec![read_ubl(content)?]
    } else {
        read_csv(content)?
    };
    let mut read = Despatched::default();
    for told in told {
        read.notes.extend(told.notes.iter().cloned());
        read.deliveries.push(resolved(store, told, now).await?);
    }
    Ok(read)
}

/// Whether a file begins as an XML document does.
pub fn looks_like_xml(content: &[u8]) -> bool {
    let content = content.strip_prefix(super::table::BOM).unwrap_or(content);
    content.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

async fn resolved(store: &dyn Store, told: Told, now: i64) -> Result<AnnouncedDelivery, ImportError> {
    let refused = |at: &str, why: String| {
        ImportError::from(DespatchError::Element {
            at: at.to_owned(),
            why,
        })
    };
    if !(1..=MOST_LINES).contains(&told.lines.len()) {
        let why = format!(
            "{} lines; a delivery has 1 to {MOST_LINES}: split it",
            told.lines.len()
        );
        return Err(refused(&told.at, why));
    }
    if told
        .expected_at
        .is_some_and(|at| at > now.saturating_add(LATEST_MS))
    {
        let why = "it is expected more than a year from now; check the year".to_owned();
        return Err(refused(&told.at, why));
    }
    let to = match told.to {
        Some(place) => store.place(&place).await?.map(|place| place.code),
        None => None,
    };
    let mut lines = Vec::with_capacity(told.lines.len());
    for (number, line) in (1..).zip(told.lines) {
        let article = article_of(store, &line).await?;
        let per = match (&article, &line.di) {
            (Some(article), Some(di)) => article.units_of(di).unwrap_or(1),
            _ => 1,
        };
        let units = Quantity::of_packs(line.count, per)
            .map_err(|error| refused(&line.at, format!("quantity {} of {per}: {error}", line.count)))?;
        if line.serial.is_some() && units != Quantity::ONE {
            let why = format!(
                "a serial names one unit, and the line has {}; give each its own line",
                units.get()
            );
            return Err(refused(&line.at, why));
        }
        let name = line.name.map(|name| name.chars().take(LONGEST_NAME).collect());
        lines.push(AnnouncedLine {
            line: number,
            name: name.or_else(|| article.as_ref().map(|article| article.name.clone())),
            di: line.di,
            article: article.map(|article| article.no),
            lot: line.lot,
            serial: line.serial,
            expiry: line.expiry,
            units: units.get(),
            sscc: line.sscc,
        });
    }
    Ok(AnnouncedDelivery {
        no: told.no,
        supplier: told.supplier,
        order: told.order,
        to,
        expected_at: told.expected_at,
        lines,
        received: Received::default(),
    })
}

/// By the identifier, which is the label's; else by the region's number, as the sender has it.
async fn article_of(store: &dyn Store, line: &ToldLine) -> Result<Option<Article>, StoreError> {
    if let Some(di) = &line.di
        && let Some(article) = store.article_by_di(di).await?
    {
        return Ok(Some(article));
    }
    match &line.article {
        Some(no) => store.article(no).await,
        None => Ok(None),
    }
}

/// Noon of a day as people here have it.
pub(super) fn noon(day: jiff::civil::Date) -> Option<i64> {
    let zoned = day
        .at(12, 0, 0, 0)
        .to_zoned(sparhund_shared::civil::swedish_time());
    zoned.ok().map(|noon| noon.timestamp().as_millisecond())
}
