//! cargo in the generated workspace, and how long it takes.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

/// Seconds that a command took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Took {
    pub(super) clock: f64,
    /// Of all its processes together; `NaN` where the system does not tell.
    pub(super) processor: f64,
}

/// cargo, run in a folder.
#[derive(Debug)]
pub(super) struct Cargo {
    program: OsString,
    root: PathBuf,
}

impl Cargo {
    /// The cargo that runs this, or the one on the path.
    pub(super) fn new(root: &Path) -> Self {
        Self {
            program: std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            root: root.to_owned(),
        }
    }

    /// `cargo check` of one crate.
    pub(super) fn check(&self, package: &str) -> io::Result<Took> {
        let (start, before) = (Instant::now(), processor_of_children());
        self.run(&["check", "--quiet", "-p", package], "target")?;
        Ok(Took {
            clock: start.elapsed().as_secs_f64(),
            processor: processor_of_children() - before,
        })
    }

    /// How long the compiler expands macros in one crate, by its own account. Stable compilers give it when they are told to
    /// be unstable; everything is then built apart.
    pub(super) fn expansion(&self, package: &str) -> io::Result<f64> {
        let args = [
            "rustc",
            "--profile",
            "check",
            "-p",
            package,
            "--",
            "-Ztime-passes",
        ];
        let output = self.run(&args, "target/passes")?;
        let passes = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        passes
            .lines()
            .find(|line| line.ends_with("expand_crate"))
            .and_then(|line| {
                line.trim_start()
                    .strip_prefix("time:")?
                    .split(';')
                    .next()?
                    .trim()
                    .parse()
                    .ok()
            })
            .ok_or_else(|| io::Error::other(format!("no expand_crate in:\n{passes}")))
    }

    fn run(&self, args: &[&str], target: &str) -> io::Result<Output> {
        let mut command = Command::new(&self.program);
        command.args(args).current_dir(&self.root);
        command.env("CARGO_TARGET_DIR", self.root.join(target));
        if args.contains(&"-Ztime-passes") {
            command.env("RUSTC_BOOTSTRAP", "1");
        }
        let output = command.output()?;
        if output.status.success() {
            return Ok(output);
        }
        let text = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(format!(
            "cargo {}:\n{text}",
            args.join(" ")
        )))
    }
}

/// Seconds of processor time that the children of this process have had and that it has waited for (`proc_pid_stat(5)`).
fn processor_of_children() -> f64 {
    const TICKS_A_SECOND: f64 = 100.0;
    let ticks = || {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let (user, system): (f64, f64) =
            (fields.get(13)?.parse().ok()?, fields.get(14)?.parse().ok()?);
        Some(user + system)
    };
    ticks().map_or(f64::NAN, |ticks| ticks / TICKS_A_SECOND)
}
