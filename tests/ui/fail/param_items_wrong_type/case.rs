#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};


#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Vec<u8>>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
