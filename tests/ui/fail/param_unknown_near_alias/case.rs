#![allow(unused)]

use actionline::{action, ActionError, Reply};

#[derive(Reply)]
struct Added {
    total: i64,
    rank: Option<i64>,
}

#[derive(ActionError)]
enum AddError {
    Banned { player: String },
}

type Name<'a> = &'a str;

#[action]
fn score_add(palyer: Name<'_>, points: u32, note: Option<&str>) -> Result<Added, AddError> {
    todo!()
}

fn main() {}
