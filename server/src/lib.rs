//! A long-lived socket API in front of Rust code.
//!
//! Actions are declared in `actions.yaml`; each has one `#[action]` function. Out of the spec come validation, dispatch,
//! a server that speaks the line protocol, and its docs.
//!
//! The macros write `::actionline`: a crate that has the library under another name says
//! `extern crate its_name as actionline;` at its root.
//!
//! # Layout
//! A request falls straight down:
//! - `transport`: bytes between a socket and a session
//! - `session`: lines in, numbered lines out; whose turn it is
//! - `protocol`: bytes to meaning and back
//! - `dispatch`, `table`: a request to its verb or handler, params bound
//! - `verb`, `action`: what is done
//! - `connection`, `hub`: what it is done to

// The derives name the crate; so they work in its own tests.
#[cfg(test)]
extern crate self as actionline;

mod access;
mod action;
mod address;
mod app;
#[cfg(feature = "redis")]
mod backplane;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod bucket;
#[cfg(feature = "cli")]
pub mod cli;
mod clock;
mod config;
mod connection;
mod description;
mod dispatch;
mod error;
mod exposition;
mod files;
mod gauge;
mod handle;
mod hub;
mod memory;
mod meter;
#[cfg(feature = "metrics")]
pub mod metrics;
mod process;
mod protocol;
mod rights;
mod server;
mod session;
mod shared;
mod shutdown;
mod state;
mod sticky;
mod table;
mod transport;
mod verb;
#[cfg(feature = "verify")]
pub mod verify;

pub use access::{Access, Ask, Client, Denied};
pub use action::{ActionError, ActionSet, Cx, Failure, FromContext, IntoReply, Json};
#[doc(inline)]
/// ```
/// use actionline::Param;
///
/// // params:
/// //   level: { type: string, enum: [low, veryHigh], required: true }
/// //   board:
/// //     type: object
/// //     required: true
/// //     properties:
/// //       owner: { type: string, required: true }
/// //       rows: { type: integer, minimum: 1, maximum: 100, required: true }
/// //       tags: { type: array, items: { type: string } }
/// #[derive(Param)]
/// enum Level {
///     Low,
///     VeryHigh,
/// }
///
/// #[derive(Param)]
/// struct Board {
///     owner: PlayerId,
///     rows: u8,
///     tags: Option<Vec<String>>,
/// }
///
/// #[derive(Param)]
/// struct PlayerId(String);
///
/// // #[action]
/// fn board_keep(level: Level, board: Board) {
///     let name = match level {
///         Level::Low => "low",
///         Level::VeryHigh => "very high",
///     };
///     let tags = board.tags.unwrap_or_default();
///     println!("{} keeps {} rows, {name}: {tags:?}", board.owner.0, board.rows);
/// }
/// # board_keep(Level::Low, Board { owner: PlayerId("ann".into()), rows: 1, tags: None });
/// # let _ = Level::VeryHigh;
/// ```
pub use actionline_macros::Param;
#[doc(inline)]
/// ```
/// use actionline::{Connection, Push};
///
/// // pushes:
/// //   scoreChanged:
/// //     description: Another player's points changed.
/// //     fields:
/// //       player: { type: string }
/// //       total: { type: integer }
/// //       note: { type: string, required: false }
/// #[derive(Push)]
/// # #[push(spec = "tests/ui/actions.yaml")]
/// struct ScoreChanged<'a> {
///     player: &'a str,
///     total: i64,
///     note: Option<&'a str>,
/// }
///
/// // #[action]
/// fn score_show(conn: &Connection) {
///     conn.send(conn.id(), &ScoreChanged { player: "ann", total: 5, note: None });
/// }
///
/// let changed = ScoreChanged { player: "ann", total: 5, note: None };
/// assert_eq!(serde_json::to_string(&changed)?, r#"{"player":"ann","total":5}"#);
/// assert_eq!(ScoreChanged::NAME, "scoreChanged");
/// # let _ = score_show;
/// # Ok::<(), serde_json::Error>(())
/// ```
pub use actionline_macros::Push;
#[doc(inline)]
/// ```
/// use actionline::Reply;
///
/// // returns:
/// //   level: { type: string, enum: [low, veryHigh] }
/// //   player: { type: object, properties: { id: { type: string }, rank: { type: integer } } }
/// //   points: { type: array, items: { type: integer } }
/// #[derive(Reply)]
/// struct Standing {
///     level: Level,
///     player: Player,
///     points: Vec<u32>,
/// }
///
/// #[derive(Reply)]
/// # #[allow(dead_code)]
/// enum Level {
///     Low,
///     VeryHigh,
/// }
///
/// #[derive(Reply)]
/// struct Player {
///     id: PlayerId,
///     rank: Option<u64>,
/// }
///
/// #[derive(Reply)]
/// struct PlayerId(String);
///
/// let standing = Standing {
///     level: Level::VeryHigh,
///     player: Player { id: PlayerId("ann".into()), rank: None },
///     points: vec![1, 2],
/// };
/// assert_eq!(
///     serde_json::to_string(&standing)?,
///     r#"{"level":"veryHigh","player":{"id":"ann"},"points":[1,2]}"#
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
pub use actionline_macros::Reply;
pub use actionline_macros::{ActionError, action, actions};
pub use actionline_specs::{self as specs, Fault};
#[cfg(feature = "redis")]
pub use backplane::{Backplane, BackplaneError, BackplaneTls};
pub use clock::{Clock, SystemClock};
pub use config::{Config, IpNet, Limits};
pub use connection::{Connection, Identity, TooManyLogins, UnknownRight, constant_time_eq};
pub use error::{Error, SetupError};
pub use files::{FileFacts, FileReply, Files};
pub use handle::Handle;
pub use hub::bus;
pub use hub::id::{ConnId, NoConnId, NodeId};
pub use hub::local::Stats;
pub use hub::store::{Cache, Loaded, Memory, Saved, Store, Unavailable};
pub use protocol::push::Push;
pub use server::{Bound, Server};
pub use state::{State, States};
pub use transport::accept::Listener;
pub use transport::tcp::Tcp;
#[cfg(feature = "tls")]
pub use transport::tls::{Clients, Tls, TlsError, TlsFiles, TlsIo, TlsListener};

/// What generated code names. Not for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::action::*;
    pub use crate::protocol::push::Push;
    pub use actionline_specs::{Fault, Kind, Slot};
    pub use serde;
    pub use serde_json::Error;
}

/// What the fuzz targets drive besides the public API; compiled for them alone.
#[cfg(feature = "fuzz")]
#[doc(hidden)]
pub mod fuzz {
    #[cfg(feature = "redis")]
    pub use crate::backplane::{Dialled, Outside, Stream};
    pub use crate::cli::fuzz::settings;
    pub use crate::protocol::line::model::{Got, naive};

    /// The pieces of `input`, however it is cut and held, are those of the plain reader.
    pub fn lines(input: &[u8], cuts: &[usize], holds: &[bool]) {
        let found = crate::protocol::line::model::fed(input, cuts, holds, 12, 30);
        assert_eq!(found, naive(input, 12, 30));
    }
}
