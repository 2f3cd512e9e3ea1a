//! A score board: three actions, one shared state, words said to a room.

mod actions;
mod board;

use board::Board;
use std::process::ExitCode;

actionline::actions!(pub ACTIONS = "actions.yaml", handlers = [crate::actions]);

fn main() -> ExitCode {
    actionline::cli::run(&ACTIONS, |server, _| server.state(Board::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actionline::Server;

    #[test]
    fn the_examples_hold() {
        let server = || Server::new(&ACTIONS).state(Board::default());
        actionline::verify::recorded("verified.json", server);
    }
}
