//! A slow link to a server on loopback: so many bits a second each way, and so long a way.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// What goes through in one piece, bytes: a packet.
const PACKET: usize = 1_400;

/// How slow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Speed {
    /// Bits a second, each way, for all connections together.
    pub bits: u32,
    /// There and back.
    pub round_trip: Duration,
}

/// One way of the link.
#[derive(Debug, Default)]
struct Way {
    /// When the last packet has left.
    busy_until: Mutex<Option<Instant>>,
    bytes: AtomicU64,
}

#[derive(Debug)]
struct Line {
    server: u16,
    speed: Speed,
    slow: AtomicBool,
    plain: AtomicBool,
    up: Way,
    down: Way,
}

/// A link that listens on a free port of loopback until the process ends. It is quick until it is told to be slow.
#[derive(Debug)]
pub struct Link {
    port: u16,
    line: Arc<Line>,
}

impl Link {
    /// Leads to a server on loopback.
    pub fn to(server: u16, speed: Speed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let line = Arc::new(Line {
            server,
            speed,
            slow: AtomicBool::new(false),
            plain: AtomicBool::new(false),
            up: Way::default(),
            down: Way::default(),
        });
        let lead = Arc::clone(&line);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let line = Arc::clone(&lead);
                thread::spawn(move || carry(client, &line));
            }
        });
        Self { port, line }
    }

    /// Address of the server through this link.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// As slow as it was told to be, or as quick as loopback.
    pub fn set_slow(&self, slow: bool) {
        self.line.slow.store(slow, Ordering::SeqCst);
    }

    /// Takes out of the server's answers that it unpacks what is sent, as one of an earlier version does not say it.
    pub fn set_plain(&self, plain: bool) {
        self.line.plain.store(plain, Ordering::SeqCst);
    }

    /// Bytes that went up and down so far.
    pub fn bytes(&self) -> (u64, u64) {
        let of = |way: &Way| way.bytes.load(Ordering::SeqCst);
        (of(&self.line.up), of(&self.line.down))
    }
}

fn carry(client: TcpStream, line: &Arc<Line>) {
    if line.slow.load(Ordering::SeqCst) {
        // The handshake of TCP goes there and back once.
        thread::sleep(line.speed.round_trip);
    }
    let Ok(server) = TcpStream::connect(("127.0.0.1", line.server)) else {
        return;
    };
    let other = |stream: &TcpStream| stream.try_clone().expect("a second handle");
    let (up, down) = (Arc::clone(line), Arc::clone(line));
    let (from, to) = (other(&client), other(&server));
    thread::spawn(move || pump(from, to, &up, &up.up));
    thread::spawn(move || pump(server, client, &down, &down.down));
}

/// Reads packets and hands each on when it would have arrived.
fn pump(mut from: TcpStream, mut to: TcpStream, line: &Line, way: &Way) {
    let (send, arrive) = mpsc::channel::<(Instant, Vec<u8>)>();
    let writer = thread::spawn(move || {
        for (due, packet) in arrive {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&packet).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
    let mut packet = [0; PACKET];
    while let Ok(read @ 1..) = from.read(&mut packet) {
        way.bytes.fetch_add(read as u64, Ordering::SeqCst);
        if line.plain.load(Ordering::SeqCst) {
            hide(&mut packet[..read]);
        }
        if send
            .send((due(line, way, read), packet[..read].to_vec()))
            .is_err()
        {
            break;
        }
    }
    drop(send);
    let _ = writer.join();
}

/// Makes another word of the coding that the server says it unpacks, as long as it.
fn hide(packet: &mut [u8]) {
    const SAYS: &[u8] = b"accept-encoding: gzip\r\n";
    let at = packet.windows(SAYS.len()).position(|part| part == SAYS);
    if let Some(at) = at {
        packet[at + SAYS.len() - 6..at + SAYS.len() - 2].copy_from_slice(b"none");
    }
}

/// When a packet that is handed over now arrives.
fn due(line: &Line, way: &Way, bytes: usize) -> Instant {
    let now = Instant::now();
    if !line.slow.load(Ordering::SeqCst) {
        return now;
    }
    let bits = u32::try_from(8 * bytes).expect("a packet");
    let takes = Duration::from_secs(1) * bits / line.speed.bits;
    let mut busy_until = way.busy_until.lock().expect("one packet at a time");
    let sent = busy_until.map_or(now, |until| until.max(now)) + takes;
    *busy_until = Some(sent);
    sent + line.speed.round_trip / 2
}
