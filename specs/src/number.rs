//! JSON's number grammar, what of it fits, and which numbers are multiples of others.

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

/// From here on, doubles leave whole numbers out.
pub(crate) const EXACT: f64 = 9_007_199_254_740_992.0;
/// The most decimals that a `multipleOf` can have.
pub(crate) const DECIMALS: i32 = 9;

/// Whether a number is a whole multiple of `unit`, in the decimal reading that both are written in: 0.3 is one of 0.1.
/// Beyond 2^53 no number is: a double does not tell which whole number was meant.
pub(crate) fn divides(unit: f64, value: f64) -> bool {
    if value.abs() >= EXACT {
        return false;
    }
    let (digits, decimals) = decimal(value);
    let (unit_digits, unit_decimals) = decimal(unit);
    // 0.25 has more decimals than any multiple of 0.1.
    let Ok(places) = u32::try_from(unit_decimals - decimals) else {
        return digits == 0;
    };
    let scaled = 10i128
        .checked_pow(places)
        .and_then(|scale| digits.checked_mul(scale));
    scaled.is_some_and(|scaled| scaled % unit_digits == 0)
}

/// How many decimals a number has; negative for one that ends with zeros.
pub(crate) fn decimals(value: f64) -> i32 {
    decimal(value).1
}

/// A double as the shortest decimal that reads as it: all its digits, and how many of them are decimals.
fn decimal(value: f64) -> (i128, i32) {
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().unwrap_or_default();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    (digits, fraction.len() as i32 - exponent)
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
    fn multiples_are_read_in_decimals() {
        for (unit, value) in [
            (0.1, 0.3),
            (0.01, 4.35),
            (0.5, -7.5),
            (2.0, 8.0),
            (2.5, 1e10),
            (0.1, 0.0),
            (100.0, 1e15),
            (1e-9, 123.456_789_123),
            (1.0, 9_007_199_254_740_991.0),
        ] {
            assert!(divides(unit, value), "{value} of {unit}");
        }
        for (unit, value) in [
            (0.1, 0.25),
            (0.01, 4.351),
            (2.0, 7.0),
            (3.0, 1e15),
            (1.0, 9_007_199_254_740_992.0),
            (1.0, 1e300),
            (1.0, 1e-300),
            (1e-9, 1e-10),
        ] {
            assert!(!divides(unit, value), "{value} of {unit}");
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
