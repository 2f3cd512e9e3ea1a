#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged {
    player: String,
    totl: i64,
}

fn main() {}
