#![allow(unused)]

use actionline::{actions};

actions!(ACTIONS = "actions.yaml", handler = [crate]);

fn main() {}
