//! Layers of settings, and what they come to.

use super::backplane::without_login;
use super::settings::{self, Key, Setting, Settings};
use std::collections::BTreeMap;
use std::fmt;

/// Which layer set a value, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// The flag as typed: `--bind`.
    Flag(String),
    /// The variable's name.
    Environment(String),
    /// `path:line:column`.
    File(String),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(flag) => write!(f, "flag {flag}"),
            Origin::Environment(variable) => write!(f, "environment {variable}"),
            Origin::File(place) => write!(f, "file {place}"),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// A value that a layer gives.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) setting: Setting,
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// The values that one layer gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer(BTreeMap<Key, Given>);

impl Layer {
    /// Adds a value; one that the layer already gives, by this name or another, is refused.
    pub(super) fn add(&mut self, given: Given) -> Result<(), String> {
        let key = given.setting.key();
        if let Some(first) = self.0.get(&key) {
            return Err(format!(
                "{} is given twice: {} and {}",
                given.setting.title(),
                first.origin,
                given.origin
            ));
        }
        self.0.insert(key, given);
        Ok(())
    }
}

/// The settings in force, and which layer set each.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) settings: Settings,
    origins: BTreeMap<Key, Origin>,
}

impl Resolved {
    /// Where the value of this setting comes from.
    pub(super) fn origin(&self, key: Key) -> &Origin {
        self.origins.get(&key).unwrap_or(&Origin::Default)
    }
}

/// Takes each value from the first layer that gives it. A value that a layer above hides is not looked at, so that a
/// flag can get round a bad one. The error holds one line for each bad value.
pub(super) fn resolve(layers: &[Layer]) -> Result<Resolved, Vec<String>> {
    let mut settings = Settings::default();
    let mut origins = BTreeMap::new();
    let mut faults = Vec::new();
    for setting in settings::all().filter(|setting| !setting.is_shorthand()) {
        let key = setting.key();
        let Some(given) = layers.iter().find_map(|layer| layer.0.get(&key)) else {
            continue;
        };
        match given.setting.set(&mut settings, &given.text) {
            Ok(()) => {
                origins.insert(key, given.origin.clone());
            }
            Err(allowed) => faults.push(refusal(
                &given.setting,
                &allowed,
                &given.text,
                &given.origin,
            )),
        }
    }
    let resolved = Resolved { settings, origins };
    faults.extend(room_too_long(&resolved));
    if faults.is_empty() {
        Ok(resolved)
    } else {
        Err(faults)
    }
}

/// The default room has to be one that a client could go back to.
fn room_too_long(resolved: &Resolved) -> Option<String> {
    let config = &resolved.settings.config;
    let most = config.limits.room_name;
    if config.default_room.len() as u64 <= most {
        return None;
    }
    let setting = settings::all().find(|setting| setting.key() == Key::Field("default-room"))?;
    let allowed = format!("at most {most} bytes long, which is the limit room-name");
    Some(refusal(
        &setting,
        &allowed,
        &config.default_room,
        resolved.origin(setting.key()),
    ))
}

fn refusal(setting: &Setting, allowed: &str, text: &str, origin: &Origin) -> String {
    let text = match setting.name {
        "backplane" => without_login(text),
        _ => text.to_owned(),
    };
    let text = actionline_specs::excerpt(&text);
    format!(
        "{} must be {allowed}, not {text:?} ({origin})",
        setting.title()
    )
}

/// The line for an unknown name.
pub(super) fn did_you_mean(what: &str, name: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("{name:?} is no {what}; did you mean {near}?"),
        None => format!("{name:?} is no {what}; --help lists them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actionline_specs::limits;

    fn layer(values: &[(&str, &str, Origin)]) -> Layer {
        let mut layer = Layer::default();
        for (title, text, origin) in values {
            let setting = settings::all().find(|setting| setting.title() == *title);
            let given = Given {
                setting: setting.expect(title),
                text: (*text).to_owned(),
                origin: origin.clone(),
            };
            layer.add(given).expect("once");
        }
        layer
    }

    fn flag() -> Origin {
        Origin::Flag("--x".to_owned())
    }

    #[test]
    fn the_first_layer_wins_for_every_setting_by_every_name() {
        for setting in settings::all() {
            if let Key::Limit(name) = setting.key()
                && limits::by_name(name).is_some_and(|limit| limit.least == limit.most)
            {
                continue;
            }
            let defaults = Settings::default();
            let texts: &[&str] = match setting.title().as_str() {
                "bind" | "metrics" => &["[::1]:0", "0.0.0.0:1"],
                "public" => &["/", "."],
                "log" => &["warn", "debug"],
                "log-format" => &["json", "text"],
                "announce" | "allow-insecure" | "backplane-sharded" => &["true", "1"],
                "workers" => &["3", "4"],
                "tls-clients" => &["optional", "required"],
                "exempt" => &["10.0.0.0/8", "-"],
                "backplane" => &["redis://a", "rediss://b"],
                _ => &["7", "6"],
            };
            let high = layer(&[(&setting.title(), texts[0], flag())]);
            let low = layer(&[(&setting.title(), texts[1], Origin::File("f:1:1".into()))]);
            // A room name is needed that the least room-name limit admits.
            let room = layer(&[("default-room", "r", Origin::Default)]);
            let resolved = resolve(&[high, low, room]).expect("good values");
            assert_eq!(setting.get(&resolved.settings).as_deref(), Some(texts[0]));
            assert_ne!(setting.get(&defaults).as_deref(), Some(texts[0]));
            assert_eq!(resolved.origin(setting.key()), &flag());
        }
    }

    #[test]
    fn a_hidden_bad_value_is_not_looked_at() {
        let bad = || layer(&[("workers", "many", Origin::Environment("E".into()))]);
        assert!(resolve(&[layer(&[("workers", "2", flag())]), bad()]).is_ok());
        assert_eq!(
            resolve(&[bad()]).expect_err("bad"),
            ["workers must be auto or a whole number from 1 to 1024, not \"many\" (environment E)"]
        );
    }

    #[test]
    fn every_bad_value_gets_its_line() {
        let bad = layer(&[
            ("bind", "here", flag()),
            ("limit line", "0", flag()),
            ("log", "inof", flag()),
        ]);
        let lines = resolve(&[bad]).expect_err("three");
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(
            lines.iter().any(|line| line.contains("did you mean info?")),
            "{lines:?}"
        );
        assert!(
            lines.iter().any(
                |line| line.starts_with("limit line must be a whole number of bytes from 1 to")
            )
        );
    }

    #[test]
    fn a_default_room_beyond_the_limit_is_refused() {
        let small = layer(&[("limit room-name", "4", flag())]);
        let lines = resolve(&[small]).expect_err("defaultRoom is longer");
        assert_eq!(lines.len(), 1);
        assert!(
            lines[0].contains("default-room must be at most 4 bytes"),
            "{lines:?}"
        );
    }
}
