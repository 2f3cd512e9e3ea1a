//! The servers that are measured: each a process of its own, pinned to cores of its own, whose processor time and memory
//! are read from outside.

mod many;
mod process;
mod raw;
pub(crate) mod redis;
mod wait;

pub(crate) use many::{TAKES, name_of};
pub(crate) use process::{Process, Public};

use crate::ACTIONS;
use actionline::{Backplane, Config, Files, Limits};
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// A server to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Rival {
    /// A bare tokio line server: splits lines, answers each with the same bytes.
    Raw,
    /// actionline, as the `actionline` binary serves it.
    Ours,
    /// Redis, if it is installed.
    Redis,
}

impl Rival {
    pub(crate) const ALL: [Self; 3] = [Self::Raw, Self::Ours, Self::Redis];

    /// What tables call it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Raw => "raw tokio",
            Self::Ours => "actionline",
            Self::Redis => "Redis",
        }
    }

    /// The smallest request that it answers with a value, in the form its own clients send.
    pub(crate) fn request(self) -> &'static [u8] {
        match self {
            Self::Raw | Self::Ours => b"randomNumber\n",
            Self::Redis => b"*1\r\n$4\r\nPING\r\n",
        }
    }

    /// Whether it says something before it is asked.
    pub(crate) fn welcomes(self) -> bool {
        self != Self::Redis
    }
}

/// What `serve` serves.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Which server: `raw` or `ours`.
    rival: Rival,
    /// The folder that `ours` serves files from.
    #[arg(long)]
    public: Option<PathBuf>,
    /// One worker on the main thread in place of one a core: what an instruction counter likes.
    #[arg(long)]
    single: bool,
    /// How many more actions `ours` has.
    #[arg(long, default_value_t = 0)]
    actions: usize,
    /// `ours` with every limit as it ships but the one on actions at once, with `wait`, and stopped as a service is: by
    /// SIGTERM.
    #[arg(long)]
    shipped: bool,
    /// `ours` as one of several nodes over this Redis.
    #[arg(long)]
    backplane: Option<String>,
}

/// Serves on a free port of 127.0.0.1 until stdin ends, and says on stdout which.
pub(crate) fn serve(options: &Options) -> io::Result<ExitCode> {
    let mut builder = match options.single {
        true => tokio::runtime::Builder::new_current_thread(),
        false => tokio::runtime::Builder::new_multi_thread(),
    };
    let runtime = builder.enable_all().build()?;
    runtime.block_on(async {
        match options.rival {
            Rival::Raw => raw::serve(process::hello, process::stopped()).await,
            Rival::Ours => ours(options).await,
            Rival::Redis => Err(io::Error::other("Redis is a program of its own")),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Every limit holds; those that the load goes beyond are higher.
fn raised() -> Limits {
    Limits {
        connections: 100_000,
        rooms: 100_000,
        say: 1 << 20,
        say_rate: 1_000_000,
        say_burst: 1_000_000,
        ..Limits::default()
    }
}

/// Set in the environment: our server counts and times requests by action.
const MEASURE: &str = "ACTIONLINE_BENCH_MEASURE";

async fn ours(options: &Options) -> io::Result<()> {
    let files = match &options.public {
        Some(folder) => Files::below(folder)?,
        None => Files::none(),
    };
    let limits = match options.shipped {
        true => Limits {
            actions: 16_384,
            ..Limits::default()
        },
        false => raised(),
    };
    let server = actionline::Server::new(&ACTIONS)
        .config(Config {
            limits,
            measure: std::env::var_os(MEASURE).is_some(),
            ..Config::default()
        })
        .state(files);
    let server = match &options.backplane {
        Some(url) => server.backplane(Backplane::new(url).map_err(io::Error::other)?),
        None => server,
    };
    let cache = server.cache();
    let server = server.state(cache);
    let server = match options.actions {
        0 => server,
        more => server.mount(many::actions(more)),
    };
    let server = match options.shipped {
        true => server.mount(&wait::WAIT),
        false => server,
    };
    let bound = server.bind("127.0.0.1:0").await.map_err(io::Error::other)?;
    process::hello(bound.local_addr());
    let served = match options.shipped {
        true => {
            process::end_with_parent();
            bound.serve().await
        }
        false => bound.serve_until(process::stopped()).await,
    };
    served.map_err(io::Error::other)
}
