//! A server as a table: who is where, what each may still say, and what everybody hears.

use super::step::Line;
use serde_json::{Map, json};
use std::collections::{BTreeMap, VecDeque};

pub const ROOMS: usize = 3;
pub const PARAMS: usize = 3;
pub const LABELLED: usize = 2;
pub const OWED: usize = 2;
pub const SAYS: u64 = 4;

/// A client as the model sees it.
#[derive(Debug)]
pub struct Member {
    pub id: String,
    room: String,
    params: Map<String, serde_json::Value>,
    /// When all that it may say has come back.
    full_at: u64,
    /// The gates that its requests wait at: the one without a label first, if it waits.
    turn: Option<String>,
    labelled: Vec<(u64, String)>,
    /// Replies that wait for the other nodes, or behind such a one.
    owed: Vec<String>,
    /// Lines whose turn has not come.
    held: VecDeque<(Line, u64)>,
    half_closed: bool,
}

impl Member {
    pub fn is_idle(&self) -> bool {
        self.turn.is_none() && self.labelled.is_empty() && self.owed.is_empty()
    }

    pub fn is_closing(&self) -> bool {
        self.half_closed
    }

    fn has_turn(&self, line: &Line) -> bool {
        match line {
            Line::Quit => self.is_idle(),
            Line::Gate(true) | Line::Nothing => self.labelled.len() < LABELLED,
            Line::Say(_) => self.turn.is_none() && self.owed.len() < OWED,
            _ => self.turn.is_none() && self.owed.is_empty(),
        }
    }
}

/// Everything.
#[derive(Debug, Default)]
pub struct Model {
    pub members: BTreeMap<usize, Member>,
    /// Ids in the order in which the server lists them.
    rooms: BTreeMap<String, Vec<String>>,
    /// The other nodes confirm nothing.
    pub held: bool,
    /// How many lines were run.
    pub lines: u64,
    /// Milliseconds since the start.
    pub now: u64,
    /// Lines that somebody hears next.
    pub heard: Vec<(usize, String)>,
    /// Gates that somebody has come to.
    pub come: Vec<String>,
    /// Who is gone.
    pub gone: Vec<usize>,
}

const OK: &str = r#"{"context":"response","status":"OK"}"#;

impl Model {
    pub fn connect(&mut self, who: usize, id: String) {
        // It has asked for its id.
        self.lines += 1;
        self.enter("defaultRoom", &id);
        let member = Member {
            id,
            room: "defaultRoom".to_owned(),
            params: Map::new(),
            full_at: 0,
            turn: None,
            labelled: Vec::new(),
            owed: Vec::new(),
            held: VecDeque::new(),
            half_closed: false,
        };
        self.members.insert(who, member);
    }

    /// Takes a line of a member; `number` tells its gate and its label from others.
    pub fn send(&mut self, who: usize, line: Line, number: u64) {
        self.member(who).held.push_back((line, number));
        self.go_on(who);
    }

    /// Opens one of the gates that a member waits at; answers which.
    pub fn open(&mut self, who: usize, which: usize) -> Option<String> {
        let member = self.member(who);
        let turns = usize::from(member.turn.is_some());
        let count = turns + member.labelled.len();
        let which = which.checked_rem(count)?;
        let (gate, reply) = match which.checked_sub(turns) {
            None => {
                let gate = member.turn.take()?;
                let reply = json!({ "context": "response", "gate": gate });
                (gate, reply)
            }
            Some(at) => {
                let (label, gate) = member.labelled.remove(at);
                let reply = json!({ "context": "response", "messageId": label, "gate": gate });
                (gate, reply)
            }
        };
        self.heard.push((who, reply.to_string()));
        self.go_on(who);
        Some(gate)
    }

    /// The other nodes confirm what a member did.
    pub fn confirm(&mut self, who: usize) {
        for reply in std::mem::take(&mut self.member(who).owed) {
            self.heard.push((who, reply));
        }
        self.go_on(who);
    }

    pub fn half_close(&mut self, who: usize) {
        self.member(who).half_closed = true;
        self.go_on(who);
    }

    pub fn leave(&mut self, who: usize) {
        let Some(member) = self.members.remove(&who) else {
            return;
        };
        self.exit(&member.room, &member.id);
        self.gone.push(who);
        self.tell(&member.room, &member.id, "I have left the room");
    }

    fn member(&mut self, who: usize) -> &mut Member {
        self.members.get_mut(&who).expect("a member")
    }

