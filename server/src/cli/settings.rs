//! Every setting, declared once: flags, environment, file, `--print-config` and `--help` read this table.

use super::value;
use crate::config::Config;
use crate::{Clients, TlsFiles};
use actionline_specs::limits::{self, Limit};
use actionline_specs::wire::ADDRESS;
use std::path::{Path, PathBuf};

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
    home: Home,
}

#[derive(Debug, Clone, Copy)]
enum Home {
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

/// The settings apart from the limits, in the order `--help` lists them.
pub(super) const OWN: [Setting; 16] = [
    Setting {
        name: "bind",
        value: "ADDRESS:PORT",
        takes: Takes::Text,
        help: "Where to listen; port 0 takes a free one",
        home: Home::Field(
            |to, text| value::address(text).map(|bind| to.bind = bind),
            |from| Some(from.bind.clone()),
        ),
    },
    Setting {
        name: "public",
        value: "DIR",
        takes: Takes::Path,
        help: "The folder that files are served from; without it no file is found",
        home: Home::Field(
            |to, text| value::folder(text).map(|dir| to.config.public = Some(dir)),
            |from| Some(from.config.public.as_ref()?.display().to_string()),
        ),
    },
    Setting {
        name: "keep-alive",
        value: "SECONDS",
        takes: Takes::Number,
        help: "Time between two keep-alive lines, 0 for none; the same as --limit keep-alive=SECONDS",
        home: Home::Shorthand(&limits::KEEP_ALIVE),
    },
    Setting {
        name: "welcome",
        value: "TEXT",
        takes: Takes::Text,
        help: "The welcome text, in place of one that names the api",
        home: Home::Field(
            |to, text| {
                to.config.welcome = Some(text.to_owned());
                Ok(())
            },
            |from| from.config.welcome.clone(),
        ),
    },
    Setting {
        name: "default-room",
        value: "NAME",
        takes: Takes::Text,
        help: "The room that a connection starts in",
        home: Home::Field(
            |to, text| value::room(text).map(|room| to.config.default_room = room),
            |from| Some(from.config.default_room.clone()),
        ),
    },
    Setting {
        name: "announce",
        value: "true|false",
        takes: Takes::Switch,
        help: "Say in a room who enters and leaves it",
        home: Home::Field(
            |to, text| value::switch(text).map(|on| to.config.announce = on),
            |from| Some(from.config.announce.to_string()),
        ),
    },
    Setting {
        name: "exempt",
        value: "NETWORKS",
        takes: Takes::Text,
        help: "Addresses without limits of their own, such as 10.0.0.0/8,::1; - for none",
        home: Home::Field(
            |to, text| value::networks(text).map(|nets| to.config.exempt = nets),
            |from| Some(value::networks_text(&from.config.exempt)),
        ),
    },
    Setting {
        name: "allow-insecure",
        value: "true|false",
        takes: Takes::Switch,
        help: "Listen where strangers reach it, without a login or TLS",
        home: Home::Field(
            |to, text| value::switch(text).map(|on| to.config.allow_insecure = on),
            |from| Some(from.config.allow_insecure.to_string()),
        ),
    },
    Setting {
        name: "tls-cert",
        value: "FILE",
        takes: Takes::Path,
        help: "The server's certificate and those up to its root, PEM; with it clients speak TLS",
        home: Home::Field(
            |to, text| path(text).map(|file| to.tls.cert = file),
            |from| shown(&from.tls.cert),
        ),
    },
    Setting {
        name: "tls-key",
        value: "FILE",
        takes: Takes::Path,
        help: "The private key of the certificate, PEM",
        home: Home::Field(
            |to, text| path(text).map(|file| to.tls.key = file),
            |from| shown(&from.tls.key),
        ),
    },
    Setting {
        name: "tls-client-ca",
        value: "FILE",
        takes: Takes::Path,
        help: "The roots of clients' certificates, PEM",
        home: Home::Field(
            |to, text| path(text).map(|file| to.tls.client_ca = Some(file)),
            |from| shown(from.tls.client_ca.as_ref()?),
        ),
    },
    Setting {
        name: "tls-clients",
        value: "off|optional|required",
        takes: Takes::Text,
        help: "Whether clients show certificates of their own",
        home: Home::Field(
            |to, text| value::word(text, &CLIENTS).map(|clients| to.tls.clients = clients),
            |from| value::word_of(&from.tls.clients, &CLIENTS),
        ),
    },
    Setting {
        name: "workers",
        value: "N",
        takes: Takes::Number,
        help: "Threads that serve; auto: one for each processor",
        home: Home::Field(
            |to, text| value::workers(text).map(|workers| to.workers = workers),
            |from| Some(from.workers.map_or(value::AUTO.into(), |n| n.to_string())),
        ),
    },
    Setting {
        name: "log",
        value: "FILTER",
        takes: Takes::Text,
        help: "What is logged: off, error, warn, info, debug, trace, or such as info,actionline=debug",
        home: Home::Field(
            |to, text| value::log_filter(text).map(|log| to.log = log),
            |from| Some(from.log.clone()),
        ),
    },
    Setting {
        name: "log-format",
        value: "auto|text|json",
        takes: Takes::Text,
        help: "How log lines look; auto: text on a terminal, JSON elsewhere",
        home: Home::Field(
            |to, text| value::word(text, &LogFormat::WORDS).map(|format| to.log_format = format),
            |from| value::word_of(&from.log_format, &LogFormat::WORDS),
        ),
    },
    Setting {
        name: "metrics",
        value: "ADDRESS:PORT",
        takes: Takes::Text,
        help: "Where Prometheus finds /metrics, /healthz and /readyz; without it nothing is measured. No login: keep it from strangers",
        home: Home::Field(
            |to, text| {
                to.metrics = Some(value::address(text)?);
                to.config.measure = true;
                Ok(())
            },
            |from| from.metrics.clone(),
        ),
    },
];

const CLIENTS: [(&str, Clients); 3] = [
    ("off", Clients::Off),
    ("optional", Clients::Optional),
    ("required", Clients::Required),
];

/// A file. What is wrong with it shows when it is read.
fn path(text: &str) -> Result<PathBuf, String> {
    match text {
        "" => Err("the path of a file".to_owned()),
        text => Ok(text.into()),
    }
}

fn shown(path: &Path) -> Option<String> {
    let text = path.display().to_string();
    (!text.is_empty()).then_some(text)
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
