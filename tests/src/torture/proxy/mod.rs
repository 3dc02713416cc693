//! The network between one device and the server, with faults on purpose.

mod carry;
mod message;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

use super::dice::Dice;
use super::fault::{Fault, Tally};

/// Of a thousand requests, so many meet a fault of the network, whichever.
const FAULTS: u32 = 250;
/// Each as likely as the others.
const KINDS: [Fault; 5] = [
    Fault::CutRequest,
    Fault::CutResponse,
    Fault::Slow,
    Fault::Duplicated,
    Fault::Reordered,
];

/// What all connections of a device share.
#[derive(Debug)]
struct Link {
    server: u16,
    calm: Arc<AtomicBool>,
    /// Nothing goes through while it is set.
    cut: AtomicBool,
    /// Connections that were refused since it was cut.
    refused: AtomicU64,
    tally: Arc<Tally>,
    dice: Mutex<Dice>,
    /// Requests that came to the server from this device, for a request that waits to come after them.
    passed: AtomicU64,
    /// Requests that are held back or to be repeated, and may still come to the server.
    astray: AtomicU64,
}

/// A faulty network; it is there as long as this.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    link: Arc<Link>,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// Listens on a free port of loopback and carries to the server. While `calm` is set there are no faults.
    pub fn start(runtime: &Handle, server: u16, seed: u64, calm: Arc<AtomicBool>, tally: Arc<Tally>) -> Self {
        let listener = runtime
            .block_on(TcpListener::bind(("127.0.0.1", 0)))
            .expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let link = Arc::new(Link {
            server,
            calm,
            cut: AtomicBool::new(false),
            refused: AtomicU64::new(0),
            tally,
            dice: Mutex::new(Dice::new(seed)),
            passed: AtomicU64::new(0),
            astray: AtomicU64::new(0),
        });
        let task = runtime.spawn(accept(listener, link.clone()));
        Self { port, link, task }
    }

    /// Where the device finds it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Lets nothing through from now on, or everything again; how many had been refused until now.
    pub fn cut(&self, cut: bool) -> u64 {
        self.link.cut.store(cut, Ordering::SeqCst);
        self.link.refused.swap(0, Ordering::SeqCst)
    }

    /// Whether it is cut.
    pub fn is_cut(&self) -> bool {
        self.link.cut.load(Ordering::SeqCst)
    }

    /// Whether no request is on its way any more that its device knows nothing of.
    pub fn is_empty(&self) -> bool {
        self.link.astray.load(Ordering::SeqCst) == 0
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, link: Arc<Link>) {
    while let Ok((client, _)) = listener.accept().await {
        if link.cut.load(Ordering::SeqCst) {
            link.refused.fetch_add(1, Ordering::SeqCst);
            continue;
        }
        tokio::spawn(carry::one_exchange(client, link.clone()));
    }
}

impl Link {
    fn roll<R>(&self, roll: impl FnOnce(&mut Dice) -> R) -> R {
        roll(&mut self.dice.lock().expect("nobody panics with the dice"))
    }

    /// What befalls the next request.
    fn fate(&self) -> Option<Fault> {
        if self.calm.load(Ordering::SeqCst) {
            return None;
        }
        self.roll(|dice| dice.happens(FAULTS).then(|| KINDS[dice.below(KINDS.len())]))
    }

    async fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(("127.0.0.1", self.server)).await
    }

    fn millis(&self, from: i64, to: i64) -> Duration {
        Duration::from_millis(self.roll(|dice| dice.between(from, to)).unsigned_abs())
    }

    /// Up to all of these many bytes.
    fn part(&self, len: usize) -> usize {
        self.roll(|dice| dice.below(len + 1))
    }
}
