//! What the binder does with text, and with JSON that no schema can judge.

use actionline_specs::{Code, Given, Kind, Param, Raw, Slot, Source, bind_object, load};
use proptest::prelude::*;
use std::borrow::Cow;

/// The params of this flow map.
fn params(declared: &str) -> Vec<Param> {
    let text = format!(
        "actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nactions: {{}}\ncommon: {declared}\n"
    );
    let spec = load(Source::new("x", text)).unwrap_or_else(|problems| panic!("{problems}"));
    spec.common
}

fn param(declared: &str) -> Param {
    params(&format!("{{ a: {declared} }}")).remove(0)
}

/// What a param makes of text, as the word form gives it.
fn of_text<'a>(param: &'a Param, text: &'a str) -> Result<Slot<'a>, String> {
    let given = Given {
        raw: Raw::Text(text),
        saved: false,
    };
    let mut faults = Vec::new();
    let slot = param.bind(Some(given), &mut faults);
    match faults.into_iter().next() {
        Some(fault) => Err(fault.message),
        None => Ok(slot),
    }
}

#[test]
fn integers_are_written_one_way() {
    let param = param("{ type: integer }");
    let refused = "a must be an integer for this action";
    for bad in [
        "",
        " 50",
        "50 ",
        "5e1",
        "050",
        "+5",
        "5.0",
        "--5",
        "-",
        "-05",
        "5_0",
        "٥",
        "0x5",
        "9223372036854775808",
    ] {
        assert_eq!(of_text(&param, bad), Err(refused.to_owned()), "{bad:?}");
    }
    assert_eq!(of_text(&param, "-0"), Ok(Slot::Integer(0)));
}

#[test]
fn an_empty_text_is_missing_only_when_it_is_required() {
    let required = param("{ type: string, required: true }");
    let told = of_text(&required, "").unwrap_err();
    assert_eq!(told, "a is a required parameter for this action");
    let optional = param("{ type: string, default: x }");
    assert_eq!(of_text(&optional, ""), Ok(Slot::Text(Cow::Borrowed(""))));
}

#[test]
fn plain_values_are_borrowed() {
    let params = params("{ a: { type: string }, b: { type: object } }");
    let slots = bind_object(&params, r#"{"a":"é😀","b":{"c":1}}"#).unwrap();
    for slot in slots {
        let borrowed = matches!(
            slot,
            Slot::Text(Cow::Borrowed(_)) | Slot::Json(Cow::Borrowed(_))
        );
        assert!(borrowed, "{slot:?}");
    }
}

/// What the differential test leaves out: serde_json would change or refuse it before a schema sees it.
#[test]
fn values_that_no_schema_sees() {
    for (declared, object, wanted) in [
        (
            "{ type: integer }",
            r#"{"a":-9223372036854775809}"#,
            "a must be an integer",
        ),
        (
            "{ type: integer }",
            r#"{"a":1e400}"#,
            "a must be an integer",
        ),
        ("{ type: number }", r#"{"a":1e400}"#, "a must be a number"),
        (
            "{}",
            r#"{"a":[1e400]}"#,
            "a must not hold a number beyond 64-bit floating point",
        ),
        (
            "{ type: string }",
            r#"{"a":"\ud83d"}"#,
            "a must be a string",
        ),
        (
            "{}",
            r#"{"a":{"b":1,"b":2}}"#,
            "a must not hold a key twice",
        ),
    ] {
        let params = [param(declared)];
        let fault = bind_object(&params, object).unwrap_err();
        assert_eq!(fault.code, Code::InvalidParams.word(), "{object}");
        assert_eq!(
            fault.message,
            format!("{wanted} for this action"),
            "{object}"
        );
    }
    for object in [
        r#"{"a":1,"a":2}"#,
        r#"{"a":1"#,
        "[]",
        "5",
        r#"{"\ud83d":1}"#,
        r#"{"a":1e}"#,
        "",
    ] {
        let params = [param("{}")];
        let fault = bind_object(&params, object).unwrap_err();
        assert_eq!(fault.code, Code::InvalidRequest.word(), "{object}");
    }
}

/// Every fault of one value in JSON form, as `code path: text`.
fn told(declared: &str, value: &str) -> Vec<String> {
    let params = [param(declared)];
    let object = format!(r#"{{"a":{value}}}"#);
    match bind_object(&params, &object) {
        Ok(_) => Vec::new(),
        Err(fault) => fault
            .params
            .iter()
            .map(|fault| format!("{} {}: {}", fault.code, fault.param, fault.message))
            .collect(),
    }
}

const LINES: &str = "{ type: array, minItems: 1, maxItems: 2, items: { type: object, properties: {
    price: { type: number, minimum: 0, required: true }, note: { type: string, maxLength: 3 },
    tags: { type: array, uniqueItems: true, items: { type: string, format: uuid } } } } }";

