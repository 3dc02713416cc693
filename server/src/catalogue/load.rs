//! Writing what was read into the store, batch by batch.

use sparhund_shared::reference::{Article, Place, Rule};

use super::report::{Remark, Sourced};
use super::rule_check::faults;
use crate::store::{Store, StoreError};

/// Articles in one transaction.
const BATCH: usize = 1_000;

/// What went in.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Loaded {
    /// Items written.
    pub stored: usize,
    /// Items the store's other rows contradict.
    pub refused: Vec<Remark>,
}

/// Writing stopped.
#[derive(Debug, thiserror::Error)]
#[error(
    "{stored} went in before the store failed: {source}; run the import again, it replaces what is there"
)]
pub struct LoadError {
    /// Items written.
    pub stored: usize,
    /// Why.
    pub source: StoreError,
}

/// Adds or replaces articles; each batch goes in whole or not at all. An article whose identifier belongs to another
/// article of the store is refused by name, the rest of its batch goes in.
pub async fn load_articles(store: &dyn Store, items: Vec<Sourced<Article>>) -> Result<Loaded, LoadError> {
    let mut loaded = Loaded::default();
    for batch in items.chunks(BATCH) {
        let written = write(store, batch, &mut loaded.refused).await;
        loaded.stored += written.map_err(|source| LoadError {
            stored: loaded.stored,
            source,
        })?;
    }
    Ok(loaded)
}

async fn write(
    store: &dyn Store,
    batch: &[Sourced<Article>],
    refused: &mut Vec<Remark>,
) -> Result<usize, StoreError> {
    let all = batch.iter().map(|sourced| sourced.item.clone()).collect();
    match store.put_articles(all).await {
        Err(StoreError::Conflict(_)) => {}
        result => return result.map(|()| batch.len()),
    }
    // The store says that something contradicts it, not on which line: look at each, then write the rest.
    let mut free = Vec::with_capacity(batch.len());
    for sourced in batch {
        match owner(store, &sourced.item).await? {
            Some(text) => refused.push(Remark {
                line: sourced.line,
                subject: sourced.item.no.to_string(),
                text,
            }),
            None => free.push(sourced.item.clone()),
        }
    }
    let count = free.len();
    store.put_articles(free).await.map(|()| count)
}

/// Says which other article of the store has one of the identifiers.
async fn owner(store: &dyn Store, article: &Article) -> Result<Option<String>, StoreError> {
    for packaging in &article.packagings {
        if let Some(other) = store.article_by_di(&packaging.di).await?
            && other.no != article.no
        {
            return Ok(Some(format!(
                "identifier {} belongs to article {} ({}) in the store; change that one first",
                packaging.di, other.no, other.name
            )));
        }
    }
    Ok(None)
}

/// Adds or replaces places, all in one transaction.
pub async fn load_places(store: &dyn Store, items: Vec<Sourced<Place>>) -> Result<Loaded, LoadError> {
    let stored = items.len();
    let places = items.into_iter().map(|sourced| sourced.item).collect();
    match store.put_places(places).await {
        Ok(()) => Ok(Loaded {
            stored,
            refused: Vec::new(),
        }),
        Err(source) => Err(LoadError { stored: 0, source }),
    }
}

/// Adds or replaces rules; each batch goes in whole or not at all. One that cannot stand is refused by line, the rest go in.
pub async fn load_rules(store: &dyn Store, items: Vec<Sourced<Rule>>) -> Result<Loaded, LoadError> {
    let mut loaded = Loaded::default();
    for batch in items.chunks(BATCH) {
        let written = write_rules(store, batch, &mut loaded.refused).await;
        loaded.stored += written.map_err(|source| LoadError {
            stored: loaded.stored,
            source,
        })?;
    }
    Ok(loaded)
}

async fn write_rules(
    store: &dyn Store,
    batch: &[Sourced<Rule>],
    refused: &mut Vec<Remark>,
) -> Result<usize, StoreError> {
    let mut right = Vec::with_capacity(batch.len());
    for Sourced { line, item } in batch {
        let found = faults(store, item).await?;
        refused.extend(found.iter().map(|fault| Remark {
            line: *line,
            subject: String::new(),
            text: format!("column {:?}: {}", fault.field, fault.why),
        }));
        if found.is_empty() {
            right.push(item.clone());
        }
    }
    let count = right.len();
    store.put_rules(right).await.map(|()| count)
}
