//! Who may ask: nobody, a device, a person of each role, and those who could once.

use axum::http::Method;
use serde_json::Value;
use sparhund_server::auth::{Session, Tokens};
use sparhund_server::ops::now_ms;
use sparhund_server::store::{Account, LogIntro, LogKind, NewSite, PATIENT_LINK_SETTING};
use sparhund_shared::log::{LogId, PublicKey};
use sparhund_shared::reference::Role;

use crate::common::{Answer, DeviceSim, TestServer, session};

/// Somebody who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caller {
    Nobody,
    /// A token that another server signed.
    Stranger,
    /// Signed in as administrator once, and out again.
    SignedOut,
    /// An administrator whose account was closed.
    ShutOut,
    /// A device that was revoked.
    Revoked,
    /// An enrolled device, with no person.
    Device,
    /// The server of a site.
    Site,
    /// The patient-link service.
    PatientLink,
    /// The same under a token before its newest.
    OldPatientLink,
    Person(Role),
}

/// Those whose column stands alone; all who could once are one column, because every route must answer them alike.
pub const KNOWN: [(&str, Caller); 8] = [
    ("nobody", Caller::Nobody),
    ("device", Caller::Device),
    ("site", Caller::Site),
    ("picker", Caller::Person(Role::Picker)),
    ("ward", Caller::Person(Role::Ward)),
    ("quality", Caller::Person(Role::Quality)),
    ("planner", Caller::Person(Role::Planner)),
    ("admin", Caller::Person(Role::Admin)),
];

/// Those who are to be taken for nobody.
pub const WITHOUT: [Caller; 3] = [Caller::Stranger, Caller::SignedOut, Caller::ShutOut];

/// A server with everybody.
pub struct Doors {
    pub server: TestServer,
    device: String,
    revoked: String,
    site: String,
}

impl Doors {
    pub async fn open() -> Self {
        let server = TestServer::start().await;
        let device = DeviceSim::enrolled(&server, 1).await;
        let revoked = DeviceSim::enrolled(&server, 2).await;
        let store = &server.state.store;
        let gone = store.devices().await.unwrap();
        let gone = gone.iter().find(|found| found.log == revoked.log).unwrap().id;
        store.revoke_device(gone, now_ms()).await.unwrap();
        server.state.devices.forget(gone);
        let site = NewSite {
            id: uuid::Uuid::from_u128(0x517e),
            name: "Väster".to_owned(),
            code: [7; 32],
            code_until: i64::MAX,
        };
        let id = site.id;
        let intro = LogIntro {
            log: LogId(id),
            key: PublicKey::of(&ed25519_dalek::SigningKey::from_bytes(&[8; 32])),
            kind: LogKind::Server,
            name: "Väster".to_owned(),
        };
        let service = uuid::Uuid::from_u128(0x9a7);
        store
            .set_setting(PATIENT_LINK_SETTING, &service.to_string())
            .await
            .unwrap();
        store.add_site(site).await.unwrap();
        store.join_site([7; 32], intro, now_ms()).await.unwrap().unwrap();
        Self {
            site: server.state.tokens.site(id, now_ms()).unwrap(),
            device: device.token,
            revoked: revoked.token,
            server,
        }
    }

    /// Token of a caller, for the API or for a page.
    pub async fn token(&self, caller: Caller, page: bool) -> Option<String> {
        let state = &self.server.state;
        let of = |tokens: &Tokens, account: &Account, session: Session| {
            let made = if page {
                tokens.page(account, session, now_ms())
            } else {
                tokens.user(account, session, now_ms())
            };
            made.unwrap()
        };
        let admin = async || state.store.account("admin").await.unwrap().unwrap();
        Some(match caller {
            Caller::Nobody => return None,
            Caller::Stranger => of(&Tokens::new(&[7; 32]), &admin().await, session()),
            Caller::SignedOut => {
                let session = session();
                let token = of(&state.tokens, &admin().await, session);
                sparhund_server::auth::end(state, session).await.unwrap();
                token
            }
            Caller::ShutOut => {
                let mut account = admin().await;
                account.user.id = sparhund_shared::log::UserId(uuid::Uuid::from_u128(0xdead));
                "gone".clone_into(&mut account.user.login);
                account.active = false;
                state.store.put_account(account.clone()).await.unwrap();
                of(&state.tokens, &account, session())
            }
            Caller::Revoked => self.revoked.clone(),
            Caller::Device => self.device.clone(),
            Caller::Site => self.site.clone(),
            Caller::PatientLink | Caller::OldPatientLink => {
                let id = if caller == Caller::PatientLink {
                    0x9a7
                } else {
                    0x9a6
                };
                let id = uuid::Uuid::from_u128(id);
                state.tokens.patient_link(id, now_ms()).unwrap()
            }
            Caller::Person(role) => {
                let account = state.store.account(role.word()).await.unwrap().unwrap();
                of(&state.tokens, &account, session())
            }
        })
    }

    /// What a route says to somebody: of the API by a token in the header, of the console by one in the cookie, with the
    /// token that a form of ours has.
    pub async fn ask(&self, caller: Caller, method: &str, template: &str) -> Answer {
        let token = self.token(caller, template.starts_with("/console")).await;
        let method: Method = method.parse().unwrap();
        let path = filled(template);
        let call = self.server.call(method.clone(), &format!("/!{}", &path[1..]));
        let call = if template.starts_with("/console") {
            let form = "a-token-of-this-browser";
            let cookie = token.map_or_else(String::new, |token| format!("; sparhund_session={token}"));
            let call = call.header("cookie", &format!("sparhund_form={form}{cookie}"));
            if method == Method::POST {
                call.raw("application/x-www-form-urlencoded", format!("csrf={form}"))
            } else {
                call
            }
        } else {
            let call = call.json(Value::Null);
            match token {
                Some(token) => call.token(&token),
                None => call,
            }
        };
        call.send().await
    }
}

/// A path with values in it.
fn filled(template: &str) -> String {
    let path = template
        .replace("{id}", "00000000-0000-7000-8000-000000000001")
        .replace("{topic}", "holds")
        .replace("{no}", "X-1")
        .replace("{code}", "7350000000016")
        .replace("{file}", "style.css")
        .replace("{*path}", "nowhere/here");
    assert!(
        !path.contains('{'),
        "{template}: give the part of the path a value"
    );
    path
}
