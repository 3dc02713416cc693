//! A connection that says nothing is closed.
//!
//! Which HTTP a client speaks is told by its first bytes, and nothing else waits for those with a clock in its hand:
//! whoever connects and sends nothing, or the one letter `P`, would keep the connection for ever.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// What a client of HTTP/2 begins with (RFC 9113 section 3.4). Whoever says anything else speaks HTTP/1.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Takes connections as the acceptor within does, and gives each so long to say which HTTP it speaks.
#[derive(Clone, Debug)]
pub(super) struct Punctual<A> {
    within: A,
    patience: Duration,
}

impl<A> Punctual<A> {
    pub(super) fn new(within: A, patience: Duration) -> Self {
        Self { within, patience }
    }
}

impl<A, I, S> Accept<I, S> for Punctual<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
{
    type Stream = Opening<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let accepted = self.within.accept(stream, service);
        let patience = self.patience;
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            let opening = Opening {
                stream,
                said: 0,
                until: Some(Box::pin(sleep(patience))),
            };
            Ok((opening, service))
        })
    }
}

/// A connection whose client must say soon which HTTP it speaks.
#[derive(Debug)]
pub(super) struct Opening<S> {
    stream: S,
    /// Bytes so far, all of them the beginning of the preface.
    said: usize,
    /// `None` when it is known.
    until: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Opening<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        let Some(until) = &mut self.until else {
            return read;
        };
        if read.is_pending() {
            ready!(until.as_mut().poll(cx));
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the client did not say which HTTP it speaks",
            )));
        }
        let new = &buffer.filled()[before..];
        let left = &PREFACE[self.said..];
        if new.is_empty() || new.len() >= left.len() || !left.starts_with(new) {
            self.until = None;
        } else {
            self.said += new.len();
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Opening<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
