#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

use std::net::Ipv4Addr;

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: Ipv4Addr, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
