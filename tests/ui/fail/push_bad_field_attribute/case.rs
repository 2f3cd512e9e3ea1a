#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
struct ScoreChanged {
    #[push(name = "player")]
    who: String,
    total: i64,
}

fn main() {}
