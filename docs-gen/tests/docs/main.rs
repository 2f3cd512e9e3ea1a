//! The docs generator from outside: the page, its files, its command.

mod clients;
mod command;
mod formats;
mod many;
mod output;
mod page;
mod site;
mod strict;
mod templates;
mod verified;

use actionline_specs::{Source, Spec, files_beside, load_from};
use std::path::{Path, PathBuf};

/// The project's root.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Every odd spec beside this file, and the project's own.
fn specs() -> Vec<Spec> {
    let odd = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/docs/specs");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(odd)
        .expect("the folder of odd specs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.push(Path::new(ROOT).join("actions.yaml"));
    paths.iter().map(|path| spec(path)).collect()
}

fn spec(path: &Path) -> Spec {
    let text = std::fs::read_to_string(path).expect("a spec");
    let source = Source::new(path.display().to_string(), text);
    load_from(source, files_beside(path)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
