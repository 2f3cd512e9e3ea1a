#![allow(unused)]

use actionline::{Connection, Push};

struct Name;

#[derive(Push)]
struct ScoreChanged {
    player: Name,
    total: i64,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &ScoreChanged { player: Name, total: 1 });
}

fn main() {}
