#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged {
    player: String,
}

fn main() {}
