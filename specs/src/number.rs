//! JSON's number grammar, and what of it fits.

/// Reads an integer. `floats` also takes `1.0` and `1e2`, which are integers to JSON Schema; they are read as doubles,
/// as every JSON library does.
pub(crate) fn integer(text: &str, floats: bool) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if is_whole(digits) {
        return text.parse().ok();
    }
    if !floats {
        return None;
    }
    let value = number(text)?;
    let fits = value.fract() == 0.0 && (-TWO_63..TWO_63).contains(&value);
    fits.then_some(value as i64)
}

/// 2^63 as a double: the first whole number that no longer fits.
const TWO_63: f64 = 9_223_372_036_854_775_808.0;

/// Reads a number in JSON's grammar; nothing when it is beyond what a double holds.
pub(crate) fn number(text: &str) -> Option<f64> {
    is_json_number(text)
        .then(|| text.parse::<f64>().ok())
        .flatten()
        .filter(|value| value.is_finite())
}

/// `0` or digits without a leading zero.
fn is_whole(digits: &str) -> bool {
    match digits.as_bytes() {
        [] => false,
        [b'0', rest @ ..] => rest.is_empty(),
        all => all.iter().all(u8::is_ascii_digit),
    }
}

/// RFC 8259 §6: `-? int frac? exp?`.
fn is_json_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (whole, mut rest) = text.split_at(end);
    if !is_whole(whole) {
        return false;
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        let end = fraction
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(fraction.len());
        if end == 0 {
            return false;
        }
        rest = &fraction[end..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_strict() {
        for good in [
            ("50", 50),
            ("-5", -5),
            ("0", 0),
            ("-0", 0),
            ("9223372036854775807", i64::MAX),
        ] {
            assert_eq!(integer(good.0, false), Some(good.1), "{good:?}");
        }
        for bad in [
            " 50",
            "50 ",
            "5e1",
            "050",
            "+5",
            "",
            "-",
            "5.0",
            "0x5",
            "9223372036854775808",
            "٣",
        ] {
            assert_eq!(integer(bad, false), None, "{bad:?}");
        }
    }

    #[test]
    fn integral_floats_are_integers_in_json() {
        assert_eq!(integer("1.0", true), Some(1));
        assert_eq!(integer("1e2", true), Some(100));
        assert_eq!(integer("-9223372036854775808.0", true), Some(i64::MIN));
        for bad in ["1.5", "1e19", "9223372036854775808.0", "1e400"] {
            assert_eq!(integer(bad, true), None, "{bad}");
        }
    }

    #[test]
    fn numbers_follow_the_json_grammar() {
        for good in ["0", "-0.5", "1e5", "1E-2", "12.25e+3"] {
            assert!(number(good).is_some(), "{good}");
        }
        for bad in [
            "", "1.", ".5", "01", "+1", "1e", "inf", "NaN", "1e999", "1 ",
        ] {
            assert!(number(bad).is_none(), "{bad}");
        }
    }
}
