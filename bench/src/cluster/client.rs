//! A client that speaks, listens, looks into its room, and keeps a record of it all.

use super::history::{Answer, At, Heard, Record, Sent};
use super::wrong;
use serde_json::Value;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

/// What a client does besides listening.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    /// The node that it is on.
    pub(super) node: usize,
    /// Its place among the records: what it says begins with it.
    pub(super) index: usize,
    /// It says something so often.
    pub(super) speaks: Option<Duration>,
    /// It looks into the room so often; those who do not only until they have seen all nodes once.
    pub(super) looks: Option<Duration>,
}

/// When the run began, by both clocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub(super) at: Instant,
    pub(super) utc: SystemTime,
}

impl Begun {
    pub(super) fn now() -> Self {
        Self {
            at: Instant::now(),
            utc: SystemTime::now(),
        }
    }
}

enum Ask {
    Say(usize),
    View,
}

/// Until they have seen all nodes, clients look so often.
const LOOK: Duration = Duration::from_millis(50);
/// When nothing came for so long after the end, nothing will.
const QUIET: Duration = Duration::from_secs(2);

/// Lives until it is stopped or cut off.
pub(super) async fn live(
    address: SocketAddr,
    role: Role,
    begun: Begun,
    mut stop: watch::Receiver<bool>,
) -> io::Result<Record> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (input, mut output) = stream.into_split();
    let mut lines = BufReader::new(input).lines();
    lines
        .next_line()
        .await?
        .ok_or_else(|| wrong("no welcome"))?;
    let mut client = Client {
        begun,
        asked: VecDeque::new(),
        record: Record {
            node: role.node,
            joined: begun.at.elapsed(),
            ..Record::default()
        },
    };
    let never = Duration::from_secs(24 * 60 * 60);
    let mut speak = interval(role.speaks.unwrap_or(never));
    let mut look = interval(role.looks.unwrap_or(LOOK));
    for ticks in [&mut speak, &mut look] {
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        tokio::select! {
            line = lines.next_line() => match line {
                Ok(Some(line)) => client.hears(&line)?,
                _ => {
                    client.record.gone = true;
                    return Ok(client.record);
                }
            },
            _ = speak.tick(), if role.speaks.is_some() => {
                let line = client.says(role.index);
                // A node that is gone is seen when it is read from.
                let _ = output.write_all(line.as_bytes()).await;
            }
            _ = look.tick(), if role.looks.is_some() || client.record.known.is_none() => {
                client.asked.push_back(Ask::View);
                let _ = output.write_all(b"roomView\n").await;
            }
            () = stopped(&mut stop) => break,
        }
    }
    while let Ok(Ok(Some(line))) = timeout(QUIET, lines.next_line()).await {
        client.hears(&line)?;
    }
    Ok(client.record)
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A run that is gone has stopped, too.
    let _ = stop.wait_for(|stop| *stop).await;
}

struct Client {
    begun: Begun,
    asked: VecDeque<Ask>,
    record: Record,
}

impl Client {
    fn says(&mut self, index: usize) -> String {
        let number = self.record.sent.len();
        self.asked.push_back(Ask::Say(number));
        self.record.sent.push(Sent {
            at: self.begun.at.elapsed(),
            answered: None,
        });
        format!("say {index} {number}\n")
    }

    fn hears(&mut self, line: &str) -> io::Result<()> {
        let at = self.begun.at.elapsed();
        // Most lines by far: reading them must not take the nodes' time from them.
        if let Some(rest) = line.strip_prefix(r#"{"context":"user","message":""#) {
            let said = rest
                .split_once('"')
                .and_then(|(said, _)| said.split_once(' '));
            let (speaker, number) = said.ok_or_else(|| wrong(format!("heard {line}")))?;
            self.record.heard.push(Heard {
                speaker: speaker.parse().map_err(io::Error::other)?,
                number: number.parse().map_err(io::Error::other)?,
                at,
            });
            return Ok(());
        }
        let line: Value = serde_json::from_str(line)?;
        match line["context"].as_str() {
            Some("api") if line["status"] == "gap" => {
                let since = line["since"].as_str().unwrap_or_default();
                let since: jiff::Timestamp = since.parse().map_err(io::Error::other)?;
                let since = SystemTime::from(since).duration_since(self.begun.utc);
                self.record.gaps.push((since.unwrap_or_default(), at));
            }
            Some("response") => self.answered(&line, at)?,
            Some("user") => return Err(wrong(format!("heard {line}"))),
            _ => {}
        }
        Ok(())
    }

    fn answered(&mut self, line: &Value, at: At) -> io::Result<()> {
        let local = line["scope"] == "local";
        match self.asked.pop_front() {
            Some(Ask::Say(number)) => {
                let answer = match (line["status"] == "OK", local) {
                    (false, _) => Answer::Refused,
                    (true, true) => Answer::Local,
                    (true, false) => Answer::Everywhere,
                };
                self.record.sent[number].answered = Some((at, answer));
            }
            Some(Ask::View) => {
                let count = line["roomStatus"]["membersCount"].as_u64();
                let count = count.ok_or_else(|| wrong(format!("a view: {line}")))?;
                if !local {
                    self.record.known.get_or_insert(at);
                }
                self.record.views.push((at, count, local));
            }
            None => return Err(wrong(format!("nobody asked for {line}"))),
        }
        Ok(())
    }
}
