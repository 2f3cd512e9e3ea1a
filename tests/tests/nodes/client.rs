//! A client of one node that talks and moves by chance, comes again when its node is lost, and looks around in the end.

use super::log::{Heard, Life, Said, Seen, Stay};
use super::net::{PORT, now};
use super::{CALM, END, dial};
use fastrand::Rng;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::time::{sleep, timeout};
use turmoil::net::TcpStream;
use turmoil::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// Every connection there was.
pub type Log = Rc<RefCell<Vec<Life>>>;

/// A server that says nothing for so long is lost: it sends signs of life every second.
const LOST: Duration = Duration::from_millis(2500);
/// Everybody looks around before anybody goes.
const LOOKS: Duration = Duration::from_secs(2);
/// Where everybody begins, and is soon gone from.
const FIRST: &str = "defaultRoom";
const ROOMS: [&str; 2] = ["one", "two"];

/// Connects again and again until the network is whole.
pub async fn live(name: String, node: usize, log: Log, mut dice: Rng) {
    while now() < CALM {
        let dialled = timeout(LOST, dial(format!("node{node}"), PORT)).await;
        if let Ok(Ok(stream)) = dialled {
            // Whatever ends a connection, another one follows.
            let _ = Talk::begin(stream, &name, node, &log, &mut dice).await;
        }
        sleep(Duration::from_millis(dice.u64(50..300))).await;
    }
    // A host whose program is over gets nothing any more, and refuses nothing.
    std::future::pending().await
}

/// What was asked and not answered.
#[derive(Clone, Copy)]
enum Asked {
    Id,
    Say(usize),
    Room(&'static str),
    View,
}

struct Talk<'a> {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
    line: Vec<u8>,
    count: u64,
    asked: VecDeque<Asked>,
    /// Where it will be once all is answered.
    room: &'static str,
    /// The others may not know that it is there.
    unsure: bool,
    life: usize,
    log: &'a Log,
    dice: &'a mut Rng,
}

impl<'a> Talk<'a> {
    async fn begin(
        stream: TcpStream,
        name: &str,
        node: usize,
        log: &'a Log,
        dice: &'a mut Rng,
    ) -> io::Result<()> {
        let (read, write) = stream.into_split();
        let life = log.borrow().len();
        log.borrow_mut().push(Life {
            name: format!("{name}/{life}"),
            node,
            last: now(),
            ..Life::default()
        });
        let mut talk = Talk {
            read: BufReader::new(read),
            write,
            line: Vec::new(),
            count: 0,
            asked: VecDeque::new(),
            room: FIRST,
            unsure: true,
            life,
            log,
            dice,
        };
        talk.ask("detailsView", Asked::Id).await?;
        talk.go().await?;
        while now() < CALM {
            let pause = Duration::from_millis(talk.dice.u64(20..250));
            if !talk.hear_until(now() + pause).await? || !timeout(LOST, talk.act()).await?? {
                return Ok(());
            }
        }
        talk.finish().await
    }

    /// Nothing new is said any more: hears the rest, looks around, and goes when everybody has.
    async fn finish(&mut self) -> io::Result<()> {
        if !self.hear_until(END).await? {
            return Ok(());
        }
        let before = self.with(|life| life.said.len());
        self.say().await?;
        self.ask("roomView", Asked::View).await?;
        if !self.hear_until(END + LOOKS).await? {
            return Ok(());
        }
        assert!(self.asked.is_empty(), "all is answered in the end");
        self.with(|life| {
            let answered = life.said[before].answered;
            let seen = life.seen.as_mut().expect("a look around");
            seen.local |= answered.is_none_or(|(_, everywhere)| !everywhere);
        });
        Ok(())
    }

    /// Does something; false: it is gone.
    async fn act(&mut self) -> io::Result<bool> {
        let says = match self.dice.u8(0..60) {
            0 => return Ok(false),
            1..4 => return self.go().await.map(|()| true),
            4..14 if self.unsure => return self.go().await.map(|()| true),
            14 => self.dice.usize(20..60),
            _ => self.dice.usize(1..4),
        };
        for _ in 0..says {
            self.say().await?;
        }
        Ok(true)
    }

