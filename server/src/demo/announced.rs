//! Two deliveries that are on their way to the demo region.

use jiff::ToSpan as _;
use jiff::civil::Date;
use sparhund_shared::identity::LabelDate;
use sparhund_shared::reference::{AnnouncedDelivery, AnnouncedLine, Article, Received};

use super::article_rules::SYRINGE;
use super::{DemoError, keys, places};

const DAY: i64 = 86_400_000;

/// Stems of hip prostheses, by the piece.
const STEM: &str = "P0908";

/// A case and single units of syringes in two logistic units, and three implants in one.
pub(super) fn announced(
    articles: &[Article],
    today: Date,
    now: i64,
) -> Result<Vec<AnnouncedDelivery>, DemoError> {
    let of_family = |emdn: &str, at: usize| {
        let mut found = articles
            .iter()
            .filter(|article| article.emdn.as_deref() == Some(emdn));
        found.nth(at).ok_or_else(|| DemoError::Value(emdn.to_owned()))
    };
    let expiry = today
        .checked_add(3.years())
        .ok()
        .and_then(|day| LabelDate::day(day.last_of_month()))
        .ok_or_else(|| DemoError::Value(today.to_string()))?;
    let line = |number: u32, article: &Article, level: usize, units: u32, sscc: u32| {
        Ok::<_, DemoError>(AnnouncedLine {
            line: number,
            di: article
                .packagings
                .get(level)
                .map(|packaging| packaging.di.clone()),
            article: Some(article.no.clone()),
            name: Some(article.name.clone()),
            lot: Some(keys::parse(&format!("AVI-{number}"))?),
            serial: None,
            expiry: Some(expiry),
            units,
            sscc: Some(keys::sscc(sscc)?),
        })
    };
    let delivery = |no: &str, supplier: &str, days: i64, lines| {
        Ok::<_, DemoError>(AnnouncedDelivery {
            no: keys::parse(no)?,
            supplier: supplier.to_owned(),
            order: Some(format!("INK-{no}")),
            to: Some(keys::place(places::WAREHOUSE, None)?),
            expected_at: Some(now + days * DAY),
            lines,
            received: Received::default(),
        })
    };
    let syringes = vec![
        line(1, of_family(SYRINGE, 2)?, 2, 200, 101)?,
        line(2, of_family(SYRINGE, 3)?, 1, 30, 101)?,
        line(3, of_family(SYRINGE, 4)?, 0, 5, 102)?,
    ];
    let mut stems = Vec::new();
    for number in 1..=3 {
        stems.push(AnnouncedLine {
            serial: Some(keys::parse(&format!("AVI-SN-{number}"))?),
            ..line(number, of_family(STEM, 1)?, 0, 1, 103)?
        });
    }
    Ok(vec![
        delivery("24-1187", "Fjällmed AB", 0, syringes)?,
        delivery("AI-90233", "Aurora Implants GmbH", 1, stems)?,
    ])
}
