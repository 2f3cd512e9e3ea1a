#![allow(unused)]

use actionline::{Push};

#[derive(Push)]
#[push(rename = "scoreChanged")]
struct Score {
    player: String,
    total: i64,
}

fn main() {}
