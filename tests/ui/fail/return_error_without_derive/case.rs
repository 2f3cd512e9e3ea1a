#![allow(unused)]

use actionline::{action, Reply};

#[derive(Reply)]
struct Added {
    total: i64,
}

struct AddError;

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Result<Added, AddError> {
    todo!()
}

fn main() {}
