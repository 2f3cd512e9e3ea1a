//! What a server can be told, apart from its actions and its state.

pub use actionline_specs::limits::Limits;
pub use ipnet::IpNet;
use ipnet::{Ipv4Net, Ipv6Net};
use std::net::{Ipv4Addr, Ipv6Addr};
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
    /// Networks whose addresses have no limits of their own: as many connections as the server takes, as fast as they
    /// come. This machine's own, unless set.
    pub exempt: Vec<IpNet>,
    /// Whether strangers may reach the server with nothing to keep them out: without it, a server refuses to start that
    /// listens on an address other than this machine's own, unencrypted, whose specs have no `requires`, and that has no [`Access`](crate::Access).
    pub allow_insecure: bool,
    /// Whether requests are counted and timed by action, for [`Handle::metrics`](crate::Handle::metrics). It costs two
    /// looks at the clock a request.
    pub measure: bool,
    /// The limits at the start. [`Handle::set_limits`](crate::Handle::set_limits) changes them.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public: None,
            welcome: None,
            default_room: actionline_specs::wire::DEFAULT_ROOM.to_owned(),
            announce: false,
            exempt: loopback(),
            allow_insecure: false,
            measure: false,
            limits: Limits::default(),
        }
    }
}

/// The networks that are this machine itself.
fn loopback() -> Vec<IpNet> {
    let four = Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8);
    let six = Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128);
    vec![four.into(), six.into()]
}
