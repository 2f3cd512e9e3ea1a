#![allow(unused)]

use actionline::{Connection, Push};

type Total = String;

#[derive(Push)]
struct ScoreChanged<'a> {
    player: &'a str,
    total: Total,
}

fn tell(conn: &Connection) {
    conn.send(conn.id(), &ScoreChanged { player: "ann", total: Total::new() });
}

fn main() {}
