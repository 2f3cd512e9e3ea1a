#![allow(unused)]

use actionline::{ActionError};

struct Opaque;

#[derive(ActionError)]
enum AddError {
    Banned { player: Opaque },
}

fn main() {}
