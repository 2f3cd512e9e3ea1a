//! One client of an example.

use std::fmt::Display;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// No answer is waited for longer than this. It only keeps a broken server from hanging the test.
const PATIENCE: Duration = Duration::from_secs(30);

/// What asks for an answer behind which nothing of an exchange can follow. It changes nothing.
const FENCE: &str = r#"{"action":"paramsView","messageId":"verify.fence"}"#;
const FENCED: &str = r#"{"context":"response","messageId":"verify.fence","#;

/// The same where a file is under way: without a `messageId` it is answered in its turn, and its answer is found behind
/// whatever the file holds.
const FILE_FENCE: &str = r#"{"action":"verify.end-of-file"}"#;
const FILE_FENCED: &str = r#"{"context":"response","error":"verify.end-of-file "#;

/// What stands before a line's number, which is the last of it.
const NUMBER: &str = r#","messageCount":"#;

/// A connection, and what went to and fro on it. Its errors are texts for people.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) name: String,
    stream: BufReader<TcpStream>,
    /// What went to and fro, a line each. Fences are not in it.
    pub(super) log: Vec<String>,
    /// How many fences were answered. Lines after them are shown with the number that they would have without.
    fences: u64,
    /// The server has closed.
    closed: bool,
}

impl Client {
    /// Connects, and reads the welcome.
    pub(super) async fn connect(name: &str, address: SocketAddr) -> Result<Self, String> {
        let stream = soon(TcpStream::connect(address)).await?;
        let mut client = Self {
            name: name.to_owned(),
            stream: BufReader::new(stream),
            log: Vec::new(),
            fences: 0,
            closed: false,
        };
        client.line().await?;
        client.log.clear();
        Ok(client)
    }

    pub(super) async fn send(&mut self, line: &str) -> Result<(), String> {
        self.log.push(format!("{}> {line}", self.name));
        self.write(line).await
    }

    async fn write(&mut self, line: &str) -> Result<(), String> {
        let line = format!("{line}\n");
        soon(self.stream.get_mut().write_all(line.as_bytes())).await
    }

    /// The next line, without its end.
    pub(super) async fn line(&mut self) -> Result<String, String> {
        match self.next().await? {
            Some(line) => Ok(self.note(&line)),
            None => Err("the server closed the connection".to_owned()),
        }
    }

    /// The next line as it came; nothing when the server has closed.
    async fn next(&mut self) -> Result<Option<String>, String> {
        let mut bytes = Vec::new();
        soon(self.stream.read_until(b'\n', &mut bytes)).await?;
        let line = String::from_utf8_lossy(&bytes).into_owned();
        match line.strip_suffix("\r\n") {
            Some(line) => Ok(Some(line.to_owned())),
            None if line.is_empty() => {
                self.closed = true;
                Ok(None)
            }
            None => Err(format!("the server closed the connection after {line:?}")),
        }
    }

    /// Logs a line that came; answers it with its number.
    fn note(&mut self, line: &str) -> String {
        let line = without(self.fences, line);
        self.log.push(format!("{}< {line}", self.name));
        line
    }

    /// Every line that the server had for this client when this was called. Nothing is waited for but the server's answers.
    ///
    /// Two fences make it exact. What one client causes another to be sent is in the other's outbox before the first is
    /// answered (`Room::broadcast`, `Locals::push`; one node, so no bus stands between). A session empties its outbox before
    /// it reads lines (`Driver::poll`), but what is queued between the two comes behind the answer to a line that was read
    /// then. Before it answers a line that is sent after that answer, it has emptied its outbox once more.
    pub(super) async fn settle(&mut self) -> Result<Vec<String>, String> {
        let mut lines = Vec::new();
        for _ in 0..2 {
            // A server that has closed already says so to the one who reads.
            if self.closed || self.write(FENCE).await.is_err() {
                break;
            }
            while let Some(line) = self.next().await? {
                if line.starts_with(FENCED) {
                    self.fences += 1;
                    break;
                }
                lines.push(self.note(&line));
            }
        }
        Ok(lines)
    }

    /// A line that comes within this time, if one does.
    pub(super) async fn wait(&mut self, time: Duration) -> Result<Option<String>, String> {
        match tokio::time::timeout(time, self.stream.fill_buf()).await {
            Err(_) => Ok(None),
            Ok(_) => {
                let line = self.next().await?;
                Ok(line.map(|line| self.note(&line)))
            }
        }
    }

    /// Whether the server has closed the connection.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Reads to the end of a file that a line without `messageId` has asked for.
    pub(super) async fn skip_file(&mut self) -> Result<(), String> {
        self.write(FILE_FENCE).await?;
        let mut bytes = Vec::new();
        loop {
            let start = bytes.len();
            if soon(self.stream.read_until(b'\n', &mut bytes)).await? == 0 {
                return Err("the server closed the connection".to_owned());
            }
            if String::from_utf8_lossy(&bytes[start..]).contains(FILE_FENCED) {
                self.fences += 1;
                return Ok(());
            }
        }
    }

    /// So many bytes, as text; fewer when the server closes before.
    pub(super) async fn bytes(&mut self, count: usize) -> Result<String, String> {
        let mut bytes = Vec::new();
        let stream = &mut self.stream;
        soon(stream.take(count as u64).read_to_end(&mut bytes)).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
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

/// A line with the number that it would have if these fences had not been there.
fn without(fences: u64, line: &str) -> String {
    let number = line.rfind(NUMBER).and_then(|at| {
        let start = at + NUMBER.len();
        let digits = line[start..].strip_suffix('}')?;
        Some((start, digits.parse::<u64>().ok()?.checked_sub(fences)?))
    });
    match number {
        Some((start, number)) => format!("{}{number}}}", &line[..start]),
        None => line.to_owned(),
    }
}

async fn soon<T, E: Display>(future: impl Future<Output = Result<T, E>>) -> Result<T, String> {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(done) => done.map_err(|error| format!("the connection broke: {error}")),
        Err(_) => Err(format!("nothing came for {PATIENCE:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_takes_no_number() {
        let line = r#"{"a":"\"messageCount\":1","messageCount":12}"#;
        assert_eq!(
            without(2, line),
            r#"{"a":"\"messageCount\":1","messageCount":10}"#
        );
        for odd in [
            "Hello",
            r#"{"a":1,"messageCount":1}"#,
            r#"{"a":1,"messageCount":"x"}"#,
        ] {
            assert_eq!(without(2, odd), odd);
        }
    }
}
