//! The one line that a server's `main` is.

use super::args::{self, Asked, Refused, Serve};
use super::done::Done;
use super::exits::{DONE, FAILED};
use super::value::plain;
use super::{check, codes, describe, diff, logs, panics, print, schema, serve, start};
use crate::{ActionSet, Config, Server};
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use tokio::runtime::{Builder, Runtime};

/// What the function given to [`run`] may answer: a server, or why there is none.
pub trait Built {
    /// The server, or why there is none.
    fn built(self) -> Result<Server, Box<dyn Error + Send + Sync>>;
}

impl Built for Server {
    fn built(self) -> Result<Server, Box<dyn Error + Send + Sync>> {
        Ok(self)
    }
}

impl Built for Result<Server, Box<dyn Error + Send + Sync>> {
    fn built(self) -> Result<Server, Box<dyn Error + Send + Sync>> {
        self
    }
}

/// Does what the command line asks for, and answers the exit code. `build` adds what the server needs, such as its
/// state; it gets the settings in force, runs only when there is something to serve, and may fail.
///
/// ```no_run
/// # static ACTIONS: actionline::ActionSet = actionline::ActionSet { package: "", file: "", text: "", included: &[], handlers: &[] };
/// # use actionline::Files;
/// fn main() -> std::process::ExitCode {
///     actionline::cli::run(&ACTIONS, |server, config| match &config.public {
///         Some(folder) => Ok(server.state(Files::below(folder)?)),
///         None => Err("tell me the public folder".into()),
///     })
/// }
/// ```
///
/// It starts the tokio runtime, sets up logs (unless the program has its own) and a panic hook, listens, and serves
/// until SIGINT or SIGTERM. The exit code is 0 when the server stopped as asked or there was nothing wrong, 1 when
/// `check` found faults or `diff` a breaking change, and 2 when something could not be done; one line on stderr says why.
pub fn run<R: Built>(
    set: &'static ActionSet,
    build: impl FnOnce(Server, &Config) -> R,
) -> ExitCode {
    run_async(set, async |server, config| build(server, config))
}

/// [`run`] for a server whose state takes waiting to build, such as a pool of database connections.
///
/// ```no_run
/// # static ACTIONS: actionline::ActionSet = actionline::ActionSet { package: "", file: "", text: "", included: &[], handlers: &[] };
/// # struct Pool;
/// # impl Pool { async fn connect() -> std::io::Result<Pool> { Ok(Pool) } }
/// fn main() -> std::process::ExitCode {
///     actionline::cli::run_async(&ACTIONS, async |server, _| Ok(server.state(Pool::connect().await?)))
/// }
/// ```
pub fn run_async<R: Built>(
    set: &'static ActionSet,
    build: impl AsyncFnOnce(Server, &Config) -> R,
) -> ExitCode {
    let mut words = std::env::args_os();
    let program = program(words.next());
    let done = match args::parse(&program, words) {
        Ok(Asked::Version) => {
            print(&version(set));
            Ok(())
        }
        Ok(Asked::Check(asked)) => return tell(&program, &check::check(&asked)),
        Ok(Asked::Diff(asked)) => return tell(&program, &diff::compare(&asked)),
        Ok(Asked::Codes(asked)) => return tell(&program, &codes::show(&asked)),
        Ok(Asked::Schema) => return tell(&program, &schema::show()),
        Ok(Asked::Describe(asked)) => return tell(&program, &describe::show(&asked)),
        Ok(Asked::Serve(asked)) => run_server(&program, set, asked, build),
        Err(Refused::Parser(error)) => {
            // A closed pipe is no reason to fail.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { DONE });
        }
        Err(Refused::Lines(lines)) => Err(lines),
    };
    match done {
        Ok(()) => ExitCode::from(DONE),
        Err(lines) => {
            complain(&program, &lines);
            ExitCode::from(FAILED)
        }
    }
}

fn run_server<R: Built>(
    program: &str,
    set: &'static ActionSet,
    asked: Serve,
    build: impl AsyncFnOnce(Server, &Config) -> R,
) -> Result<(), Vec<String>> {
    let print_only = asked.print;
    let start = start::read(asked.clone(), std::env::vars_os())?;
    if print_only {
        complain(program, &start.warnings);
        let file = start.file.as_ref().map(|path| path.display().to_string());
        print(&print::toml(&start.resolved, file.as_deref()));
        return Ok(());
    }
    let settings = &start.resolved.settings;
    logs::start(&settings.log, settings.log_format);
    panics::log();
    for warning in &start.warnings {
        tracing::warn!("{warning}");
    }
    let runtime = runtime(settings.workers)
        .map_err(|error| vec![format!("cannot start: {}", plain(&error))])?;
    let served = runtime.block_on(serve::serve(set, asked, &start, build));
    // A task or a file that hangs must not keep a stopped server alive.
    runtime.shutdown_background();
    served.map_err(|line| vec![line])
}

fn runtime(workers: Option<usize>) -> io::Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    if let Some(workers) = workers {
        builder.worker_threads(workers);
    }
    builder.enable_all().build()
}

/// The versions of the library and of the api that the set's spec describes.
fn version(set: &ActionSet) -> String {
    let library = concat!("actionline ", env!("CARGO_PKG_VERSION"), "\n").to_owned();
    match set.spec() {
        Ok(spec) => format!("{library}{} api {}\n", spec.info.title, spec.info.version),
        Err(_) => library,
    }
}

fn program(word: Option<std::ffi::OsString>) -> String {
    let path = word.map(std::path::PathBuf::from);
    let stem = path.as_ref().and_then(|path| path.file_stem()?.to_str());
    stem.unwrap_or("actionline").to_owned()
}

/// Prints what a command came to, and answers its exit code.
fn tell(program: &str, done: &Done) -> ExitCode {
    print(&done.text);
    complain(program, &done.complaints);
    ExitCode::from(done.code)
}

fn print(text: &str) {
    // A closed pipe is no reason to fail.
    let _ = io::stdout().write_all(text.as_bytes());
}

fn complain(program: &str, lines: &[String]) {
    for line in lines {
        let _ = writeln!(io::stderr(), "{program}: {line}");
    }
}
