//! Days and points in time (RFC 3339 §5.6).

/// `full-date`, with the days that a month has.
pub(super) fn is_date(text: &str) -> bool {
    read_date(text.as_bytes()).is_some_and(|rest| rest.is_empty())
}

/// `date-time`. A second 60 is admitted where UTC can have one.
pub(super) fn is_date_time(text: &str) -> bool {
    let clock = || {
        let rest = read_date(text.as_bytes())?;
        let rest = letter(rest, b'T')?;
        let (hour, rest) = number(rest, 2, 23)?;
        let (minute, rest) = number(sign(rest, b':')?, 2, 59)?;
        let (second, rest) = number(sign(rest, b':')?, 2, 60)?;
        let (offset, rest) = offset(fraction(rest)?)?;
        let utc = (i32::from(hour) * 60 + i32::from(minute) - offset).rem_euclid(24 * 60);
        (rest.is_empty() && (second < 60 || utc == 23 * 60 + 59)).then_some(())
    };
    clock().is_some()
}

fn read_date(text: &[u8]) -> Option<&[u8]> {
    let (year, rest) = number(text, 4, 9999)?;
    let (month, rest) = number(sign(rest, b'-')?, 2, 12)?;
    let (day, rest) = number(sign(rest, b'-')?, 2, 31)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (month >= 1 && (1..=days).contains(&day)).then_some(rest)
}

/// Minutes east of UTC.
fn offset(text: &[u8]) -> Option<(i32, &[u8])> {
    let direction = match text.first()? {
        b'Z' | b'z' => return Some((0, &text[1..])),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = number(&text[1..], 2, 23)?;
    let (minutes, rest) = number(sign(rest, b':')?, 2, 59)?;
    Some((
        direction * (i32::from(hours) * 60 + i32::from(minutes)),
        rest,
    ))
}

/// Leaves out a fraction of a second, if there is one.
fn fraction(text: &[u8]) -> Option<&[u8]> {
    let Some(digits) = sign(text, b'.') else {
        return Some(text);
    };
    let count = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    (count > 0).then(|| &digits[count..])
}

/// A number of exactly so many digits, up to `most`.
fn number(text: &[u8], digits: usize, most: u16) -> Option<(u16, &[u8])> {
    let (head, rest) = text.split_at_checked(digits)?;
    let mut value = 0;
    for byte in head {
        value = value * 10 + u16::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    (value <= most).then_some((value, rest))
}

fn sign(text: &[u8], wanted: u8) -> Option<&[u8]> {
    text.strip_prefix(&[wanted])
}

fn letter(text: &[u8], wanted: u8) -> Option<&[u8]> {
    sign(text, wanted).or_else(|| sign(text, wanted.to_ascii_lowercase()))
}
