//! Where the record of what was verified is read from.

use crate::Error;
use crate::output::io_error;
use actionline_specs::Record;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where it is looked for, from the spec's folder.
const BESIDE: [&str; 2] = ["verified.json", "docs/verified.json"];

/// The record that was named, or the first that lies beside the spec. Both are relative to `dir`.
pub(crate) fn read(dir: &Path, spec: &Path, named: Option<&Path>) -> Result<Option<Record>, Error> {
    let folder = spec.parent().unwrap_or(Path::new(""));
    let places: Vec<PathBuf> = match named {
        Some(path) => vec![path.to_owned()],
        None => BESIDE.map(|name| folder.join(name)).to_vec(),
    };
    for path in places {
        match fs::read_to_string(dir.join(&path)) {
            Ok(text) => {
                let record = Record::read(&text);
                return record
                    .map(Some)
                    .map_err(|what| Error::Record { path, what });
            }
            Err(error) if named.is_none() && is_absent(&error) => {}
            Err(source) => return Err(io_error("read", &path, source)),
        }
    }
    Ok(None)
}

/// There is no such file, or no folder where it could be.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
