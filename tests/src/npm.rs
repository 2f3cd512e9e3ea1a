//! Tools from npm that tests run, each pinned in a folder of its own.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The folder of a package, installed if it is not there in the version that `tests/FOLDER/package.json` pins.
///
/// # Panics
/// When no version is pinned, or npm cannot be run or fails.
pub fn package(folder: &str, name: &str) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let module = home.join("node_modules").join(name);
    let version = |path: PathBuf, keys: &[&str]| {
        let text = fs::read_to_string(path).ok()?;
        let json: Value = serde_json::from_str(&text).ok()?;
        let found = keys.iter().try_fold(&json, |json, key| json.get(key))?;
        Some(found.as_str()?.to_owned())
    };
    let pinned = version(home.join("package.json"), &["dependencies", name]);
    assert!(pinned.is_some(), "tests/{folder}/package.json pins {name}");
    if version(module.join("package.json"), &["version"]) != pinned {
        let ran = Command::new("npm").arg("ci").current_dir(&home).output();
        let ran = ran.unwrap_or_else(|error| {
            panic!("cannot run npm ({error}): install Node.js 18 or later with npm, or run scripts/test.sh as root")
        });
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(
            ran.status.success(),
            "`npm ci` in tests/{folder} failed:\n{told}"
        );
    }
    module
}
