//! Reads settings and keys anew while the server runs. What cannot be used changes nothing.

use super::args::Serve;
use super::settings::{self, Key, Settings};
use super::start;
use crate::{Handle, Tls};

/// What is read anew, and whom it changes.
pub(super) struct Reload {
    asked: Serve,
    /// As the server has them.
    settings: Settings,
    handle: Handle,
    tls: Option<Tls>,
}

impl Reload {
    pub(super) fn new(asked: Serve, settings: Settings, handle: Handle, tls: Option<Tls>) -> Self {
        Self {
            asked,
            settings,
            handle,
            tls,
        }
    }

    /// Reads both, and tells the log what came of it.
    pub(super) fn run(&mut self) {
        self.limits();
        if let Some(tls) = &self.tls {
            match tls.reload() {
                Ok(()) => tracing::info!("read the TLS keys anew"),
                Err(error) => tracing::error!(%error, "kept the TLS keys as they were"),
            }
        }
    }

    fn limits(&mut self) {
        let read = match start::read(self.asked.clone(), std::env::vars_os()) {
            Ok(read) => read,
            Err(lines) => {
                for line in lines {
                    tracing::error!("kept the limits as they were: {line}");
                }
                return;
            }
        };
        for warning in &read.warnings {
            tracing::warn!("{warning}");
        }
        let wanted = read.resolved.settings;
        let needs_restart = self.handle.set_limits(&wanted.config.limits);
        for setting in settings::all().filter(|setting| !setting.is_shorthand()) {
            let (now, then) = (setting.get(&wanted), setting.get(&self.settings));
            if now == then {
                continue;
            }
            let name = setting.title();
            match setting.key() {
                Key::Limit(limit) if !needs_restart.contains(&limit) => tracing::info!(
                    "{name} is {} now; it was {}",
                    now.unwrap_or_default(),
                    then.unwrap_or_default()
                ),
                _ => tracing::warn!("{name} stays as it was: a change of it takes a restart"),
            }
        }
        for (name, value) in self.handle.limits() {
            self.settings.config.limits.set(name, value);
        }
        tracing::info!("read the limits anew");
    }
}
