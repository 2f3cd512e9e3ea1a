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

mod client;
mod drift;
mod report;
mod run;

pub use drift::Drift;
pub use report::Report;

use crate::{Error, Server};
use actionline_specs::{Spec, verbs};

/// Tries every example of the specs that a server serves. `server` makes a fresh one for each, so that nothing is carried
/// over from one to the next. It starts a tokio runtime.
///
/// # Panics
/// When the server does not start, or does not answer as the examples say: the text has every difference, with the
/// place in the YAML.
#[track_caller]
pub fn examples(mut server: impl FnMut() -> Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
    match runtime.block_on(report(async || server())) {
        Ok(report) if report.drifts().is_empty() => {}
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
    Ok(report)
}
