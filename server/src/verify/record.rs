//! The file that says what passed.

use actionline_specs::Record;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// With this environment variable a record is written in place of being compared; empty and `0` mean no.
pub const BLESS: &str = "ACTIONLINE_BLESS";

/// Why a file is not the record of what passed.
#[derive(Debug, thiserror::Error)]
pub enum Stale {
    /// There is none.
    #[error("there is no record at {}.\n{RENEW}", .0.display())]
    Missing(PathBuf),
    /// It is not one.
    #[error("{} {what}\n{RENEW}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// It is the record of something else.
    #[error("{} is not the record of what passed now (-: the record, +: now):\n{diff}{RENEW}", path.display())]
    Different {
        /// The file.
        path: PathBuf,
        /// The lines that differ.
        diff: String,
    },
    /// It could not be read or written.
    #[error("cannot {what} {}: {source}", path.display())]
    Io {
        /// `read` or `write`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

const RENEW: &str = "To renew it, run the same test with ACTIONLINE_BLESS=1, then write the docs anew (`actionline-docs-gen write`).";

/// Whether [`BLESS`] is set.
pub fn is_blessed() -> bool {
    std::env::var_os(BLESS).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Compares the file at `path` with a record; with `bless` it is made to be that.
///
/// # Errors
/// The file is not that record, or could not be read or written.
pub fn hold(path: &Path, record: &Record, bless: bool) -> Result<(), Stale> {
    let found = match fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        // It is written anew, whatever it is.
        Err(error) if bless && error.kind() == io::ErrorKind::InvalidData => None,
        Err(source) => return Err(failed("read", path, source)),
    };
    let text = record.text();
    if found.as_deref() == Some(&text) {
        return Ok(());
    }
    if bless {
        return write(path, &text).map_err(|source| failed("write", path, source));
    }
    let Some(found) = found else {
        return Err(Stale::Missing(path.to_owned()));
    };
    match Record::read(&found) {
        // Another layout is no difference.
        Ok(found) if found == *record => Ok(()),
        Ok(found) => Err(Stale::Different {
            path: path.to_owned(),
            diff: difference(&found.text(), &text),
        }),
        Err(what) => Err(Stale::Broken {
            path: path.to_owned(),
            what,
        }),
    }
}

/// Writes a file at once: whoever reads it meanwhile finds the old one or the new one.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fresh = folder.join(format!(".{name}.{}", std::process::id()));
    let written = fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        // What is left of it helps nobody; that it may not be there is no matter.
        let _ = fs::remove_file(&fresh);
    }
    written
}

fn failed(what: &'static str, path: &Path, source: io::Error) -> Stale {
    Stale::Io {
        what,
        path: path.to_owned(),
        source,
    }
}

fn difference(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut text = String::new();
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => continue,
        };
        let line = change.value().trim().trim_end_matches(',');
        // Writing to a string does not fail.
        let _ = writeln!(text, "    {sign} {line}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_written_when_blessed_and_compared_otherwise() {
        let folder = std::env::temp_dir().join(format!("actionline-record-{}", std::process::id()));
        let path = folder.join("deep/verified.json");
        let record = |names: &[&str]| {
            Record::of_verbs(names.iter().map(|name| (*name).to_owned()).collect())
        };
        let told = |record: &Record| hold(&path, record, false).unwrap_err().to_string();
        let missing = told(&record(&["a"]));
        assert!(missing.starts_with("there is no record at ") && missing.contains(BLESS));
        hold(&path, &record(&["a"]), true).unwrap();
        hold(&path, &record(&["a"]), false).unwrap();
        let stale = told(&record(&["b"]));
        assert!(stale.contains("\n    - \"a\"\n    + \"b\"\n"), "{stale}");
        fs::write(&path, "{}").unwrap();
        assert!(told(&record(&["a"])).contains("is no record: missing field"));
        hold(&path, &record(&["a"]), true).unwrap();
        let left = fs::read_dir(path.parent().unwrap()).unwrap().count();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(left, 1, "nothing but the record is left");
    }
}
