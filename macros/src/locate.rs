//! Where the spec is: upwards from the crate, or from the source file.

use proc_macro2::Span;
use std::path::{Path, PathBuf};

/// The file that is looked for when nobody says otherwise.
pub(crate) const DEFAULT: &str = "actions.yaml";

/// A spec file that was found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Located {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// How messages name it: its path below the topmost folder that was searched.
    pub(crate) shown: String,
}

/// Finds a spec file for the crate that is being compiled. The error says where it was looked for.
pub(crate) fn locate(wanted: &str, span: Span) -> Result<Located, String> {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    // A test of this crate has no compiler behind its spans.
    let source = proc_macro::is_available()
        .then(|| span.local_file())
        .flatten()
        .and_then(|file| file.canonicalize().ok());
    let source = source.as_deref().and_then(Path::parent);
    let starts: Vec<&Path> = manifest.as_deref().into_iter().chain(source).collect();
    starts
        .iter()
        .find_map(|start| search(wanted, start))
        .ok_or_else(|| {
            format!(
                "cannot find {wanted} beside Cargo.toml or in a folder above, up to the first with Cargo.lock or .git"
            )
        })
}

fn search(wanted: &str, start: &Path) -> Option<Located> {
    let top = start
        .ancestors()
        .find(|dir| dir.join("Cargo.lock").exists() || dir.join(".git").exists())
        .unwrap_or(start);
    start
        .ancestors()
        .take_while(|dir| dir.starts_with(top))
        .map(|dir| dir.join(wanted))
        // A pipe or a device is found, too: whoever reads it tells that it is none to read.
        .find(|path| path.metadata().is_ok_and(|found| !found.is_dir()))
        .map(|path| Located {
            shown: shown(path.strip_prefix(top).unwrap_or(&path)),
            path,
        })
}

/// A path with the same slashes everywhere.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder of its own for each test, gone afterwards.
    struct Tree(PathBuf);

    impl Tree {
        fn new(name: &str, files: &[&str]) -> Self {
            let root =
                std::env::temp_dir().join(format!("actionline-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            for file in files {
                let path = root.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "").unwrap();
            }
            Self(root)
        }
    }

    impl Drop for Tree {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_nearest_file_up_to_the_lock_wins() {
        let tree = Tree::new(
            "nearest",
            &[
                "a/Cargo.lock",
                "a/actions.yaml",
                "a/b/c/Cargo.toml",
                "a/b/own.yaml",
            ],
        );
        let start = tree.0.join("a/b/c");
        let found = search("actions.yaml", &start).unwrap();
        assert_eq!(found.shown, "actions.yaml");
        assert_eq!(found.path, tree.0.join("a/actions.yaml"));
        assert_eq!(search("own.yaml", &start).unwrap().shown, "b/own.yaml");
    }

    #[test]
    fn nothing_above_the_lock_is_seen() {
        let tree = Tree::new("above", &["actions.yaml", "a/Cargo.lock", "a/b/x"]);
        assert_eq!(search("actions.yaml", &tree.0.join("a/b")), None);
        let tree = Tree::new("git", &["actions.yaml", "a/.git", "a/b/x"]);
        assert_eq!(search("actions.yaml", &tree.0.join("a/b")), None);
    }

    #[test]
    fn a_folder_is_no_spec() {
        let tree = Tree::new("folder", &["Cargo.lock", "actions.yaml/x"]);
        assert_eq!(search("actions.yaml", &tree.0), None);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_passed_over() {
        let tree = Tree::new("device", &["Cargo.lock", "actions.yaml", "a/b"]);
        let device = tree.0.join("a/actions.yaml");
        std::os::unix::fs::symlink("/dev/null", &device).unwrap();
        let found = search("actions.yaml", &tree.0.join("a"));
        assert_eq!(found.unwrap().path, device);
    }
}
