//! The forms of text that some matchers stand for.

use regex::Regex;
use std::sync::LazyLock;

pub(super) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

pub(super) fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// RFC 3339 §5.6 `date-time`, with the days that a month has.
pub(super) fn is_rfc3339(text: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        let date = "([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
        let clock = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
        let form =
            format!(r"^{date}[Tt]{clock}:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-]{clock})$");
        Regex::new(&form).expect("the expression is fixed")
    });
    let Some(parts) = FORM.captures(text) else {
        return false;
    };
    let part = |index: usize| parts[index].parse::<u32>().unwrap_or_default();
    let (year, month, day) = (part(1), part(2), part(3));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    day <= match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc3339() {
        for good in [
            "2024-02-29T00:00:00Z",
            "2026-01-31t12:00:00.5z",
            "2026-12-31T23:59:59+14:00",
        ] {
            assert!(is_rfc3339(good), "{good}");
        }
        for bad in [
            "",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+1:00",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00Zé",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00Z",
            "ééééééééééééééééé",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}
