//! `--print-config`: every setting as a file that `--config` reads.

use super::layers::{Origin, Resolved};
use super::settings::{self, LIMITS_TABLE, Setting, Settings, Takes};
use std::fmt::Write;

/// The settings in force as TOML; a comment at each says which layer set it.
pub(super) fn toml(resolved: &Resolved, file: Option<&str>) -> String {
    let mut text = String::from("# Every setting, and which layer set it.\n");
    match file {
        Some(file) => {
            let _ = writeln!(text, "# File of settings: {file:?}");
        }
        None => text.push_str("# No file of settings was read.\n"),
    }
    text.push('\n');
    for setting in settings::OWN
        .iter()
        .filter(|setting| !setting.is_shorthand())
    {
        line(&mut text, setting, resolved);
    }
    let _ = writeln!(text, "\n[{LIMITS_TABLE}]");
    for setting in settings::of_limits() {
        line(&mut text, &setting, resolved);
    }
    text
}

fn line(text: &mut String, setting: &Setting, resolved: &Resolved) {
    let name = setting.name;
    let Some(value) = value(setting, &resolved.settings) else {
        let _ = writeln!(text, "# {name} is not set");
        return;
    };
    let pair = format!("{name} = {value}");
    let origin = match resolved.origin(setting.key()) {
        // A path in a comment must not end it.
        Origin::File(place) => format!("file {}", place.escape_debug()),
        origin => origin.to_string(),
    };
    let _ = writeln!(text, "{pair:36} # {origin}");
}

/// The value in force as TOML; none: not set, and there is no default.
pub(super) fn value(setting: &Setting, settings: &Settings) -> Option<String> {
    let value = setting.get(settings)?;
    Some(match setting.takes {
        Takes::Switch => value,
        Takes::Number if value.parse::<u64>().is_ok() => value,
        Takes::Number | Takes::Text => quoted(&value),
        // A file names paths from its own folder, and this one may be put into any.
        Takes::Path => quoted(&absolute(value)),
    })
}

/// A path that is the same from everywhere; as it is, if nobody knows where we are.
fn absolute(path: String) -> String {
    let found = std::path::absolute(&path).ok();
    let text = found.and_then(|path| settings::path_text(path).ok());
    text.unwrap_or(path)
}

/// A TOML string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::layers::{Given, Layer, resolve};
    use super::super::{file, settings::all};
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    proptest! {
        #[test]
        fn what_is_printed_reads_back(welcome in any::<String>(), turn in 1u64..65_536, announce in any::<bool>()) {
            let mut flags = Layer::default();
            let values = [
                ("welcome", welcome),
                ("announce", announce.to_string()),
                ("limit turn", turn.to_string()),
                ("public", "/".to_owned()),
                ("workers", "3".to_owned()),
            ];
            for (title, text) in values {
                let setting = all().find(|setting| setting.title() == title).expect(title);
                flags.add(Given { setting, text, origin: Origin::Flag("--x".to_owned()) }).expect("once");
            }
            let before = resolve(&[flags]).expect("good");
            let layer = file::read(Path::new("printed.toml"), &toml(&before, Some("a\nb"))).expect("TOML");
            let after = resolve(&[layer]).expect("good");
            prop_assert_eq!(after.settings, before.settings);
        }
    }
}
