//! Where a server and a spec part.

use actionline_specs::matches;
use serde_json::{Map, Value};
use similar::{ChangeTag, TextDiff};
use std::fmt;

/// An example that a server does not answer as the spec says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Where the example stands: `actions.yaml:10:9`.
    pub at: String,
    /// What is different, in a line.
    pub what: String,
    /// Every line sent (`> `) and got (`< `), one a line.
    pub log: Vec<String>,
    /// The answer, line by line: what only the spec says begins with `-`, what only the server says with `+`. Empty when there
    /// was none.
    pub diff: String,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.at, self.what)?;
        for line in self.log.iter().map(String::as_str).chain(self.diff.lines()) {
            writeln!(f, "    {line}")?;
        }
        Ok(())
    }
}

/// What went wrong, and the answer's diff.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) diff: String,
}

impl From<String> for Difference {
    fn from(what: String) -> Self {
        Self {
            what,
            diff: String::new(),
        }
    }
}

/// Holds a line against what it should be.
pub(super) fn compare(expected: &Value, line: &str) -> Result<(), Difference> {
    let Ok(found) = serde_json::from_str::<Value>(line) else {
        return Err(format!("the answer is no JSON: {line:?}").into());
    };
    matches(expected, &found).map_err(|mismatch| Difference {
        what: mismatch.to_string(),
        diff: diff(&pretty(expected), &pretty(&agreed(expected, &found))),
    })
}

/// Holds a text against what it should be.
pub(super) fn compare_text(expected: &str, found: &str) -> Result<(), Difference> {
    match expected == found {
        true => Ok(()),
        false => Err(Difference {
            what: "the bytes are others".to_owned(),
            diff: diff(expected, found),
        }),
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn diff(expected: &str, found: &str) -> String {
    let diff = TextDiff::from_lines(expected, found);
    let mut text = String::new();
    for change in diff.iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Delete => "- ",
            ChangeTag::Insert => "+ ",
            ChangeTag::Equal => "  ",
        };
        let line = change.value().trim_end_matches(['\n', '\r']);
        text.extend([sign, line, "\n"]);
    }
    text
}

/// What was found, with a matcher where one stands for it: that is no difference.
fn agreed(expected: &Value, found: &Value) -> Value {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let part = |(key, value): (&String, &Value)| {
                let wanted = expected.get(key).unwrap_or(value);
                (key.clone(), agreed(wanted, value))
            };
            Value::Object(found.iter().map(part).collect::<Map<_, _>>())
        }
        (Value::Array(expected), Value::Array(found)) => {
            let wanted = expected.iter().map(Some).chain(std::iter::repeat(None));
            let parts = found.iter().zip(wanted);
            parts
                .map(|(value, wanted)| agreed(wanted.unwrap_or(value), value))
                .collect()
        }
        _ if matches(expected, found).is_ok() => expected.clone(),
        _ => found.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_diff_shows_only_what_differs() {
        let expected = json!({ "id": "<id>", "list": ["<int>", 2], "total": 5 });
        let line = r#"{"id":"0123456789abcdef0123456789abcdef","list":[7,2,3],"total":6}"#;
        let difference = compare(&expected, line).unwrap_err();
        assert_eq!(
            difference.what,
            "list: expected an array of 2, found an array of 3"
        );
        assert_eq!(
            difference.diff,
            concat!(
                "  {\n    \"id\": \"<id>\",\n    \"list\": [\n      \"<int>\",\n-     2\n+     2,\n+     3\n    ],\n",
                "-   \"total\": 5\n+   \"total\": 6\n  }\n",
            )
        );
        assert!(compare(&expected, "Hello").is_err());
    }
}
