//! Rules that belong to no single article or place.

use serde::{Deserialize, Serialize};

use crate::event::ArticleNo;
use crate::identity::PlaceCode;
use crate::label::LabelSize;
use crate::log::Hash;

/// How much of an article is kept where, in base units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockRule {
    /// A bin for `min` and `max`, a site for the floors.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub place: PlaceCode,
    /// The article.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub article: ArticleNo,
    /// Fill up when less than this stands there.
    #[serde(default)]
    pub min: u32,
    /// Fill up to this; of a two-bin place what one bin holds.
    #[serde(default)]
    pub max: u32,
    /// Säkerhetslager: picking below it needs a role and a reason.
    #[serde(default)]
    pub safety: u32,
    /// Beredskapslager: on top of nobody's need but a crisis.
    #[serde(default)]
    pub preparedness: u32,
    /// Filled by two bins and a card.
    #[serde(default)]
    pub two_bin: bool,
}

/// How often a receiving check looks at goods of a supplier (MDR Article 14(2), second subparagraph).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SamplingRule {
    /// The supplier, as deliveries name it.
    pub supplier: String,
    /// Only this article; `None` = what has no rule of its own.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub article: Option<ArticleNo>,
    /// One delivery of so many; 1 = each.
    pub every: u32,
}

impl SamplingRule {
    /// Whether the goods of an article in a delivery are looked at. It depends on these alone: every device says the same,
    /// without a network too, and nobody can choose.
    pub fn picks(&self, article: &ArticleNo, delivery: &str) -> bool {
        let text = format!("{}\u{1f}{article}\u{1f}{delivery}", self.supplier);
        let Hash(bytes) = Hash::of("sparhund/sampling", text.as_bytes());
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[..8]);
        u64::from_be_bytes(number).is_multiple_of(u64::from(self.every.max(1)))
    }
}

/// A rule, as devices get them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Rule {
    /// How much is kept where.
    Stock(StockRule),
    /// How often goods are looked at.
    Sampling(SamplingRule),
    /// The region's GS1 company prefix, for logistic units it packs: 6 to 11 digits.
    CompanyPrefix {
        /// The digits.
        prefix: String,
    },
    /// Public key of the patient-link service, in use from a time on.
    PatientKey {
        /// X25519 public key, 64 hexadecimal digits.
        key: String,
        /// Unix milliseconds.
        from: i64,
    },
    /// Highest difference of a count that one person settles alone.
    CountLimit {
        /// Base units.
        units: u32,
        /// Per cent of what the book has.
        percent: u32,
    },
    /// A label printer of a place.
    Printer {
        /// The place it serves.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        place: PlaceCode,
        /// Name as staff know it.
        name: String,
        /// `host:port` for raw ZPL.
        address: String,
        /// Labels in it.
        #[serde(default, skip_serializing_if = "LabelSize::is_default")]
        size: LabelSize,
    },
}

impl Rule {
    /// Key within its topic: one rule of a kind about a thing.
    pub fn key(&self) -> String {
        match self {
            Self::Stock(rule) => format!("stock {} {}", rule.place, rule.article),
            Self::Sampling(rule) => {
                let article = rule.article.as_ref().map_or("", ArticleNo::as_str);
                format!("sampling {}\u{1f}{article}", rule.supplier)
            }
            Self::CompanyPrefix { .. } => "company-prefix".to_owned(),
            Self::PatientKey { key, .. } => format!("patient-key {key}"),
            Self::CountLimit { .. } => "count-limit".to_owned(),
            Self::Printer { place, name, .. } => format!("printer {place} {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_delivery_of_so_many_is_looked_at_and_always_the_same_one() {
        let rule = |every| SamplingRule {
            supplier: "Nordmark".into(),
            article: None,
            every,
        };
        let article: ArticleNo = "1001".parse().unwrap();
        let picked = |every| -> Vec<u32> {
            let all = 0..1_000;
            all.filter(|no: &u32| rule(every).picks(&article, &no.to_string()))
                .collect()
        };
        assert_eq!(picked(1).len(), 1_000);
        assert_eq!(picked(0).len(), 1_000, "nonsense asks for all");
        let tenth = picked(10);
        assert!((60..140).contains(&tenth.len()), "{}", tenth.len());
        // Another version of the program must pick the same ones.
        assert_eq!(tenth[..3], [7, 17, 27]);
    }
}
