#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

use std::net::Ipv6Addr;

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<Ipv6Addr>, tags: Option<Value>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
