#![allow(unused)]

use actionline::{Connection, Push};

#[derive(Push)]
struct ScoreChanged<T> {
    player: T,
    total: i64,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &ScoreChanged { player: "ann", total: 1 });
}

fn main() {}
