#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
#[push(name = "scoreChange")]
struct Score {
    player: String,
    total: i64,
}

fn main() {}
