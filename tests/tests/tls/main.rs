//! TLS over real sockets, with certificates made for the test.

mod time;
mod told;

use actionline::{Clients, Handle, Server, Tls, TlsFiles};
use actionline_tests::doorman::{Doorman, Rule};
use actionline_tests::folder::Folder;
use actionline_tests::lab::{Gates, LAB};
use actionline_tests::{ManualClock, soon};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
};
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

/// A root that signs.
struct Root {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Root {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    /// A certificate whose subject is this name alone, and its key, in PEM.
    fn sign_as(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    /// A certificate and its key, in PEM.
    fn sign(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

/// A server with TLS, and what its clients need.
struct Stage {
    root: Root,
    folder: Folder,
    tls: Tls,
    address: SocketAddr,
    handle: Handle,
    clock: ManualClock,
    stop: Arc<Notify>,
    task: JoinHandle<Result<(), actionline::Error>>,
}

fn write(folder: &Folder, (cert, key): &(String, String)) {
    std::fs::write(folder.path("cert.pem"), cert).unwrap();
    std::fs::write(folder.path("key.pem"), key).unwrap();
}

impl Stage {
    async fn new(clients: Clients) -> Self {
        Self::with(clients, |server| server).await
    }

    async fn with(clients: Clients, change: impl FnOnce(Server) -> Server) -> Self {
        let root = Root::new();
        let keys = root.sign("localhost");
        Self::of(root, &keys, clients, ManualClock::default(), change).await
    }

    async fn of(
        root: Root,
        keys: &(String, String),
        clients: Clients,
        clock: ManualClock,
        change: impl FnOnce(Server) -> Server,
    ) -> Self {
        let folder = Folder::new();
        write(&folder, keys);
        std::fs::write(folder.path("ca.pem"), &root.pem).unwrap();
        let tls = Tls::from_files(TlsFiles {
            cert: folder.path("cert.pem"),
            key: folder.path("key.pem"),
            client_ca: (clients != Clients::Off).then(|| folder.path("ca.pem")),
            clients,
        });
        let tls = tls.unwrap();
        let server = change(Server::new(&LAB).state(Gates::default()));
        let server = server.clock(Arc::new(clock.clone()));
        let bound = server.bind_tls("127.0.0.1:0", tls.clone()).await.unwrap();
        let (address, handle) = (bound.local_addr(), bound.handle());
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let task = tokio::spawn(bound.serve_until(async move { stopped.notified().await }));
        Self {
            root,
            folder,
            tls,
            address,
            handle,
            clock,
            stop,
            task,
        }
    }

    async fn connect(&self, client: Config<'_>) -> io::Result<BufReader<TlsStream<TcpStream>>> {
        let mut roots = RootCertStore::empty();
        let trusted = client.trusts.unwrap_or(&self.root.pem);
        roots
            .add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap())
            .unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[client.version])
            .unwrap()
            .with_root_certificates(roots);
        let config = match client.shows {
            None => config.with_no_client_auth(),
            Some((cert, key)) => {
                let cert = CertificateDer::from_pem_slice(cert.as_bytes()).unwrap();
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
                config.with_client_auth_cert(vec![cert], key).unwrap()
            }
        };
        let stream = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream);
        Ok(BufReader::new(soon("handshake", stream).await?))
    }

    /// Connects and reads the welcome.
    async fn enter(&self, client: Config<'_>) -> io::Result<BufReader<TlsStream<TcpStream>>> {
        let mut stream = self.connect(client).await?;
        let welcome = line(&mut stream).await?;
        assert!(welcome["welcome"].is_string(), "{welcome}");
        Ok(stream)
    }

