//! Keys on disk.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Read as _, Write as _};
use std::path::Path;

/// Reads a secret of 32 random bytes, or makes it, readable by its owner only.
///
/// # Errors
/// When the file cannot be read or written, has another length, or no randomness can be had.
pub fn secret_file(path: &Path) -> std::io::Result<[u8; 32]> {
    match File::open(path) {
        Ok(file) => read(file, path),
        Err(error) if error.kind() == ErrorKind::NotFound => make(path),
        Err(error) => Err(error),
    }
}

fn read(file: File, path: &Path) -> std::io::Result<[u8; 32]> {
    let mut bytes = Vec::new();
    file.take(33).read_to_end(&mut bytes)?;
    bytes.try_into().map_err(|bytes: Vec<u8>| {
        Error::new(
            ErrorKind::InvalidData,
            format!(
                "{} holds {} bytes instead of 32; restore it from a backup",
                path.display(),
                bytes.len()
            ),
        )
    })
}

fn make(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| Error::other(error.to_string()))?;
    let mut file = private(path)?;
    file.write_all(&secret)?;
    file.sync_all()?;
    Ok(secret)
}

/// Creates a file that must not exist yet, readable by its owner only.
pub fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("token.key");
        let first = secret_file(&path).unwrap();
        assert_ne!(first, [0; 32]);
        assert_eq!(secret_file(&path).unwrap(), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_cut_secret_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("token.key");
        std::fs::write(&path, [1; 31]).unwrap();
        assert!(secret_file(&path).unwrap_err().to_string().contains("31 bytes"));
    }
}
