#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

#[derive(Param)]
struct Board {
    rows: u8,
    title: String,
    cells: Option<Value>,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Board) -> Map<String, Value> {
    todo!()
}

fn main() {}
