//! What comes from another server of the region: logs, how far it is backed up, and who may come.

use rusqlite::params;
use sparhund_shared::log::{Head, Incarnation, LogId};
use uuid::Uuid;

use super::conflict;
use crate::store::sqlite::codes::signed;
use crate::store::sqlite::ledger::Ledger;
use crate::store::sqlite::{read, sql};
use crate::store::{
    CENTRAL_SETTING, CENTRAL_WRITER, CentralCursor, JoinedSite, LogIntro, LogKind, NewSite, Result,
    SERVER_LOG, SiteHeard,
};

/// Setting with the life of the central server's database that rows were exchanged with, and how far.
const CURSOR_SETTING: &str = "central-cursor";

/// Names of logs that mean a server itself: its own log, and the central server at a site.
const RESERVED: [&str; 2] = [SERVER_LOG, CENTRAL_WRITER];

impl Ledger {
    pub(in super::super) fn introduce(&mut self, logs: &[LogIntro]) -> Result<()> {
        for intro in logs {
            self.open_log(intro.log, intro.key, &intro.name, intro.kind)?;
        }
        Ok(())
    }

    pub(in super::super) fn know_covered(&self, covered: &[Head]) -> Result<()> {
        for head in covered {
            self.run(
                sql!("central_covered/raise"),
                params![head.log.0.as_bytes(), signed(head.seq)],
            )?;
        }
        Ok(())
    }

    /// How far the rows of this life of the central server were taken. Of another life nothing is known.
    pub(in super::super) fn central_cursor(&self, incarnation: Incarnation) -> Result<CentralCursor> {
        let kept = read::setting(&self.conn, CURSOR_SETTING)?;
        let rev = kept.as_deref().and_then(|kept| kept.split_once(' '));
        if let Some((life, rev)) = rev
            && life == incarnation.to_string()
            && let Ok(rev) = rev.parse()
        {
            return Ok(CentralCursor { incarnation, rev });
        }
        self.run(sql!("shared_row/forget_bases"), [])?;
        // Its backups may reach less far than those of the life before: devices must not forget by them.
        self.run(sql!("central_covered/forget"), [])?;
        let cursor = CentralCursor { incarnation, rev: 0 };
        self.keep_central_cursor(cursor)?;
        Ok(cursor)
    }

    pub(in super::super) fn keep_central_cursor(&self, cursor: CentralCursor) -> Result<()> {
        self.set_setting(CURSOR_SETTING, &format!("{} {}", cursor.incarnation, cursor.rev))
    }

    pub(in super::super) fn add_site(&self, site: &NewSite) -> Result<()> {
        if read::setting(&self.conn, CENTRAL_SETTING)?.is_some() {
            return Err(conflict(
                "this is the server of a site, and a site has no sites of its own: add the house at the central server".to_owned(),
            ));
        }
        if RESERVED.contains(&site.name.to_lowercase().as_str()) {
            return Err(conflict(format!(
                "{} means a server itself; write the name of the house",
                site.name
            )));
        }
        if let Some(known) = self.row(sql!("site/by_name"), params![site.name], read::joined)? {
            match (known.joined_at, known.revoked_at) {
                (_, Some(_)) => self.run(sql!("site/rename_old"), params![known.id.as_bytes()])?,
                (None, None) => self.run(sql!("site/delete_unused"), params![known.id.as_bytes()])?,
                (Some(_), None) => {
                    return Err(conflict(format!(
                        "there is a site {} already; shut it out first if its server is to join anew, and give another house another \
                         name",
                        site.name
                    )));
                }
            };
        }
        self.run(
            sql!("site/insert"),
            params![site.id.as_bytes(), site.name, site.code, site.code_until],
        )?;
        Ok(())
    }

    /// Uses up a code. The same code and log again answer the same site as long as the code is good: a code that lies about is
    /// worth nothing afterwards.
    pub(in super::super) fn join_site(
        &mut self,
        code: [u8; 32],
        log: &LogIntro,
        now: i64,
    ) -> Result<Option<JoinedSite>> {
        let kept = self.row(sql!("site/by_code"), params![code], |row| {
            Ok((read::joined(row)?, row.get::<_, i64>(8)?))
        })?;
        match kept {
            Some((site, until)) if until <= now || site.revoked_at.is_some() => Ok(None),
            Some((site, _)) if site.joined_at.is_some() => Ok((site.log == Some(log.log)).then_some(site)),
            Some((site, _)) => {
                self.must_be_free(log.log)?;
                // A log that cannot be made known leaves the code as it was.
                self.introduce(&[LogIntro {
                    kind: LogKind::Server,
                    name: site.name.clone(),
                    ..log.clone()
                }])?;
                self.run(
                    sql!("site/join"),
                    params![site.id.as_bytes(), log.log.0.as_bytes(), now],
                )?;
                read::site(&self.conn, site.id)
            }
            None => Ok(None),
        }
    }

    /// Of two sites with one log neither is believed to write it. The code is as it was, so that it can be used when the other is
    /// shut out: whoever has a code proves nothing about a log, so joining shuts nobody out.
    fn must_be_free(&self, log: LogId) -> Result<()> {
        let its = |site: &JoinedSite| site.revoked_at.is_none() && site.log == Some(log);
        match read::sites(&self.conn)?.into_iter().find(its) {
            Some(site) => Err(conflict(format!(
                "this server has joined as {name} already; shut {name} out on the central server's page of servers, then join \
                 again with this code",
                name = site.name
            ))),
            None => Ok(()),
        }
    }

    pub(in super::super) fn hear_site(&self, id: Uuid, heard: &SiteHeard) -> Result<()> {
        self.run(
            sql!("site/heard"),
            params![
                id.as_bytes(),
                heard.log.as_ref().map(|log| log.0.as_bytes()),
                heard.now,
                heard.offset,
                heard.behind.map(signed)
            ],
        )?;
        Ok(())
    }

    pub(in super::super) fn revoke_site(&self, id: Uuid, now: i64) -> Result<()> {
        self.run(sql!("site/revoke"), params![id.as_bytes(), now])?;
        Ok(())
    }
}
