use super::*;
use proptest::prelude::*;
use serde_json::value::RawValue;
use std::collections::HashMap;

fn scanned(text: &str) -> Option<Vec<(String, String)>> {
    let mut members = Vec::new();
    let whole = object(text, |key, value| {
        members.push((key.to_owned(), value.to_owned()));
        true
    });
    whole.then_some(members)
}

/// What is scanned is what serde_json reads; answers whether it was.
fn agrees(text: &str) -> Result<bool, TestCaseError> {
    let Some(members) = scanned(text) else {
        return Ok(false);
    };
    let read: HashMap<String, &RawValue> = serde_json::from_str(text)
        .map_err(|error| TestCaseError::fail(format!("{text:?} is scanned, but {error}")))?;
    for (key, value) in &members {
        // Of a key that is there twice the last one counts.
        let last = members.iter().rev().find(|(other, _)| other == key);
        if last.is_some_and(|(_, last)| last == value) {
            prop_assert_eq!(read[key].get(), value.as_str());
        }
    }
    prop_assert_eq!(read.len() <= members.len(), true);
    Ok(true)
}

#[test]
fn plain_objects_are_scanned() {
    for text in [
        "{}",
        " { } ",
        r#"{"action":"cacheTest","params":{"key":"myKey","value":[1,-0.5e+7,true,null,{"a":{}}]}}"#,
        "{\"a\"\t:\r\n\"é – 😀 and a long text behind it\" , \"b\" : [ ] }",
        r#"{"exactly8":"12345678","":""}"#,
    ] {
        assert!(agrees(text).unwrap(), "{text}");
    }
}

#[test]
fn all_else_is_left_to_others() {
    for text in [
        "",
        "{",
        "[]",
        "{}x",
        r#"{"a":1,}"#,
        r#"{"a":01}"#,
        r#"{"a":1.}"#,
        r#"{"a":.5}"#,
        r#"{"a":-}"#,
        r#"{"a":1e}"#,
        r#"{"a":tru}"#,
        r#"{"a":"\n"}"#,
        r#"{"\u0061":1}"#,
        "{\"a\":\"\t\"}",
        "{\"a\":\"12345678\u{1}\"}",
        r#"{"a" 1}"#,
        r#"{"a":[1 2]}"#,
        r#"{a:1}"#,
        r#"{"a":NaN}"#,
        r#"{"a":+1}"#,
        r#"{"a":[1,]}"#,
    ] {
        assert_eq!(scanned(text), None, "{text}");
    }
    let deep = "[".repeat(DEPTH + 1) + &"]".repeat(DEPTH + 1);
    assert_eq!(scanned(&format!("{{\"a\":{deep}}}")), None);
}

/// Text of the pieces that JSON is made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"a\"",
        "\"b\":",
        "1",
        "-",
        "0",
        ".5",
        "e3",
        "true",
        "null",
        " ",
        "\n",
        "é",
        "\u{7f}",
        "\"12345678\"",
        "\"1234567é\"",
        "\u{1}",
        "{}",
        "[]",
        "{\"a\":1}",
        "[1,2]",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_scanned_is_what_serde_json_reads(text in pieces()) {
        agrees(&text)?;
        let within = format!("{{\"a\":{text}}}");
        agrees(&within)?;
    }

    #[test]
    fn every_plain_value_is_scanned(keys in prop::collection::vec("[ -!#-\\[\\]-~é]{0,20}", 0..6), number: f64, text in "[^\\x00-\\x1f\"\\\\]{0,40}") {
        let value = serde_json::json!({ "n": number, "s": text, "k": keys });
        prop_assert!(agrees(&value.to_string())?);
        let spread = format!("{value:#}");
        prop_assert!(agrees(&spread)?);
    }

    #[test]
    fn a_special_byte_is_found_in_any_place(before in "[^\\x00-\\x1f\"\\\\]{0,20}", byte in prop::sample::select(vec!["\"", "\\", "\u{0}", "\u{1f}"])) {
        let text = format!("\"{before}{byte}");
        prop_assert_eq!(is_string(&text), byte == "\"");
    }
}
