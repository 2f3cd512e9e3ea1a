//! Lines that are no good, and what each is answered.

use fastrand::Rng;
use serde_json::{Value, json};

/// The server's limit of a line.
pub const LIMIT: usize = 300;

/// One line without its end, and the members its answer must have.
#[derive(Debug)]
pub struct Bad {
    line: Vec<u8>,
    answer: Value,
}

impl Bad {
    /// One of every kind by chance; `number` tells it from the others.
    pub fn any(dice: &mut Rng, number: u64) -> Self {
        let label = dice.bool().then_some(number);
        match dice.u8(0..14) {
            0 => Self::new(
                format!("nope{number} a=b"),
                json!({ "error": format!("nope{number} is not a known action.") }),
            ),
            1 => Self::new(
                [b"?\xff".as_slice(), &noise(dice)].concat(),
                json!({ "error": "the line is not valid UTF-8 and was not run" }),
            ),
            2 => Self::new(
                [b"{\"\xc3\"".as_slice(), &noise(dice)].concat(),
                json!({ "code": "invalidUtf8" }),
            ),
            3 => Self::new(
                "x".repeat(dice.usize(LIMIT + 1..3 * LIMIT)),
                json!({ "error": format!("the line is longer than {LIMIT} bytes and was not run") }),
            ),
            4 => Self::new(
                format!("{{{}", "\r".repeat(2 * LIMIT)),
                json!({ "code": "lineTooLong" }),
            ),
            5 => Self::new(cut(dice, number), json!({ "code": "invalidJson" })),
            6 => Self::json(r#""action":"nothing","nope":1"#, label, "invalidRequest"),
            7 => Self::json(
                r#""action":"nothing","action":"page""#,
                label,
                "invalidRequest",
            ),
            8 => Self::json(r#""action":7"#, label, "invalidRequest"),
            9 => Self::json(
                &format!(r#""action":"kinds","params":{{"any":{}}}"#, nested(dice)),
                label,
                "invalidParams",
            ),
            10 => Self::json(
                &format!(
                    r#""action":"rules","params":{{"ttl":{}}}"#,
                    dice.choice(["0", "11", "1.5", "\"1\"", "[]"]).expect("one")
                ),
                label,
                "invalidParams",
            ),
            11 => Self::new(
                format!("roomChange a\u{1}{number}"),
                json!({ "error": "the room of roomChange may not contain control characters" }),
            ),
            12 => Self::new(
                dice.choice(["paramAdd", "paramAdd =x", "paramView", "roomChange  "])
                    .expect("one"),
                json!({}),
            ),
            _ => Self::new(format!("rules key=\"{number}"), json!({})),
        }
    }

    fn new(line: impl Into<Vec<u8>>, answer: Value) -> Self {
        Self {
            line: line.into(),
            answer,
        }
    }

    fn json(inside: &str, label: Option<u64>, code: &str) -> Self {
        match label {
            Some(label) => Self::new(
                format!(r#"{{"messageId":{label},{inside}}}"#),
                json!({ "messageId": label, "code": code }),
            ),
            None => Self::new(format!("{{{inside}}}"), json!({ "code": code })),
        }
    }

    /// The line with one of its ends.
    pub fn sent(&self) -> Vec<u8> {
        let end: &[u8] = if self.line.len().is_multiple_of(2) {
            b"\n"
        } else {
            b"\r\n"
        };
        [&self.line, end].concat()
    }

    /// Panics when this is not its answer.
    pub fn check(&self, reply: &Value) {
        let sent = String::from_utf8_lossy(&self.line);
        assert_eq!(reply["context"], "response", "{sent:?}: {reply}");
        assert!(reply["error"].is_string(), "{sent:?}: {reply}");
        for (name, value) in self.answer.as_object().expect("members") {
            assert_eq!(&reply[name], value, "{sent:?}: {reply}");
        }
    }
}

/// Bytes that end no line.
fn noise(dice: &mut Rng) -> Vec<u8> {
    let count = dice.usize(0..40);
    (0..count)
        .map(|_| dice.u8(..))
        .filter(|byte| *byte != b'\n')
        .collect()
}

/// The start of a request.
fn cut(dice: &mut Rng, number: u64) -> String {
    let whole = format!(r#"{{"action":"kinds","params":{{"whole":{number}}}}}"#);
    whole[..dice.usize(1..whole.len())].to_owned()
}

/// A value that is nested too deep.
fn nested(dice: &mut Rng) -> String {
    let depth = dice.usize(63..100);
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}
