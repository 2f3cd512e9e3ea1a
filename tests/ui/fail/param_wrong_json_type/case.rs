#![allow(unused)]

use actionline::action;
use serde_json::Value;

#[action]
fn board_keep(
    board: Vec<Value>,
    extra: Option<Value>,
    rows: Option<Vec<Value>>,
    weight: f64,
    r#final: bool,
    seed: Option<i64>,
) {
}

fn main() {}
