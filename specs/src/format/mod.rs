//! `format`: what a string stands for. Each format has its word, its check, its error text and its description here and
//! in the two modules below, and nowhere else. The checks agree with JSON Schema's: `tests/formats.rs` compares them.

mod net;
mod time;

use crate::Kind;
use serde_json::{Map, Value};

/// What a string stands for, asserted whenever a value is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A point in time.
    DateTime,
    /// A day.
    Date,
    /// A UUID.
    Uuid,
    /// An e-mail address.
    Email,
    /// A URI.
    Uri,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A host's name.
    Hostname,
    /// Bytes in Base64.
    Byte,
}

/// JSON Schema has no format for Base64, so that it is said as a pattern.
const BASE64: &str =
    "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

impl Format {
    /// Every format, in the order docs list them.
    pub const ALL: [Format; 9] = [
        Format::DateTime,
        Format::Date,
        Format::Uuid,
        Format::Email,
        Format::Uri,
        Format::Ipv4,
        Format::Ipv6,
        Format::Hostname,
        Format::Byte,
    ];

    /// The word in the spec.
    pub const fn word(self) -> &'static str {
        match self {
            Format::DateTime => "date-time",
            Format::Date => "date",
            Format::Uuid => "uuid",
            Format::Email => "email",
            Format::Uri => "uri",
            Format::Ipv4 => "ipv4",
            Format::Ipv6 => "ipv6",
            Format::Hostname => "hostname",
            Format::Byte => "byte",
        }
    }

    /// The format a spec names with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// What follows "must be" in an error text.
    pub const fn phrase(self) -> &'static str {
        match self {
            Format::DateTime => "a date and time such as 2026-01-31T12:00:00Z",
            Format::Date => "a date such as 2026-01-31",
            Format::Uuid => "a UUID",
            Format::Email => "an e-mail address",
            Format::Uri => "a URI",
            Format::Ipv4 => "an IPv4 address",
            Format::Ipv6 => "an IPv6 address",
            Format::Hostname => "a host name",
            Format::Byte => "Base64",
        }
    }

    /// What exactly is asserted, for the docs.
    pub const fn meaning(self) -> &'static str {
        match self {
            Format::DateTime => {
                "A point in time as RFC 3339 writes it, with an offset: `2026-01-31T12:00:00Z`. A leap second only at 23:59:60 UTC."
            }
            Format::Date => "A day as RFC 3339 writes it: `2026-01-31`.",
            Format::Uuid => "A UUID: hex digits in groups of 8, 4, 4, 4 and 12.",
            Format::Email => "An e-mail address (RFC 5321), all ASCII.",
            Format::Uri => "A URI with its scheme (RFC 3986).",
            Format::Ipv4 => "Four numbers from 0 to 255: `192.0.2.1`.",
            Format::Ipv6 => "An IPv6 address (RFC 4291), without a zone: `2001:db8::1`.",
            Format::Hostname => {
                "A host's name (RFC 1123), at most 253 characters long, without a dot at its end."
            }
            Format::Byte => {
                "Bytes in Base64 (RFC 4648 §4), padded, without line ends, the unused bits zero."
            }
        }
    }

    /// Whether a text is of this format.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            Format::DateTime => time::is_date_time(text),
            Format::Date => time::is_date(text),
            Format::Uuid => is_uuid(text),
            Format::Email => net::is_email(text),
            Format::Uri => net::is_uri(text),
            Format::Ipv4 => net::is_ipv4(text),
            Format::Ipv6 => net::is_ipv6(text),
            Format::Hostname => net::is_hostname(text),
            Format::Byte => is_base64(text),
        }
    }

    /// A value of this format, for the docs.
    pub const fn sample(self) -> &'static str {
        match self {
            Format::DateTime => "2012-01-03T19:48:40.136Z",
            Format::Date => "2012-01-03",
            Format::Uuid => "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
            Format::Email => "ann@example.org",
            Format::Uri => "https://example.org/",
            Format::Ipv4 => "192.0.2.1",
            Format::Ipv6 => "2001:db8::1",
            Format::Hostname => "example.org",
            Format::Byte => "aGVsbG8=",
        }
    }

    pub(crate) fn write_schema(self, schema: &mut Map<String, Value>) {
        if self != Format::Byte {
            schema.insert("format".to_owned(), self.word().into());
            return;
        }
        schema.insert("contentEncoding".to_owned(), "base64".into());
        let pattern = Map::from_iter([("pattern".to_owned(), Value::from(BASE64))]);
        // The param may have a pattern of its own.
        schema.insert(
            "allOf".to_owned(),
            Value::from(vec![Value::Object(pattern)]),
        );
    }
}

/// Every format is one of strings.
pub(crate) const KINDS: &[Kind] = &[Kind::String];

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn is_base64(text: &str) -> bool {
    if !text.len().is_multiple_of(4) {
        return false;
    }
    let digits = text.trim_end_matches('=');
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let unused = match text.len() - digits.len() {
        0 => 0,
        1 => 0b11,
        2 => 0b1111,
        _ => return false,
    };
    let last = digits.bytes().last().and_then(value).unwrap_or_default();
    last & unused == 0 && digits.bytes().all(|byte| value(byte).is_some())
}
