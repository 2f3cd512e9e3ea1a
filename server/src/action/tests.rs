//! Arguments out of slots, replies into bytes.

use super::*;
use actionline_specs::Slot;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::fmt::Debug;

fn text(text: &str) -> Slot<'_> {
    Slot::Text(Cow::Borrowed(text))
}

fn json_slot(text: &str) -> Slot<'_> {
    Slot::Json(Cow::Borrowed(text))
}

/// Reads the slot as a type, as a required param and as one that may be absent.
fn reads<'a, K, T>(slot: &'a Slot<'a>, value: &T)
where
    T: FromParam<'a, K> + PartialEq + Debug,
{
    assert_eq!(T::from_slot(slot).as_ref(), Some(value));
    assert_eq!(<Option<T>>::from_slot(slot).flatten().as_ref(), Some(value));
}

#[test]
fn every_type_reads_its_kind() {
    let slot = text("añ b");
    reads::<kind::Text, &str>(&slot, &"añ b");
    reads::<kind::Text, String>(&slot, &"añ b".to_owned());
    reads::<kind::Text, Cow<'_, str>>(&slot, &Cow::Borrowed("añ b"));
    let slot = Slot::Number(0.5);
    reads::<kind::Number, f64>(&slot, &0.5);
    let slot = Slot::Boolean(true);
    reads::<kind::Boolean, bool>(&slot, &true);
    let slot = json_slot("[1, {}]");
    reads::<kind::Array, Vec<Value>>(&slot, &vec![json!(1), json!({})]);
    reads::<kind::Array, Value>(&slot, &json!([1, {}]));
    let slot = json_slot(r#"{"b":1,"a":2}"#);
    let map: Map<String, Value> = serde_json::from_str(r#"{"b":1,"a":2}"#).unwrap();
    reads::<kind::Object, Map<String, Value>>(&slot, &map);
    reads::<kind::Any, Value>(&slot, &Value::Object(map));
    let raw = <&RawValue as FromParam<kind::Any>>::from_slot(&slot);
    assert_eq!(raw.map(RawValue::get), Some(r#"{"b":1,"a":2}"#));
}

#[test]
fn a_borrowed_text_is_not_copied() {
    let source = "text".to_owned();
    let slot = text(&source);
    let taken: Cow<'_, str> = FromParam::from_slot(&slot).unwrap();
    assert!(std::ptr::eq(taken.as_ptr(), source.as_ptr()));
}

macro_rules! integer_bounds {
    ($($int:ty)*) => {$(
        for value in [i128::from(i64::MIN), -1, 0, 255, 256, i128::from(i64::MAX), <$int>::MIN as i128] {
            let Ok(value) = i64::try_from(value) else { continue };
            let (low, high) = <$int as FromParam<kind::Integer>>::HOLDS;
            let slot = Slot::Integer(value);
            let read = <$int as FromParam<kind::Integer>>::from_slot(&slot);
            assert_eq!(read.is_some(), (low..=high).contains(&value.into()), "{value}");
            assert_eq!(read, <$int>::try_from(value).ok());
        }
    )*};
}

#[test]
fn an_integer_type_reads_just_what_it_says_it_holds() {
    integer_bounds!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
}

#[test]
fn an_absent_param_is_none_and_never_a_plain_value() {
    let absent = Slot::Absent;
    assert_eq!(
        <Option<&str> as FromParam<_>>::from_slot(&absent),
        Some(None)
    );
    assert_eq!(<&str as FromParam<_>>::from_slot(&absent), None);
}

#[test]
#[should_panic(expected = "param 1 was not bound as the spec declares it")]
fn a_slot_of_another_kind_is_the_binders_fault() {
    let slots = [text("a"), Slot::Boolean(true)];
    let _: &str = take::<kind::Text, _>(&slots, 1);
}

static DECLARED: Declared = Declared {
    name: "scoreAdd",
    at: "actions.yaml:3:3",
    file: false,
    fields: &[],
    errors: &[
        DeclaredError {
            code: "notFound",
            at: "actions.yaml:9:7",
            template: "{fileName}: {why}; {fileName}",
        },
        DeclaredError {
            code: "gone",
            at: "actions.yaml:10:7",
            template: "gone",
        },
    ],
};

#[derive(actionline_macros::Reply)]
struct Line<'a, T> {
    first_name: &'a str,
    #[reply(rename = "HTTPCode")]
    code: Option<T>,
    r#type: Option<Inner>,
}

#[derive(actionline_macros::Reply)]
struct Inner {
    deep: Vec<f64>,
}

/// What is in the buffer afterwards; it had something in it before.
fn written(reply: impl IntoReply) -> (Outcome, String) {
    let mut out = b"before ".to_vec();
    let outcome = reply.into_reply(&DECLARED, &mut out);
    (outcome, String::from_utf8(out).unwrap())
}

#[test]
fn a_reply_is_one_object_with_wire_names_in_order() {
    let (outcome, out) = written(Line {
        first_name: "ann",
        code: Some(1_u8),
        r#type: Some(Inner { deep: vec![0.5] }),
    });
    assert!(matches!(outcome, Outcome::Fields));
    assert_eq!(
        out,
        r#"before {"firstName":"ann","HTTPCode":1,"type":{"deep":[0.5]}}"#
    );
    let (_, out) = written(Line::<u8> {
        first_name: "",
        code: None,
        r#type: None,
    });
    assert_eq!(out, r#"before {"firstName":""}"#);
    assert_eq!(written(()).1, "before {}");
    assert_eq!(written(Map::new()).1, "before {}");
}

/// Writes half of itself, then fails.
struct Half;

impl serde::Serialize for Half {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("half"))
    }
}

impl ReplyValue for Half {
    const SHAPE: Shape = Shape::Untyped;
}

#[test]
fn a_reply_that_fails_leaves_nothing_behind() {
    let (outcome, out) = written(Line {
        first_name: "ann",
        code: Some(Half),
        r#type: None,
    });
    assert_eq!(out, "before ");
    assert_eq!(fault(outcome).message, "internal error");
}

#[derive(actionline_macros::ActionError)]
enum Outer {
    NotFound { file_name: String, why: u8 },
    Nested(Nested),
    Other(Failure),
}

#[derive(actionline_macros::ActionError)]
enum Nested {
    #[error(code = "gone")]
    Away,
    Unknown,
}

fn fault(outcome: Outcome) -> actionline_specs::Fault {
    match outcome {
        Outcome::Fault(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn refused(error: Outer) -> (String, String) {
    let (outcome, out) = written(Err::<(), Outer>(error));
    assert_eq!(out, "before ");
    let fault = fault(outcome);
    (fault.code.into_owned(), fault.message)
}

#[test]
fn errors_fill_the_declared_texts() {
    let error = Outer::NotFound {
        file_name: "{why}".to_owned(),
        why: 7,
    };
    let told = refused(error);
    assert_eq!(told, ("notFound".to_owned(), "{why}: 7; {why}".to_owned()));
    assert_eq!(refused(Nested::Away.into()).0, "gone");
}

#[test]
fn a_long_value_is_cut_in_an_error() {
    let error = Outer::NotFound {
        file_name: "é".repeat(65),
        why: 0,
    };
    let cut = "é".repeat(64);
    assert_eq!(refused(error).1, format!("{cut}: 0; {cut}"));
}

#[test]
fn what_nobody_foresaw_is_an_internal_error() {
    let told = ("internalError".to_owned(), "internal error".to_owned());
    assert_eq!(refused(Failure::from("secret").into()), told);
    // The compiler refuses a handler with this one; a hand-written trait may still do it.
    assert_eq!(refused(Nested::Unknown.into()), told);
}

#[test]
fn texts_of_the_compiler_keep_within_their_room() {
    let text = text::Text::of(&["añ", "", "b"]);
    assert_eq!(text.as_str(), "añb");
    let long = "x".repeat(1020);
    assert_eq!(
        text::Text::of(&[&long, "12345", "1234"]).as_str(),
        format!("{long}1234")
    );
    assert!(text::same("ab", "ab") && !text::same("ab", "ac") && !text::same("a", "ab"));
}
