//! Numbers for places, people and articles.

use rusqlite::params;
use sparhund_shared::event::{ArticleNo, Product};
use sparhund_shared::identity::{PlaceCode, UdiDi};
use sparhund_shared::log::UserId;

use super::Ledger;
use crate::store::Result;
use crate::store::sqlite::codes::{Id, parse};
use crate::store::sqlite::sql;

impl Ledger {
    pub(super) fn remember_dictionaries(&mut self) -> Result<()> {
        let places = self.rows(sql!("place_code/all"), [], |row| {
            Ok((row.get::<_, String>(1)?, row.get::<_, i64>(0)?))
        })?;
        for (code, place_no) in places {
            self.memory.places.insert(parse(&code)?, place_no);
        }
        let users = self.rows(sql!("actor/all"), [], |row| {
            Ok((UserId(row.get::<_, Id>(1)?.0), row.get(0)?))
        })?;
        self.memory.users = users.into_iter().collect();
        let scanners = self.rows(sql!("scanner/all"), [], |row| Ok((row.get(1)?, row.get(0)?)))?;
        self.memory.scanners = scanners.into_iter().collect();
        Ok(())
    }

    pub(super) fn place_no(&mut self, place: &PlaceCode) -> Result<i64> {
        if let Some(place_no) = self.memory.places.get(place) {
            return Ok(*place_no);
        }
        self.run(sql!("place_code/insert"), params![place.to_string()])?;
        let place_no = self.conn.last_insert_rowid();
        self.memory.places.insert(place.clone(), place_no);
        Ok(place_no)
    }

    pub(super) fn user_no(&mut self, user: UserId) -> Result<i64> {
        if let Some(user_no) = self.memory.users.get(&user) {
            return Ok(*user_no);
        }
        self.run(sql!("actor/insert"), params![user.0.as_bytes()])?;
        let user_no = self.conn.last_insert_rowid();
        self.memory.users.insert(user, user_no);
        Ok(user_no)
    }

    pub(super) fn scanner_no(&mut self, profile: &str) -> Result<i64> {
        if let Some(scanner_no) = self.memory.scanners.get(profile) {
            return Ok(*scanner_no);
        }
        self.run(sql!("scanner/insert"), params![profile])?;
        let scanner_no = self.conn.last_insert_rowid();
        self.memory.scanners.insert(profile.to_owned(), scanner_no);
        Ok(scanner_no)
    }

    /// The article that has a product now, and base units in one; `None` = the catalogue does not know it.
    pub(super) fn article_of(&mut self, product: &Product) -> Result<Option<(ArticleNo, u32)>> {
        let Product::Di(di) = product else { return Ok(None) };
        if let Some(article) = self.memory.catalogue.get(di) {
            return Ok(article.clone());
        }
        let article = self.packaging_of(di)?;
        self.memory.catalogue.insert(di.clone(), article.clone());
        Ok(article)
    }

    /// The catalogue changed. Units waiting to be written are written first.
    pub(in super::super) fn forget_catalogue(&mut self) {
        self.memory.catalogue.clear();
        self.memory.units.forget();
    }

    pub(in super::super) fn article_by_di(&self, di: &UdiDi) -> Result<Option<ArticleNo>> {
        Ok(self.packaging_of(di)?.map(|(article, _)| article))
    }

    fn packaging_of(&self, di: &UdiDi) -> Result<Option<(ArticleNo, u32)>> {
        let found = self.row(sql!("packaging/article"), params![di.to_string()], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?))
        })?;
        found.map(|(no, units)| Ok((parse(&no)?, units))).transpose()
    }
}
