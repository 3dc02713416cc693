//! `/identify`: what a label or an RFID tag says, without booking anything.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sparhund_shared::carrier::epc::{EpcReading, decode_epc};
use sparhund_shared::carrier::{
    AssetCode, Candidate, Change, Production, Reading, ScanError, WedgeProfile, identify,
};
use sparhund_shared::identity::{LabelDate, Lot, PlaceCode, Serial, Sscc, UdiDi};
use sparhund_shared::reference::Article;
use utoipa::ToSchema;

use super::extract::Body;
use super::problem::{ApiResult, FieldError, Problem};
use super::problem_code::Code;
use super::state::AppState;
use crate::ops::today;

/// A scan: exactly one of the two.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Scan {
    /// As the scanner sent it, or as printed with brackets: `(01)07350000000016(10)A1`.
    pub text: Option<String>,
    /// EPC memory of an RFID tag, hexadecimal.
    pub epc_hex: Option<String>,
}

/// Every way to read a scan.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readings {
    /// At least one. The first is never right just because it is first.
    pub candidates: Vec<CandidateView>,
    /// What was done to the scan before it was read, as stable words.
    pub changes: Vec<&'static str>,
}

/// One way to read a scan.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateView {
    /// AIM symbology identifier such as `]d2`, when the scanner sends it.
    pub symbology: Option<String>,
    /// What it says.
    pub reading: ReadingView,
    /// Article the catalogue has for it.
    pub article: Option<Article>,
    /// What is odd about it.
    pub warnings: Vec<WarningView>,
}

/// Something odd about a reading.
#[derive(Debug, Serialize, ToSchema)]
pub struct WarningView {
    /// Stable word.
    pub code: &'static str,
    /// What, why and what to do.
    pub detail: String,
}

/// What a code says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReadingView {
    /// A product at one packaging level.
    Item {
        /// Which product and level.
        di: UdiDi,
        /// Which batch or piece.
        production: ProductionView,
    },
    /// A package on its way.
    Logistic {
        /// Which package.
        sscc: Sscc,
        /// The items inside.
        content: Option<UdiDi>,
        /// How many of them.
        count: Option<u32>,
    },
    /// A place.
    Place {
        /// Which.
        code: PlaceCode,
    },
    /// An asset.
    Asset {
        /// GIAI or GRAI.
        number: String,
    },
    /// Blood, cells or tissue (ISBT 128): no device.
    Donation {
        /// Donation identification number.
        din: String,
        /// Product code.
        product: Option<String>,
    },
    /// Lot, serial or dates of a product that another symbol of the label names.
    Production {
        /// Which batch or piece.
        production: ProductionView,
    },
}

/// Lot, serial and dates.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductionView {
    /// Lot.
    pub lot: Option<Lot>,
    /// Serial.
    pub serial: Option<Serial>,
    /// Use by.
    pub expiry: Option<LabelDate>,
    /// Made on.
    pub made: Option<LabelDate>,
    /// Best before.
    pub best_before: Option<LabelDate>,
}

impl From<Production> for ProductionView {
    fn from(production: Production) -> Self {
        Self {
            lot: production.lot,
            serial: production.serial,
            expiry: production.expiry,
            made: production.made,
            best_before: production.best_before,
        }
    }
}

impl From<Reading> for ReadingView {
    fn from(reading: Reading) -> Self {
        match reading {
            Reading::Item(item) => Self::Item {
                di: item.di,
                production: item.production.into(),
            },
            Reading::Logistic(package) => Self::Logistic {
                sscc: package.sscc,
                content: package.content.map(UdiDi::gs1),
                count: package.count,
            },
            Reading::Place(code) => Self::Place { code },
            Reading::Asset(AssetCode::Individual(number)) => Self::Asset {
                number: number.to_string(),
            },
            Reading::Asset(AssetCode::Returnable(number)) => Self::Asset {
                number: number.to_string(),
            },
            Reading::Donation(code) => Self::Donation {
                din: code.din,
                product: code.product,
            },
            Reading::ProductionOnly(code) => Self::Production {
                production: code.production.into(),
            },
        }
    }
}

impl From<EpcReading> for ReadingView {
    fn from(reading: EpcReading) -> Self {
        match reading {
            EpcReading::Item { gtin, serial } => Self::Item {
                di: UdiDi::gs1(gtin),
                production: Production {
                    serial: Some(serial),
                    ..Production::default()
                }
                .into(),
            },
            EpcReading::Package(sscc) => Self::Logistic {
                sscc,
                content: None,
                count: None,
            },
            EpcReading::Asset(number) => Self::Asset {
                number: number.to_string(),
            },
        }
    }
}

/// Reads a label or an RFID tag
#[utoipa::path(post, path = "/identify", tag = "identify", request_body = Scan,
    responses((status = OK, body = Readings, description = "Every way to read it")))]
pub async fn identify_scan(
    State(state): State<AppState>,
    Body(scan): Body<Scan>,
) -> ApiResult<Json<Readings>> {
    match (scan.text, scan.epc_hex) {
        (Some(text), None) => read_label(&state, &text).await,
        (None, Some(hex)) => read_tag(&state, &hex).await,
        _ => Err(Problem::invalid(vec![FieldError::new(
            "/text",
            "give exactly one of `text` and `epc_hex`",
        )])),
    }
    .map(Json)
}

async fn read_label(state: &AppState, text: &str) -> ApiResult<Readings> {
    let read = identify(text.as_bytes(), today(), &WedgeProfile::default())?;
    let mut candidates = Vec::new();
    for candidate in read.candidates {
        candidates.push(view(state, candidate).await?);
    }
    Ok(Readings {
        candidates,
        changes: read.changes.iter().map(Change::code).collect(),
    })
}

async fn view(state: &AppState, candidate: Candidate<'_>) -> ApiResult<CandidateView> {
    let reading = candidate.reading.into();
    Ok(CandidateView {
        symbology: candidate.symbology.map(|symbology| symbology.to_string()),
        article: article_of(state, &reading).await?,
        reading,
        warnings: candidate
            .warnings
            .iter()
            .map(|warning| WarningView {
                code: warning.code(),
                detail: warning.to_string(),
            })
            .collect(),
    })
}

async fn read_tag(state: &AppState, hex: &str) -> ApiResult<Readings> {
    let reading: ReadingView = decode_epc(hex.trim())
        .map_err(|error| Problem::new(Code::Unreadable, error.to_string()))?
        .into();
    Ok(Readings {
        candidates: vec![CandidateView {
            symbology: None,
            article: article_of(state, &reading).await?,
            reading,
            warnings: Vec::new(),
        }],
        changes: Vec::new(),
    })
}

async fn article_of(state: &AppState, reading: &ReadingView) -> ApiResult<Option<Article>> {
    match reading {
        ReadingView::Item { di, .. }
        | ReadingView::Logistic {
            content: Some(di), ..
        } => Ok(state.store.article_by_di(di).await?),
        _ => Ok(None),
    }
}

impl From<ScanError> for Problem {
    fn from(error: ScanError) -> Self {
        let why = FieldError {
            code: Some(error.code()),
            ..FieldError::new("", error.to_string())
        };
        Self::new(Code::Unreadable, error.to_string()).with_errors(vec![why])
    }
}
