//! What the splitter has to find, the slow and plain way: for its tests and its fuzz target.

use super::{INTERRUPT, Lines, Piece, Take, is_json};

/// A piece that keeps its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// A line.
    Line(String),
    /// No UTF-8; true when it looks like JSON.
    NotText(bool),
    /// Beyond the limit; true when it looks like JSON.
    TooLong(bool),
    /// The client wants to go.
    Quit,
    /// Beyond what is discarded.
    Endless,
}

fn own(piece: Piece<'_>) -> Got {
    match piece {
        Piece::Line(line) => Got::Line(line.to_owned()),
        Piece::NotText { json, .. } => Got::NotText(json),
        Piece::TooLong { json } => Got::TooLong(json),
        Piece::Quit => Got::Quit,
        Piece::Endless => Got::Endless,
    }
}

/// What is in these bytes, read at once and byte by byte.
pub fn naive(input: &[u8], max: usize, discard: usize) -> Vec<Got> {
    let mut out = Vec::new();
    let mut line: Vec<u8> = Vec::new();
    for &byte in input {
        if line.is_empty() && byte == 0x04 {
            out.push(Got::Quit);
            continue;
        }
        if byte == b'\n' {
            let text = line.strip_suffix(b"\r").unwrap_or(&line);
            if text.len() <= max {
                out.push(match String::from_utf8(text.to_vec()) {
                    Ok(text) => Got::Line(text),
                    Err(_) => Got::NotText(is_json(text)),
                });
            } else if line.len() > discard {
                out.push(Got::TooLong(is_json(&text[..=max])));
                out.push(Got::Endless);
                return out;
            } else {
                out.push(Got::TooLong(is_json(&text[..=max])));
            }
            line.clear();
            continue;
        }
        line.push(byte);
        if line.len() <= max + 1 && line.ends_with(INTERRUPT) {
            out.push(Got::Quit);
            line.clear();
        }
    }
    let over = line.len() > max + 1 || (line.len() == max + 1 && line.last() != Some(&b'\r'));
    if over {
        out.push(Got::TooLong(is_json(&line[..=max])));
        if line.len() > discard {
            out.push(Got::Endless);
        }
    }
    out
}

/// What the splitter finds in the same bytes, cut and held as told. Panics when it keeps more than it may.
pub(crate) fn fed(
    input: &[u8],
    cuts: &[usize],
    holds: &[bool],
    max: usize,
    discard: usize,
) -> Vec<Got> {
    let mut lines = Lines::new(max, discard);
    let mut out = Vec::new();
    let mut hold = holds.iter().copied().chain(std::iter::repeat(false));
    let mut take = |piece: Piece<'_>| {
        if hold.next() == Some(true) {
            return Take::Hold;
        }
        out.push(own(piece));
        Take::Next
    };
    let mut from = 0;
    for &cut in cuts.iter().chain([&input.len()]) {
        let to = cut.clamp(from, input.len());
        let piece = &input[from..to];
        if lines.holds() {
            lines.keep(piece);
            lines.feed(&[], &mut take);
        } else {
            lines.feed(piece, &mut take);
        }
        let kept = lines.len();
        assert!(lines.holds() || kept <= max + 1, "kept {kept}");
        from = to;
    }
    while lines.holds() {
        lines.feed(&[], &mut take);
    }
    let end = out.iter().position(|got| *got == Got::Endless);
    out.truncate(end.map_or(out.len(), |end| end + 1));
    out
}
