//! A handler that takes the connection while the spec says nothing of it.

use actionline::{Connection, action, actions};

type Client<'a> = &'a Connection;

#[action]
pub fn who_am_i(conn: &Connection) {
    let _ = conn;
}

#[action]
pub fn who_are_you(conn: Client<'_>) {
    let _ = conn;
}

#[action]
pub fn who_is_it(conn: Option<&Connection>) {
    let _ = conn;
}

#[action]
pub fn hang_up(conn: &Connection) {
    let _ = conn;
}

actions!(ACTIONS = "actions.yaml", handlers = [crate]);

fn main() {}
