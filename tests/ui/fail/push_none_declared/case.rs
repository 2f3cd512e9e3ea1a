#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged {
    player: String,
    total: i64,
}

fn main() {}
