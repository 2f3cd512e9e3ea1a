#![allow(unused)]

use actionline::{Connection, Reply};

#[derive(Reply)]
struct ScoreChanged {
    player: String,
    total: i64,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &ScoreChanged { player: String::new(), total: 1 });
}

fn main() {}
