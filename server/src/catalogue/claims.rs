//! An identifier belongs to one article, an article number stands on one line.

use std::collections::HashMap;

use sparhund_shared::event::ArticleNo;
use sparhund_shared::identity::UdiDi;
use sparhund_shared::reference::Article;

/// Who claimed what so far in this file.
#[derive(Default, Debug)]
pub(super) struct Claims {
    numbers: HashMap<ArticleNo, u64>,
    identifiers: HashMap<UdiDi, (ArticleNo, u64)>,
}

impl Claims {
    /// Claims number and identifiers of an article for a line, all or nothing; the error says who was first.
    pub(super) fn claim(&mut self, article: &Article, line: u64) -> Result<(), String> {
        if let Some(first) = self.numbers.get(&article.no) {
            return Err(format!(
                "article {} stands on line {first} already; take one of the two lines out",
                article.no
            ));
        }
        for (at, packaging) in article.packagings.iter().enumerate() {
            let di = &packaging.di;
            if let Some((owner, first)) = self.identifiers.get(di) {
                return Err(format!(
                    "identifier {di} belongs to article {owner} on line {first} already; an identifier names one \
                     article only"
                ));
            }
            if article.packagings[..at].iter().any(|lower| lower.di == *di) {
                return Err(format!(
                    "identifier {di} is given to two packaging levels; each level has its own"
                ));
            }
        }
        self.numbers.insert(article.no.clone(), line);
        for packaging in &article.packagings {
            self.identifiers
                .insert(packaging.di.clone(), (article.no.clone(), line));
        }
        Ok(())
    }
}
