#![allow(unused)]

use actionline::{action, Failure, Reply};

#[derive(Reply)]
struct Added {
    total: i64,
    rank: Option<i64>,
}

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Result<Added, Failure> {
    todo!()
}

fn main() {}
