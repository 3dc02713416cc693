//! People who may ask the service: few, made at its command line.

use rusqlite::{OptionalExtension as _, params};

use super::{LinkError, LinkStore};

/// What somebody may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Right {
    /// Ask whom a token stands for, and which token somebody has
    LookUp,
    /// Read the access log
    Audit,
}

impl Right {
    fn word(self) -> &'static str {
        match self {
            Self::LookUp => "look_up",
            Self::Audit => "audit",
        }
    }
}

/// Somebody who may sign in to the service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkAccount {
    /// Sign-in name.
    pub login: String,
    /// Name as colleagues know it.
    pub name: String,
    /// Care unit they answer for.
    pub unit: String,
    /// What they may do.
    pub may: Vec<Right>,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// Whether they may sign in.
    pub active: bool,
}

impl LinkAccount {
    /// Whether they may do this.
    pub fn has(&self, right: Right) -> bool {
        self.may.contains(&right)
    }
}

impl LinkStore {
    /// Adds somebody, or replaces what is known of them.
    pub fn put_account(&self, account: &LinkAccount) -> Result<(), LinkError> {
        let may: Vec<&str> = account.may.iter().map(|right| right.word()).collect();
        self.transact(|db| {
            db.execute(
                "INSERT INTO account (login, name, unit, may, password_hash, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (login) DO UPDATE SET name = excluded.name, unit = excluded.unit, may = excluded.may,
                     password_hash = excluded.password_hash, active = excluded.active",
                params![
                    account.login,
                    account.name,
                    account.unit,
                    may.join(" "),
                    account.password_hash,
                    account.active
                ],
            )?;
            Ok(())
        })
    }

    /// Closes an account; whether there was one.
    pub fn close_account(&self, login: &str) -> Result<bool, LinkError> {
        self.transact(|db| {
            let closed = db.execute("UPDATE account SET active = 0 WHERE login = ?1", params![login])?;
            Ok(closed > 0)
        })
    }

    /// Somebody who may sign in.
    pub fn account(&self, login: &str) -> Result<Option<LinkAccount>, LinkError> {
        self.transact(|db| {
            let found = db
                .query_row(
                    "SELECT login, name, unit, may, password_hash, active FROM account WHERE login = ?1 AND active",
                    params![login],
                    |row| {
                        let may: String = row.get(3)?;
                        Ok(LinkAccount {
                            login: row.get(0)?,
                            name: row.get(1)?,
                            unit: row.get(2)?,
                            may: [Right::LookUp, Right::Audit]
                                .into_iter()
                                .filter(|right| may.split(' ').any(|word| word == right.word()))
                                .collect(),
                            password_hash: row.get(4)?,
                            active: row.get(5)?,
                        })
                    },
                )
                .optional()?;
            Ok(found)
        })
    }
}
