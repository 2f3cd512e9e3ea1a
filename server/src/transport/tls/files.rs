//! Certificates and keys from files, read anew when asked.

use crate::clock::{Clock, SystemClock};
use crate::connection::Identity;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{self, RootCertStore, ServerConfig};
use x509_parser::parse_x509_certificate;

/// Before a certificate ends, the log warns for so long: time enough to get another one by hand.
const WARNED: i64 = 30 * 24 * 60 * 60;

/// Most bytes of a file: far more than all roots that are in use together.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How often.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Whether clients show certificates of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clients {
    /// They are not asked.
    #[default]
    Off,
    /// They may; one that is shown has to be good.
    Optional,
    /// They must.
    Required,
}

/// Where the keys are. All files are PEM.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TlsFiles {
    /// The server's certificate, and those between it and a root.
    pub cert: PathBuf,
    /// Its private key: PKCS#8, PKCS#1 or SEC1.
    pub key: PathBuf,
    /// The roots of clients' certificates; needed unless [`Clients::Off`].
    pub client_ca: Option<PathBuf>,
    /// Whether clients show certificates.
    pub clients: Clients,
}

/// A file that TLS cannot do with.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}", file.display())]
pub struct TlsError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong, and what to do about it.
    pub what: String,
}

/// The keys of a server, to be read anew with [`Tls::reload`]; cheap to clone, and all clones change together.
#[derive(Debug, Clone)]
pub struct Tls {
    files: Arc<TlsFiles>,
    keys: Arc<Mutex<Arc<ServerConfig>>>,
    /// When the certificate ends: Unix time in seconds.
    end: Arc<AtomicI64>,
}

/// What the files came to.
#[derive(Debug)]
struct Keys {
    config: Arc<ServerConfig>,
    /// When the certificate ends: Unix time in seconds.
    until: i64,
}

impl Tls {
    /// Reads the files. A certificate that ends within 30 days, or has ended, is told in the log: now, and once a day by the
    /// clock of a server that uses it.
    ///
    /// # Errors
    /// A file that cannot be read, or does not hold what it should.
    pub fn from_files(files: TlsFiles) -> Result<Self, TlsError> {
        let keys = read(&files)?;
        Ok(Self {
            files: Arc::new(files),
            keys: Arc::new(Mutex::new(keys.config)),
            end: Arc::new(AtomicI64::new(keys.until)),
        })
    }

    /// Reads the files anew, for clients that come from now on.
    ///
    /// # Errors
    /// As [`Tls::from_files`]; the old keys stay then.
    pub fn reload(&self) -> Result<(), TlsError> {
        let keys = read(&self.files)?;
        *self.lock() = keys.config;
        self.end.store(keys.until, Relaxed);
        Ok(())
    }

    pub(super) fn keys(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.lock())
    }

    /// When the certificate ends, that of a later [`Tls::reload`] too: Unix time in seconds.
    pub(crate) fn end(&self) -> Arc<AtomicI64> {
        Arc::clone(&self.end)
    }

    /// Warns each day on which the certificate ends soon or has ended; never done.
    pub(super) async fn watch(&self, clock: &dyn Clock) {
        loop {
            clock.sleep_until(clock.now() + DAY).await;
            let until = self.end.load(Relaxed);
            warn(&self.files.cert, until, clock.utc().as_second());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Arc<ServerConfig>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wrong(file: &Path, what: impl Into<String>) -> TlsError {
    TlsError {
        file: file.to_owned(),
        what: what.into(),
    }
}

fn unread(file: &Path, what: &str, error: &pem::Error) -> TlsError {
    wrong(
        file,
        match error {
            pem::Error::NoItemsFound => format!("holds no {what} in PEM form"),
            other => format!("is not PEM ({other}): write it anew, whole"),
        },
    )
}

/// What a file holds. A pipe or a device could keep the server waiting, or fill its memory.
fn contents(file: &Path) -> Result<Vec<u8>, TlsError> {
    let unread = |error| wrong(file, format!("cannot be read: {error}"));
    let found = fs::metadata(file).map_err(unread)?;
    if !found.is_file() {
        return Err(wrong(file, "is no file"));
    }
    if found.len() > LARGEST {
        return Err(wrong(file, format!("has more than {LARGEST} bytes")));
    }
    fs::read(file).map_err(unread)
}

/// Refuses the binary form: a sequence of ASN.1, which begins with this byte.
fn not_der(file: &Path, bytes: &[u8], what: &str) -> Result<(), TlsError> {
    let binary = bytes.contains(&0) || std::str::from_utf8(bytes).is_err();
    match binary && bytes.starts_with(b"0") {
        false => Ok(()),
        true => Err(wrong(
            file,
            format!(
                "is in the binary form (DER): turn it into PEM with `openssl {what} -inform DER -in FILE -out NEW`"
            ),
        )),
    }
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let told = |error| unread(file, "certificate (`-----BEGIN CERTIFICATE-----`)", &error);
    let bytes = contents(file)?;
    not_der(file, &bytes, "x509")?;
    let all: Vec<_> = CertificateDer::pem_slice_iter(&bytes)
        .collect::<Result<_, _>>()
        .map_err(told)?;
    if all.is_empty() {
        return Err(told(pem::Error::NoItemsFound));
    }
    Ok(all)
}

fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let bytes = contents(file)?;
    not_der(file, &bytes, "pkey")?;
    let text = String::from_utf8_lossy(&bytes);
    // The newer way to say so, and the older one.
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        let what = "is encrypted, and there is nobody to ask for its passphrase: write it without one, with `openssl pkey -in KEY -out NEW`, and keep the new file from others";
        return Err(wrong(file, what));
    }
    let key = PrivateKeyDer::from_pem_slice(&bytes);
    key.map_err(|error| unread(file, "private key (`-----BEGIN PRIVATE KEY-----`)", &error))
}

