#![allow(unused)]

use actionline::{action, ActionError};

#[derive(ActionError)]
enum AddError {
    Banned { player: String },
}

#[action]
fn score_add(player: &str, points: u32, note: Option<&str>) -> Result<(), AddError> {
    todo!()
}

fn main() {}
