//! What has to hold of any text given as a file of settings.

use super::layers::resolve;
use super::{file, print, settings};
use std::path::Path;

/// A text is refused with lines that stay lines; or it is taken, and what is printed of it means the same.
pub fn settings(text: &str) {
    let read = |text| {
        let layer = file::read(Path::new("f.toml"), text)?;
        resolve(&[layer])
    };
    match read(text) {
        Ok(resolved) => {
            let printed = print::toml(&resolved, None);
            let again = read(&printed).unwrap_or_else(|lines| panic!("{lines:?}\n{printed}"));
            for setting in settings::all() {
                let value = |settings| print::value(&setting, settings);
                assert_eq!(
                    value(&again.settings),
                    value(&resolved.settings),
                    "{printed}"
                );
            }
        }
        Err(lines) => {
            assert!(!lines.is_empty());
            for line in lines {
                let placed = line.contains("f.toml:") || line.ends_with("(default)");
                assert!(placed, "{line:?}");
                assert!(!line.contains(char::is_control), "{line:?}");
            }
        }
    }
}
