//! What can keep a server from starting or stop it.

use actionline_specs::Diagnostics;
use std::io;
use std::net::SocketAddr;

/// A server could not start, or failed as a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Actions, handlers and state do not fit together.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The address could not be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address, as asked for.
        address: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// Anybody who reaches the address could call everything.
    #[error(
        "refusing to listen on {address}: whoever reaches it could call everything, and others could read along (use TLS: --tls-cert and --tls-key; listen on 127.0.0.1; let the spec have a `requires`, or say who gets in with `Server::access`; or allow it: --allow-insecure, `Config::allow_insecure`)"
    )]
    Unprotected {
        /// The address.
        address: SocketAddr,
    },
    /// The public folder cannot be opened.
    #[error("cannot open the public folder {folder}: {source}")]
    Public {
        /// The folder, as asked for.
        folder: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// The operating system refused something else.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Actions, handlers and state that do not fit together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The spec has faults. `actions!` refuses such a spec at compile time.
    #[error("{0}")]
    Spec(Box<Diagnostics>),
    /// A declared action has no handler. `actions!` refuses that at compile time.
    #[error("{at}: action `{name}` has no handler")]
    NoHandler {
        /// Where it is declared.
        at: String,
        /// Its name.
        name: String,
    },
    /// Two mounted specs declare one name.
    #[error("{at}: the action `{name}` is declared at {first} already: rename one of them")]
    Twice {
        /// Where it is declared the second time: `actions.yaml:12:3 of my_crate`.
        at: String,
        /// The name.
        name: String,
        /// Where it is declared the first time.
        first: String,
    },
    /// The specs name more rights than a server can tell apart.
    #[error(
        "the specs name {count} different rights under `requires`, a server knows 64: name fewer"
    )]
    TooManyRights {
        /// How many they name.
        count: usize,
    },
    /// A handler takes a state that the server was not given.
    #[error(
        "{at}: the handler of `{name}` takes `State<{type_name}>`, which the server does not have: give it with `Server::state`"
    )]
    NoState {
        /// Where the action is declared.
        at: String,
        /// Its name.
        name: String,
        /// The state's type.
        type_name: &'static str,
    },
}

/// Longest text that a log repeats, in characters.
const LOGGED: usize = 1000;

/// Text of the application as a log shows it: it may repeat what a client sent, so it is cut, and escaped into one line.
pub(crate) fn logged(text: &str) -> String {
    let cut = text.chars().take(LOGGED);
    cut.flat_map(char::escape_debug).collect()
}
