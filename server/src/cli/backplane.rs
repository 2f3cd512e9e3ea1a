//! The link to other nodes, as settings and the environment name it.

use super::value::is_digits;
use crate::backplane::{APP, NAMED, TIMEOUT, URL};
use crate::{Backplane, BackplaneError, BackplaneTls};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// What the settings say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) url: Option<String>,
    pub(super) app: String,
    pub(super) sharded: bool,
    pub(super) timeout: Duration,
    pub(super) files: BackplaneTls,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            url: None,
            app: APP.to_owned(),
            sharded: false,
            timeout: TIMEOUT,
            files: BackplaneTls::default(),
        }
    }
}

/// The variables of the login: no settings, as a file or a command line is read by others.
const USER: &str = "ACTIONLINE_BACKPLANE_USER";
const PASSWORD: &str = "ACTIONLINE_BACKPLANE_PASSWORD";
pub(super) const VARIABLES: [&str; 2] = [USER, PASSWORD];

/// Who logs in to Redis.
#[derive(Clone, Default)]
pub(super) struct Login {
    user: Option<String>,
    password: Option<String>,
}

/// Never what it holds.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login")
    }
}

impl Login {
    /// Takes what the environment says under one of [`VARIABLES`].
    pub(super) fn add(&mut self, name: &str, value: OsString) -> Result<(), String> {
        let text = value.into_string();
        let text = text.map_err(|_| format!("{name} must be UTF-8 text"))?;
        let home = if name == USER {
            &mut self.user
        } else {
            &mut self.password
        };
        *home = Some(text);
        Ok(())
    }
}

/// A URL that a backplane takes. The error follows `must be`.
pub(super) fn url(text: &str) -> Result<String, String> {
    // Its files are looked at when it is used.
    match Backplane::new(text) {
        Ok(_) | Err(BackplaneError::Roots) => Ok(text.to_owned()),
        Err(BackplaneError::Login) => Err(format!(
            "without user and password, which {USER} and {PASSWORD} hold in the environment"
        )),
        Err(_) => Err(URL.to_owned()),
    }
}

/// An application's name.
pub(super) fn app(text: &str) -> Result<String, String> {
    match Backplane::new("redis://x").and_then(|backplane| backplane.app(text)) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(NAMED.to_owned()),
    }
}

/// Longest time that Redis may be given: others wait for it.
const MOST: u64 = 60_000;

/// A number of milliseconds.
pub(super) fn timeout(text: &str) -> Result<Duration, String> {
    let millis = text.parse::<u64>().ok().filter(|_| is_digits(text));
    let millis = millis.filter(|millis| (1..=MOST).contains(millis));
    millis
        .map(Duration::from_millis)
        .ok_or_else(|| format!("a whole number of milliseconds from 1 to {MOST}"))
}

/// The backplane that was asked for, if any.
pub(super) fn backplane(link: &Link, login: &Login) -> Result<Option<Backplane>, String> {
    let BackplaneTls { ca, cert, key } = &link.files;
    let has_files = *ca != PathBuf::new() || cert.is_some() || key.is_some();
    let Some(url) = &link.url else {
        return match has_files || link.sharded {
            true => Err(
                "cannot start: backplane-sharded, -ca, -cert and -key are for a backplane"
                    .to_owned(),
            ),
            false => Ok(None),
        };
    };
    if cert.is_some() != key.is_some() {
        return Err("cannot start: backplane-cert and backplane-key belong together".to_owned());
    }
    let made = match has_files || url.starts_with("rediss:") {
        true if *ca == PathBuf::new() || url.starts_with("redis:") => Err(BackplaneError::Roots),
        true => Backplane::tls(url, &link.files),
        false => Backplane::new(url),
    };
    let made = made.and_then(|made| made.app(&link.app)?.timeout(link.timeout));
    let made = made.and_then(|made| match link.sharded {
        true => made.sharded(),
        false => Ok(made),
    });
    let made = made.map_err(|error| match error {
        BackplaneError::Roots => {
            "cannot start: backplane-ca names the roots for rediss://, which needs them, and is for nothing else".to_owned()
        }
        error => format!("cannot start: {error}"),
    })?;
    match (&login.user, &login.password) {
        (None, None) => Ok(Some(made)),
        (user, Some(password)) => Ok(Some(made.login(user.as_deref(), password))),
        (Some(_), None) => Err(format!("cannot start: {USER} needs {PASSWORD}")),
    }
}

/// A setting's text as it may be repeated: what stands before an `@` may be a login.
pub(super) fn without_login(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("\u{2026}@{rest}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(url: &str) -> Link {
        Link {
            url: Some(url.to_owned()),
            ..Link::default()
        }
    }

    #[test]
    fn a_password_is_never_repeated() {
        let mut login = Login::default();
        login.add(PASSWORD, "secret".into()).expect("text");
        assert_eq!(format!("{login:?}"), "Login");
        let made = backplane(&link("redis://x"), &login).expect("good");
        assert!(!format!("{made:?}").contains("secret"), "{made:?}");
        let shown = without_login("redis://me:sec@ret@host");
        assert_eq!(shown, "\u{2026}@host");
        assert!(url("redis://me:secret@host").is_err_and(|text| !text.contains("secret")));
    }

    #[test]
    fn what_does_not_go_together_is_told() {
        let none = Login::default();
        let refused = |link: &Link, login: &Login| backplane(link, login).expect_err("refused");
        assert!(backplane(&Link::default(), &none).is_ok_and(|none| none.is_none()));
        assert!(refused(&link("rediss://x"), &none).contains("backplane-ca"));
        let mut files = link("redis://x");
        files.files.ca = "ca.pem".into();
        assert!(refused(&files, &none).contains("backplane-ca"));
        files.url = None;
        assert!(refused(&files, &none).contains("are for a backplane"));
        let mut cluster = link("redis://x/1");
        cluster.sharded = true;
        assert!(refused(&cluster, &none).contains("no databases"));
        cluster.url = None;
        assert!(refused(&cluster, &none).contains("are for a backplane"));
        let mut half = link("rediss://x");
        half.files.cert = Some("a.pem".into());
        assert!(refused(&half, &none).contains("belong together"));
        let mut user = Login::default();
        user.add(USER, "me".into()).expect("text");
        assert!(refused(&link("redis://x"), &user).contains(PASSWORD));
        for bad in ["0", "60001", "+1", "1s", ""] {
            assert!(timeout(bad).is_err(), "{bad}");
        }
    }
}
