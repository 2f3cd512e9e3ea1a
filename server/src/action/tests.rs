//! Arguments out of slots, replies into bytes.

use super::*;
use actionline_specs::Slot;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::fmt::Debug;
use std::net::{Ipv4Addr, Ipv6Addr};

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
    assert_eq!(T::from_slot(slot.borrowed()).as_ref(), Some(value));
    assert_eq!(
        <Option<T>>::from_slot(slot.borrowed()).flatten().as_ref(),
        Some(value)
    );
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
    let raw = <&RawValue as FromParam<kind::Any>>::from_slot(slot.borrowed());
    assert_eq!(raw.map(RawValue::get), Some(r#"{"b":1,"a":2}"#));
}

#[test]
fn a_borrowed_text_is_not_copied() {
    let source = "text".to_owned();
    let slot = text(&source);
    let taken: Cow<'_, str> = FromParam::from_slot(slot.borrowed()).unwrap();
    assert!(std::ptr::eq(taken.as_ptr(), source.as_ptr()));
}

macro_rules! integer_bounds {
    ($($int:ty)*) => {$(
        for value in [i128::from(i64::MIN), -1, 0, 255, 256, i128::from(i64::MAX), <$int>::MIN as i128] {
            let Ok(value) = i64::try_from(value) else { continue };
            let Shape::Integer(low, high) = <$int as FromParam<kind::Integer>>::SHAPE else {
                panic!("no integer");
            };
            let slot = Slot::Integer(value);
            let read = <$int as FromParam<kind::Integer>>::from_slot(slot.borrowed());
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
        <Option<&str> as FromParam<_>>::from_slot(absent.borrowed()),
        Some(None)
    );
    assert_eq!(<&str as FromParam<_>>::from_slot(absent.borrowed()), None);
}

#[test]
#[should_panic(expected = "param 1 was not bound as the spec declares it")]
fn a_slot_of_another_kind_is_the_binders_fault() {
    let slots = [text("a"), Slot::Boolean(true)];
    let _: &str = take::<kind::Text, _>(&slots[..], 1);
}

#[derive(actionline_macros::Param, actionline_macros::Reply, Debug, PartialEq)]
enum Level {
    Low,
    #[param(rename = "very-high")]
    #[reply(rename = "top")]
    High,
}

#[derive(actionline_macros::Param, Debug, PartialEq)]
struct Name<'a>(&'a str);

#[derive(actionline_macros::Param, Debug, PartialEq)]
struct Count(u8);

#[derive(actionline_macros::Param, Debug, PartialEq)]
struct Board<'a> {
    level: Level,
    first_name: Cow<'a, str>,
    #[param(rename = "HTTPCode")]
    count: Option<Count>,
    rows: Vec<Option<Row>>,
    r#type: Option<Value>,
    place: Place,
}

#[derive(actionline_macros::Param, Debug, PartialEq)]
struct Place(Option<u8>);

#[derive(actionline_macros::Param, Debug, PartialEq)]
struct Row {
    cells: Vec<i64>,
    weight: f64,
    last: bool,
}

#[test]
fn derived_params_read_what_they_stand_for() {
    let slot = text("very-high");
    reads::<kind::Text, Level>(&slot, &Level::High);
    assert_eq!(
        <Level as FromParam<kind::Text>>::from_slot(text("high")),
        None
    );
    let slot = text("ann");
    reads::<kind::Text, Name<'_>>(&slot, &Name("ann"));
    let slot = Slot::Integer(255);
    reads::<kind::Integer, Count>(&slot, &Count(255));
    assert_eq!(
        <Count as FromParam<kind::Integer>>::from_slot(Slot::Integer(256)),
        None
    );
    // Escapes in keys and texts, and integers as JSON may write them.
    let slot = json_slot(
        r#" {"level":"low","first\u004eame":"a\"b","HTTPCode":1e2,
            "rows":[{"cells":[1.0,-2],"weight":1,"last":false}],"more":[]} "#,
    );
    let board = Board {
        level: Level::Low,
        first_name: Cow::Borrowed("a\"b"),
        count: Some(Count(100)),
        rows: vec![Some(Row {
            cells: vec![1, -2],
            weight: 1.0,
            last: false,
        })],
        r#type: None,
        place: Place(None),
    };
    reads::<kind::Object, Board<'_>>(&slot, &board);
    let slot = json_slot(r#"["low", "very-high"]"#);
    reads::<kind::Array, Vec<Level>>(&slot, &vec![Level::Low, Level::High]);
}

#[test]
fn texts_of_a_format_become_types() {
    let slot = text("192.0.2.1");
    reads::<kind::Text, Ipv4Addr>(&slot, &Ipv4Addr::new(192, 0, 2, 1));
    let slot = text("2001:db8::1");
    reads::<kind::Text, Ipv6Addr>(&slot, &Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
    let slot = text("2024-02-29");
    reads::<kind::Text, jiff::civil::Date>(&slot, &jiff::civil::date(2024, 2, 29));
}

#[test]
fn every_point_in_time_that_the_format_admits_is_read() {
    for (given, second, nanosecond) in [
        ("1970-01-01T00:00:01Z", 1, 0),
        ("1970-01-01t00:00:01.000000001z", 1, 1),
        ("1970-01-01T00:00:01.0000000019999-00:00", 1, 1),
        ("1970-01-01T23:59:01+23:59", 1, 0),
        ("2016-12-31T23:59:60Z", 1_483_228_799, 0),
        ("0000-01-01T00:00:00Z", -62_167_219_200, 0),
    ] {
        assert!(actionline_specs::Format::DateTime.accepts(given), "{given}");
        let time = jiff::Timestamp::new(second, nanosecond).unwrap();
        reads::<kind::Text, jiff::Timestamp>(&text(given), &time);
    }
    let last = text("9999-12-31T23:59:59.9-23:59");
    reads::<kind::Text, jiff::Timestamp>(&last, &jiff::Timestamp::MAX);
}

#[cfg(feature = "uuid")]
#[test]
fn a_uuid_is_read_in_either_case() {
    let slot = text("67E55044-10b1-426f-9247-bb680e5fe0c8");
    let id = uuid::Uuid::from_u128(0x67e55044_10b1_426f_9247_bb680e5fe0c8);
    reads::<kind::Text, uuid::Uuid>(&slot, &id);
}

#[derive(actionline_macros::Reply)]
struct Values {
    level: Level,
    levels: Vec<Level>,
    #[reply(untyped)]
    pair: (u8, &'static str),
    #[reply(untyped)]
    none: Option<(u8, u8)>,
    wrapped: Wrapped<Option<u8>>,
    no_wrapped: Wrapped<Option<u8>>,
    absent: Absent,
    time: jiff::Timestamp,
}

#[derive(actionline_macros::Reply)]
struct Wrapped<T>(T);

type Absent = Option<bool>;

#[test]
fn values_of_a_reply_are_written_as_they_are_declared() {
    let (_, out) = written(Values {
        level: Level::High,
        levels: vec![Level::Low],
        pair: (1, "b"),
        none: None,
        wrapped: Wrapped(Some(7)),
        no_wrapped: Wrapped(None),
        absent: None,
        time: jiff::Timestamp::UNIX_EPOCH,
    });
    assert_eq!(
        out,
        r#"before {"level":"top","levels":["low"],"pair":[1,"b"],"wrapped":7,"time":"1970-01-01T00:00:00Z"}"#
    );
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
            template: "{file_name}: {why}; {file_name}",
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