    /// Runs the lines whose turn it is.
    fn go_on(&mut self, who: usize) {
        loop {
            let member = self.member(who);
            match member.held.pop_front() {
                None if member.half_closed && member.is_idle() => return self.leave(who),
                None => return,
                Some((line, number)) if !member.has_turn(&line) => {
                    return member.held.push_front((line, number));
                }
                Some((Line::Quit, _)) => {
                    self.lines += 1;
                    self.answer(who, r#"{"status":"Bye!","context":"response"}"#);
                    return self.leave(who);
                }
                Some((line, number)) => self.run(who, line, number),
            }
        }
    }

    fn run(&mut self, who: usize, line: Line, number: u64) {
        self.lines += 1;
        let now = self.now;
        let member = self.member(who);
        match line {
            Line::Say(text) => {
                let full_at = member.full_at.max(now) + 1000;
                if full_at - now > SAYS * 1000 {
                    return self.refuse(who, "too many messages at once (the limit is 1 a second)");
                }
                member.full_at = full_at;
                let (room, id) = (member.room.clone(), member.id.clone());
                self.confirmed(who, OK);
                self.tell(&room, &id, &text);
            }
            Line::Room(to) => self.change(who, to),
            Line::View => {
                let room = member.room.clone();
                let members = &self.rooms[&room];
                let status = json!({ "members": members, "membersCount": members.len() });
                let reply = json!({ "context": "response", "status": "OK", "room": room, "roomStatus": status });
                self.answer(who, &reply.to_string());
            }
            Line::Add(key, value) => {
                if member.params.len() == PARAMS && !member.params.contains_key(key) {
                    return self.refuse(who, "too many saved params (the limit is 3)");
                }
                member.params.insert(key.to_owned(), value.into());
                self.answer(who, r#"{"status":"OK","context":"response"}"#);
            }
            Line::Params => {
                let reply = json!({ "context": "response", "params": member.params });
                self.answer(who, &reply.to_string());
            }
            Line::Gate(labelled) => {
                let gate = gate(number);
                match labelled {
                    true => member.labelled.push((number, gate.clone())),
                    false => member.turn = Some(gate.clone()),
                }
                self.come.push(gate);
            }
            Line::Nothing => {
                let reply = json!({ "context": "response", "messageId": number, "status": "OK" });
                self.heard.push((who, reply.to_string()));
            }
            Line::Quit => unreachable!("it ends the run"),
        }
    }

    fn change(&mut self, who: usize, to: &str) {
        let member = self.member(who);
        let (from, id) = (member.room.clone(), member.id.clone());
        let reply = json!({ "context": "response", "status": "OK", "room": to }).to_string();
        if from == to {
            return self.answer(who, &reply);
        }
        let freed = usize::from(self.rooms[&from].len() == 1);
        if self.rooms.len() - freed >= ROOMS && !self.rooms.contains_key(to) {
            return self.refuse(who, "there are too many rooms (the limit is 3)");
        }
        self.member(who).room = to.to_owned();
        self.exit(&from, &id);
        self.tell(&from, &id, "I have left the room");
        self.enter(to, &id);
        self.confirmed(who, &reply);
    }

    fn enter(&mut self, room: &str, id: &str) {
        self.rooms
            .entry(room.to_owned())
            .or_default()
            .push(id.to_owned());
        self.tell(room, id, "I have entered the room");
    }

    fn exit(&mut self, room: &str, id: &str) {
        let members = self.rooms.get_mut(room).expect("a room");
        let at = members
            .iter()
            .position(|member| member == id)
            .expect("a member");
        members.swap_remove(at);
        if members.is_empty() {
            self.rooms.remove(room);
        }
    }

    fn tell(&mut self, room: &str, from: &str, text: &str) {
        let line =
            json!({ "context": "user", "message": text, "from": from, "room": room }).to_string();
        let others = self
            .members
            .iter()
            .filter(|(_, member)| member.room == room && member.id != from);
        let heard: Vec<_> = others.map(|(who, _)| (*who, line.clone())).collect();
        self.heard.extend(heard);
    }

    /// Answers in the request's place.
    fn answer(&mut self, who: usize, line: &str) {
        let member = self.member(who);
        match member.owed.is_empty() {
            true => self.heard.push((who, line.to_owned())),
            false => member.owed.push(line.to_owned()),
        }
    }

    /// Answers when the other nodes have confirmed.
    fn confirmed(&mut self, who: usize, line: &str) {
        match self.held {
            true => self.member(who).owed.push(line.to_owned()),
            false => self.answer(who, line),
        }
    }

    fn refuse(&mut self, who: usize, error: &str) {
        let line = json!({ "context": "response", "error": error });
        self.answer(who, &line.to_string());
    }
}

/// The gate of a request.
pub fn gate(number: u64) -> String {
    format!("g{number}")
}
