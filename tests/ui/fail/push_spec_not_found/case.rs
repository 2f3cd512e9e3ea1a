#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
#[push(spec = "nowhere.yaml")]
struct ScoreChanged {
    player: String,
    total: i64,
}

fn main() {}
