#![allow(unused)]

use actionline::{ActionError};

#[derive(ActionError)]
struct AddError;

fn main() {}
