#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

#[derive(Param)]
enum Seats {
    Two,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: Seats, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
