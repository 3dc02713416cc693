//! Rules of the demo region.

use sparhund_shared::identity::PlaceCode;
use sparhund_shared::log::Hash;
use sparhund_shared::privacy::SealKey;
use sparhund_shared::reference::{Article, Rule, SamplingRule, StockRule};

use super::article_rules::SYRINGE;
use super::{DemoError, Receipt, keys, places};

/// Respirators, for a crisis.
const RESPIRATOR: &str = "T0301";
/// A cannula for the two-bin places.
const CANNULA: &str = "A0101";

/// The patient key is in use for so long already, in milliseconds.
const BEFORE: i64 = 30 * 86_400_000;

/// Every rule.
pub(super) fn rules(articles: &[Article], receipts: &[Receipt], now: i64) -> Result<Vec<Rule>, DemoError> {
    let of_family = |emdn: &str| -> Vec<&Article> {
        let wanted = |article: &&Article| article.emdn.as_deref() == Some(emdn);
        articles.iter().filter(wanted).collect()
    };
    let warehouse = keys::place(places::WAREHOUSE, None)?;
    let mut rules = Vec::new();
    for syringe in of_family(SYRINGE) {
        let stands = receipts
            .iter()
            .find(|receipt| receipt.item.article.as_ref() == Some(&syringe.no));
        if let Some(stands) = stands {
            rules.push(Rule::Stock(StockRule {
                min: 100,
                max: 600,
                ..empty(&stands.to, syringe)
            }));
        }
        rules.push(Rule::Stock(StockRule {
            safety: 20,
            ..empty(&warehouse, syringe)
        }));
    }
    for respirator in of_family(RESPIRATOR) {
        rules.push(Rule::Stock(StockRule {
            safety: 20,
            preparedness: 50,
            ..empty(&warehouse, respirator)
        }));
    }
    let two_bin = of_family(SYRINGE).into_iter().chain(of_family(CANNULA));
    for ((ward, bin), article) in places::ward_bins().zip(two_bin) {
        rules.push(Rule::Stock(StockRule {
            min: 1,
            max: 50,
            two_bin: true,
            ..empty(&keys::place(ward, Some(bin))?, article)
        }));
    }
    for (supplier, every) in [
        ("Aurora Implants GmbH", 1),
        ("Fjällmed AB", 5),
        ("Nordbruk Medical AB", 10),
    ] {
        rules.push(Rule::Sampling(SamplingRule {
            supplier: supplier.to_owned(),
            article: None,
            every,
        }));
    }
    rules.push(Rule::CountLimit {
        units: 5,
        percent: 10,
    });
    rules.push(Rule::CompanyPrefix {
        prefix: keys::PREFIX.to_owned(),
    });
    rules.push(patient_key(now)?);
    Ok(rules)
}

/// A key to seal wristbands to. Nobody has its private half, which was never made, so what the demo seals nobody opens. The
/// rule of a patient-link service that is set up for the demo is newer, and takes its place.
fn patient_key(now: i64) -> Result<Rule, DemoError> {
    let bytes = Hash::of("sparhund/demo/patient-key", &[]);
    Ok(Rule::PatientKey {
        key: keys::parse::<SealKey>(&bytes.to_string())?.to_string(),
        from: now - BEFORE,
    })
}

fn empty(place: &PlaceCode, article: &Article) -> StockRule {
    StockRule {
        place: place.clone(),
        article: article.no.clone(),
        min: 0,
        max: 0,
        safety: 0,
        preparedness: 0,
        two_bin: false,
    }
}
