use super::INTERRUPT;
use super::model::{Got, fed, naive};
use proptest::prelude::*;

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

#[test]
fn what_an_over_long_line_looks_like_hangs_on_no_cut() {
    let blank = " ".repeat(13);
    for (input, json) in [
        (format!("{blank}{{\n"), false),
        (format!("{blank}\n{{"), false),
        (format!("{}{{{blank}\n", " ".repeat(12)), true),
    ] {
        for cut in 0..input.len() {
            let got = fed(input.as_bytes(), &[cut], &[], 12, 30);
            assert_eq!(got, [Got::TooLong(json)], "{input:?} cut at {cut}");
        }
    }
}
