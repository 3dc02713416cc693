//! Records that a device has not got rid of, as a file that a person carries to the server.

use minicbor::{Decode, Decoder, Encode};

use super::sync::Upload;
use crate::log::encode;

/// First field of every such file.
const KIND: &str = "sparhund-outbox";

/// Version that this code writes, and the only one it reads.
const VERSION: u16 = 1;

/// What a device saved: the uploads it would have sent. It holds no key and no token; who has the file can read it, and
/// nobody can change it without breaking a signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutboxFile {
    /// Device clock when it was saved, Unix milliseconds.
    pub saved_at: i64,
    /// Name of the device as staff know it.
    pub device: Option<String>,
    /// Records under signed heads, as `POST /api/v1/sync/records` takes them one by one.
    pub uploads: Vec<Upload>,
}

/// The file as it is written: canonical CBOR, so that the same content has one spelling.
#[derive(Encode, Decode)]
#[cbor(array)]
struct Envelope {
    #[n(0)]
    kind: String,
    #[n(1)]
    version: u16,
    #[n(2)]
    saved_at: i64,
    #[n(3)]
    device: Option<String>,
    #[n(4)]
    uploads: Vec<Upload>,
}

/// Why a file is not taken as one that a device saved.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OutboxFileError {
    /// Something else.
    #[error("this is no file of saved scans: choose the file that the device saved")]
    AnotherFormat,
    /// Written by a later version.
    #[error(
        "the file has version {found}, this program reads version {VERSION}: update the server, then import it again"
    )]
    AnotherVersion {
        /// Version of the file.
        found: u64,
    },
    /// Its end is missing.
    #[error("the file ends in the middle: copy it from the device once more, or save it there anew")]
    CutOff,
    /// Its bytes are not what a device writes.
    #[error(
        "the file was damaged or changed on the way ({0}): copy it from the device once more, or save it there anew"
    )]
    Damaged(String),
}

impl OutboxFile {
    /// The bytes of the file.
    pub fn to_bytes(self) -> Vec<u8> {
        encode(&Envelope {
            kind: KIND.to_owned(),
            version: VERSION,
            saved_at: self.saved_at,
            device: self.device,
            uploads: self.uploads,
        })
    }

    /// Reads a file that came from anywhere. What the signatures prove is not looked at here.
    ///
    /// # Errors
    /// When it is not, to the last byte, what a device writes.
    pub fn read(bytes: &[u8]) -> Result<Self, OutboxFileError> {
        // Before anything else, so that a file of another kind or version is called that.
        look_at_head(bytes)?;
        let mut rest = Decoder::new(bytes);
        let file: Envelope = rest.decode().map_err(|error| damaged(&error))?;
        if rest.position() != bytes.len() {
            return Err(OutboxFileError::Damaged("something follows its end".to_owned()));
        }
        if encode(&file) != bytes {
            let reason = "it is not in canonical form".to_owned();
            return Err(OutboxFileError::Damaged(reason));
        }
        Ok(Self {
            saved_at: file.saved_at,
            device: file.device,
            uploads: file.uploads,
        })
    }
}

fn look_at_head(bytes: &[u8]) -> Result<(), OutboxFileError> {
    let mut head = Decoder::new(bytes);
    let read = |error: minicbor::decode::Error| {
        if error.is_end_of_input() && !bytes.is_empty() {
            OutboxFileError::CutOff
        } else {
            OutboxFileError::AnotherFormat
        }
    };
    head.array().map_err(read)?;
    // A longer text may be anything; that it is not ours is known from its length.
    if head.str().map_err(read)? != KIND {
        return Err(OutboxFileError::AnotherFormat);
    }
    let found = head.u64().map_err(read)?;
    if found == u64::from(VERSION) {
        Ok(())
    } else {
        Err(OutboxFileError::AnotherVersion { found })
    }
}

fn damaged(error: &minicbor::decode::Error) -> OutboxFileError {
    if error.is_end_of_input() {
        OutboxFileError::CutOff
    } else {
        OutboxFileError::Damaged(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;
    use minicbor::bytes::ByteVec;
    use uuid::Uuid;

    use super::{OutboxFile, OutboxFileError};
    use crate::log::{LogId, Tail};
    use crate::wire::Upload;

    fn file() -> OutboxFile {
        let head = Tail::empty(LogId(Uuid::from_u128(7))).head;
        OutboxFile {
            saved_at: 1_790_000_000_000,
            device: Some("Handdator 7".to_owned()),
            uploads: vec![Upload {
                head: head.sign(&SigningKey::from_bytes(&[7; 32])),
                records: vec![ByteVec::from(vec![1, 2, 3])],
            }],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(OutboxFile::read(&file().to_bytes()), Ok(file()));
    }

    #[test]
    fn every_cut_is_told_and_never_read() {
        let bytes = file().to_bytes();
        for length in 1..bytes.len() {
            assert_eq!(
                OutboxFile::read(&bytes[..length]),
                Err(OutboxFileError::CutOff),
                "{length} bytes"
            );
        }
        assert_eq!(OutboxFile::read(&[]), Err(OutboxFileError::AnotherFormat));
    }

    #[test]
    fn other_files_and_versions_are_called_that() {
        for other in [
            &b"SQLite format 3\0"[..],
            b"no;name;di\r\n",
            b"\x89PNG\r\n",
            b"{\"a\":1}",
        ] {
            assert_eq!(
                OutboxFile::read(other),
                Err(OutboxFileError::AnotherFormat),
                "{other:?}"
            );
        }
        let mut later = file().to_bytes();
        // Array head, text head, the word; then the version.
        later[17] = 2;
        assert_eq!(
            OutboxFile::read(&later),
            Err(OutboxFileError::AnotherVersion { found: 2 })
        );
    }

    #[test]
    fn there_is_one_spelling_only() {
        let mut longer = file().to_bytes();
        longer.push(0);
        assert!(matches!(
            OutboxFile::read(&longer),
            Err(OutboxFileError::Damaged(_))
        ));
        // The same array, its length unsaid (RFC 8949 section 3.2.2).
        let mut loose = file().to_bytes();
        loose[0] = 0x9f;
        loose.push(0xff);
        assert!(matches!(
            OutboxFile::read(&loose),
            Err(OutboxFileError::Damaged(_))
        ));
    }
}
