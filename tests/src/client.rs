//! A client that says exactly what it is told to, and checks the numbers of all it hears.

use serde_json::Value;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// Nothing is waited for longer than this. It only keeps a broken test from hanging.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for something that must come.
///
/// # Panics
/// When it does not come.
pub async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(value) => value,
        Err(_) => panic!("{what}: nothing came for {PATIENCE:?}"),
    }
}

/// One connection to a server.
///
/// Each line it reads must carry the next `messageCount`. Every method panics when the connection does not do what the
/// test expects of it.
#[derive(Debug)]
pub struct TestClient {
    stream: BufReader<TcpStream>,
    /// The number that the next line must carry.
    count: u64,
}

impl TestClient {
    /// Connects; the welcome is still to be read.
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = soon("connect", TcpStream::connect(address)).await;
        Self::over(stream.expect("connect"))
    }

    /// Connects with a small receive buffer, so that a client that does not read is soon felt by the server.
    pub async fn connect_narrow(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("socket");
        socket.set_recv_buffer_size(4096).expect("receive buffer");
        let stream = soon("connect", socket.connect(address)).await;
        Self::over(stream.expect("connect"))
    }

    fn over(stream: TcpStream) -> Self {
        stream.set_nodelay(true).expect("no delay");
        Self {
            stream: BufReader::new(stream),
            count: 0,
        }
    }

    /// Sends bytes as they are.
    pub async fn send_raw(&mut self, bytes: impl AsRef<[u8]>) {
        let sent = self.stream.get_mut().write_all(bytes.as_ref());
        soon("send", sent).await.expect("send");
    }

    /// Sends what the connection takes without waiting; answers how many bytes that was.
    pub async fn send_some(&mut self, bytes: impl AsRef<[u8]>) -> usize {
        let (mut sent, mut left) = (0, bytes.as_ref());
        while let Ok(count) = self.stream.get_ref().try_write(left) {
            sent += count;
            left = &left[count..];
            if left.is_empty() {
                break;
            }
            tokio::task::yield_now().await;
        }
        sent
    }

    /// Sends bytes to a server that may have closed already.
    pub async fn try_send_raw(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        let sent = self.stream.get_mut().write_all(bytes.as_ref());
        soon("send", sent).await
    }

    /// Sends one line.
    pub async fn send(&mut self, line: &str) {
        self.send_raw(format!("{line}\n")).await;
    }

    /// The next line as it is, without CRLF.
    pub async fn line(&mut self) -> String {
        let mut bytes = Vec::new();
        let read = self.stream.read_until(b'\n', &mut bytes);
        soon("line", read).await.expect("read");
        let line = String::from_utf8(bytes).expect("a line is UTF-8");
        let Some(line) = line.strip_suffix("\r\n") else {
            panic!("line {} is not whole: {line:?}", self.count);
        };
        let number = format!(",\"messageCount\":{}}}", self.count);
        assert!(line.ends_with(&number), "not line {}: {line}", self.count);
        self.count += 1;
        line.to_owned()
    }

    /// The next line without its number, which has been checked.
    pub async fn heard(&mut self) -> String {
        let line = self.line().await;
        let end = line.rfind(",\"messageCount\":").expect("a number");
        format!("{}}}", &line[..end])
    }

    /// The next line, parsed.
    pub async fn json(&mut self) -> Value {
        let line = self.line().await;
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Sends a line; answers the next line without its number.
    pub async fn ask(&mut self, line: &str) -> String {
        self.send(line).await;
        self.heard().await
    }

    /// Sends a line; answers the next line, parsed.
    pub async fn ask_json(&mut self, line: &str) -> Value {
        self.send(line).await;
        self.json().await
    }

    /// The number that the next line will carry.
    pub fn next_number(&self) -> u64 {
        self.count
    }

    /// The connection's public id, as the server tells it.
    pub async fn id(&mut self) -> String {
        let reply = self.ask_json("detailsView").await;
        let id = reply["details"]["public"]["id"].as_str();
        id.expect("an id").to_owned()
    }

    /// How many members its room has.
    pub async fn members(&mut self) -> u64 {
        let view = self.ask_json("roomView").await;
        view["roomStatus"]["membersCount"]
            .as_u64()
            .expect("a count")
    }

    /// Looks into its room until it has so many members.
    pub async fn until_members(&mut self, count: u64) {
        soon("members", async {
            while self.members().await != count {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// So many bytes as they are.
    pub async fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        let read = self.stream.read_exact(&mut bytes);
        soon("bytes", read).await.expect("read");
        bytes
    }

    /// Everything up to the end of what the server sends.
    pub async fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let read = self.stream.read_to_end(&mut bytes);
        soon("end", read).await.expect("read");
        bytes
    }

    /// The server has closed and says nothing more.
    pub async fn closed(&mut self) {
        let rest = self.rest().await;
        let rest = String::from_utf8_lossy(&rest);
        assert_eq!(rest, "", "the server should have closed");
    }

    /// Closes the sending half.
    pub async fn half_close(&mut self) {
        let shut = self.stream.get_mut().shutdown();
        soon("half close", shut).await.expect("half close");
    }

    /// Resets the connection: whatever is under way is lost.
    pub fn reset(self) {
        let stream = self.stream.into_inner();
        stream.set_zero_linger().expect("linger");
    }
}
