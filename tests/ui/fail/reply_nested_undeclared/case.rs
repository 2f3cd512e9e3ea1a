#![allow(unused)]

use actionline::{Reply, action};
use serde_json::{Map, Value};

#[derive(Reply)]
struct MatchAdded {
    level: String,
    points: Vec<i64>,
    host: Host,
}

#[derive(Reply)]
struct Host {
    name: String,
    age: u8,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> MatchAdded {
    todo!()
}

fn main() {}
