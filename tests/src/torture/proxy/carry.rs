//! One request to the server and its answer back, or what a fault makes of it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::super::fault::Fault;
use super::Link;
use super::message;

/// Longer than any client waits.
const LONGEST: Duration = Duration::from_secs(40);
/// A request that is held back goes on after this, though nothing came after it.
const HELD_FOR: Duration = Duration::from_secs(6);

/// The server's word when its disk takes nothing.
const CANNOT_WRITE: &[u8] = b"\"cannot-write\"";

/// Carries one exchange and hangs up.
pub(super) async fn one_exchange(mut client: TcpStream, link: Arc<Link>) {
    // Whatever breaks here is a broken network to both ends.
    let _ = tokio::time::timeout(LONGEST, carry(&mut client, &link)).await;
}

async fn carry(client: &mut TcpStream, link: &Arc<Link>) -> io::Result<()> {
    let Some(request) = message::request(client).await? else {
        return Ok(());
    };
    let request = message::alone(&request);
    // Counted once the server is reached: one that is down is another fault.
    let happened = |fault| link.tally.count(fault);
    match link.fate() {
        None => client.write_all(&ask(link, &request).await?).await,
        Some(Fault::CutRequest) => {
            // All but the last byte at most, or it would be whole.
            let part = link.part(request.len() - 1);
            let mut server = link.connect().await?;
            happened(Fault::CutRequest);
            server.write_all(&request[..part]).await
        }
        Some(Fault::CutResponse) => {
            let answer = ask(link, &request).await?;
            happened(Fault::CutResponse);
            let part = link.part(answer.len().saturating_sub(1));
            client.write_all(&answer[..part]).await
        }
        Some(Fault::Slow) => {
            let answer = ask(link, &request).await?;
            happened(Fault::Slow);
            trickle(client, link, &answer).await
        }
        Some(Fault::Duplicated) => {
            let answer = ask(link, &request).await?;
            later(link, Fault::Duplicated, request, |link| async move {
                tokio::time::sleep(link.millis(0, 2_000)).await;
            });
            client.write_all(&answer).await
        }
        // The client hears nothing and tries anew; its first try comes to the server behind the second.
        Some(_) => {
            let after = link.passed.load(Ordering::SeqCst) + u64::from(link.millis(1, 6).subsec_millis());
            later(link, Fault::Reordered, request, move |link| async move {
                let passed = async {
                    while link.passed.load(Ordering::SeqCst) < after {
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                };
                let _ = tokio::time::timeout(HELD_FOR, passed).await;
            });
            Ok(())
        }
    }
}

/// Asks the server and reads all it answers.
async fn ask(link: &Link, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = link.connect().await?;
    server.write_all(request).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    link.passed.fetch_add(1, Ordering::SeqCst);
    if answer
        .windows(CANNOT_WRITE.len())
        .any(|part| part == CANNOT_WRITE)
    {
        link.tally.note_unwritten();
    }
    Ok(answer)
}

/// Brings a request to the server when the wait is over, whatever its device does meanwhile. Nobody hears the answer.
fn later<F, W>(link: &Arc<Link>, fault: Fault, request: Vec<u8>, wait: F)
where
    F: FnOnce(Arc<Link>) -> W + Send + 'static,
    W: Future<Output = ()> + Send,
{
    link.astray.fetch_add(1, Ordering::SeqCst);
    let link = link.clone();
    tokio::spawn(async move {
        wait(link.clone()).await;
        if let Ok(Ok(_)) = tokio::time::timeout(LONGEST, ask(&link, &request)).await {
            link.tally.count(fault);
        }
        link.astray.fetch_sub(1, Ordering::SeqCst);
    });
}

/// In a few pieces with pauses; together about as long as a client waits, or less.
async fn trickle(client: &mut TcpStream, link: &Link, answer: &[u8]) -> io::Result<()> {
    let piece = answer.len().div_ceil(link.part(10) + 1).max(1);
    for part in answer.chunks(piece) {
        tokio::time::sleep(link.millis(0, 900)).await;
        client.write_all(part).await?;
        client.flush().await?;
    }
    Ok(())
}
