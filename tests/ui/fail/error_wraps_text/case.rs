#![allow(unused)]

use actionline::{ActionError};

#[derive(ActionError)]
enum AddError {
    Banned(String),
}

fn main() {}
