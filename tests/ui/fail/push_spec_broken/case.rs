#![allow(unused)]

use actionline::{action, actions, Connection, Push};

#[action]
fn ping() {}

#[derive(Push)]
struct Ponged {
    count: u32,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &Ponged { count: 1 });
}

actions!(pub ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
