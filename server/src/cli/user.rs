//! `user`: people from the command line, for the first administrator and for the day nobody can sign in.

use std::io::BufRead as _;
use std::path::PathBuf;

use clap::Subcommand;
use sparhund_shared::log::UserId;
use sparhund_shared::reference::{Role, User};

use super::{CliResult, at_the_command_line};
use crate::auth::{check_password, generate_password, hash_password};
use crate::backup::complete_interrupted;
use crate::http::check_login;
use crate::ops::{DataDir, new_uuid, now_ms};
use crate::store::{Account, AccountChange, ReadOf, Store, sqlite::SqliteStore};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Data directory, made by `init`
    #[arg(long, value_name = "DIR", env = "SPARHUND_DATA", global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a person; prints a password once unless one is given
    Add {
        /// Sign-in name
        login: String,
        /// Name as colleagues know it
        #[arg(long)]
        name: String,
        /// picker, ward, quality, planner or admin; can be given several times
        #[arg(long = "role", required = true, value_parser = role)]
        roles: Vec<Role>,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// List the people
    List,
    /// Set a password, which signs the person out everywhere
    Password {
        /// Sign-in name
        login: String,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Close an account
    Disable {
        /// Sign-in name
        login: String,
    },
    /// Open a closed account again
    Enable {
        /// Sign-in name
        login: String,
    },
}

#[derive(Debug, clap::Args)]
struct PasswordSource {
    /// Read the password from the first line of standard input instead of making one
    #[arg(long)]
    password_stdin: bool,
}

/// Runs it.
pub fn run(args: Args) -> CliResult {
    let data = args
        .data
        .ok_or("say which data directory with --data DIR, or set SPARHUND_DATA")?;
    let dir = DataDir::new(&data);
    complete_interrupted(&dir)?;
    if !dir.database().is_file() {
        return Err(format!(
            "{} holds no database; make one with `sparhund-server init --data {}`",
            data.display(),
            data.display()
        )
        .into());
    }
    let store = SqliteStore::open(dir.database())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(work(&store, args.command))
}

async fn work(store: &dyn Store, command: Command) -> CliResult {
    match command {
        Command::Add {
            login,
            name,
            roles,
            password,
        } => add(store, &login, name, roles, &password).await,
        Command::List => {
            store.note_read(at_the_command_line(ReadOf::People)).await?;
            list(store).await
        }
        Command::Password { login, password } => {
            let user = find(store, &login).await?.user;
            let hash = new_password(&user.login, &password)?;
            store
                .change_account(user.id, AccountChange::PasswordHash(hash))
                .await?;
            println!("the password of {login} is set");
            Ok(())
        }
        Command::Disable { login } => set_active(store, &login, false).await,
        Command::Enable { login } => set_active(store, &login, true).await,
    }
}

async fn add(
    store: &dyn Store,
    login: &str,
    name: String,
    mut roles: Vec<Role>,
    password: &PasswordSource,
) -> CliResult {
    check_login(login)?;
    if store.account(login).await?.is_some() {
        return Err(format!("{login} exists already; see `user list`").into());
    }
    roles.sort_unstable();
    roles.dedup();
    let password_hash = new_password(login, password)?;
    let user = User {
        id: UserId(new_uuid(now_ms())?),
        login: login.to_owned(),
        name,
        roles,
    };
    store
        .put_account(Account {
            user,
            password_hash,
            active: true,
        })
        .await?;
    println!("{login} can sign in");
    Ok(())
}

async fn list(store: &dyn Store) -> CliResult {
    for user in store.users().await? {
        let active = store
            .account_by_id(user.id)
            .await?
            .is_some_and(|account| account.active);
        let roles: Vec<&str> = user.roles.iter().map(|role| role.word()).collect();
        let state = if active { "" } else { "  (closed)" };
        println!("{:20} {:30} {}{state}", user.login, user.name, roles.join(","));
    }
    Ok(())
}

async fn set_active(store: &dyn Store, login: &str, active: bool) -> CliResult {
    let user = find(store, login).await?.user;
    store
        .change_account(user.id, AccountChange::Active(active))
        .await?;
    println!(
        "the account of {login} is {}",
        if active { "open" } else { "closed" }
    );
    Ok(())
}

async fn find(store: &dyn Store, login: &str) -> Result<Account, Box<dyn std::error::Error>> {
    let account = store.account(login).await?;
    account.ok_or_else(|| format!("there is no {login}; see `user list`").into())
}

/// Hash of the password from standard input, or of a new one, which is printed once.
fn new_password(login: &str, password: &PasswordSource) -> Result<String, Box<dyn std::error::Error>> {
    let text = if password.password_stdin {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        let text = line.trim_end_matches(['\r', '\n']).to_owned();
        check_password(&text, login)?;
        text
    } else {
        let text = generate_password()?;
        println!("password of {login}, shown this once: {text}");
        text
    };
    Ok(hash_password(&text)?)
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        format!("choose one of {}", words.join(", "))
    })
}