    async fn go(&mut self) -> io::Result<()> {
        let others = ROOMS.iter().filter(|room| **room != self.room);
        let others: Vec<_> = others.copied().collect();
        self.room = others[self.dice.usize(..others.len())];
        self.with(|life| {
            for stay in &mut life.stays {
                stay.until = stay.until.min(now());
            }
        });
        let line = format!("roomChange {}", self.room);
        self.ask(&line, Asked::Room(self.room)).await
    }

    async fn say(&mut self) -> io::Result<()> {
        let room = self.room;
        let number = self.with(|life| {
            life.said.push(Said {
                room,
                sent: now(),
                answered: None,
            });
            life.said.len() - 1
        });
        self.ask(&format!("say {number}"), Asked::Say(number)).await
    }

    async fn ask(&mut self, line: &str, asked: Asked) -> io::Result<()> {
        self.asked.push_back(asked);
        self.write.write_all(format!("{line}\n").as_bytes()).await
    }

    /// Hears everything until then; false at the end.
    async fn hear_until(&mut self, then: Duration) -> io::Result<bool> {
        while now() < then {
            let lost = self.with(|life| life.last) + LOST;
            let wait = then.min(lost).saturating_sub(now());
            match timeout(wait, self.hear()).await {
                Ok(more) => {
                    if !more? {
                        return Ok(false);
                    }
                }
                Err(_) if now() >= lost => return Ok(false),
                Err(_) => {}
            }
        }
        Ok(true)
    }

    /// Hears one line; false at the end.
    async fn hear(&mut self) -> io::Result<bool> {
        if self.read.read_until(b'\n', &mut self.line).await? == 0 {
            return Ok(false);
        }
        let line = std::mem::take(&mut self.line);
        let line: Value = serde_json::from_slice(&line).expect("a JSON line");
        assert_eq!(line["messageCount"], self.count, "{line}");
        self.count += 1;
        self.with(|life| life.last = now());
        let text = |name: &str| line[name].as_str().expect("a text").to_owned();
        if line["context"] == "response" {
            self.answered(&line);
        } else if line["context"] == "user" {
            let heard = Heard {
                from: text("from"),
                number: text("message").parse().expect("a number"),
                room: text("room"),
                at: now(),
            };
            self.with(|life| life.heard.push(heard));
        } else if line["status"] == "gap" {
            let since: jiff::Timestamp = text("since").parse().expect("a time");
            let since = since.duration_since(jiff::Timestamp::UNIX_EPOCH);
            let since = Duration::try_from(since).expect("a time of this story");
            self.with(|life| life.gaps.push((since, now())));
        }
        Ok(line["status"] != "goodbye")
    }

    fn answered(&mut self, line: &Value) {
        assert!(line.get("error").is_none(), "{line}");
        let everywhere = line.get("scope").is_none();
        let answered = Some((now(), everywhere));
        match self.asked.pop_front().expect("an answer to a request") {
            Asked::Id => {
                let id = line["details"]["public"]["id"].as_str();
                let id = id.expect("an id").to_owned();
                self.with(|life| life.id = id);
            }
            Asked::Say(number) => self.with(|life| life.said[number].answered = answered),
            Asked::Room(room) => {
                let moving = |asked: &Asked| matches!(asked, Asked::Room(_));
                // Another change may be under way.
                if !self.asked.iter().any(moving) {
                    self.unsure = !everywhere;
                    let stay = Stay {
                        room,
                        here: now(),
                        known: everywhere.then(now),
                        until: Duration::MAX,
                    };
                    self.with(|life| life.stays.push(stay));
                }
            }
            Asked::View => {
                let seen = Seen {
                    room: self.room,
                    count: line["roomStatus"]["membersCount"]
                        .as_u64()
                        .expect("a count"),
                    local: !everywhere,
                };
                self.with(|life| life.seen = Some(seen));
            }
        }
    }

    fn with<T>(&self, f: impl FnOnce(&mut Life) -> T) -> T {
        f(&mut self.log.borrow_mut()[self.life])
    }
}
