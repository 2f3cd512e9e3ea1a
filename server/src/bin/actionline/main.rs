//! The server that ships: a user of the library like any other.

mod actions;

use actionline::{Error, Files};
use std::process::ExitCode;

actionline::actions!(ACTIONS = "actions.yaml", handlers = [crate::actions]);

fn main() -> ExitCode {
    actionline::cli::run(&ACTIONS, |server, config| {
        let files = match &config.public {
            Some(folder) => Files::below(folder).map_err(|source| Error::Public {
                folder: folder.display().to_string(),
                source,
            })?,
            None => Files::none(),
        };
        let cache = server.cache();
        Ok(server.state(files).state(cache))
    })
}
