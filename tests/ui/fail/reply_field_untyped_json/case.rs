#![allow(unused)]

use actionline::{action, ActionError, Reply};

use serde_json::Value;

#[derive(Reply)]
struct Added {
    total: Value,
}

#[derive(ActionError)]
enum AddError {
    Banned { player: String },
}

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Result<Added, AddError> {
    todo!()
}

fn main() {}
