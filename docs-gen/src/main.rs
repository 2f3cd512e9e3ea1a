//! `actionline-docs-gen`: writes, checks or prints the protocol docs of a spec.

use actionline_docs_gen::{Docs, Error, Format, Written};
use clap::{Args, Parser, Subcommand};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Makes the protocol docs of an actionline spec.
///
/// Exits with 1 when the docs or the spec needs a change, with 2 when the work could not be done.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write what is not up to date.
    Write(Paths),
    /// Fail and show the difference if something is not up to date.
    Check(Paths),
    /// Print the docs to the standard output.
    Print(What),
}

#[derive(Debug, Args)]
struct What {
    /// The spec to document.
    #[arg(long, value_name = "PATH", default_value = Docs::SPEC)]
    spec: PathBuf,
    /// What the docs are written as.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// A folder of templates that take the place of the built-in ones of the same name; see docs/templates.md.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The record of what was run against the server, as `verify::recorded` writes it. Without this option it is
    /// verified.json beside the spec, or docs/verified.json there, if there is one.
    #[arg(long, value_name = "FILE")]
    verified: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Paths {
    #[command(flatten)]
    what: What,
    /// The file or folder that the docs are kept in. Each format has its own default: docs/protocol.md for Markdown.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

impl What {
    fn docs(&self, out: &Path) -> Docs {
        let docs = Docs::new(&self.spec, out).in_format(self.format);
        let docs = match &self.templates {
            Some(dir) => docs.templates(dir),
            None => docs,
        };
        match &self.verified {
            Some(record) => docs.verified(record),
            None => docs,
        }
    }
}

impl Paths {
    fn out(&self) -> &Path {
        let default = || Path::new(self.what.format.out());
        self.out.as_deref().unwrap_or_else(default)
    }

    fn docs(&self) -> Docs {
        // Only who typed the command knows how this program is reached.
        let docs = self.what.docs(self.out());
        docs.mended_by("the same with `write` in place of `check`")
    }
}

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", error.to_string().trim_end());
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(command: &Command) -> Result<(), Error> {
    match command {
        Command::Write(paths) => {
            let done = match paths.docs().write()? {
                Written::Changed => "written",
                Written::Same => "up to date",
            };
            println!("{}: {done}", paths.out().display());
        }
        Command::Check(paths) => {
            paths.docs().check()?;
            println!("{}: up to date", paths.out().display());
        }
        Command::Print(what) => {
            let page = what.docs(Path::new(what.format.out())).print()?;
            let written = std::io::stdout().write_all(page.as_bytes());
            // A reader that has seen enough (`print | head`) is no mistake.
            if let Err(source) = written
                && source.kind() != std::io::ErrorKind::BrokenPipe
            {
                return Err(Error::Io {
                    what: "write",
                    path: "the standard output".into(),
                    source,
                });
            }
        }
    }
    Ok(())
}
