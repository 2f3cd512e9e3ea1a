//! Redis over TLS.

use super::*;
use actionline_tests::folder::Folder;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// Writes a root, and a certificate and a key that it signed.
fn write(folder: &Folder, name: &str) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new([]).expect("params");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).expect("a root").pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).expect("params");
    // Of another name than the root's: else it is taken for one.
    params.distinguished_name.push(DnType::CommonName, name);
    let cert = params.signed_by(&key, &issuer).expect("a certificate");
    folder.write(&format!("{name}-ca.pem"), root);
    folder.write(&format!("{name}.pem"), cert.pem());
    folder.write(&format!("{name}-key.pem"), key.serialize_pem());
}

#[tokio::test]
async fn both_sides_show_certificates_and_a_strange_root_is_refused() {
    let folder = Folder::new();
    write(&folder, "good");
    write(&folder, "strange");
    let file = |name: &str| folder.path(name).display().to_string();
    let (cert, key, ca) = (file("good.pem"), file("good-key.pem"), file("good-ca.pem"));
    let redis = RedisServer::tls(cert.as_ref(), key.as_ref(), ca.as_ref());
    let url = format!("rediss://127.0.0.1:{}", redis.port());
    let words = |ca: &str| {
        let words = ["--backplane", &url, "--backplane-ca", ca];
        let own = ["--backplane-cert", &cert, "--backplane-key", &key];
        words
            .iter()
            .chain(&own)
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let good = words(&ca);
    let good: Vec<&str> = good.iter().map(String::as_str).collect();
    let (one, other) = (Node::start(&good).await, Node::start(&good).await);
    let (mut ann, mut bob) = (one.client().await, other.client().await);
    for client in [&mut ann, &mut bob] {
        until_linked(client).await;
        client.until_members(2).await;
    }
    assert_eq!(ann.ask("say over TLS").await, OK);
    assert_eq!(said(&mut bob).await, "over TLS");
    // A root of somebody else, and no certificate of one's own.
    let strange = words(&file("strange-ca.pem"));
    let strange: Vec<&str> = strange.iter().map(String::as_str).collect();
    for words in [&strange[..], &good[..4]] {
        let mut node = Node::start(words).await;
        let line = node.logs("no link to the other nodes").await;
        assert!(line.contains("rediss://"), "{line}");
        assert_eq!(node.client().await.ask("say alone").await, LOCAL);
    }
}
