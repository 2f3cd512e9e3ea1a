//! The table of settings, apart from the limits, which have a table of their own.

use super::settings::{Home, LogFormat, Setting, Takes};
use super::{backplane, value};
use crate::Clients;
use actionline_specs::limits;
use std::path::{Path, PathBuf};

/// In the order `--help` lists them.
pub(super) const OWN: [Setting; 23] = [
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
        name: "backplane",
        value: "URL",
        takes: Takes::Text,
        help: "The Redis or Valkey over which servers share rooms and cache: redis://HOST:PORT, or rediss:// for TLS. User and password: ACTIONLINE_BACKPLANE_USER and ACTIONLINE_BACKPLANE_PASSWORD, in the environment alone",
        home: Home::Field(
            |to, text| backplane::url(text).map(|url| to.link.url = Some(url)),
            |from| from.link.url.clone(),
        ),
    },
    Setting {
        name: "backplane-app",
        value: "NAME",
        takes: Takes::Text,
        help: "Servers of one name share rooms and cache, others of that Redis keep theirs apart",
        home: Home::Field(
            |to, text| backplane::app(text).map(|app| to.link.app = app),
            |from| Some(from.link.app.clone()),
        ),
    },
    Setting {
        name: "backplane-sharded",
        value: "true|false",
        takes: Takes::Switch,
        help: "The backplane is a Redis Cluster or Valkey Cluster, and its URL names one of the nodes",
        home: Home::Field(
            |to, text| value::switch(text).map(|on| to.link.sharded = on),
            |from| Some(from.link.sharded.to_string()),
        ),
    },
    Setting {
        name: "backplane-timeout",
        value: "MILLISECONDS",
        takes: Takes::Number,
        help: "How long Redis may take for an answer; then replies say that they reached this server only",
        home: Home::Field(
            |to, text| backplane::timeout(text).map(|timeout| to.link.timeout = timeout),
            |from| Some(from.link.timeout.as_millis().to_string()),
        ),
    },
    Setting {
        name: "backplane-ca",
        value: "FILE",
        takes: Takes::Path,
        help: "The roots of Redis's certificate, PEM; needed for rediss://",
        home: Home::Field(
            |to, text| path(text).map(|file| to.link.files.ca = file),
            |from| shown(&from.link.files.ca),
        ),
    },
    Setting {
        name: "backplane-cert",
        value: "FILE",
        takes: Takes::Path,
        help: "This server's own certificate for Redis, if it asks for one, PEM",
        home: Home::Field(
            |to, text| path(text).map(|file| to.link.files.cert = Some(file)),
            |from| shown(from.link.files.cert.as_ref()?),
        ),
    },
    Setting {
        name: "backplane-key",
        value: "FILE",
        takes: Takes::Path,
        help: "The private key of that certificate, PEM",
        home: Home::Field(
            |to, text| path(text).map(|file| to.link.files.key = Some(file)),
            |from| shown(from.link.files.key.as_ref()?),
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
