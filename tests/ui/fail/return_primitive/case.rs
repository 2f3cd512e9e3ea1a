#![allow(unused)]

use actionline::{action};

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> u32 {
    todo!()
}

fn main() {}
