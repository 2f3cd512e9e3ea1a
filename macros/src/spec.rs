//! The spec as this compilation sees it, read once for all handlers.

use crate::locate::{Located, locate};
use actionline_specs::{Action, Source, Spec, files_beside, load_from, snake_case, text_of};
use proc_macro2::Span;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A spec, or the texts of all that is wrong with it.
pub(crate) type Loaded = Arc<Result<Spec, Vec<String>>>;

/// What was read, and when its files were written: a process may live longer than one build.
struct Known {
    written: Vec<(PathBuf, Option<SystemTime>)>,
    loaded: Loaded,
}

static READ: Mutex<BTreeMap<PathBuf, Known>> = Mutex::new(BTreeMap::new());

/// Finds and reads a spec. The error says why there is none to read.
pub(crate) fn find(wanted: &str, span: Span) -> Result<(Located, Loaded), String> {
    let located = locate(wanted, span)?;
    let loaded = read(&located)?;
    Ok((located, loaded))
}

fn read(located: &Located) -> Result<Loaded, String> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = read.get(&located.path)
        && known
            .written
            .iter()
            .all(|(path, then)| written(path) == *then)
    {
        return Ok(Arc::clone(&known.loaded));
    }
    let text =
        text_of(&located.path).map_err(|why| format!("cannot read {}: {why}", located.shown))?;
    let mut files = vec![(located.path.clone(), written(&located.path))];
    let source = Source::new(located.shown.as_str(), text);
    let mut included = files_beside(&located.path);
    let loaded = load_from(source, |path| {
        let file = beside(located, path);
        files.push((file.clone(), written(&file)));
        included(path)
    });
    let loaded = loaded.map_err(|all| {
        all.list
            .iter()
            .map(|diagnostic| diagnostic.brief(&all.source))
            .collect()
    });
    let loaded = Arc::new(loaded);
    let known = Known {
        written: files,
        loaded: Arc::clone(&loaded),
    };
    read.insert(located.path.clone(), known);
    Ok(loaded)
}

fn written(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

/// A file that a spec includes, by its path from the spec's folder.
fn beside(located: &Located, path: &str) -> PathBuf {
    located.path.parent().unwrap_or(Path::new("")).join(path)
}

/// The files that a spec includes: their paths from its folder, and on this machine.
pub(crate) fn included(located: &Located, spec: &Spec) -> Vec<(String, String)> {
    let folder = located
        .shown
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let included = spec.source.included.iter().map(|source| {
        let path = source.name.strip_prefix(folder).unwrap_or(&source.name);
        let path = path.trim_start_matches('/');
        (path.to_owned(), beside(located, path).display().to_string())
    });
    included.collect()
}

/// The action that a Rust name stands for.
pub(crate) fn by_rust_name<'s>(spec: &'s Spec, name: &str) -> Option<&'s Action> {
    spec.actions
        .iter()
        .find(|action| alike(&action.name, name) && snake_case(&action.name) == name)
}

/// Whether two names are one but for case and `_`: cheap, and false for nearly all.
fn alike(a: &str, b: &str) -> bool {
    letters(a).eq(letters(b))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    let bytes = name.bytes().filter(|byte| *byte != b'_');
    bytes.map(|byte| byte.to_ascii_lowercase())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn what_could_keep_the_compiler_waiting_is_not_read() {
        let name = format!("actionline-spec-{}.yaml", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _socket = UnixListener::bind(&path).expect("a free path");
        let shown = "actions.yaml".to_owned();
        let read = read(&Located {
            path: path.clone(),
            shown,
        });
        std::fs::remove_file(path).expect("it is there");
        assert_eq!(read.unwrap_err(), "cannot read actions.yaml: it is no file");
    }
}
