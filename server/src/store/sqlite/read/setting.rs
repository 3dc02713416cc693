//! Settings.

use rusqlite::{Connection, params};

use super::{row, sql};
use crate::store::Result;

pub(in super::super) fn setting(conn: &Connection, name: &str) -> Result<Option<String>> {
    row(conn, sql!("setting/get"), params![name], |row| row.get(0))
}
