//! An application's say on who may do what, as a test wants it.

use crate::lab::Gates;
use actionline::{Access, Ask, Client, Connection, Denied};
use std::sync::{Arc, Mutex, PoisonError};

/// What a doorman says.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Yes, at once.
    Yes,
    /// Yes, and with this right.
    Grant(&'static str),
    /// No.
    No,
    /// An error.
    Fail,
    /// Nothing: it panics.
    Panic,
    /// Nothing before the gate with this name is opened; then yes.
    Wait(&'static str),
    /// The same; but yes only twice, and no ever after.
    Twice(&'static str),
}

/// Says yes to everything but what has a rule. What it is asked reads `connect`, `action x`, `room x`, `say x` or `file x`.
#[derive(Debug, Clone, Default)]
pub struct Doorman {
    rules: Vec<(&'static str, Rule)>,
    gates: Gates,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Doorman {
    /// The doorman, with one more rule.
    #[must_use]
    pub fn with(mut self, what: &'static str, rule: Rule) -> Self {
        self.rules.push((what, rule));
        self
    }

    /// What it waits for.
    pub fn gates(&self) -> &Gates {
        &self.gates
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn say(&self, what: String) -> Result<Vec<String>, Denied> {
        let rule = self.rules.iter().find(|(asked, _)| *asked == what);
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(what.clone());
        match rule.map_or(Rule::Yes, |(_, rule)| *rule) {
            Rule::Yes => {}
            Rule::Grant(right) => return Ok(vec![right.to_owned()]),
            Rule::No => return Err(Denied::new()),
            Rule::Fail => Err(std::io::Error::other("the database is gone"))?,
            Rule::Panic => panic!("as asked, at the door"),
            Rule::Wait(gate) => self.gates.pass(gate).await,
            Rule::Twice(gate) => {
                let before = self.asked().iter().filter(|asked| **asked == what).count();
                self.gates.pass(gate).await;
                if before > 2 {
                    return Err(Denied::new());
                }
            }
        }
        Ok(Vec::new())
    }
}

impl Access for Doorman {
    async fn connect(&self, client: &Client<'_>) -> Result<Vec<String>, Denied> {
        let name = client.identity().map(|identity| identity.subject.clone());
        let name = name.map(|name| format!("connect {name}"));
        self.say(name.unwrap_or_else(|| "connect".to_owned())).await
    }

    async fn allow(&self, _: &Connection, what: Ask<'_>) -> Result<(), Denied> {
        let what = match what {
            Ask::Action(name) => format!("action {name}"),
            Ask::Room(name) => format!("room {name}"),
            Ask::Say { room } => format!("say {room}"),
            Ask::File(facts) => format!("file {}", facts.name),
            _ => "something new".to_owned(),
        };
        self.say(what).await.map(drop)
    }
}
