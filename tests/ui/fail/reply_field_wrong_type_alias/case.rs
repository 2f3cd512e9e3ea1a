#![allow(unused)]

use actionline::{action, ActionError, Reply};

type Points = f64;

#[derive(Reply)]
struct Added {
    total: Points,
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
