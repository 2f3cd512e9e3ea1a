#![allow(unused)]

use actionline::{action, ActionError, Reply};

#[derive(ActionError)]
enum AddError {
    Banned(String, u32),
}

#[derive(Reply)]
struct Added {
    total: i64,
}

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Result<Added, AddError> {
    todo!()
}

fn main() {}