#[test]
fn a_fault_names_the_way_to_its_value() {
    for (value, wanted) in [
        (
            "[]",
            "minItems a: a must have at least 1 item for this action",
        ),
        (
            "[{\"price\":-1}]",
            "minimum a[0].price: a[0].price must be at least 0 for this action",
        ),
        (
            "[{\"price\":1},{}]",
            "required a[1].price: a[1].price is a required parameter for this action",
        ),
        (
            "[{\"price\":null}]",
            "type a[0].price: a[0].price must be a number for this action",
        ),
        ("[5]", "type a[0]: a[0] must be an object for this action"),
        (
            "[{\"price\":1,\"prise\":1}]",
            "unknown a[0].prise: a[0].prise is not a known parameter for this action (did you mean price?)",
        ),
        (
            "[{\"price\":1,\"tags\":[\"x\"]}]",
            "format a[0].tags[0]: a[0].tags[0] must be a UUID for this action",
        ),
        (
            "[{\"price\":1,\"note\":\"long\"},{\"price\":true}]",
            "maxLength a[0].note: a[0].note must be at most 3 characters long for this action | type a[1].price: a[1].price must be a number for this action",
        ),
        (
            "[{\"\\u0070rice\":-1e0}]",
            "minimum a[0].price: a[0].price must be at least 0 for this action",
        ),
        ("[{\"price\":1e2,\"note\":\"\\u00e9\"}]", ""),
    ] {
        assert_eq!(told(LINES, value).join(" | "), wanted, "{value}");
    }
}

#[test]
fn words_are_judged_as_json_is() {
    let param = param(LINES);
    assert!(of_text(&param, r#" [ {"price": 1 , "note":"ab" } ] "#).is_ok());
    let told = of_text(&param, r#"[{"price":-1}]"#).unwrap_err();
    assert_eq!(told, "a[0].price must be at least 0 for this action");
    let told = of_text(&param, r#"[{"price":"#).unwrap_err();
    assert!(told.starts_with("a must be valid JSON"), "{told}");
}

/// A request cannot make a reply much longer than itself.
#[test]
fn faults_within_a_value_are_counted() {
    let many = format!("[{}]", vec!["true"; 5000].join(","));
    assert_eq!(
        told("{ type: array, items: { type: integer } }", &many).len(),
        16
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_integer_is_read(value: i64) {
        let param = param("{ type: integer }");
        let text = value.to_string();
        prop_assert_eq!(of_text(&param, &text), Ok(Slot::Integer(value)));
    }

    #[test]
    fn every_finite_number_is_read(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
        let param = param("{ type: number }");
        let text = serde_json::Number::from_f64(value).unwrap().to_string();
        prop_assert_eq!(of_text(&param, &text), Ok(Slot::Number(value)));
    }

    /// Only the one spelling of a number that JSON knows is one.
    #[test]
    fn nothing_else_is_an_integer(text in "[-+ 0-9.eE_x]{1,8}") {
        let param = param("{ type: integer }");
        let canonical = text.parse::<i64>().is_ok_and(|value| {
            value.to_string() == text || (text == "-0")
        });
        prop_assert_eq!(of_text(&param, &text).is_ok(), canonical, "{:?}", text);
    }

    #[test]
    fn text_stays_as_it_is(text: String) {
        let string = param("{ type: string }");
        prop_assert_eq!(of_text(&string, &text), Ok(Slot::Text(Cow::Borrowed(text.as_str()))));
        let any = param("{}");
        prop_assert_eq!(any.kind(), Kind::Any);
        let Ok(Slot::Json(json)) = of_text(&any, &text) else {
            return Err(TestCaseError::fail("not JSON"));
        };
        prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn only_two_words_are_booleans(text in "true|false|True|TRUE|yes|1|0| true|[a-z]{0,5}") {
        let param = param("{ type: boolean }");
        let wanted = text.parse::<bool>().ok();
        let slot = of_text(&param, &text).ok();
        prop_assert_eq!(slot, wanted.map(Slot::Boolean));
    }

    /// A value given as text is judged as the same value in JSON is, where both can be written.
    #[test]
    fn text_and_json_agree_on_integers(value: i64, least in -9i64..9, most in 9i64..99) {
        let param = param(&format!("{{ type: integer, minimum: {least}, maximum: {most} }}"));
        let text = value.to_string();
        let params = [param.clone()];
        let json = format!(r#"{{"a":{text}}}"#);
        prop_assert_eq!(of_text(&param, &text).is_ok(), bind_object(&params, &json).is_ok());
    }
}