fn roots(file: &Path) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for root in certificates(file)? {
        let added = roots.add(root);
        added.map_err(|error| wrong(file, format!("holds a root that cannot be used: {error}")))?;
    }
    Ok(roots)
}

fn mismatched(cert: &Path, key: &Path, error: &rustls::Error) -> TlsError {
    let cert = cert.display();
    wrong(
        key,
        format!("cannot be used with {cert}: {error} (do they belong together?)"),
    )
}

/// What this server needs as a client of another one: the roots, and if it has to show one, its own certificate and key.
#[cfg(feature = "redis")]
pub(crate) fn client(
    ca: &Path,
    own: Option<(&Path, &Path)>,
) -> Result<rustls::ClientConfig, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|error| wrong(ca, error.to_string()))?
        .with_root_certificates(roots(ca)?);
    match own {
        None => Ok(config.with_no_client_auth()),
        Some((cert, key)) => {
            let config = config.with_client_auth_cert(certificates(cert)?, private_key(key)?);
            config.map_err(|error| mismatched(cert, key, &error))
        }
    }
}

fn read(files: &TlsFiles) -> Result<Keys, TlsError> {
    let chain = certificates(&files.cert)?;
    let key = private_key(&files.key)?;
    let first = chain.first().map(|one| one.as_ref()).unwrap_or_default();
    let (_, parsed) = parse_x509_certificate(first).map_err(|error| {
        wrong(
            &files.cert,
            format!("its first certificate cannot be read: {error}"),
        )
    })?;
    let until = parsed.validity().not_after.timestamp();
    warn(&files.cert, until, SystemClock.utc().as_second());
    // Named, so that no other crate's choice of a default counts.
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(|error| wrong(&files.cert, error.to_string()))?;
    let config = match (files.clients, &files.client_ca) {
        (Clients::Off, None) => config.with_no_client_auth(),
        (Clients::Off, Some(file)) => {
            let what = "are roots for clients' certificates, which nobody is asked for: set `tls-clients` to optional or required, or leave `tls-client-ca` out";
            return Err(wrong(file, what));
        }
        (_, None) => {
            let what = "clients are to show certificates, but no roots to hold them against are named: set `tls-client-ca`";
            return Err(wrong(&files.cert, what));
        }
        (clients, Some(file)) => {
            let roots = roots(file)?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            let verifier = match clients {
                Clients::Optional => verifier.allow_unauthenticated(),
                _ => verifier,
            };
            let verifier = verifier.build();
            config.with_client_cert_verifier(
                verifier.map_err(|error| wrong(file, error.to_string()))?,
            )
        }
    };
    let config = config.with_single_cert(chain, key);
    let config = config.map_err(|error| mismatched(&files.cert, &files.key, &error))?;
    Ok(Keys {
        config: Arc::new(config),
        until,
    })
}

/// Tells when a certificate ends soon or has ended. Times are Unix time in seconds.
fn warn(file: &Path, until: i64, now: i64) {
    let left = until - now;
    let file = file.display();
    if left < 0 {
        tracing::warn!(%file, "the TLS certificate has expired: clients will refuse it");
    } else if left < WARNED {
        let days = left / (24 * 60 * 60);
        match days {
            0 => tracing::warn!(%file, days, "the TLS certificate expires within a day"),
            1 => tracing::warn!(%file, days, "the TLS certificate expires in 1 day"),
            _ => tracing::warn!(%file, days, "the TLS certificate expires in {days} days"),
        }
    }
}

/// Who a client's certificate says it is. It has been verified.
pub(super) fn identity(certificate: &CertificateDer<'_>) -> Option<Identity> {
    let (_, parsed) = parse_x509_certificate(certificate).ok()?;
    let mut fingerprint = String::with_capacity(64);
    for byte in Sha256::digest(certificate) {
        // A String takes anything.
        let _ = write!(fingerprint, "{byte:02x}");
    }
    Some(Identity {
        subject: parsed.subject().to_string(),
        fingerprint,
        der: certificate.to_vec(),
    })
}
