#![allow(unused)]

use actionline::{Connection, Push};

#[derive(Push)]
enum ScoreChanged {
    Up { total: i64 },
    Down,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &ScoreChanged::Down);
}

fn main() {}
