//! What can go wrong, and what a person should do then.

use crate::RenderError;
use std::fmt;
use std::path::PathBuf;

/// Why docs could not be made, or are not up to date.
///
/// `Debug` prints the same as `Display`, so that a test which unwraps a [`crate::Docs::check`] shows the diff as a diff.
#[derive(thiserror::Error)]
pub enum Error {
    /// The page on disk is not what the spec says.
    #[error("{} does not match {}:\n\n{diff}\nTo mend it: {command}", out.display(), spec.display())]
    Drift {
        /// The spec, as it was named.
        spec: PathBuf,
        /// The page, as it was named.
        out: PathBuf,
        /// What differs, as a unified diff from the page on disk to the page it should be; or that there is none.
        diff: String,
        /// The command that writes the page.
        command: String,
    },
    /// The spec has mistakes; the text shows each with its place.
    #[error("{0}")]
    Spec(String),
    /// There is no spec where it was looked for.
    #[error("there is no spec at {}: name one with --spec PATH, or run this where actions.yaml is", .0.display())]
    NoSpec(PathBuf),
    /// A file that should be the record of what was verified is none.
    #[error("{} {what}; the test that calls `verify::recorded` writes it with ACTIONLINE_BLESS=1", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A file could not be read or written.
    #[error("cannot {what} {}: {source}", path.display())]
    Io {
        /// `read` or `write`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A template is none, or does not fit the view.
    #[error(transparent)]
    Render(#[from] RenderError),
}

impl Error {
    /// What a program should exit with: 1 when spec or page need a change, 2 when the work could not be done.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Drift { .. } | Error::Spec(_) | Error::Record { .. } => 1,
            Error::NoSpec(_) | Error::Io { .. } | Error::Render(_) => 2,
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
