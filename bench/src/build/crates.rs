//! The two crates, written from the shapes: ten actions in each file, which differ from the next ten by a number.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The crate with a spec.
pub(super) const DECLARED: &str = "declared";
/// The crate without.
pub(super) const BY_HAND: &str = "by-hand";

const ACTIONS: &str = include_str!("shapes/actions.yaml");
const DECLARED_SHAPES: &str = include_str!("shapes/declared.rs");
const BY_HAND_SHAPES: &str = include_str!("shapes/by_hand.rs");
const BY_HAND_SHARED: &str = include_str!("shapes/by_hand_shared.rs");

/// Stands for the number.
const NUMBER: char = '@';
/// Stands where a handler is edited.
const EDIT: &str = "/* EDIT */";

/// What was written.
#[derive(Debug)]
pub(super) struct Workspace {
    root: PathBuf,
    pub(super) files: usize,
    pub(super) actions: usize,
}

/// Writes both crates into a folder, for at least so many actions.
pub(super) fn write(root: &Path, repository: &Path, actions: usize) -> io::Result<Workspace> {
    let each = ACTIONS
        .lines()
        .filter(|line| line.starts_with("  unit"))
        .count();
    let files = actions.div_ceil(each).max(1);
    let workspace = Workspace {
        root: root.to_owned(),
        files,
        actions: files * each,
    };
    let server = repository.join("server").canonicalize()?;
    put(
        root,
        "Cargo.toml",
        "[workspace]\nmembers = [\"declared\", \"by-hand\"]\nresolver = \"3\"\n",
    )?;
    fs::copy(repository.join("Cargo.lock"), root.join("Cargo.lock"))?;
    for (name, dependencies) in [
        (DECLARED, format!("actionline = {{ path = {server:?} }}\n")),
        (
            BY_HAND,
            "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n".to_owned(),
        ),
    ] {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        );
        put(root, &format!("{name}/Cargo.toml"), &manifest)?;
    }
    let numbers = 0..files;
    let spec: String = numbers
        .clone()
        .map(|number| numbered(ACTIONS, number))
        .collect();
    let head = "actionline: 1\ninfo: { title: Many, version: 1.0.0 }\n\nactions:\n";
    put(root, "declared/actions.yaml", &format!("{head}{spec}"))?;
    for number in numbers.clone() {
        for name in [DECLARED, BY_HAND] {
            put(root, &workspace.file(name, number), &shaped(name, number))?;
        }
    }
    let mods: String = numbers
        .clone()
        .map(|number| format!("pub mod units{number};\n"))
        .collect();
    let modules: Vec<String> = numbers
        .clone()
        .map(|number| format!("units{number}"))
        .collect();
    let main = format!(
        "{mods}\nactionline::actions!(pub ACTIONS = \"actions.yaml\", handlers = [{}]);\n\nfn main() {{\n    let _ = &ACTIONS;\n}}\n",
        modules.join(", ")
    );
    put(root, "declared/src/main.rs", &main)?;
    put(root, "by-hand/src/shared.rs", BY_HAND_SHARED)?;
    let calls: String = numbers
        .map(|number| format!(".or_else(|| units{number}::call{number}(name, params.clone()))"))
        .collect();
    let main = format!(
        "mod shared;\n{mods}\nfn main() {{\n    let call = |name: &str, params: serde_json::Value| None{calls};\n    println!(\"{{}}\", shared::line(\"unit0Ping\", serde_json::Map::new(), call));\n}}\n"
    );
    put(root, "by-hand/src/main.rs", &main)?;
    Ok(workspace)
}

impl Workspace {
    /// Changes one line of one handler, in another way in each round.
    pub(super) fn edit(&self, name: &str, round: usize) -> io::Result<()> {
        let number = self.files / 2;
        let text = shaped(name, number).replace(EDIT, &format!("+ {}", round + 1));
        put(&self.root, &self.file(name, number), &text)
    }

    fn file(&self, name: &str, number: usize) -> String {
        format!("{name}/src/units{number}.rs")
    }
}

/// One file of handlers.
fn shaped(name: &str, number: usize) -> String {
    let (uses, shapes) = match name {
        DECLARED => (
            "use actionline::{ActionError, Param, Reply, action};\n\n",
            DECLARED_SHAPES,
        ),
        _ => (
            "use crate::shared::{Failure, answer, checked, one, range, reply, ten, text};\nuse serde::{Deserialize, Serialize};\nuse serde_json::Value;\n\n",
            BY_HAND_SHAPES,
        ),
    };
    format!("{uses}{}", numbered(shapes, number))
}

fn numbered(shapes: &str, number: usize) -> String {
    shapes.replace(NUMBER, &number.to_string())
}

fn put(root: &Path, file: &str, text: &str) -> io::Result<()> {
    let path = root.join(file);
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder)?;
    fs::write(path, text)
}
