//! The command line of a server: `serve`, the tools around its spec (`check`, `diff`, `codes`, `schema`,
//! `describe`), settings in layers, logs.
//!
//! A server of one's own has all of it in one line:
//!
//! ```no_run
//! # static ACTIONS: actionline::ActionSet = actionline::ActionSet { package: "", file: "", text: "", included: &[], handlers: &[] };
//! # #[derive(Default)]
//! # struct Scores;
//! fn main() -> std::process::ExitCode {
//!     actionline::cli::run(&ACTIONS, |server, _| server.state(Scores::default()))
//! }
//! ```
//!
//! `--help` lists the settings. Each can be given as a flag, an environment variable or a line of a TOML file; the first
//! of these that has it wins. `--print-config` shows every value and where it comes from.
//!
//! Data flow: words, variables, file → `layers` → settings → [`run()`]. The table of settings has the parsers.

mod args;
mod backplane;
mod check;
mod codes;
mod describe;
mod diff;
mod done;
mod environment;
mod exits;
mod file;
#[cfg(feature = "fuzz")]
pub(crate) mod fuzz;
mod help;
mod layers;
mod logs;
mod panics;
mod print;
mod rate;
mod reload;
mod run;
mod schema;
mod serve;
mod settings;
mod start;
mod table;
mod value;

pub use run::{Built, run, run_async};
