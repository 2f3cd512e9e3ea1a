#![allow(unused)]

use actionline::{Connection, Handle};

fn tell(conn: &Connection, server: Handle) {
    server.send(conn.id(), &serde_json::json!({ "player": "ann", "total": 1 }));
}

fn main() {}
