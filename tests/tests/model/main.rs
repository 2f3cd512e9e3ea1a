//! Stories of several clients against a model: every line that each of them hears, in its order, with its number.
//!
//! `ACTIONLINE_CASES` is how many stories are told.

// A model that cannot go on is a broken test.
#![allow(clippy::unreachable)]

mod model;
mod step;

use actionline_tests::{ManualClock, Mesh, Setup, TestClient, TestServer, soon, times};
use model::{Model, gate};
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;
use step::{Line, Step};

/// Most clients at once.
const CLIENTS: usize = 4;

struct Stage<'a> {
    server: &'a TestServer,
    clock: &'a ManualClock,
    mesh: &'a Mesh,
    clients: BTreeMap<usize, TestClient>,
    model: Model,
    /// Requests of earlier stories.
    before: u64,
    /// Tells gates and labels apart.
    number: &'a Cell<u64>,
}

impl Stage<'_> {
    async fn act(&mut self, step: Step) {
        match step {
            Step::Connect => self.connect().await,
            Step::Wait(ms) => {
                self.clock.advance(Duration::from_millis(ms));
                self.model.now += ms;
            }
            Step::Hold(held) => {
                match held {
                    true => self.mesh.hold(),
                    false => self.mesh.release(),
                }
                self.model.held = held;
            }
            Step::Send(who, _)
            | Step::Open(who, _)
            | Step::Confirm(who)
            | Step::HalfClose(who)
            | Step::Reset(who)
                if !self.clients.contains_key(&who) => {}
            Step::Send(who, _) | Step::HalfClose(who) | Step::Reset(who)
                if self.model.members[&who].is_closing() => {}
            Step::Send(who, line) => {
                let number = self.number.get() + 1;
                self.number.set(number);
                self.client(who).send(&text(&line, number)).await;
                self.model.send(who, line, number);
            }
            Step::Open(who, which) => {
                if let Some(gate) = self.model.open(who, which) {
                    self.server.gates().open(&gate, 1);
                }
            }
            Step::Confirm(who) => {
                let id = self.model.members[&who].id.parse().expect("an id");
                self.mesh.confirm_to(id);
                self.model.confirm(who);
            }
            Step::HalfClose(who) => {
                self.client(who).half_close().await;
                self.model.half_close(who);
            }
            Step::Reset(who) => {
                self.clients.remove(&who).expect("a client").reset();
                self.model.leave(who);
                self.until_left().await;
            }
        }
        self.hear().await;
    }

    async fn connect(&mut self) {
        let Some(who) = (0..CLIENTS).find(|who| !self.clients.contains_key(who)) else {
            return;
        };
        let mut client = self.server.client().await;
        self.model.connect(who, client.id().await);
        self.clients.insert(who, client);
    }

    fn client(&mut self, who: usize) -> &mut TestClient {
        self.clients.get_mut(&who).expect("a client")
    }

    async fn until_left(&self) {
        let left = self.model.members.len() as u64;
        soon("the end of a connection", async {
            while self.server.handle().stats().connections != left {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// Everybody goes, and nothing of them stays.
    async fn end(mut self) {
        for who in 0..CLIENTS {
            while self
                .model
                .members
                .get(&who)
                .is_some_and(|member| !member.is_idle())
            {
                Box::pin(self.act(Step::Confirm(who))).await;
                Box::pin(self.act(Step::Open(who, 0))).await;
            }
        }
        self.clients.into_values().for_each(TestClient::reset);
        soon("the end of all", async {
            while self.server.handle().stats().connections != 0 {
                tokio::task::yield_now().await;
            }
        })
        .await;
        assert_eq!(self.server.handle().stats().rooms, 0);
    }

    /// Reads what the model says that everybody hears.
    async fn hear(&mut self) {
        for (who, line) in std::mem::take(&mut self.model.heard) {
            if let Some(client) = self.clients.get_mut(&who) {
                assert_eq!(client.heard().await, line, "client {who}");
            }
        }
        for gate in self.model.come.drain(..) {
            self.server.gates().come(&gate).await;
        }
        for who in self.model.gone.drain(..) {
            if let Some(mut client) = self.clients.remove(&who) {
                client.closed().await;
            }
        }
        // What is owed is not heard.
        let lines = self.before + self.model.lines;
        soon("the lines that were sent", async {
            while self.server.handle().stats().requests != lines {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

/// A line as it is sent.
fn text(line: &Line, number: u64) -> String {
    match line {
        Line::Say(text) => format!("say {text}"),
        Line::Room(room) => format!("roomChange {room}"),
        Line::View => "roomView".to_owned(),
        Line::Add(key, value) => format!("paramAdd {key}={value}"),
        Line::Params => "paramsView".to_owned(),
        Line::Gate(labelled) => {
            let mut line = json!({ "action": "gated", "params": { "gate": gate(number) } });
            if *labelled {
                line["messageId"] = number.into();
            }
            line.to_string()
        }
        Line::Nothing => json!({ "action": "nothing", "messageId": number }).to_string(),
        Line::Quit => "quit".to_owned(),
    }
}

#[test]
fn every_story_goes_as_the_model_says() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let clock = ManualClock::default();
    // One node of several: the others are silent, or have yet to confirm.
    let mesh = Mesh::default();
    let setup = Setup::lab()
        .clock(&clock)
        .bus(mesh.join())
        .config(|config| config.announce = true);
    let setup = setup.limits(|limits| {
        limits.rooms = model::ROOMS as u64;
        limits.sticky = model::PARAMS as u64;
        limits.labelled = model::LABELLED as u64;
        limits.owed = model::OWED as u64;
        (limits.say_rate, limits.say_burst, limits.keep_alive) = (1, model::SAYS, 0);
    });
    let server = runtime.block_on(setup.start());
    let cases = times("ACTIONLINE_CASES", 300) as u32;
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let number = Cell::new(0);
    let outcome = TestRunner::new(config).run(&step::story(), |story| {
        mesh.forget();
        runtime.block_on(async {
            let mut stage = Stage {
                server: &server,
                clock: &clock,
                mesh: &mesh,
                clients: BTreeMap::new(),
                model: Model::default(),
                before: server.handle().stats().requests,
                number: &number,
            };
            for step in story {
                stage.act(step).await;
            }
            stage.end().await;
            Ok(())
        })
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
