//! A model of Redis: as much of it as the backplane uses, held to the real one by `same`. Commands run one after another;
//! what each connection gets, in its order, goes into its outbox. Anything else is refused, and noted.

mod commands;
mod resp;
mod scripts;
mod values;

pub use resp::{Reply, Words, read};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::{mpsc, oneshot};
use values::Values;

/// What Redis knows.
#[derive(Default)]
pub struct Model {
    values: Values,
    conns: BTreeMap<u64, Conn>,
    next: u64,
    pub notes: Notes,
}

/// What a test wants to know of it.
#[derive(Default)]
pub struct Notes {
    /// Commands that it does not know.
    pub unknown: Vec<String>,
    /// All commands, with the number of their connection.
    pub commands: Vec<(u64, Words)>,
}

struct Conn {
    outbox: mpsc::UnboundedSender<Vec<u8>>,
    channels: BTreeSet<Vec<u8>>,
    /// Dropped with it: the connection is closed then.
    _open: oneshot::Sender<()>,
}

/// The model's side of a connection.
pub struct Wire {
    pub number: u64,
    pub outbox: mpsc::UnboundedReceiver<Vec<u8>>,
    pub open: oneshot::Receiver<()>,
}

impl Model {
    pub fn connect(&mut self) -> Wire {
        self.next += 1;
        let (outbox, open) = (mpsc::unbounded_channel(), oneshot::channel());
        let conn = Conn {
            outbox: outbox.0,
            channels: BTreeSet::new(),
            _open: open.0,
        };
        self.conns.insert(self.next, conn);
        Wire {
            number: self.next,
            outbox: outbox.1,
            open: open.1,
        }
    }

    /// It was killed: nothing is left but the notes.
    pub fn forget(&mut self) {
        self.values = Values::default();
        self.conns.clear();
    }

    pub fn disconnect(&mut self, number: u64) {
        self.conns.remove(&number);
    }

    /// Runs a command; `now` is the time in milliseconds.
    pub fn run(&mut self, number: u64, words: &Words, now: u64) {
        self.notes.commands.push((number, words.clone()));
        self.values.pass(now);
        let reply = commands::run(self, number, words, now);
        for reply in reply.unwrap_or_else(|| vec![self.refuse(words)]) {
            self.give(number, &reply);
        }
    }

    fn refuse(&mut self, words: &Words) -> Reply {
        let command = commands::shown(words);
        self.notes.unknown.push(command.clone());
        Reply::Error(format!("ERR the model does not know {command}"))
    }

    fn give(&self, number: u64, reply: &Reply) {
        if let Some(conn) = self.conns.get(&number) {
            // It may be closing.
            let _ = conn.outbox.send(reply.bytes());
        }
    }

    /// Hands a message to whoever hears the channel; answers how many do.
    fn publish(&self, channel: &[u8], message: &[u8]) -> i64 {
        let push = Reply::Push(vec![
            Reply::text("message"),
            Reply::Bulk(channel.to_vec()),
            Reply::Bulk(message.to_vec()),
        ]);
        let hearers = self.conns.iter();
        let hearers = hearers.filter(|(_, conn)| conn.channels.contains(channel));
        hearers.map(|(number, _)| self.give(*number, &push)).count() as i64
    }
}
