#![allow(unused)]

use actionline::{Reply, action};
use serde_json::{Map, Value};

#[derive(Reply)]
struct MatchAdded {
    level: String,
    points: Points,
    host: Value,
}

#[derive(Reply)]
struct Points {
    all: Vec<i64>,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> MatchAdded {
    todo!()
}

fn main() {}
