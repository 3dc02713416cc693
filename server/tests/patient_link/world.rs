//! A server with signed records that have seals in them, and a patient-link service beside it, over HTTP.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;
use jiff::civil::{Date, date};
use serde_json::Value;
use sparhund_server::island::{Central, Credential};
use sparhund_server::ops::{Patience, StopHandle, listen, new_uuid, now_ms};
use sparhund_server::patient_link::{Done, LinkDir, LinkError, LinkService, round};
use sparhund_server::store::PATIENT_LINK_SETTING;
use sparhund_shared::event::{
    BizStep, Capture, Circumstances, Event, Identified, Item, Movement, PatientSeal, Quantity,
};
use sparhund_shared::log::EventId;
use sparhund_shared::privacy::{Identity, SealKey, seal};
use sparhund_shared::reference::Role;
use tempfile::TempDir;

use crate::common::{DeviceSim, TestServer, base_di, ward};

pub const TODAY: Date = date(2026, 11, 23);
/// Given out for tests: it belongs to nobody.
pub const TOLVAN: &str = "191212121212";
pub const RESERVE: &str = "99RESERV1234";

pub fn somebody(text: &str) -> Identity {
    Identity::scanned(text, TODAY).unwrap()
}

pub struct World {
    pub server: TestServer,
    pub url: String,
    pub token: String,
    pub device: DeviceSim,
    pub dir: TempDir,
    pub service: Arc<LinkService>,
    /// Tokens are refused while it is set.
    pub refuses: Arc<AtomicBool>,
    random: u8,
}

impl World {
    pub async fn new() -> Self {
        let server = TestServer::with_world().await;
        let id = new_uuid(now_ms()).unwrap();
        let store = &server.state.store;
        store
            .set_setting(PATIENT_LINK_SETTING, &id.to_string())
            .await
            .unwrap();
        let token = server.state.tokens.patient_link(id, now_ms()).unwrap();
        let device = DeviceSim::enrolled(&server, 1).await;
        let refuses = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&refuses);
        let app = server
            .router()
            .clone()
            .layer(from_fn(move |request: Request, next: Next| {
                let shut = closed.load(Ordering::SeqCst) && request.uri().path().ends_with("patient-tokens");
                async move {
                    if shut {
                        StatusCode::SERVICE_UNAVAILABLE.into_response()
                    } else {
                        next.run(request).await
                    }
                }
            }));
        let url = served(app);
        let dir = tempfile::tempdir().unwrap();
        let link = LinkDir::new(dir.path());
        link.create().unwrap();
        let service = LinkService::open(&link).unwrap();
        service.store.rotate(now_ms()).unwrap();
        Self {
            server,
            url,
            token,
            device,
            dir,
            service: Arc::new(service),
            refuses,
            random: 0,
        }
    }

    pub fn link_dir(&self) -> LinkDir {
        LinkDir::new(self.dir.path())
    }

    /// The key in use.
    pub fn key(&self) -> SealKey {
        let epochs = self.service.store.epochs().unwrap();
        epochs.last().unwrap().public.clone()
    }

    pub fn sealed(&mut self, who: &str) -> PatientSeal {
        self.random += 1;
        seal(&somebody(who), &self.key(), [self.random; 32]).unwrap()
    }

    /// Something was implanted in somebody.
    pub async fn implant(&mut self, who: &str) -> EventId {
        let seal = self.sealed(who);
        self.tell(seal).await
    }

    pub async fn tell(&mut self, seal: PatientSeal) -> EventId {
        let event = self.device.write(&Event::Move(Movement {
            step: BizStep::Installing,
            item: Item::Identified(Identified {
                di: base_di(),
                base: base_di(),
                article: None,
                lot: Some("L1".parse().unwrap()),
                serial: None,
                expiry: None,
                made: None,
            }),
            quantity: Quantity::new(1).unwrap(),
            from: Some(ward()),
            to: ward(),
            supplier: None,
            order: None,
            sscc: None,
            capture: Capture::confirmed(0, 0),
            circumstances: Circumstances {
                patient: Some(seal),
                ..Circumstances::default()
            }
            .told(),
        }));
        self.device.send(&self.server).await;
        event
    }

    pub async fn round(&self) -> Result<Done, LinkError> {
        let service = Arc::clone(&self.service);
        let credential = Credential {
            url: self.url.clone(),
            authority: None,
            name: "patient-link".to_owned(),
            token: self.token.clone(),
        };
        tokio::task::spawn_blocking(move || round(&service, &Central::new(&credential).unwrap()))
            .await
            .unwrap()
    }

    /// The service stops and starts.
    pub fn restart(&mut self) {
        self.service = Arc::new(LinkService::open(&self.link_dir()).unwrap());
    }

    /// Tokens as the trace shows them, by event.
    pub async fn tokens(&self) -> Vec<Value> {
        let trace = self.server.get("/trace?lot=L1").as_role(Role::Quality).await;
        let trace = trace.expect(200);
        let history = trace["history"].as_array().unwrap();
        history.iter().map(|event| event["patient"].clone()).collect()
    }
}

/// Serves on a port of its own until the process ends.
pub fn served(app: axum::Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(listen(
        listener,
        None,
        app,
        StopHandle::new(),
        Patience::default(),
    ));
    url
}
