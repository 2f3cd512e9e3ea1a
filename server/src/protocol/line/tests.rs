use super::*;
use proptest::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Got {
    Line(String),
    NotText(bool),
    TooLong(bool),
    Quit,
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

/// Reads everything at once, byte by byte: slow and plain.
fn naive(input: &[u8], max: usize, discard: usize) -> Vec<Got> {
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
                out.push(Got::TooLong(is_json(text)));
                out.push(Got::Endless);
                return out;
            } else {
                out.push(Got::TooLong(is_json(text)));
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
        out.push(Got::TooLong(is_json(&line)));
        if line.len() > discard {
            out.push(Got::Endless);
        }
    }
    out
}

fn fed(input: &[u8], cuts: &[usize], holds: &[bool], max: usize, discard: usize) -> Vec<Got> {
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
        lines.feed(&input[from..to], &mut take);
        while lines.holds() {
            lines.feed(&[], &mut take);
        }
        let kept = lines.rest.len() - lines.at;
        assert!(kept <= max + 1, "kept {kept}");
        from = to;
    }
    let end = out.iter().position(|got| *got == Got::Endless);
    out.truncate(end.map_or(out.len(), |end| end + 1));
    out
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => Just(b"\n".to_vec()),
        2 => Just(b"\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        1 => Just(vec![0x04]),
        1 => Just(INTERRUPT.to_vec()),
        1 => prop::sample::select(INTERRUPT.to_vec()).prop_map(|b| vec![b]),
        4 => prop::collection::vec(prop::sample::select(b"ab {=\xc3\xa9".to_vec()), 0..9),
        1 => (0usize..40).prop_map(|n| vec![b'x'; n]),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]
    #[test]
    fn any_cut_and_any_hold_gives_the_naive_result(
        input in bytes(),
        mut cuts in prop::collection::vec(0usize..200, 0..12),
        holds in prop::collection::vec(any::<bool>(), 0..30),
    ) {
        cuts.sort_unstable();
        prop_assert_eq!(fed(&input, &cuts, &holds, 12, 30), naive(&input, 12, 30));
    }
}

#[test]
fn the_limit_counts_the_line_without_its_end() {
    for end in ["\n", "\r\n"] {
        let fits = format!("{}{end}", "x".repeat(12));
        assert_eq!(
            fed(fits.as_bytes(), &[], &[], 12, 30),
            [Got::Line("x".repeat(12))]
        );
        let over = format!("{}{end}ok\n", "x".repeat(13));
        let expected = [Got::TooLong(false), Got::Line("ok".to_owned())];
        assert_eq!(fed(over.as_bytes(), &[], &[], 12, 30), expected);
    }
}

#[test]
fn the_discard_limit_is_exact() {
    for (length, endless) in [(30, false), (31, true)] {
        let input = vec![b'x'; length];
        let got = fed(&input, &[5, 12, 13, 20], &[], 12, 30);
        assert_eq!(got.contains(&Got::Endless), endless, "{length}");
    }
}
