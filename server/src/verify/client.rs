//! One client of an example.

use std::fmt::Display;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Nothing is waited for longer than this. It only keeps a broken server from hanging the test.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection, and what went to and fro on it. Its errors are texts for people.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) name: String,
    stream: BufReader<TcpStream>,
    /// What went to and fro, a line each.
    pub(super) log: Vec<String>,
}

impl Client {
    /// Connects, and reads the welcome.
    pub(super) async fn connect(name: &str, address: SocketAddr) -> Result<Self, String> {
        let stream = soon(TcpStream::connect(address)).await?;
        let mut client = Self {
            name: name.to_owned(),
            stream: BufReader::new(stream),
            log: Vec::new(),
        };
        client.line().await?;
        client.log.clear();
        Ok(client)
    }

    pub(super) async fn send(&mut self, line: &str) -> Result<(), String> {
        self.log.push(format!("{}> {line}", self.name));
        let line = format!("{line}\n");
        soon(self.stream.get_mut().write_all(line.as_bytes())).await
    }

    /// The next line, without its end.
    pub(super) async fn line(&mut self) -> Result<String, String> {
        let mut bytes = Vec::new();
        soon(self.stream.read_until(b'\n', &mut bytes)).await?;
        let line = String::from_utf8_lossy(&bytes).into_owned();
        let Some(line) = line.strip_suffix("\r\n") else {
            return Err(match line.as_str() {
                "" => "the server closed the connection".to_owned(),
                part => format!("the server closed the connection after {part:?}"),
            });
        };
        self.log.push(format!("{}< {line}", self.name));
        Ok(line.to_owned())
    }

    /// Says that nothing more will be sent; answers all that still comes before the server closes.
    pub(super) async fn rest(&mut self) -> Result<String, String> {
        // A server that has closed already cannot be told.
        let _ = self.stream.get_mut().shutdown().await;
        let mut bytes = Vec::new();
        soon(self.stream.read_to_end(&mut bytes)).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

async fn soon<T, E: Display>(future: impl Future<Output = Result<T, E>>) -> Result<T, String> {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(done) => done.map_err(|error| format!("the connection broke: {error}")),
        Err(_) => Err(format!("nothing came for {PATIENCE:?}")),
    }
}
