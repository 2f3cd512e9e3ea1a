#![allow(unused)]

use actionline::{action};
use serde_json::{Value, value::RawValue};

#[action]
fn board_keep(
    board: &RawValue,
    extra: Option<Value>,
    rows: Option<Vec<Value>>,
    weight: f64,
    r#final: bool,
    seed: Option<u32>,
) {
}

fn main() {}
