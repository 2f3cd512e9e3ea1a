//! Files that an earlier run wrote and that nothing asks for any more, such as the page of an action that is gone.

use crate::Output;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What every file of a folder of docs says near its beginning: who wrote it.
pub(crate) const MARK: &str = "by actionline-docs-gen. Do not edit";

/// Every file below `dir/out` with the mark that is none of these, sorted. Files of a person's own have no mark.
pub(crate) fn files(dir: &Path, out: &Path, outputs: &[Output]) -> io::Result<Vec<PathBuf>> {
    if outputs.iter().any(|output| output.below(out) == out) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut open = vec![out.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(dir.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file()
                && outputs.iter().all(|output| output.below(out) != path)
                && is_marked(&fs::read(entry.path())?)
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_marked(text: &[u8]) -> bool {
    let head = &text[..text.len().min(1024)];
    head.windows(MARK.len())
        .any(|window| window == MARK.as_bytes())
}