    /// So many clients that have sent the head of a handshake record, and no more.
    async fn half(&self, count: usize) -> Vec<TcpStream> {
        let mut half = Vec::new();
        for _ in 0..count {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            stream.write_all(&[22, 3, 1, 2, 0, 1]).await.unwrap();
            half.push(stream);
        }
        half
    }
}

/// Waits until they are all closed, or reset.
async fn ended(clients: Vec<TcpStream>) {
    for mut stream in clients {
        let end = soon("end", stream.read(&mut [0; 64])).await;
        assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    }
}

#[derive(Clone, Copy)]
struct Config<'a> {
    version: &'static SupportedProtocolVersion,
    shows: Option<&'a (String, String)>,
    trusts: Option<&'a str>,
}

const PLAIN: Config<'static> = Config {
    version: &TLS13,
    shows: None,
    trusts: None,
};

async fn line(stream: &mut BufReader<TlsStream<TcpStream>>) -> io::Result<Value> {
    let mut line = String::new();
    if soon("line", stream.read_line(&mut line)).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_str(&line).unwrap())
}

async fn ask(stream: &mut BufReader<TlsStream<TcpStream>>, text: &str) -> Value {
    stream
        .get_mut()
        .write_all(format!("{text}\n").as_bytes())
        .await
        .unwrap();
    line(stream).await.unwrap()
}

