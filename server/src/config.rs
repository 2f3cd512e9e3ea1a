//! What a server can be told, apart from its actions and its state.

pub use actionline_specs::limits::Limits;
use std::path::PathBuf;

/// The settings of one server. `Config::default()` is what the protocol describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder that files are served from; none: no file is found.
    pub public: Option<PathBuf>,
    /// The welcome text; none: `Hello! Welcome to the <title> api`.
    pub welcome: Option<String>,
    /// The room that a connection starts in.
    pub default_room: String,
    /// Whether members say that they enter and leave (costs a push a member).
    pub announce: bool,
    /// The limits in force.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public: None,
            welcome: None,
            default_room: actionline_specs::wire::DEFAULT_ROOM.to_owned(),
            announce: false,
            limits: Limits::default(),
        }
    }
}
