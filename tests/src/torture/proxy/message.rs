//! As much of HTTP/1.1 (RFC 9112) as tells where a request ends.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// More than any request of a device has.
const LONGEST: usize = 8 << 20;

/// Reads one request whole; `None` when the client hung up before it began one.
pub(super) async fn request(client: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = end_of(&bytes)
            && bytes.len() >= end
        {
            return Ok(Some(bytes));
        }
        if bytes.len() > LONGEST {
            return Err(io::Error::other("a request without an end"));
        }
        if client.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

/// Where the request ends, once its head is there. The clients give every body a length.
fn end_of(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok());
    Some(head + length.unwrap_or(0))
}

/// The same request on a connection of its own: the server ends it after its answer, and so the answer's end is known.
pub(super) fn alone(request: &[u8]) -> Vec<u8> {
    let line = request
        .windows(2)
        .position(|part| part == b"\r\n")
        .map_or(0, |at| at + 2);
    [&request[..line], b"Connection: close\r\n", &request[line..]].concat()
}

#[cfg(test)]
mod tests {
    use super::{alone, request};

    #[tokio::test]
    async fn a_request_ends_where_its_length_says() {
        let whole = b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
        let read = request(&mut &whole[..]).await.expect("bytes");
        assert_eq!(read.as_deref(), Some(&whole[..]));
        assert_eq!(request(&mut &whole[..40]).await.expect("bytes"), None, "cut");
        let get = b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
        assert_eq!(
            request(&mut &get[..]).await.expect("bytes").as_deref(),
            Some(&get[..])
        );
        assert_eq!(
            alone(get),
            b"GET /a HTTP/1.1\r\nConnection: close\r\nHost: x\r\n\r\n"
        );
    }
}
