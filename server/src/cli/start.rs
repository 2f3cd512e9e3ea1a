//! From the words, the variables and the file to the settings in force.

use super::args::Serve;
use super::backplane::Login;
use super::layers::{Layer, Resolved, resolve};
use super::settings::DEFAULT_FILE;
use super::value::plain;
use super::{environment, file};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// The settings in force, and what belongs to them.
#[derive(Debug)]
pub(super) struct Start {
    pub(super) resolved: Resolved,
    /// The file of settings that was read.
    pub(super) file: Option<PathBuf>,
    /// Who logs in to the backplane.
    pub(super) login: Login,
    /// To be logged.
    pub(super) warnings: Vec<String>,
}

/// Reads every layer. The error holds one line for each fault.
pub(super) fn read(
    serve: Serve,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Start, Vec<String>> {
    let environment = environment::read(variables)?;
    let (path, layer) = match serve.file.or(environment.file) {
        Some(path) => {
            let layer = read_file(&path).map_err(|why| why.lines(&path))?;
            (Some(path), layer)
        }
        None => {
            let path = Path::new(DEFAULT_FILE);
            match read_file(path) {
                Ok(layer) => (Some(path.to_owned()), layer),
                Err(Unread::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
                    (None, Layer::default())
                }
                Err(why) => return Err(why.lines(path)),
            }
        }
    };
    Ok(Start {
        resolved: resolve(&[serve.flags, environment.layer, layer])?,
        file: path,
        login: environment.login,
        warnings: environment.warnings,
    })
}

enum Unread {
    Io(io::Error),
    Faults(Vec<String>),
}

impl Unread {
    fn lines(self, path: &Path) -> Vec<String> {
        match self {
            Unread::Io(error) => vec![format!(
                "cannot read the settings in {}: {}",
                path.display(),
                plain(&error)
            )],
            Unread::Faults(lines) => lines,
        }
    }
}

fn read_file(path: &Path) -> Result<Layer, Unread> {
    let text = std::fs::read_to_string(path).map_err(Unread::Io)?;
    file::read(path, &text).map_err(Unread::Faults)
}
