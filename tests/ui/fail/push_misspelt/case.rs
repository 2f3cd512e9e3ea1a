#![allow(unused)]

use actionline::{Connection, Push};

#[derive(Push)]
struct ScoreChange {
    player: String,
    total: i64,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &ScoreChange { player: String::new(), total: 1 });
}

fn main() {}
