//! Every format against the `jsonschema` crate: texts that are right, texts that are wrong, and texts made from them by
//! small changes get one verdict.

use actionline_specs::Format;
use jsonschema::{Draft, EmailOptions, Validator};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const TEXTS: &[(Format, &[&str], &[&str])] = &[
    (
        Format::DateTime,
        &[
            "2024-02-29T00:00:00Z",
            "2026-01-31t12:00:00.5z",
            "2026-12-31T23:59:59+14:00",
            "2016-12-31T23:59:60Z",
            "2017-01-01T00:59:60+01:00",
            "2016-12-31T15:59:60-08:00",
            "0000-01-01T00:00:00-23:59",
        ],
        &[
            "",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+1:00",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00Zé",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00Z",
            "ééééééééééééééééé",
        ],
    ),
    (
        Format::Date,
        &["2024-02-29", "2000-02-29", "0000-12-31"],
        &[
            "1900-02-29",
            "2026-04-31",
            "2026-1-01",
            "20260101",
            "2026-01-01Z",
            "",
        ],
    ),
    (
        Format::Uuid,
        &[
            "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        ],
        &[
            "1b4e28ba2fa141d2883f0016d3cca427",
            "{1b4e28ba-2fa1-41d2-883f-0016d3cca427}",
            "1b4e28ba-2fa1-41d2-883f-0016d3cca42g",
            "1b4e28b-a2fa1-41d2-883f-0016d3cca427",
        ],
    ),
    (
        Format::Email,
        &[
            "ann@example.org",
            "a.b+c@x",
            "\"a b\"@x.org",
            "\"\"@x.org",
            "\"a\\\"b\"@x.org",
            "\"a@b\"@x.org",
            "a@[192.0.2.1]",
            "a@[IPv6:2001:db8::1]",
            "a@[ipv6:::1]",
            "!#$%&'*+-/=?^_`{|}~@x",
        ],
        &[
            "",
            "ann",
            "@x",
            "ann@",
            "a..b@x",
            ".a@x",
            "a.@x",
            "a b@x",
            "é@x",
            "a@é",
            "a@x.",
            "a@-x",
            "a@[192.0.2]",
            "a@[IPv6:192.0.2.1]",
            "a@[2001:db8::1]",
            "a@b@c",
            "\"a\"b\"@x",
            "Ann <ann@example.org>",
        ],
    ),
    (
        Format::Uri,
        &[
            "https://example.org/a%20b?c=d#e",
            "urn:isbn:0451450523",
            "a:",
            "mailto:a@b",
            "http://[2001:db8::1]:80/",
            "http://[v1.a:b]/",
            "file:///etc",
            "http://a:b@c:5/d;e",
            "x:/a//b",
            "x://",
            "x:?a#b",
        ],
        &[
            "",
            "/a",
            "example.org",
            "://a",
            "1a:b",
            "http://a b",
            "http://a/%2",
            "http://[::1",
            "http://[1.2.3.4]/",
            "http://a:b/",
            "x:a\\b",
            "x:é",
            "http://[fe80::1%25eth0]/",
            "x:a#b#c",
            "http://a@b@c/",
            "x:[",
        ],
    ),
    (
        Format::Ipv4,
        &["0.0.0.0", "255.255.255.255"],
        &["1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "1.2.3.4.5"],
    ),
    (
        Format::Ipv6,
        &["::", "2001:db8::1", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8"],
        &[
            "1:2:3",
            ":::",
            "fe80::1%eth0",
            "[::1]",
            "12345::",
            "::192.0.2",
        ],
    ),
    (
        Format::Hostname,
        &[
            "localhost",
            "a.b-c.example",
            "1.2",
            "xn--bcher-kva.example",
            "A",
        ],
        &[
            "", ".", "a.", "-a", "a-", "a..b", "a_b", "é", "ab--c", "a b",
        ],
    ),
    (
        Format::Byte,
        &["", "aGVsbG8=", "aGVsbA==", "AAAA", "+/+/"],
        &[
            "a",
            "aGVsbG8",
            "aGVsbG9=",
            "aGVsbG==",
            "aGVsbG8\n=",
            "====",
            "A===",
            "AA=A",
            "-_-_",
        ],
    ),
];

fn judge_of(format: Format) -> Validator {
    let spec = format!(
        "actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{}}\ncommon: {{ a: {{ type: string, format: {} }} }}\n",
        format.word()
    );
    let spec = actionline_specs::load(actionline_specs::Source::new("x", spec)).unwrap();
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        // A name before the address is no part of it.
        .with_email_options(EmailOptions::default().without_display_text())
        .build(&actionline_specs::params_schema(&spec.common))
        .unwrap()
}

fn says(judge: &Validator, text: &str) -> bool {
    judge.is_valid(&Value::Object(Map::from_iter([(
        "a".to_owned(),
        json!(text),
    )])))
}

#[test]
fn every_format_has_one_verdict() {
    let told: Vec<Format> = TEXTS.iter().map(|(format, _, _)| *format).collect();
    assert_eq!(told, Format::ALL);
    for (format, good, bad) in TEXTS {
        let judge = judge_of(*format);
        let word = format.word();
        assert!(format.accepts(format.sample()), "{word}");
        for (text, wanted) in good
            .iter()
            .map(|t| (t, true))
            .chain(bad.iter().map(|t| (t, false)))
        {
            assert_eq!(format.accepts(text), wanted, "{word} {text:?}");
            assert_eq!(says(&judge, text), wanted, "jsonschema on {word} {text:?}");
        }
    }
}

/// What the `jsonschema` crate refuses besides, since it knows which characters an encoded name may stand for.
#[test]
fn encoded_names_are_decoded_and_no_more() {
    let judge = judge_of(Format::Hostname);
    for (text, ours, theirs) in [
        ("xn--bcher-kva", true, true),
        ("xn--9999999999", false, false),
        // A control character, and a heart, which no registry gives out.
        ("xn--a", true, false),
        ("xn--g6h", true, false),
    ] {
        assert_eq!(
            (Format::Hostname.accepts(text), says(&judge, text)),
            (ours, theirs),
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_texts_have_one_verdict(
        index in 0..TEXTS.len(),
        changes in proptest::collection::vec(
            (any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0..4usize, select(vec![
                "", "0", "6", "9", "a", "F", "-", ".", ":", "/", "@", "[", "]", "%4a", "=", "\"", "T", "Z", "é", "+", " ", "?",
            ])),
            60,
        ),
    ) {
        let (format, good, _) = TEXTS[index];
        let judge = judge_of(format);
        for (which, place, len, piece) in changes {
            let text = good[which.index(good.len())];
            let start = place.index(text.len() + 1);
            let end = (start + len).min(text.len());
            let text = format!("{}{piece}{}", &text[..start], &text[end..]);
            // See above: what an encoded name stands for.
            let encoded = text.contains("xn--") && matches!(format, Format::Hostname | Format::Email);
            prop_assert!(
                encoded || format.accepts(&text) == says(&judge, &text),
                "{} {text:?}: {}", format.word(), format.accepts(&text)
            );
        }
    }
}
