//! Where docs come from and go to: write, check or print.

use crate::{Error, Format, Output, Templates, record, stale};
use actionline_specs::{Source, Spec, files_beside, load_from, text_of};
use similar::TextDiff;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The docs of a spec: what it is, what they are written as, and the file or folder they are kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docs {
    dir: PathBuf,
    spec: PathBuf,
    out: PathBuf,
    format: Format,
    templates: Option<PathBuf>,
    verified: Option<PathBuf>,
    command: Option<String>,
}

/// What [`Docs::write`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Something was new or different, and was written or removed.
    Changed,
    /// Every file had its text already, and none was touched.
    Same,
}

impl Docs {
    /// The spec that [`Docs::default`] reads.
    pub const SPEC: &str = "actions.yaml";
    /// The page that [`Docs::default`] keeps.
    pub const OUT: &str = Format::Markdown.out();

    /// Docs of the spec at `spec`, kept at `out`; both are relative to the current directory.
    pub fn new(spec: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        Self {
            dir: PathBuf::new(),
            spec: spec.into(),
            out: out.into(),
            format: Format::default(),
            templates: None,
            verified: None,
            command: None,
        }
    }

    /// Writes them in this format.
    pub fn in_format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Takes the templates of this folder in place of the built-in ones of the same name.
    pub fn templates(mut self, dir: impl Into<PathBuf>) -> Self {
        self.templates = Some(dir.into());
        self
    }

    /// Marks what this record holds as verified, as the server's `verify::recorded` keeps it. Without this it is looked for
    /// beside the spec: `verified.json`, or `docs/verified.json`.
    pub fn verified(mut self, record: impl Into<PathBuf>) -> Self {
        self.verified = Some(record.into());
        self
    }

    /// Takes all paths relative to this directory instead, and shows them so. A test whose current directory is not the
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
        if matches!(path.try_exists(), Ok(false)) {
            return Err(Error::NoSpec(self.spec.clone()));
        }
        let text =
            text_of(&path).map_err(|why| io_error("read", &self.spec, io::Error::other(why)))?;
        let source = Source::new(self.spec.display().to_string(), text);
        load_from(source, files_beside(&path))
            .map_err(|diagnostics| Error::Spec(diagnostics.to_string()))
    }

    /// The files as they should be.
    ///
    /// # Errors
    /// As [`Docs::spec`], and when a template or the record cannot be read or is none.
    pub fn outputs(&self) -> Result<Vec<Output>, Error> {
        let templates = match &self.templates {
            Some(dir) => Templates::in_dir(&self.dir.join(dir))?,
            None => Templates::built_in()?,
        };
        let record = record::read(&self.dir, &self.spec, self.verified.as_deref())?;
        Ok(self
            .format
            .outputs_with(&self.spec()?, &templates, record.as_ref())?)
    }

    /// The text as it should be; each file behind a line with its name when there are several.
    ///
    /// # Errors
    /// As [`Docs::spec`].
    pub fn print(&self) -> Result<String, Error> {
        let outputs = self.outputs()?;
        if let [only] = outputs.as_slice() {
            return Ok(only.text.clone());
        }
        let named = outputs
            .iter()
            .map(|output| format!("==> {} <==\n{}\n", output.path.display(), output.text));
        Ok(named.collect())
    }

    /// Writes each file that is new or different, and the folders they need; removes those that this program wrote and
    /// the spec no longer asks for.
    ///
    /// # Errors
    /// As [`Docs::spec`], and [`Error::Io`] when a file cannot be written.
    pub fn write(&self) -> Result<Written, Error> {
        let outputs = self.outputs()?;
        let mut done = Written::Same;
        for output in &outputs {
            let out = output.below(&self.out);
            if self.on_disk(&out)?.as_deref() == Some(output.text.as_bytes()) {
                continue;
            }
            let path = self.dir.join(&out);
            path.parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, &output.text))
                .map_err(|source| io_error("write", &out, source))?;
            done = Written::Changed;
        }
        for path in self.stale(&outputs)? {
            fs::remove_file(self.dir.join(&path))
                .map_err(|source| io_error("remove", &path, source))?;
            done = Written::Changed;
        }
        Ok(done)
    }

    /// Compares the files on disk with the files as they should be.
    ///
    /// # Errors
    /// [`Error::Drift`] when they differ or the page is not there; otherwise as [`Docs::spec`].
    pub fn check(&self) -> Result<(), Error> {
        let outputs = self.outputs()?;
        let mut diff = String::new();
        for output in &outputs {
            let out = output.below(&self.out);
            match self.on_disk(&out)? {
                Some(found) if found == output.text.as_bytes() => {}
                Some(found) => diff += &difference(&out, &found, &output.text),
                None => diff += &format!("{} is not there\n", out.display()),
            }
        }
        for out in self.stale(&outputs)? {
            diff += &difference(&out, &self.on_disk(&out)?.unwrap_or_default(), "");
        }
        if diff.is_empty() {
            return Ok(());
        }
        Err(Error::Drift {
            spec: self.spec.clone(),
            out: self.out.clone(),
            diff,
            command: self.command(),
        })
    }

    /// The command that writes these docs.
    pub fn command(&self) -> String {
        if let Some(command) = &self.command {
            return command.clone();
        }
        let mut command = "cargo run -p actionline-docs-gen -- write".to_owned();
        if self.format != Format::default() {
            command.push_str(&format!(" --format {}", self.format.word()));
        }
        for (flag, path, default) in [
            ("--spec", &self.spec, Self::SPEC),
            ("--out", &self.out, self.format.out()),
        ] {
            if path != Path::new(default) {
                command.push_str(&format!(" {flag} {}", quoted(path)));
            }
        }
        if let Some(record) = &self.verified {
            command.push_str(&format!(" --verified {}", quoted(record)));
        }
        if let Some(dir) = &self.templates {
            command.push_str(&format!(" --templates {}", quoted(dir)));
        }
        command
    }

    /// Files below the docs' folder that were written for a spec that has changed since.
    fn stale(&self, outputs: &[Output]) -> Result<Vec<PathBuf>, Error> {
        stale::files(&self.dir, &self.out, outputs)
            .map_err(|source| io_error("read", &self.out, source))
    }

    fn on_disk(&self, out: &Path) -> Result<Option<Vec<u8>>, Error> {
        match fs::read(self.dir.join(out)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(io_error("read", out, source)),
        }
    }
}

impl Default for Docs {
    fn default() -> Self {
        Self::new(Self::SPEC, Self::OUT)
    }
}

/// What differs between a file and what it should be, as a unified diff.
fn difference(out: &Path, found: &[u8], text: &str) -> String {
    let found = String::from_utf8_lossy(found);
    let name = out.display().to_string();
    TextDiff::from_lines(found.as_ref(), text)
        .unified_diff()
        .header(&name, &format!("{name} (as the spec says)"))
        .to_string()
}

pub(crate) fn io_error(what: &'static str, path: &Path, source: io::Error) -> Error {
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
