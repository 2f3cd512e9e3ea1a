#![allow(unused)]

use actionline::{Param, action};
use serde_json::{Map, Value};

#[derive(Param)]
struct Board {
    rows: i8,
    title: Option<String>,
    cells: Option<Vec<Cell>>,
}

#[derive(Param)]
struct Cell {
    x: u8,
    piece: String,
}

#[action(spec = "nested.yaml")]
fn match_add(level: &str, host: &str, seats: u16, at: Option<&str>, address: Option<&str>, tags: Option<Value>, board: Board) -> Map<String, Value> {
    todo!()
}

fn main() {}
