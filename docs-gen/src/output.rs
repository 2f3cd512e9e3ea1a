//! Where a page comes from and goes to: write, check or print.

use crate::{Error, page};
use actionline_specs::{Source, Spec, files_beside, load_from};
use similar::TextDiff;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// One page of docs: its spec, and the file it is kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docs {
    dir: PathBuf,
    spec: PathBuf,
    out: PathBuf,
    command: Option<String>,
}

/// What [`Docs::write`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The file was new or different, and was written.
    Changed,
    /// The file had this text already, and was not touched.
    Same,
}

impl Docs {
    /// The spec that [`Docs::default`] reads.
    pub const SPEC: &str = "actions.yaml";
    /// The page that [`Docs::default`] keeps.
    pub const OUT: &str = "docs/protocol.md";

    /// Docs of the spec at `spec`, kept at `out`; both are relative to the current directory.
    pub fn new(spec: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        Self {
            dir: PathBuf::new(),
            spec: spec.into(),
            out: out.into(),
            command: None,
        }
    }

    /// Takes both paths relative to this directory instead, and shows them so. A test whose current directory is not the
    /// project's root needs it.
    pub fn in_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = dir.into();
        self
    }

    /// Names the command that writes the page, for a project that has its own.
    pub fn mended_by(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// Loads the spec.
    ///
    /// # Errors
    /// When it cannot be read ([`Error::NoSpec`], [`Error::Io`]) or has mistakes ([`Error::Spec`]).
    pub fn spec(&self) -> Result<Spec, Error> {
        let path = self.dir.join(&self.spec);
        let text = fs::read_to_string(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NoSpec(self.spec.clone()),
            _ => io_error("read", &self.spec, source),
        })?;
        let source = Source::new(self.spec.display().to_string(), text);
        load_from(source, files_beside(&path))
            .map_err(|diagnostics| Error::Spec(diagnostics.to_string()))
    }

    /// The page as it should be.
    ///
    /// # Errors
    /// As [`Docs::spec`].
    pub fn print(&self) -> Result<String, Error> {
        Ok(page(&self.spec()?)?)
    }

    /// Writes the page, and the folders it needs, unless the file holds the same text already.
    ///
    /// # Errors
    /// As [`Docs::spec`], and [`Error::Io`] when the file cannot be written.
    pub fn write(&self) -> Result<Written, Error> {
        let page = self.print()?;
        if self.on_disk()?.as_deref() == Some(page.as_bytes()) {
            return Ok(Written::Same);
        }
        let path = self.dir.join(&self.out);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, page))
            .map_err(|source| io_error("write", &self.out, source))?;
        Ok(Written::Changed)
    }

    /// Compares the page on disk with the page as it should be.
    ///
    /// # Errors
    /// [`Error::Drift`] when they differ or the page is not there; otherwise as [`Docs::spec`].
    pub fn check(&self) -> Result<(), Error> {
        let page = self.print()?;
        let diff = match self.on_disk()? {
            Some(found) if found == page.as_bytes() => return Ok(()),
            Some(found) => self.diff(&String::from_utf8_lossy(&found), &page),
            None => "the page is not there\n".to_owned(),
        };
        Err(Error::Drift {
            spec: self.spec.clone(),
            out: self.out.clone(),
            diff,
            command: self.command(),
        })
    }

    fn diff(&self, found: &str, page: &str) -> String {
        let name = self.out.display().to_string();
        TextDiff::from_lines(found, page)
            .unified_diff()
            .header(&name, &format!("{name} (as the spec says)"))
            .to_string()
    }

    /// The command that writes this page.
    pub fn command(&self) -> String {
        if let Some(command) = &self.command {
            return command.clone();
        }
        let mut command = "cargo run -p actionline-docs-gen -- write".to_owned();
        for (flag, path, default) in [
            ("--spec", &self.spec, Self::SPEC),
            ("--out", &self.out, Self::OUT),
        ] {
            if path != Path::new(default) {
                command.push_str(&format!(" {flag} {}", quoted(path)));
            }
        }
        command
    }

    fn on_disk(&self) -> Result<Option<Vec<u8>>, Error> {
        match fs::read(self.dir.join(&self.out)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(io_error("read", &self.out, source)),
        }
    }
}

impl Default for Docs {
    fn default() -> Self {
        Self::new(Self::SPEC, Self::OUT)
    }
}

fn io_error(what: &'static str, path: &Path, source: io::Error) -> Error {
    Error::Io {
        what,
        path: path.to_owned(),
        source,
    }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@%:,".contains(c);
    match text.chars().all(plain) {
        true => text,
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}
