#![allow(unused)]

use actionline::{actions};

actions!(ACTIONS: "actions.yaml");

fn main() {}
