//! A file's name: whatever it is, nothing outside the folder is opened, and only regular files are.
#![no_main]

use actionline::Files;
use libfuzzer_sys::fuzz_target;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};

struct Place {
    root: PathBuf,
    files: Files,
    runtime: Runtime,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let base = std::env::temp_dir().join(format!("actionline-fuzz-{}", std::process::id()));
    let root = base.join("public");
    fs::create_dir_all(root.join("b")).expect("folders");
    let write = |path: &Path, size: usize| fs::write(path, vec![b'x'; size]).expect("a file");
    write(&root.join("a"), 1);
    write(&root.join("b/c"), 2);
    write(&root.join("d e.txt"), 3);
    write(&base.join("secret"), 1000);
    for (link, to) in [
        ("in", "b/c"),
        ("up", ".."),
        ("out", "../secret"),
        ("root", "/"),
        ("b/a", "../a"),
    ] {
        std::os::unix::fs::symlink(to, root.join(link)).expect("a link");
    }
    let _socket = std::os::unix::net::UnixListener::bind(root.join("s")).expect("a socket");
    Place {
        files: Files::below(&root).expect("the folder"),
        root: root.canonicalize().expect("the folder"),
        runtime: Builder::new_current_thread().build().expect("a runtime"),
    }
});

fuzz_target!(|name: &str| {
    let place = &*PLACE;
    let Some(file) = place.runtime.block_on(place.files.open(name)) else {
        return;
    };
    assert!(
        (1..=3).contains(&file.facts().size),
        "{name:?}: {:?}",
        file.facts()
    );
    let path = place.root.join(name).canonicalize().expect("a path");
    assert!(path.starts_with(&place.root), "{name:?} is {path:?}");
});
