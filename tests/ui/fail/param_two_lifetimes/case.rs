#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

#[derive(Param)]
struct Two<'a, 'b> {
    a: std::borrow::Cow<'a, str>,
    b: std::borrow::Cow<'b, str>,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Value) -> Map<String, Value> {
    todo!()
}

fn main() {}
