//! Where Redis is: a URL without user and password.

use super::BackplaneError;
use std::fmt;

/// The port of Redis.
const PORT: u16 = 6379;

/// A host, a port, a database; and whether to speak TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) database: u16,
}

impl Address {
    /// Reads `redis://host:port/database`, or `rediss://…` for TLS. No error repeats the text: there may be a password in it.
    pub(super) fn read(url: &str) -> Result<Self, BackplaneError> {
        let (scheme, rest) = url.split_once("://").ok_or(BackplaneError::Url)?;
        let tls = match scheme {
            "redis" => false,
            "rediss" => true,
            _ => return Err(BackplaneError::Url),
        };
        if rest.contains('@') {
            return Err(BackplaneError::Login);
        }
        let (place, database) = rest.split_once('/').unwrap_or((rest, ""));
        let database = match database {
            "" => Some(0),
            text => number(text),
        };
        let (host, port) = match place.strip_prefix('[') {
            Some(rest) => {
                let (host, after) = rest.split_once(']').ok_or(BackplaneError::Url)?;
                let host = host.contains(':').then_some(host);
                (
                    host,
                    after.strip_prefix(':').or(after.is_empty().then_some("")),
                )
            }
            None => {
                let (host, port) = match place.split_once(':') {
                    Some((host, port)) if !port.is_empty() => (host, port),
                    Some(_) => return Err(BackplaneError::Url),
                    None => (place, ""),
                };
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                (
                    Some(host).filter(|host| host.chars().all(plain)),
                    Some(port),
                )
            }
        };
        let port = port.and_then(|port| match port {
            "" => Some(PORT),
            text => number(text).filter(|port| *port > 0),
        });
        match (host, port, database) {
            (Some(host), Some(port), Some(database)) if !host.is_empty() => Ok(Self {
                tls,
                host: host.to_owned(),
                port,
                database,
            }),
            _ => Err(BackplaneError::Url),
        }
    }
}

fn number(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "rediss" } else { "redis" };
        let (open, close) = match self.host.contains(':') {
            true => ("[", "]"),
            false => ("", ""),
        };
        write!(f, "{scheme}://{open}{}{close}:{}", self.host, self.port)?;
        match self.database {
            0 => Ok(()),
            database => write!(f, "/{database}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_a_host_and_maybe_a_port_and_a_database() {
        for (url, shown) in [
            ("redis://localhost", "redis://localhost:6379"),
            ("redis://10.0.0.1:7000/", "redis://10.0.0.1:7000"),
            (
                "rediss://cache.example.com:1/2",
                "rediss://cache.example.com:1/2",
            ),
            ("redis://[::1]", "redis://[::1]:6379"),
            ("redis://[::1]:7/0", "redis://[::1]:7"),
        ] {
            let address = Address::read(url).expect(url);
            assert_eq!(address.to_string(), shown);
            assert_eq!(Address::read(shown).expect(shown), address);
        }
    }

    #[test]
    fn anything_else_is_refused_without_being_repeated() {
        for bad in [
            "",
            "redis://",
            "redis:/x",
            "http://x",
            "redis://x:0",
            "redis://x:",
            "redis://x:+1",
            "redis://x:70000",
            "redis://x/a",
            "redis://[x]",
            "redis://[::1]x",
            "redis://a b",
            "redis://x?a=1",
        ] {
            let error = Address::read(bad).expect_err(bad);
            assert!(matches!(error, BackplaneError::Url), "{bad}");
        }
        let error = Address::read("redis://me:secret@x").expect_err("a login");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(matches!(error, BackplaneError::Login));
    }
}
