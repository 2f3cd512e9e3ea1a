#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

#[derive(Param)]
struct Host(u64);

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: Host, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
