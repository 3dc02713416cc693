//! Goods and the place they are put in (zonregler), and how long they last.

use jiff::civil::Date;

use super::Reason;
use crate::identity::LabelDate;
use crate::reference::{Article, ArticleTrait, PlaceRules, ProductCategory};

/// What speaks against putting an article in a place. `place`: what it gives, with what it inherits.
pub fn fits(article: &Article, place: &PlaceRules) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let Some(needs) = article.rules.storage
        && place.storage != Some(needs)
    {
        reasons.push(Reason::WrongStorage {
            needs,
            gives: place.storage,
        });
    }
    if article.rules.is(ArticleTrait::Sterile) && !place.sterile {
        reasons.push(Reason::NotSterile);
    }
    if (article.category == ProductCategory::Medicine) != place.pharma {
        reasons.push(Reason::NotForMedicines);
    }
    reasons
}

/// That less life is left than is asked for; nothing for goods without a date, and for expired ones, which say more.
pub fn short_life(expiry: Option<&LabelDate>, today: Date, wanted: Option<u32>) -> Option<Reason> {
    let (expiry, wanted) = expiry.zip(wanted)?;
    let left = today.until(expiry.last_usable_day()).ok()?.get_days();
    (left >= 0 && i64::from(left) < i64::from(wanted)).then_some(Reason::ShortLife { left, wanted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{ArticleRules, Packaging, StorageClass, TraceLevel};

    fn article(category: ProductCategory, rules: ArticleRules) -> Article {
        Article {
            no: "1".parse().unwrap(),
            name: "x".into(),
            manufacturer: None,
            reference: None,
            emdn: None,
            category,
            trace: TraceLevel::Lot,
            identifiers: Vec::new(),
            packagings: vec![Packaging {
                di: "GS1:07350000000016".parse().unwrap(),
                units: 1,
            }],
            rules,
        }
    }

    #[test]
    fn a_place_gives_what_the_goods_need() {
        let plain = article(ProductCategory::MedicalDevice, ArticleRules::default());
        assert!(fits(&plain, &PlaceRules::default()).is_empty());
        let cold = PlaceRules {
            storage: Some(StorageClass::Cold),
            ..PlaceRules::default()
        };
        assert!(
            fits(&plain, &cold).is_empty(),
            "what needs nothing may stand in the cold"
        );
        let needs_cold = ArticleRules {
            storage: Some(StorageClass::Cold),
            ..ArticleRules::default()
        };
        let chilled = article(ProductCategory::MedicalDevice, needs_cold);
        assert!(fits(&chilled, &cold).is_empty());
        assert_eq!(
            fits(&chilled, &PlaceRules::default()),
            [Reason::WrongStorage {
                needs: StorageClass::Cold,
                gives: None
            }]
        );
        let sterile = ArticleRules {
            traits: [ArticleTrait::Sterile].into(),
            ..ArticleRules::default()
        };
        let sterile = article(ProductCategory::MedicalDevice, sterile);
        assert_eq!(fits(&sterile, &PlaceRules::default()), [Reason::NotSterile]);
        let pharma = PlaceRules {
            pharma: true,
            ..PlaceRules::default()
        };
        assert_eq!(fits(&plain, &pharma), [Reason::NotForMedicines]);
        let medicine = article(ProductCategory::Medicine, ArticleRules::default());
        assert_eq!(fits(&medicine, &PlaceRules::default()), [Reason::NotForMedicines]);
        assert!(fits(&medicine, &pharma).is_empty());
    }

    #[test]
    fn life_is_counted_to_the_last_usable_day() {
        let today = jiff::civil::date(2026, 11, 23);
        let short = |expiry: &str, wanted| short_life(Some(&expiry.parse().unwrap()), today, Some(wanted));
        assert_eq!(short("2026-12-23", 30), None);
        assert_eq!(
            short("2026-12-23", 31),
            Some(Reason::ShortLife { left: 30, wanted: 31 })
        );
        assert_eq!(short("2026-12", 38), None, "a month lasts to its last day");
        assert_eq!(short("2026-11-22", 30), None, "expired goods say more");
        assert_eq!(short_life(None, today, Some(30)), None);
        assert_eq!(
            short_life(Some(&"2026-11-24".parse().unwrap()), today, None),
            None
        );
    }
}
