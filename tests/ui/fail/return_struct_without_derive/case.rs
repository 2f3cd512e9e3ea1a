#![allow(unused)]

use actionline::{action};

struct Added {
    total: i64,
}

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Added {
    todo!()
}

fn main() {}
