#![allow(unused)]

use actionline::{action, ActionError, Reply};

#[derive(Reply)]
struct Added(i64, i64);

#[derive(ActionError)]
enum AddError {
    Banned { player: String },
}

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Result<Added, AddError> {
    todo!()
}

fn main() {}
