//! The protocol without a network: the server's end is called as it is, and faults are made on the way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use minicbor::bytes::ByteVec;
use sparhund_scanner_core::CallError;
use sparhund_scanner_core::env::TransportError;
use sparhund_server::http::{AppState, Problem};
use sparhund_server::ingest::{DeviceEnd, IngestError};
use sparhund_server::ops::now_ms;
use sparhund_server::store::Device;
use sparhund_shared::log::LogId;
use sparhund_shared::wire::{FeedPage, Heads, HeadsAnswer, Peer, Receipt, Topic, Upload};

/// One device's way to the server.
pub struct InProcess {
    pub state: AppState,
    pub device: Device,
    /// Calls until the way is cut; the last one arrives and its answer does not.
    pub left: Cell<Option<u8>>,
    /// Every upload that arrived, to come again.
    pub arrived: Rc<RefCell<Vec<Upload>>>,
}

impl InProcess {
    pub fn end(&self) -> DeviceEnd<'_> {
        DeviceEnd {
            store: self.state.store.as_ref(),
            own_log: &self.state.own_log,
            device: &self.device,
            now: now_ms(),
            alone_since: None,
        }
    }

    /// Does a call, unless the way is cut.
    async fn carry<A>(&self, call: impl Future<Output = Result<A, IngestError>>) -> Result<A, CallError> {
        let lost = || {
            CallError::Transport(TransportError::Unreachable {
                url: "in this process".to_owned(),
                reason: "cut".to_owned(),
            })
        };
        let left = self.left.get();
        match left {
            Some(0) => self.left.set(Some(u8::MAX)),
            Some(u8::MAX) => return Err(lost()),
            Some(calls) => self.left.set(Some(calls - 1)),
            None => {}
        }
        let answer = call.await.map_err(|error| refused(&Problem::from(error)));
        if left == Some(0) { Err(lost()) } else { answer }
    }
}

fn refused(problem: &Problem) -> CallError {
    CallError::Refused {
        status: problem.code().status().as_u16(),
        code: problem.code().word().to_owned(),
        detail: problem.detail().to_owned(),
        fields: Vec::new(),
        wait_ms: 0,
    }
}

impl Peer for InProcess {
    type Error = CallError;

    async fn heads(&self, told: &Heads) -> Result<HeadsAnswer, CallError> {
        self.carry(self.end().heads(told)).await
    }

    async fn upload(&self, upload: &Upload) -> Result<Receipt, CallError> {
        let end = self.end();
        let call = async {
            let receipt = end.upload(upload).await?;
            self.arrived.borrow_mut().push(upload.clone());
            Ok(receipt)
        };
        self.carry(call).await
    }

    async fn records(&self, log: LogId, from: u64, most: usize) -> Result<Vec<ByteVec>, CallError> {
        self.carry(self.end().records(log, from, most)).await
    }

    async fn feed(&self, topic: Topic, after: u64, patience_ms: u32) -> Result<FeedPage, CallError> {
        self.carry(self.end().feed(topic, after, patience_ms)).await
    }
}
