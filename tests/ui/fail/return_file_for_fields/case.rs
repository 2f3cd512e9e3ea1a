#![allow(unused)]

use actionline::{action, FileReply};

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> FileReply {
    todo!()
}

fn main() {}
