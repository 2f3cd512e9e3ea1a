//! `actionline-docs-gen`: writes, checks or prints the protocol docs of a spec.

use actionline_docs_gen::{Docs, Error, Written};
use clap::{Args, Parser, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Makes the protocol docs of an actionline spec.
///
/// Exits with 1 when the page or the spec needs a change, with 2 when the work could not be done.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the page if it is not up to date.
    Write(Paths),
    /// Fail and show the difference if the page is not up to date.
    Check(Paths),
    /// Print the page to the standard output.
    Print(SpecPath),
}

#[derive(Debug, Args)]
struct SpecPath {
    /// The spec to document.
    #[arg(long, value_name = "PATH", default_value = Docs::SPEC)]
    spec: PathBuf,
}

#[derive(Debug, Args)]
struct Paths {
    #[command(flatten)]
    spec: SpecPath,
    /// The page.
    #[arg(long, value_name = "PATH", default_value = Docs::OUT)]
    out: PathBuf,
}

impl Paths {
    fn docs(&self) -> Docs {
        // Only who typed the command knows how this program is reached.
        Docs::new(&self.spec.spec, &self.out).mended_by("the same with `write` in place of `check`")
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
            println!("{}: {done}", paths.out.display());
        }
        Command::Check(paths) => {
            paths.docs().check()?;
            println!("{}: up to date", paths.out.display());
        }
        Command::Print(path) => {
            let page = Docs::new(&path.spec, Docs::OUT).print()?;
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