#[tokio::test]
async fn both_versions_carry_everything() {
    let stage = Stage::new(Clients::Off).await;
    for version in [&TLS12, &TLS13] {
        let mut client = stage.enter(Config { version, ..PLAIN }).await.unwrap();
        let used = client.get_ref().get_ref().1.protocol_version();
        assert_eq!(used, Some(version.version));
        assert_eq!(ask(&mut client, "nothing").await["status"], "OK");
        // Far more than a record and than the stream's own buffer.
        let size = 2_000_000;
        for _ in 0..3 {
            let reply = ask(&mut client, &format!("big size={size}")).await;
            assert_eq!(reply["text"].as_str().map(str::len), Some(size));
        }
        assert_eq!(ask(&mut client, "quit").await["status"], "Bye!");
        // The end is told, not just a socket that is gone.
        assert_eq!(soon("end", client.read(&mut [0; 9])).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn clients_may_or_must_show_who_they_are() {
    for clients in [Clients::Off, Clients::Optional, Clients::Required] {
        let stage = Stage::new(clients).await;
        let good = stage.root.sign("ann");
        let foreign = Root::new().sign("eve");
        for version in [&TLS12, &TLS13] {
            let with = |shows| {
                stage.enter(Config {
                    version,
                    shows,
                    ..PLAIN
                })
            };
            let silent = with(None).await;
            assert_eq!(silent.is_ok(), clients != Clients::Required, "{clients:?}");
            let stranger = with(Some(&foreign)).await;
            assert_eq!(stranger.is_ok(), clients == Clients::Off, "{clients:?}");
            let mut known = with(Some(&good)).await.unwrap();
            let who = ask(&mut known, "identity").await;
            if clients == Clients::Off {
                assert!(who["subject"].is_null(), "{who}");
            } else {
                let subject = who["subject"].as_str().unwrap_or_default();
                assert!(subject.contains("CN=ann"), "{who}");
                let fingerprint = who["fingerprint"].as_str().unwrap_or_default();
                assert!(
                    fingerprint.len() == 64 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit())
                );
            }
            if let Ok(mut silent) = silent {
                assert!(ask(&mut silent, "identity").await["subject"].is_null());
            }
        }
    }
}

#[tokio::test]
async fn the_application_lets_in_who_shows_the_right_certificate() {
    let stage = Stage::with(Clients::Optional, |server| {
        server.access(
            Doorman::default()
                .with("connect", Rule::No)
                .with("connect CN=bob", Rule::No),
        )
    });
    let stage = stage.await;
    let [ann, bob] = ["ann", "bob"].map(|name| stage.root.sign_as(name));
    let with = |shows| stage.connect(Config { shows, ..PLAIN });
    let mut let_in = with(Some(&ann)).await.unwrap();
    assert!(line(&mut let_in).await.unwrap()["welcome"].is_string());
    for shows in [None, Some(&bob)] {
        let mut denied = with(shows).await.unwrap();
        assert_eq!(line(&mut denied).await.unwrap()["reason"], "not allowed");
    }
}

#[tokio::test]
async fn keys_are_read_anew_and_bad_ones_change_nothing() {
    let stage = Stage::new(Clients::Off).await;
    let mut old = stage.enter(PLAIN).await.unwrap();
    let other = Root::new();
    let trusts = Some(other.pem.as_str());
    let new = Config { trusts, ..PLAIN };
    assert!(stage.enter(new).await.is_err());
    write(
        &stage.folder,
        &(String::from("no PEM at all"), String::new()),
    );
    let error = stage.tls.reload().unwrap_err().to_string();
    assert!(error.contains("cert.pem: holds no certificate"), "{error}");
    stage.enter(PLAIN).await.unwrap();
    write(&stage.folder, &other.sign("localhost"));
    stage.tls.reload().unwrap();
    stage.enter(new).await.unwrap();
    assert!(stage.enter(PLAIN).await.is_err());
    assert_eq!(
        ask(&mut old, "nothing").await["status"],
        "OK",
        "who is in stays"
    );
}

#[tokio::test]
async fn a_bad_file_is_told_by_its_name() {
    let root = Root::new();
    let folder = Folder::new();
    let path = |name: &str| folder.path(name);
    write(&folder, &root.sign("localhost"));
    let files = TlsFiles {
        cert: path("cert.pem"),
        key: path("key.pem"),
        ..TlsFiles::default()
    };
    let told = |files: TlsFiles| Tls::from_files(files).unwrap_err().to_string();
    assert!(Tls::from_files(files.clone()).is_ok());
    let [cert, key, missing] = ["cert.pem", "key.pem", "nokey.pem"].map(path);
    for (cert, key, clients, text) in [
        (&cert, &missing, Clients::Off, "nokey.pem: cannot be read: "),
        (&key, &cert, Clients::Off, "key.pem: holds no certificate"),
        (&cert, &cert, Clients::Off, "cert.pem: holds no private key"),
        (&cert, &key, Clients::Required, "`tls-client-ca`"),
    ] {
        let told = told(TlsFiles {
            cert: cert.clone(),
            key: key.clone(),
            clients,
            ..TlsFiles::default()
        });
        assert!(told.contains(text), "{told}");
    }
    let unasked = told(TlsFiles {
        client_ca: Some(cert.clone()),
        ..files.clone()
    });
    assert!(unasked.contains("set `tls-clients`"), "{unasked}");
    for special in ["/dev/zero", "/"].map(PathBuf::from) {
        let told = told(TlsFiles {
            key: special,
            ..files.clone()
        });
        assert!(told.ends_with(": is no file"), "{told}");
    }
    std::fs::write(path("key.pem"), root.sign("localhost").1).unwrap();
    let apart = told(files);
    assert!(
        apart.contains("key.pem: cannot be used with ") && apart.contains("belong together"),
        "{apart}"
    );
}

#[tokio::test]
async fn half_a_handshake_keeps_nobody_waiting_and_does_not_last() {
    let stage = Stage::new(Clients::Off).await;
    let half = stage.half(200).await;
    // No time passes: they are all still there.
    let mut client = stage.enter(PLAIN).await.unwrap();
    assert_eq!(ask(&mut client, "nothing").await["status"], "OK");
    assert_eq!(stage.handle.stats().accepted, 1);
    stage.clock.advance(Duration::from_secs(5));
    ended(half).await;
    assert_eq!(ask(&mut client, "nothing").await["status"], "OK");
}

#[tokio::test]
async fn a_client_that_speaks_no_tls_is_sent_away() {
    let stage = Stage::new(Clients::Off).await;
    let mut stream = TcpStream::connect(stage.address).await.unwrap();
    stream.write_all(b"roomView\n").await.unwrap();
    let mut rest = Vec::new();
    // An alert, and the end; or a reset, as its line was not read.
    let _ = soon("end", stream.read_to_end(&mut rest)).await;
    assert!(!rest.contains(&b'{'), "nothing is said in the clear");
    stage.enter(PLAIN).await.unwrap();
}
