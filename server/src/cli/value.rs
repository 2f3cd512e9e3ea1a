//! From text to a setting's value. Every error says what is allowed, as it follows `must be`.

use actionline_specs::limits::{Limit, Unit};
use actionline_specs::suggest;
use actionline_specs::wire::ADDRESS;
use ipnet::IpNet;
use std::net::IpAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// The number of workers that fits the machine.
pub(super) const AUTO: &str = "auto";
const MOST_WORKERS: usize = 1024;
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// `address:port`. Whether the address can be had shows when the server binds.
pub(super) fn address(text: &str) -> Result<String, String> {
    let allowed = || format!("an address and a port, such as {ADDRESS} or [::1]:5000");
    let (host, port) = text.rsplit_once(':').ok_or_else(allowed)?;
    let bracketed = host.starts_with('[') && host.ends_with(']');
    let blank = host.contains(char::is_whitespace) || host.is_empty();
    if blank || (host.contains(':') && !bracketed) || !is_digits(port) {
        return Err(allowed());
    }
    match port.parse::<u16>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("an address and a port of at most 65535".to_owned()),
    }
}

/// A folder that is there.
pub(super) fn folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.metadata() {
        Ok(found) if found.is_dir() => Ok(path),
        Ok(_) => Err("a folder (this is something else)".to_owned()),
        Err(error) => Err(format!(
            "a folder that is there and can be read ({})",
            plain(&error)
        )),
    }
}

/// An operating system's error without its number.
pub(super) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}

/// A room's name.
pub(super) fn room(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(char::is_control) {
        return Err("a name without control characters".to_owned());
    }
    Ok(text.to_owned())
}

/// No network at all.
const NONE: &str = "-";

/// Networks and single addresses, with commas between.
pub(super) fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    if text == NONE {
        return Ok(Vec::new());
    }
    let one = |part: &str| {
        let net = part.parse::<IpNet>().map(|net| net.trunc());
        net.or_else(|_| part.parse::<IpAddr>().map(IpNet::from))
    };
    let all: Result<_, _> = text.split(',').map(str::trim).map(one).collect();
    all.map_err(|_| {
        format!(
            "networks and addresses with commas between, such as 10.0.0.0/8,::1, or {NONE} for none"
        )
    })
}

/// The same as text.
pub(super) fn networks_text(nets: &[IpNet]) -> String {
    match nets {
        [] => NONE.to_owned(),
        nets => nets
            .iter()
            .map(IpNet::to_string)
            .collect::<Vec<_>>()
            .join(","),
    }
}

/// On or off.
pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("true or false".to_owned()),
    }
}

/// A number of threads; none for `auto`.
pub(super) fn workers(text: &str) -> Result<Option<usize>, String> {
    if text == AUTO {
        return Ok(None);
    }
    match text.parse::<usize>() {
        Ok(number) if is_digits(text) && (1..=MOST_WORKERS).contains(&number) => Ok(Some(number)),
        _ => Err(format!("{AUTO} or a whole number from 1 to {MOST_WORKERS}")),
    }
}

/// A filter of log lines.
pub(super) fn log_filter(text: &str) -> Result<String, String> {
    // A word alone would be taken for a module's name: a mistyped level would silence everything.
    let parts = || text.split(',').map(str::trim);
    let slip = parts().find(|part| {
        let level = LEVELS.iter().any(|level| level.eq_ignore_ascii_case(part));
        !level && !part.contains('=')
    });
    // The filter's own parser takes spaces around a part for letters of it, and panics beside some.
    let text = parts().collect::<Vec<_>>().join(",");
    if slip.is_none() && EnvFilter::try_new(&text).is_ok() {
        return Ok(text);
    }
    let near = slip.and_then(|slip| suggest::nearest(slip, LEVELS));
    let hint = near.map_or(String::new(), |near| format!(" (did you mean {near}?)"));
    let levels = LEVELS.join(", ");
    Err(format!(
        "one of {levels}, or a list such as info,actionline=debug{hint}"
    ))
}

/// One of a few words.
pub(super) fn word<T: Copy>(text: &str, words: &[(&'static str, T)]) -> Result<T, String> {
    match words.iter().find(|(word, _)| *word == text) {
        Some((_, value)) => Ok(*value),
        None => {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            Err(format!("one of {}", words.join(", ")))
        }
    }
}

/// The word for one of a few values.
pub(super) fn word_of<T: PartialEq>(value: &T, words: &[(&'static str, T)]) -> Option<String> {
    let (word, _) = words.iter().find(|(_, one)| one == value)?;
    Some((*word).to_owned())
}

/// A limit's value; for bytes `K` and `M` stand for 1024 and 1024 × 1024.
pub(super) fn limit(limit: &Limit, text: &str) -> Result<u64, String> {
    let (digits, times) = match (limit.unit, text.char_indices().last()) {
        (Unit::Bytes, Some((at, 'K' | 'k'))) => (&text[..at], 1024),
        (Unit::Bytes, Some((at, 'M' | 'm'))) => (&text[..at], 1024 * 1024),
        _ => (text, 1),
    };
    let value = match digits.parse::<u64>() {
        Ok(number) if is_digits(digits) => number.checked_mul(times),
        _ => None,
    };
    value
        .filter(|value| (limit.least..=limit.most).contains(value))
        .ok_or_else(|| {
            if limit.is_fixed() {
                return format!("{}, which the protocol fixes", limit.default);
            }
            let of = match limit.unit {
                Unit::Count => String::new(),
                unit => format!(" of {}", unit.word()),
            };
            let or = match limit.unit {
                Unit::Bytes => ", or such as 64K or 1M",
                _ => "",
            };
            format!(
                "a whole number{of} from {} to {}{or}",
                limit.least, limit.most
            )
        })
}

/// Whether it is digits and nothing else, not even a sign.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
