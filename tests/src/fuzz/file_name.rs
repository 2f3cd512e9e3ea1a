//! A file's name: whatever it is, nothing outside the folder is opened, and only regular files are.

use crate::folder::Folder;
use actionline::Files;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use tokio::runtime::{Builder, Runtime};

struct Place {
    root: PathBuf,
    files: Files,
    runtime: Runtime,
    _base: Folder,
}

thread_local! {
    static PLACE: Place = place();
}

/// A folder with files of one to three bytes, beside one with a secret.
fn place() -> Place {
    let base = Folder::new();
    for (name, size) in [("a", 1), ("b/c", 2), ("d e.txt", 3), ("../secret", 1000)] {
        base.write(&format!("public/{name}"), vec![b'x'; size]);
    }
    let root = base.path("public");
    for (link, to) in [
        ("in", "b/c"),
        ("up", ".."),
        ("out", "../secret"),
        ("root", "/"),
        ("b/a", "../a"),
    ] {
        symlink(to, root.join(link)).expect("a link");
    }
    let _socket = UnixListener::bind(root.join("s")).expect("a socket");
    Place {
        files: Files::below(&root).expect("the folder"),
        root: root.canonicalize().expect("the folder"),
        runtime: Builder::new_current_thread().build().expect("a runtime"),
        _base: base,
    }
}

pub(super) fn run(name: &str) {
    PLACE.with(|place| {
        let Some(file) = place.runtime.block_on(place.files.open(name)) else {
            return;
        };
        let size = file.facts().size;
        assert!((1..=3).contains(&size), "{name:?}: {size} bytes");
        let path = place.root.join(name).canonicalize().expect("a path");
        assert!(path.starts_with(&place.root), "{name:?} is {path:?}");
    });
}
