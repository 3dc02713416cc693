//! Articles.

use std::collections::BTreeSet;

use rusqlite::params;
use sparhund_shared::event::Product;
use sparhund_shared::identity::UdiDi;
use sparhund_shared::reference::Article;
use sparhund_shared::wire::Topic;

use super::{conflict, value};
use crate::store::sqlite::codes::{parse, unit_key};
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::sql;
use crate::store::{Result, RowKind};

impl Ledger {
    /// Adds or replaces articles, all or nothing. Goods that were unknown become known, and the other way round.
    pub(in super::super) fn put_articles(&mut self, articles: &[Article], now: i64) -> Result<()> {
        self.memory.now = now;
        let mut changed: BTreeSet<UdiDi> = BTreeSet::new();
        // First all identifiers go, so that two articles may exchange one.
        for article in articles {
            let no = article.no.as_str();
            let before = self.rows(sql!("packaging/of_article"), params![no], |row| {
                row.get::<_, String>(0)
            })?;
            let before: BTreeSet<UdiDi> = before.iter().map(|di| parse(di)).collect::<Result<_>>()?;
            let after: BTreeSet<UdiDi> = article
                .packagings
                .iter()
                .map(|packaging| packaging.di.clone())
                .collect();
            check_levels(article)?;
            changed.extend(before.symmetric_difference(&after).cloned());
            self.run(sql!("packaging/delete"), params![no])?;
        }
        for article in articles {
            let no = article.no.as_str();
            self.run(sql!("packaging/delete"), params![no])?;
            for packaging in &article.packagings {
                self.check_owner(&packaging.di, article)?;
                self.run(
                    sql!("packaging/insert"),
                    params![packaging.di.to_string(), no, packaging.units],
                )?;
            }
            self.run(
                sql!("article/put"),
                params![no, article.name, search_text(article)],
            )?;
            self.put_row(Topic::Articles, no, Some(&value(article)?))?;
            self.touch(RowKind::Article, no, now)?;
        }
        self.forget_catalogue();
        for di in changed {
            self.look_again_at(&Product::Di(di))?;
        }
        self.refresh_waiting();
        Ok(())
    }

    /// Whether an article can stand as it is beside the others.
    pub(super) fn check_article(&self, article: &Article) -> Result<()> {
        check_levels(article)?;
        let mut levels = article.packagings.iter();
        levels.try_for_each(|packaging| self.check_owner(&packaging.di, article))
    }

    fn check_owner(&self, di: &UdiDi, article: &Article) -> Result<()> {
        match self.article_by_di(di)? {
            Some(other) if other != article.no => Err(conflict(format!(
                "{di} belongs to article {other} already, article {} cannot have it too",
                article.no
            ))),
            _ => Ok(()),
        }
    }

    fn look_again_at(&mut self, product: &Product) -> Result<()> {
        let text = product.to_string();
        let units = self.rows(sql!("unit/of_product"), params![text], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        for (lot_key, lot, serial) in units {
            let at = self.unit(&unit_key(&text, &lot, &serial)?, lot_key)?;
            self.look_again(at);
        }
        Ok(())
    }
}

fn check_levels(article: &Article) -> Result<()> {
    let identifiers: BTreeSet<&UdiDi> = article.packagings.iter().map(|packaging| &packaging.di).collect();
    if identifiers.is_empty() || identifiers.len() != article.packagings.len() {
        return Err(conflict(format!(
            "article {} needs at least one packaging level, each with an identifier of its own",
            article.no
        )));
    }
    Ok(())
}

/// What an article is searched by, in lower case.
fn search_text(article: &Article) -> String {
    let mut words = vec![article.no.to_string(), article.name.clone()];
    words.extend(article.reference.clone());
    words.extend(
        article
            .packagings
            .iter()
            .map(|packaging| packaging.di.code().to_owned()),
    );
    words.join("\n").to_lowercase()
}
