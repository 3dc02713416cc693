//! Certificates: the operator's own, or one that is made here and kept.

use std::io::Write as _;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use axum_server::tls_rustls::RustlsConfig;
use jiff::ToSpan as _;
use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};

use super::clock::today;
use super::data_dir::DataDir;
use super::secret_file::private;

/// Browsers and phones refuse certificates that last longer than about thirteen months.
const LASTS_DAYS: i32 = 397;
/// A new one is made at the first start after this.
const RENEW_AFTER: Duration = Duration::from_hours(330 * 24);

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A certificate or key could not be read or written.
    #[error("{path}: {cause}; check that the file is there, is PEM, and that this user may read it")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A certificate could not be made.
    #[error("no certificate could be made: {0}; give your own with --tls files")]
    Make(#[from] rcgen::Error),
}

/// Reads a certificate chain and its key (PEM).
pub async fn tls_files(certificate: &Path, key: &Path) -> Result<RustlsConfig, TlsError> {
    // The first provider of the process stays; it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    for path in [certificate, key] {
        std::fs::File::open(path).map_err(|cause| file(path, cause))?;
    }
    RustlsConfig::from_pem_file(certificate, key)
        .await
        .map_err(|cause| file(certificate, cause))
}

/// The kept certificate, or a new one for this machine's names when there is none or it is old.
pub async fn tls_self_signed(dir: &DataDir, address: IpAddr) -> Result<RustlsConfig, TlsError> {
    let (certificate, key) = dir.tls();
    if !is_fresh(&certificate) || !key.exists() {
        make(&certificate, &key, address)?;
        tracing::info!("made a new certificate; devices must be told to trust it");
    }
    tls_files(&certificate, &key).await
}

fn is_fresh(path: &Path) -> bool {
    let made = std::fs::metadata(path).and_then(|meta| meta.modified());
    made.is_ok_and(|made| {
        SystemTime::now()
            .duration_since(made)
            .is_ok_and(|age| age < RENEW_AFTER)
    })
}

fn make(certificate: &Path, key: &Path, address: IpAddr) -> Result<(), TlsError> {
    let pair = KeyPair::generate()?;
    let mut params = CertificateParams::new(names(address))?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Sparhund server");
    let (from, to) = (
        today().saturating_sub(1.day()),
        today().saturating_add(LASTS_DAYS.days()),
    );
    let civil = |date: jiff::civil::Date| {
        date_time_ymd(
            date.year().into(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        )
    };
    params.not_before = civil(from);
    params.not_after = civil(to);
    let signed = params.self_signed(&pair)?;
    for (path, content) in [(key, pair.serialize_pem()), (certificate, signed.pem())] {
        replace(path, &content).map_err(|cause| file(path, cause))?;
    }
    Ok(())
}

/// Names under which this machine may be reached.
fn names(address: IpAddr) -> Vec<String> {
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let host = host.trim();
    if !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
    {
        names.push(host.to_owned());
    }
    if !address.is_unspecified() && !address.is_loopback() {
        names.push(address.to_string());
    }
    names
}

/// Writes a new file beside the old one and puts it in its place.
fn replace(path: &Path, content: &str) -> std::io::Result<()> {
    let new = path.with_extension("new");
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut out = private(&new)?;
    out.write_all(content.as_bytes())?;
    out.sync_all()?;
    std::fs::rename(&new, path)
}

fn file(path: &Path, cause: std::io::Error) -> TlsError {
    TlsError::File {
        path: path.to_owned(),
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_certificate_is_made_once_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::new(dir.path());
        let address = "192.0.2.7".parse().unwrap();
        tls_self_signed(&data, address).await.unwrap();
        let first = std::fs::read_to_string(data.tls().0).unwrap();
        assert!(first.starts_with("-----BEGIN CERTIFICATE-----"));
        tls_self_signed(&data, address).await.unwrap();
        assert_eq!(std::fs::read_to_string(data.tls().0).unwrap(), first);
    }

    #[tokio::test]
    async fn a_missing_or_wrong_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let certificate = dir.path().join("cert.pem");
        let error = tls_files(&certificate, &certificate).await.unwrap_err();
        assert!(error.to_string().contains("cert.pem"), "{error}");
        std::fs::write(&certificate, "no pem").unwrap();
        assert!(tls_files(&certificate, &certificate).await.is_err());
    }
}
