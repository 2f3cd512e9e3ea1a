//! What the tests of the site need: Node.js packages, a browser, and sites.

use actionline_docs_gen::{Docs, Format};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder of the repository.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("a folder")
}

/// The folder of the scripts, with the packages installed that they need in the pinned versions.
pub fn installed() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = root().join("tests/site");
        let read = |path: PathBuf| -> Value {
            let text = fs::read_to_string(path).unwrap_or_default();
            serde_json::from_str(&text).unwrap_or_default()
        };
        let manifest = read(folder.join("package.json"));
        let pinned = manifest["dependencies"].as_object().expect("package.json pins versions");
        let there = pinned.iter().all(|(name, version)| {
            let module = folder.join("node_modules").join(name).join("package.json");
            read(module)["version"] == *version
        });
        if !there {
            let ran = Command::new("npm").arg("ci").current_dir(&folder).output();
            let ran = ran.unwrap_or_else(|error| {
                panic!("cannot run npm ({error}): install Node.js 18 or later with npm, or run scripts/test.sh as root")
            });
            let told = String::from_utf8_lossy(&ran.stderr);
            assert!(ran.status.success(), "`npm ci` in tests/site failed:\n{told}");
        }
        folder
    })
}

/// The browser's program.
pub fn browser() -> PathBuf {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = places.into_iter().find(|place| place.is_file());
    found.expect("there is no Chromium: install it, or run scripts/test.sh as root")
}

/// A spec of so many actions, in two files.
pub fn many(count: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-spec-many");
    fs::create_dir_all(&folder).expect("a folder");
    let actions = |from: usize, to: usize| -> String {
        let action = |number| format!("  action{number}: {{ description: Does a thing. }}\n");
        (from..to).map(action).collect()
    };
    let (first, rest) = (actions(0, count / 2), actions(count / 2, count));
    let info = "info: { title: Many, version: 1.0.0 }\ninclude: [rest.yaml]";
    let path = folder.join("actions.yaml");
    fs::write(&path, format!("actionline: 1\n{info}\nactions:\n{first}")).expect("a spec");
    let rest = format!("actionline: 1\nactions:\n{rest}");
    fs::write(folder.join("rest.yaml"), rest).expect("a spec");
    path
}

/// The site of a spec, written into a folder of this test's.
pub fn site(spec: &Path, name: &str) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("site-{name}"));
    let docs = Docs::new(spec, &out).in_format(Format::Html);
    docs.write().unwrap_or_else(|error| panic!("{error}"));
    out
}
