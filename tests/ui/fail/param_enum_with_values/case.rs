#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

#[derive(Param)]
enum Level {
    Easy(u8),
}

#[action(spec = "nested.yaml")]
fn match_add(level: Level, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
