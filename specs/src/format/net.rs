//! Names and addresses of the net.

use regex::Regex;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

pub(super) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

pub(super) fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// RFC 1123 §2.1: labels of letters, digits and inner dashes.
pub(super) fn is_hostname(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let shape = (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-');
    // RFC 5891 §4.2.3.1: what has dashes there is an encoded name or nothing.
    shape
        && match label.as_bytes().get(2..4) {
            Some(b"--") => label.strip_prefix("xn--").is_some_and(is_punycode),
            _ => true,
        }
}

/// Whether a label decodes (RFC 3492 §6.2) to something that is not ASCII. Which characters a name may have is for
/// those who register it.
fn is_punycode(text: &str) -> bool {
    let (basic, encoded) = match text.rsplit_once('-') {
        Some((basic, encoded)) if !basic.is_empty() => (basic, encoded),
        _ => ("", text),
    };
    let (mut length, mut bias, mut point, mut index) = (basic.len() as u32, 72, 128u32, 0u32);
    let mut digits = encoded.bytes();
    let mut first = true;
    let mut decode = || {
        let before = index;
        let (mut weight, mut k) = (1u32, 36u32);
        loop {
            let digit = match digits.next()? {
                byte @ b'a'..=b'z' => byte - b'a',
                byte @ b'A'..=b'Z' => byte - b'A',
                byte @ b'0'..=b'9' => byte - b'0' + 26,
                _ => return None,
            };
            index = index.checked_add(u32::from(digit).checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if u32::from(digit) < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        length += 1;
        bias = adapt(index - before, length, first);
        first = false;
        point = point.checked_add(index / length)?;
        index = index % length + 1;
        char::from_u32(point)?;
        Some(digits.len() > 0)
    };
    loop {
        match decode() {
            Some(true) => {}
            Some(false) => return true,
            None => return false,
        }
    }
}

/// RFC 3492 §6.1.
fn adapt(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = delta / if first { 700 } else { 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

/// RFC 5321 §4.1.2: words joined by dots or one quoted text, at a host or an address in brackets.
pub(super) fn is_email(text: &str) -> bool {
    static LOCAL: LazyLock<Regex> = LazyLock::new(|| {
        let atom = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
        let quoted = r#"(?:[\t !#-\[\]-~]|\\[!-~])*"#;
        expression(&format!(r#"^(?:{atom}(?:\.{atom})*|"{quoted}")$"#))
    });
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let literal = domain.strip_prefix('[').and_then(|d| d.strip_suffix(']'));
    let at_home = match literal {
        None => is_hostname(domain),
        Some(address) => match address.split_at_checked(5) {
            Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => is_ipv6(address),
            _ => is_ipv4(address),
        },
    };
    at_home && local.len() <= 64 && LOCAL.is_match(local)
}

/// RFC 3986 §3, with a scheme.
pub(super) fn is_uri(text: &str) -> bool {
    static URI: LazyLock<Regex> = LazyLock::new(|| {
        let escaped = "%[0-9A-Fa-f]{2}";
        let name = format!(r"(?:[A-Za-z0-9._~!$&'()*+,;=-]|{escaped})");
        let user = format!("(?:{name}|:)");
        let part = format!("(?:{name}|[:@])");
        let host = format!(
            r"(?:\[(?:(?<six>[0-9A-Fa-f:.]+)|[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]|{name}*)"
        );
        let authority = format!("//(?:{user}*@)?{host}(?::[0-9]*)?(?:/{part}*)*");
        let path = format!("/(?:{part}+(?:/{part}*)*)?|{part}+(?:/{part}*)*|");
        let tail = format!("(?:{part}|[/?])*");
        expression(&format!(
            r"^[A-Za-z][A-Za-z0-9+.-]*:(?:{authority}|{path})(?:\?{tail})?(?:#{tail})?$"
        ))
    });
    match URI.captures(text) {
        Some(parts) => parts.name("six").is_none_or(|six| is_ipv6(six.as_str())),
        None => false,
    }
}

fn expression(text: &str) -> Regex {
    Regex::new(text).expect("the expression is fixed")
}
