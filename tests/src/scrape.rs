//! What a server tells Prometheus, read as Prometheus reads it.

use crate::client::soon;
use crate::server::TestServer;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::AbortOnDropHandle;

/// The metrics of a server, at an address of their own. They go with it.
#[derive(Debug)]
pub struct Scraped {
    address: SocketAddr,
    _task: AbortOnDropHandle<std::convert::Infallible>,
}

impl Scraped {
    /// Serves what `server` measures.
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn of(server: &TestServer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let serve = actionline::metrics::serve(listener, server.handle().clone());
        Self {
            address,
            _task: AbortOnDropHandle::new(tokio::spawn(serve)),
        }
    }

    /// Where they are.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Gets a path: the status, and everything else.
    pub async fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"))
            .await
    }

    /// Sends an HTTP request: the status, and everything else.
    ///
    /// # Panics
    /// When what comes is no HTTP.
    pub async fn ask(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut text = String::new();
        let read = soon("an HTTP answer", stream.read_to_string(&mut text)).await;
        read.expect("text");
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no HTTP: {text}"));
        (status, text)
    }

    /// The metrics now.
    ///
    /// # Panics
    /// When they cannot be got.
    pub async fn metrics(&self) -> Metrics {
        let (status, text) = self.get("/metrics").await;
        assert_eq!(status, 200, "{text}");
        let (_, body) = text.split_once("\r\n\r\n").expect("a body");
        Metrics(body.to_owned())
    }
}

/// What was exported.
#[derive(Debug, Clone)]
pub struct Metrics(pub String);

impl Metrics {
    /// The value of a series, given as it is written: `name{label="value"}`.
    ///
    /// # Panics
    /// When there is none.
    pub fn value(&self, series: &str) -> f64 {
        let value = self.find(series);
        value.unwrap_or_else(|| panic!("no {series} in:\n{}", self.0))
    }

    /// The same; nothing when there is none.
    pub fn find(&self, series: &str) -> Option<f64> {
        let lines = self.0.lines().filter(|line| !line.starts_with('#'));
        let mut split = lines.filter_map(|line| line.rsplit_once(' '));
        let (_, value) = split.find(|(name, _)| *name == series)?;
        value.parse().ok()
    }

    /// The names of all series, without labels.
    pub fn names(&self) -> BTreeSet<&str> {
        let lines = self.0.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split(['{', ' ']).next())
            .collect()
    }
}
