//! An example's reply against what the server said.

use super::Matcher;
use serde_json::{Map, Value};
use std::fmt;

/// The first place where a value is not what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The place, for example `details.public.id` or `members[0]`; empty for the whole value.
    pub path: String,
    /// What should be there, for people.
    pub expected: String,
    /// What is there, for people.
    pub actual: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = match self.path.as_str() {
            "" => "the value",
            path => path,
        };
        let Self {
            expected, actual, ..
        } = self;
        write!(f, "{path}: expected {expected}, found {actual}")
    }
}

impl std::error::Error for Mismatch {}

/// Holds a value against what an example expects: equal, or stood for by a [`Matcher`]. Objects have exactly the
/// expected keys; the keys of the outermost one come in the expected order. `5` and `5.0` are equal.
///
/// # Errors
/// The first mismatch.
///
/// ```
/// use serde_json::json;
///
/// let expected = json!({ "status": "OK", "uptime": "<int>" });
/// assert!(actionline_specs::matches(&expected, &json!({ "status": "OK", "uptime": 12 })).is_ok());
/// let mismatch = actionline_specs::matches(&expected, &json!({ "status": "OK", "uptime": "x" })).unwrap_err();
/// assert_eq!(mismatch.to_string(), r#"uptime: expected <int>, found "x""#);
/// ```
pub fn matches(expected: &Value, actual: &Value) -> Result<(), Mismatch> {
    compare(expected, actual, "")?;
    if let (Value::Object(expected), Value::Object(actual)) = (expected, actual) {
        let (wanted, found) = (keys(expected), keys(actual));
        if wanted != found {
            return Err(mismatch("", format!("the key order {wanted}"), found));
        }
    }
    Ok(())
}

fn compare(expected: &Value, actual: &Value, path: &str) -> Result<(), Mismatch> {
    if let Some(matcher) = Matcher::of(expected) {
        return match matcher.accepts(actual) {
            true => Ok(()),
            false => Err(mismatch(path, matcher.word(), actual)),
        };
    }
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => compare_objects(expected, actual, path),
        (Value::Array(wanted), Value::Array(found)) => {
            if wanted.len() != found.len() {
                let count = |list: &[Value]| format!("an array of {}", list.len());
                return Err(mismatch(path, count(wanted), count(found)));
            }
            let mut pairs = wanted.iter().zip(found).enumerate();
            pairs.try_for_each(|(index, (a, b))| compare(a, b, &format!("{path}[{index}]")))
        }
        (Value::Number(a), Value::Number(b)) if a.is_f64() != b.is_f64() => {
            match a.as_f64() == b.as_f64() {
                true => Ok(()),
                false => Err(mismatch(path, expected, actual)),
            }
        }
        _ if expected == actual => Ok(()),
        _ => Err(mismatch(path, expected, actual)),
    }
}

fn compare_objects(
    expected: &Map<String, Value>,
    actual: &Map<String, Value>,
    path: &str,
) -> Result<(), Mismatch> {
    let below = |key: &str| match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    };
    for (key, wanted) in expected {
        match actual.get(key) {
            Some(found) => compare(wanted, found, &below(key))?,
            None => return Err(mismatch(&below(key), wanted, "nothing")),
        }
    }
    match actual.iter().find(|(key, _)| !expected.contains_key(*key)) {
        Some((key, found)) => Err(mismatch(&below(key), "nothing", found)),
        None => Ok(()),
    }
}

fn mismatch(path: &str, expected: impl ToString, actual: impl ToString) -> Mismatch {
    let expected = expected.to_string();
    Mismatch {
        path: path.to_owned(),
        // A matcher is shown as it is written, not as the JSON string it is kept in.
        expected: match serde_json::from_str(&expected) {
            Ok(value) => Matcher::of(&value).map_or(expected, |matcher| matcher.word().to_owned()),
            Err(_) => expected,
        },
        actual: actual.to_string(),
    }
}

fn keys(map: &Map<String, Value>) -> String {
    map.keys()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(expected: Value, actual: Value) -> String {
        match matches(&expected, &actual) {
            Ok(()) => "fine".to_owned(),
            Err(mismatch) => mismatch.to_string(),
        }
    }

    #[test]
    fn a_mismatch_names_its_place() {
        for (expected, actual, wanted) in [
            (json!({"a": 1}), json!({"a": 1.0}), "fine"),
            (
                json!({"a": {"b": 1, "c": 2}}),
                json!({"a": {"c": 2, "b": 1}}),
                "fine",
            ),
            (
                json!({"a": 1, "b": 2}),
                json!({"b": 2, "a": 1}),
                "the value: expected the key order a, b, found b, a",
            ),
            (
                json!({"a": {"b": 1}}),
                json!({"a": {}}),
                "a.b: expected 1, found nothing",
            ),
            (
                json!({"a": {}}),
                json!({"a": {"b": [1]}}),
                "a.b: expected nothing, found [1]",
            ),
            (
                json!({"a": ["<id>"]}),
                json!({"a": ["x"]}),
                r#"a[0]: expected <id>, found "x""#,
            ),
            (
                json!({"a": "<id>"}),
                json!({}),
                "a: expected <id>, found nothing",
            ),
            (
                json!([1]),
                json!([1, 2]),
                "the value: expected an array of 1, found an array of 2",
            ),
            (json!(1), json!("1"), r#"the value: expected 1, found "1""#),
            (json!(1), json!(1.5), "the value: expected 1, found 1.5"),
            (json!("<nosuch>"), json!("<nosuch>"), "fine"),
        ] {
            assert_eq!(told(expected, actual), wanted);
        }
    }
}
