//! A client that talks, moves, stalls and goes by chance.

use super::log::{Heard, Life, Said, Stay};
use super::net::{PORT, now};
use super::{CALM, END};
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
const LOST: Duration = Duration::from_millis(1500);

const ROOMS: [&str; 2] = ["defaultRoom", "other"];

/// Connects again and again until the end.
pub async fn live(name: String, log: Log, mut dice: Rng) {
    while now() < CALM {
        // It is never given up half way: the simulated host would keep that connection for good.
        if let Ok(stream) = TcpStream::connect(("server", PORT)).await {
            // Whatever ends a connection, another one follows; one that is stuck is given up.
            let left = (END + 2 * LOST).saturating_sub(now());
            let _ = timeout(left, Talk::begin(stream, &name, &log, &mut dice)).await;
        }
        sleep(Duration::from_millis(dice.u64(1..300))).await;
    }
    // A host whose program is over gets nothing any more, and refuses nothing.
    std::future::pending().await
}

/// What was asked and not answered.
enum Asked {
    Id,
    Say(usize),
    Room(&'static str),
    View,
    Quit,
}

struct Talk<'a> {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
    line: Vec<u8>,
    count: u64,
    /// When it heard something last.
    heard: Duration,
    asked: VecDeque<Asked>,
    /// Where it will be once all is answered.
    room: &'static str,
    life: usize,
    log: &'a Log,
    dice: &'a mut Rng,
}

impl<'a> Talk<'a> {
    async fn begin(
        stream: TcpStream,
        name: &str,
        log: &'a Log,
        dice: &'a mut Rng,
    ) -> io::Result<()> {
        let (read, write) = stream.into_split();
        let life = log.borrow().len();
        log.borrow_mut().push(Life {
            name: format!("{name}/{life}"),
            id: String::new(),
            stays: Vec::new(),
            said: Vec::new(),
            heard: Vec::new(),
            stayed: false,
        });
        let mut talk = Talk {
            read: BufReader::new(read),
            write,
            line: Vec::new(),
            count: 0,
            heard: now(),
            asked: VecDeque::new(),
            room: ROOMS[0],
            life,
            log,
            dice,
        };
        talk.ask("detailsView", Asked::Id).await?;
        talk.until_over().await
    }

    async fn until_over(&mut self) -> io::Result<()> {
        loop {
            let pause = Duration::from_millis(self.dice.u64(1..120));
            if now() < CALM {
                let read = timeout(pause, self.hear()).await;
                match read {
                    Ok(more) => {
                        if !more? {
                            return Ok(());
                        }
                    }
                    Err(_) => {
                        if now() > self.heard + LOST || !timeout(LOST, self.act()).await?? {
                            return Ok(());
                        }
                    }
                }
            } else {
                return self.finish().await;
            }
        }
    }

    /// Nothing new is said any more: hears the rest.
    async fn finish(&mut self) -> io::Result<()> {
        while now() < END {
            // Lost, if nothing comes.
            if !timeout(LOST, self.hear()).await?? {
                return Ok(());
            }
        }
        // What a cut has swallowed is never sent again here: such a connection is given up.
        timeout(LOST, self.leave()).await?
    }

    /// Hears what it is owed, and goes.
    async fn leave(&mut self) -> io::Result<()> {
        self.ask("roomView", Asked::View).await?;
        while !self.asked.is_empty() {
            if !self.hear().await? {
                return Ok(());
            }
        }
        self.with(|life| life.stayed = true);
        self.ask("quit", Asked::Quit).await?;
        while self.hear().await? {}
        Ok(())
    }

    /// Does something; false: it is gone.
    async fn act(&mut self) -> io::Result<bool> {
        match self.dice.u8(0..40) {
            0 => return Ok(false),
            1 => self.ask("quit", Asked::Quit).await?,
            2 => sleep(Duration::from_millis(300)).await,
            3..6 => {
                let room = ROOMS[self.dice.usize(0..2)];
                self.leave_room();
                self.room = room;
                self.ask(&format!("roomChange {room}"), Asked::Room(room))
                    .await?;
            }
            _ => {
                for _ in 0..self.dice.usize(1..4) {
                    self.say().await?;
                }
            }
        }
        Ok(true)
    }

    async fn say(&mut self) -> io::Result<()> {
        let room = self.room.to_owned();
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

    /// Hears one line; false at the end.
    async fn hear(&mut self) -> io::Result<bool> {
        if self.read.read_until(b'\n', &mut self.line).await? == 0 {
            return Ok(false);
        }
        let line = std::mem::take(&mut self.line);
        let line: Value = serde_json::from_slice(&line).expect("a JSON line");
        assert_eq!(line["messageCount"], self.count, "{line}");
        self.count += 1;
        self.heard = now();
        if line["context"] == "response" {
            self.answered(&line);
        } else if line["context"] == "user" {
            let text = |name: &str| line[name].as_str().expect("a text").to_owned();
            let number = text("message").parse().expect("a number");
            let heard = Heard {
                from: text("from"),
                number,
                room: text("room"),
            };
            self.with(|life| life.heard.push(heard));
        } else if line.get("welcome").is_some() {
            self.enter(ROOMS[0]);
        }
        Ok(line["status"] != "goodbye")
    }

    fn answered(&mut self, line: &Value) {
        assert!(line.get("error").is_none(), "{line}");
        match self.asked.pop_front().expect("an answer to a request") {
            Asked::Id => {
                let id = line["details"]["public"]["id"]
                    .as_str()
                    .expect("an id")
                    .to_owned();
                self.with(|life| life.id = id);
            }
            Asked::Say(number) => self.with(|life| life.said[number].answered = Some(now())),
            // Another change may be under way.
            Asked::Room(room)
                if !self
                    .asked
                    .iter()
                    .any(|asked| matches!(asked, Asked::Room(_))) =>
            {
                self.enter(room)
            }
            Asked::Room(_) | Asked::View => {}
            Asked::Quit => assert_eq!(line["status"], "Bye!"),
        }
    }

    fn enter(&mut self, room: &str) {
        // Asked to go elsewhere before it was said where it is.
        let until = if self.room == room {
            Duration::MAX
        } else {
            Duration::ZERO
        };
        let stay = Stay {
            room: room.to_owned(),
            from: now(),
            until,
        };
        self.with(|life| life.stays.push(stay));
    }

    fn leave_room(&mut self) {
        self.with(|life| {
            // Who asks for the room it is in has two of them.
            for stay in &mut life.stays {
                stay.until = stay.until.min(now());
            }
        });
    }

    fn with<T>(&self, f: impl FnOnce(&mut Life) -> T) -> T {
        f(&mut self.log.borrow_mut()[self.life])
    }
}
