//! What an operator is told of TLS: handshakes that fail, the end of the certificate, a key in another form.

use super::*;

#[tokio::test]
async fn handshakes_that_fail_are_counted_by_why() {
    let stage = Stage::new(Clients::Required).await;
    let mut stranger = TcpStream::connect(stage.address).await.unwrap();
    stranger.write_all(b"roomView\n").await.unwrap();
    // An end or a reset.
    let _ = soon("end", stranger.read_to_end(&mut Vec::new())).await;
    assert!(stage.enter(PLAIN).await.is_err(), "it shows no certificate");
    drop(TcpStream::connect(stage.address).await.unwrap());
    let late = stage.half(2).await;
    // Accepted after them.
    let known = stage.root.sign("ann");
    let shows = Some(&known);
    stage.enter(Config { shows, ..PLAIN }).await.unwrap();
    stage.clock.advance(Duration::from_secs(5));
    ended(late).await;
    // A client may hear of its failure a moment before it is counted.
    for (why, count) in [("refused", 2), ("late", 2), ("left", 1)] {
        let line = format!("actionline_handshakes_failed_total{{why=\"{why}\"}} {count}\n");
        let counted = async {
            while !stage.handle.metrics().contains(&line) {
                tokio::task::yield_now().await;
            }
        };
        soon(&line, counted).await;
    }
}

#[tokio::test]
async fn the_end_of_the_certificate_is_measured_and_that_of_the_next_one() {
    let stage = Stage::new(Clients::Off).await;
    for (year, end) in [(3000, 32_535_129_600_u64), (3999, 64_060_502_400)] {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(year, 12, 31);
        let certificate = params.signed_by(&key, &stage.root.issuer).unwrap();
        write(&stage.folder, &(certificate.pem(), key.serialize_pem()));
        stage.tls.reload().unwrap();
        let line = format!("actionline_certificate_end_seconds {end}\n");
        let metrics = stage.handle.metrics();
        assert!(metrics.contains(&line), "{line}{metrics}");
    }
}

#[test]
fn a_key_in_another_form_is_told_what_it_is() {
    let folder = Folder::new();
    let (cert, key) = Root::new().sign("localhost");
    let der = |pem: &str| {
        CertificateDer::from_pem_slice(pem.as_bytes())
            .unwrap()
            .to_vec()
    };
    let secret = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let secret = secret.secret_der().to_vec();
    let encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let older = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    let [cert, key] = [cert, key].map(String::into_bytes);
    for (cert, key, told) in [
        (
            der(std::str::from_utf8(&cert).unwrap()),
            key,
            "cert.pem: is in the binary form (DER): turn it into PEM with `openssl x509 ",
        ),
        (
            cert.clone(),
            secret,
            "key.pem: is in the binary form (DER): turn it into PEM with `openssl pkey ",
        ),
        (cert.clone(), encrypted.into(), "key.pem: is encrypted"),
        (cert, older.into(), "key.pem: is encrypted"),
    ] {
        std::fs::write(folder.path("cert.pem"), cert).unwrap();
        std::fs::write(folder.path("key.pem"), key).unwrap();
        let files = TlsFiles {
            cert: folder.path("cert.pem"),
            key: folder.path("key.pem"),
            ..TlsFiles::default()
        };
        let error = Tls::from_files(files).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}
