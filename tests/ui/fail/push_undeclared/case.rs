#![allow(unused)]

use actionline::{Connection, Handle, Push};

#[derive(Push)]
struct RoundStarted {
    round: u32,
}

fn start(server: &Handle, conn: &Connection) {
    server.send(conn.id(), &RoundStarted { round: 1 });
}

fn main() {}
