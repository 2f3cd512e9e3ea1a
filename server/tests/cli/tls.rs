//! TLS from the command line: settings, the log, keys that are read anew.

use crate::program::{Folder, Serving};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// A certificate that vouches for itself until the end of a year, and its key.
fn keys(until: i32) -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    params.not_after = date_time_ymd(until, 12, 31);
    let certificate = params.self_signed(&key).expect("a certificate");
    (certificate.pem(), key.serialize_pem())
}

fn folder(keys: &(String, String)) -> Folder {
    Folder::with("tls/cert.pem", &keys.0).and("tls/key.pem", &keys.1)
}

const WORDS: [&str; 6] = [
    "--bind",
    "127.0.0.1:0",
    "--tls-cert",
    "tls/cert.pem",
    "--tls-key",
    "tls/key.pem",
];

/// The first line over TLS, for a client that trusts this certificate.
fn welcome(address: &str, trusted: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(trusted.as_bytes()).expect("PEM");
    roots.add(root).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let stream = TcpStream::connect(address)?;
    let mut line = String::new();
    BufReader::new(StreamOwned::new(client, stream)).read_line(&mut line)?;
    Ok(line)
}

#[test]
fn a_file_of_settings_names_the_keys() {
    let keys = keys(4000);
    let text = "bind = \"127.0.0.1:0\"\ntls-cert = \"tls/cert.pem\"\ntls-key = \"tls/key.pem\"\n";
    let folder = folder(&keys).and("actionline.toml", text);
    let serving = Serving::start(folder.command(&[]));
    let line = welcome(&serving.address, &keys.0).expect("it speaks TLS");
    assert!(line.contains("welcome"), "{line}");
    assert!(!serving.log.contains("expire"), "{}", serving.log);
    let told = "TLS is on; certificates of clients are not asked for";
    assert!(serving.log.contains(told), "{}", serving.log);
}

#[test]
fn what_lacks_is_told() {
    let good = folder(&keys(4000));
    for words in [
        &["--tls-cert", "tls/cert.pem"][..],
        &["--tls-clients", "required"],
    ] {
        let ran = good.run(words);
        assert_eq!(ran.code, Some(2));
        let told = "actionline: cannot start: TLS needs both tls-cert and tls-key";
        assert!(ran.err.ends_with(&format!("{told}\n")), "{}", ran.err);
    }
    let ran = good.run(&[&WORDS[..5], &["tls/none.pem"]].concat());
    assert_eq!(ran.code, Some(2));
    let told = "actionline: cannot start: tls/none.pem: cannot be read: ";
    assert!(
        ran.err.lines().any(|line| line.starts_with(told)),
        "{}",
        ran.err
    );
}

#[test]
fn a_certificate_that_has_ended_is_warned_of() {
    let folder = folder(&keys(2020));
    let serving = Serving::start(folder.command(&WORDS));
    assert!(
        serving.log.contains("the TLS certificate has expired"),
        "{}",
        serving.log
    );
}

#[cfg(unix)]
#[test]
fn keys_are_read_anew_on_sighup_and_bad_ones_change_nothing() {
    let (old, new) = (keys(4000), keys(4000));
    let folder = folder(&old);
    let mut serving = Serving::start(folder.command(&WORDS));
    let folder = folder.and("tls/cert.pem", "none");
    serving.signal("HUP");
    let line = serving.until_logged("kept the TLS keys as they were");
    assert!(
        line.contains("tls/cert.pem: holds no certificate"),
        "{line}"
    );
    assert!(welcome(&serving.address, &old.0).is_ok());
    let _folder = folder
        .and("tls/cert.pem", &new.0)
        .and("tls/key.pem", &new.1);
    serving.signal("HUP");
    serving.until_logged("read the TLS keys anew");
    assert!(welcome(&serving.address, &old.0).is_err());
    assert!(welcome(&serving.address, &new.0).is_ok());
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
}
