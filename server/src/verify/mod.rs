//! What a spec shows, tried: each example is sent over a real socket to a server of its own, in both forms, and what comes
//! back is compared with what the spec says. One test does it for a crate:
//!
//! ```no_run
//! # static ACTIONS: actionline::ActionSet = actionline::ActionSet { package: "", file: "", text: "", included: &[], handlers: &[] };
//! # use actionline::Server;
//! # #[derive(Default)]
//! # struct Board;
//! #[test]
//! # fn the_examples() {}
//! fn the_examples_hold() {
//!     actionline::verify::examples(|| Server::new(&ACTIONS).state(Board::default()));
//! }
//! # the_examples_hold();
//! ```
//!
//! It needs the cargo feature `verify`, for tests alone:
//!
//! ```toml
//! [dev-dependencies]
//! actionline = { version = "0.1", features = ["verify"] }
//! ```
//!
//! An example that is typed as words is sent once as it is written and once in JSON form, as the docs show it: its client
//! would otherwise be the first to see whether codes and types hold there. What cannot be said in JSON form, such as a verb
//! without its argument, is sent as words alone.
//!
//! So is every refusal that the docs show: each rule of each param with a value that breaks it alone, in a request that is
//! right otherwise. What passed can be kept in a file beside the docs ([`recorded`]), which then mark it as verified.

mod client;
mod drift;
mod record;
mod refused;
mod report;
mod run;

pub use actionline_specs::Record;
pub use drift::Drift;
pub use record::{BLESS, Stale, hold, is_blessed};
pub use report::Report;

use crate::{Error, Server};
use actionline_specs::{Spec, verbs};
use std::path::Path;

/// Tries every example of the specs that a server serves, and every way in which a param is refused. `server` makes a fresh one
/// for each example, so that nothing is carried over from one to the next, and one for all that is refused: none of it
/// reaches a handler. It starts a tokio runtime.
///
/// # Panics
/// When the server does not start, or does not answer as the examples say: the text has every difference, with the
/// place in the YAML.
#[track_caller]
pub fn examples(server: impl FnMut() -> Server) {
    tried(server);
}

/// [`examples`], and the file at `path` has to be the record of what passed: the docs read it, and mark what was verified. A
/// relative path is relative to the crate's folder, where cargo runs a crate's tests.
///
/// ```no_run
/// # static ACTIONS: actionline::ActionSet = actionline::ActionSet { package: "", file: "", text: "", included: &[], handlers: &[] };
/// # use actionline::Server;
/// actionline::verify::recorded("docs/verified.json", || Server::new(&ACTIONS));
/// ```
///
/// With `ACTIONLINE_BLESS=1` in the environment the file is written, unless there is a difference.
///
/// # Panics
/// As [`examples`], and when the file is missing or stale: the text says how to renew it.
#[track_caller]
pub fn recorded(path: impl AsRef<Path>, server: impl FnMut() -> Server) {
    let report = tried(server);
    let Some(record) = report.record() else {
        panic!("the server has no spec: there is nothing to record");
    };
    if let Err(stale) = hold(path.as_ref(), record, is_blessed()) {
        panic!("{stale}");
    }
}

#[track_caller]
fn tried(mut server: impl FnMut() -> Server) -> Report {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
    match runtime.block_on(report(async || server())) {
        Ok(report) if report.drifts().is_empty() => report,
        Ok(report) => panic!("{report}"),
        Err(error) => panic!("the server does not start: {error}"),
    }
}

/// [`examples`] for a server that takes waiting to make, on the caller's runtime; it answers what came of it.
///
/// # Errors
/// The server does not start.
pub async fn report(mut server: impl AsyncFnMut() -> Server) -> Result<Report, Error> {
    let bound = server().await.bind(run::ADDRESS).await?;
    let specs: Vec<Spec> = bound.handle().specs().skip(1).cloned().collect();
    drop(bound);
    let mut report = Report::default();
    for spec in &specs {
        run::spec(spec, &mut server, &mut report).await?;
        report.close(|passed| Record::new(spec, passed));
    }
    Ok(report)
}

/// [`report`] for the examples of the built-in verbs. They are written for default settings.
///
/// # Errors
/// The server does not start.
pub async fn report_verbs(mut server: impl AsyncFnMut() -> Server) -> Result<Report, Error> {
    let mut report = Report::default();
    run::spec(verbs(), &mut server, &mut report).await?;
    report.close(Record::of_verbs);
    Ok(report)
}
