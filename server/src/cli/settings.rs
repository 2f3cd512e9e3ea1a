//! Every setting, declared once: flags, environment, file, `--print-config` and `--help` read this table.

use super::backplane::Link;
pub(super) use super::table::OWN;
use super::value;
use crate::TlsFiles;
use crate::config::Config;
use actionline_specs::limits::{self, Limit};
use actionline_specs::wire::ADDRESS;
use std::path::PathBuf;

/// What a server of the command line can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) bind: String,
    /// Threads; none: one for each processor.
    pub(super) workers: Option<usize>,
    pub(super) log: String,
    pub(super) log_format: LogFormat,
    /// Where metrics are answered; none: nowhere.
    pub(super) metrics: Option<String>,
    pub(super) config: Config,
    pub(super) tls: TlsFiles,
    pub(super) link: Link,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            bind: ADDRESS.to_owned(),
            workers: None,
            log: "info".to_owned(),
            log_format: LogFormat::Auto,
            metrics: None,
            config: Config::default(),
            tls: TlsFiles::default(),
            link: Link::default(),
        }
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    Text,
    Json,
}

impl LogFormat {
    pub(super) const WORDS: [(&str, LogFormat); 3] = [
        ("auto", LogFormat::Auto),
        ("text", LogFormat::Text),
        ("json", LogFormat::Json),
    ];
}

/// What a setting's value is in a TOML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Text,
    /// Text that names a folder or a file; in a file of settings it is relative to that file.
    Path,
    /// A number, or text such as `64K` or `auto`.
    Number,
    Switch,
}

/// One setting. Its name is the flag `--name`, the variable `ACTIONLINE_NAME` and the key `name`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// Stands for the value in `--help`.
    pub(super) value: &'static str,
    pub(super) takes: Takes,
    pub(super) help: &'static str,
    pub(super) home: Home,
}

/// Where a setting's value is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Home {
    /// A field: how it is set (the error says what is allowed) and read.
    Field(
        fn(&mut Settings, &str) -> Result<(), String>,
        fn(&Settings) -> Option<String>,
    ),
    /// A limit, set under a name of its own.
    Shorthand(&'static Limit),
    /// A limit, set as `--limit name=value`, `ACTIONLINE_LIMIT_NAME` and `name` beneath `[limits]`.
    Limit(&'static Limit),
}

/// What a setting is about, whatever it was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Field(&'static str),
    Limit(&'static str),
}

/// The limits as settings.
pub(super) fn of_limits() -> impl Iterator<Item = Setting> {
    limits::ALL.iter().map(|limit| Setting {
        name: limit.name,
        value: "VALUE",
        takes: Takes::Number,
        help: limit.meaning,
        home: Home::Limit(limit),
    })
}

/// Every setting by every name it goes by.
pub(super) fn all() -> impl Iterator<Item = Setting> {
    OWN.into_iter().chain(of_limits())
}

impl Setting {
    pub(super) fn key(&self) -> Key {
        match self.home {
            Home::Field(..) => Key::Field(self.name),
            Home::Shorthand(limit) | Home::Limit(limit) => Key::Limit(limit.name),
        }
    }

    /// Whether another setting of the table is this one's full name.
    pub(super) fn is_shorthand(&self) -> bool {
        matches!(self.home, Home::Shorthand(_))
    }

    /// The name as messages use it.
    pub(super) fn title(&self) -> String {
        match self.home {
            Home::Limit(limit) => format!("limit {}", limit.name),
            _ => self.name.to_owned(),
        }
    }

    /// The environment variable.
    pub(super) fn variable(&self) -> String {
        let middle = if matches!(self.home, Home::Limit(_)) {
            "LIMIT_"
        } else {
            ""
        };
        let name = self.name.replace('-', "_").to_uppercase();
        format!("{PREFIX}{middle}{name}")
    }

    /// Sets the value from its text. The error says what is allowed: it follows `must be`.
    pub(super) fn set(&self, to: &mut Settings, text: &str) -> Result<(), String> {
        match self.home {
            Home::Field(set, _) => set(to, text),
            Home::Shorthand(limit) | Home::Limit(limit) => {
                let value = value::limit(limit, text)?;
                to.config.limits.set(limit.name, value);
                Ok(())
            }
        }
    }

    /// The value as text that [`Setting::set`] reads; none: not set, and there is no default.
    pub(super) fn get(&self, from: &Settings) -> Option<String> {
        match self.home {
            Home::Field(_, get) => get(from),
            Home::Shorthand(limit) | Home::Limit(limit) => {
                Some(from.config.limits.get(limit.name)?.to_string())
            }
        }
    }
}

/// Begins the name of every environment variable.
pub(super) const PREFIX: &str = "ACTIONLINE_";
/// Names the file of settings: the variable, and in small letters the flag.
pub(super) const FILE_VARIABLE: &str = "ACTIONLINE_CONFIG";
/// The file that is read when none is named and this one is there.
pub(super) const DEFAULT_FILE: &str = "actionline.toml";
/// The table of a file that holds the limits.
pub(super) const LIMITS_TABLE: &str = "limits";

/// A path as the text of a setting.
pub(super) fn path_text(path: PathBuf) -> Result<String, PathBuf> {
    path.into_os_string().into_string().map_err(PathBuf::from)
}
