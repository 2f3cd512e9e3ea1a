#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged {
    player: String,
    total: Option<i64>,
    note: Option<String>,
}

fn main() {}
