#![allow(unused)]

use actionline::{Reply, action};
use serde_json::{Map, Value};

#[derive(Reply)]
struct MatchAdded {
    level: Level,
    points: Vec<i64>,
    host: Value,
}

#[derive(Reply)]
enum Level {
    Easy,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> MatchAdded {
    todo!()
}

fn main() {}
