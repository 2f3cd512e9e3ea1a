#![allow(unused)]

use actionline::{ActionError};

#[derive(ActionError)]
enum AddError {
    Banned(String, u32),
}

fn main() {}
