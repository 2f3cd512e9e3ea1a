#![allow(unused)]

use actionline::{action};
use serde_json::{Map, Value};

#[action]
fn board_keep(
    board: Vec<Value>,
    extra: Option<&str>,
    rows: Option<Map<String, Value>>,
    weight: f32,
    r#final: &str,
    seed: Option<f64>,
) {
}

fn main() {}
