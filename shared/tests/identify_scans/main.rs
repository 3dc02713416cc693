//! Whole scans, as scanners send them, from bytes to candidates.

use jiff::civil::{Date, Time, date};
use sparhund_shared::carrier::hibc::HibcFlaw;
use sparhund_shared::carrier::{
    AssetCode, Candidate, CarrierWarning, Change, ItemCode, LogisticCode, ProductionCode, Reading, ScanError,
    Suspicion, WedgeProfile, identify,
};
use sparhund_shared::identity::{Agency, Precision};

mod agencies;
mod forms;
mod gs1;

const TODAY: Date = date(2026, 11, 22);

fn candidates(raw: &str) -> Result<Vec<Candidate<'static>>, ScanError> {
    let identified = identify(raw.as_bytes(), TODAY, &WedgeProfile::default())?;
    Ok(identified
        .candidates
        .into_iter()
        .map(Candidate::into_owned)
        .collect())
}

fn only(raw: &str) -> (Reading, Vec<CarrierWarning>) {
    let mut found = candidates(raw).unwrap_or_else(|error| panic!("{raw}: {error}"));
    assert_eq!(found.len(), 1, "{raw}: {found:?}");
    let candidate = found.remove(0);
    (candidate.reading, candidate.warnings)
}

fn item(raw: &str) -> (ItemCode, Vec<CarrierWarning>) {
    match only(raw) {
        (Reading::Item(item), warnings) => (item, warnings),
        (other, _) => panic!("{raw}: {other:?}"),
    }
}

fn logistic(raw: &str) -> LogisticCode {
    match only(raw) {
        (Reading::Logistic(code), _) => code,
        (other, _) => panic!("{raw}: {other:?}"),
    }
}

fn pending(raw: &str) -> ProductionCode {
    match only(raw) {
        (Reading::ProductionOnly(code), _) => code,
        (other, _) => panic!("{raw}: {other:?}"),
    }
}

fn error(raw: &str) -> &'static str {
    candidates(raw).expect_err(raw).code()
}
