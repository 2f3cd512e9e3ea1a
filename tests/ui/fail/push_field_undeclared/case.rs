#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged {
    player: String,
    points: i64,
}

fn main() {}
