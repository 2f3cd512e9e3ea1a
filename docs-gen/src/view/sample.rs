//! Values to show where an example has a matcher. They are always the same, so that the page is too.

use actionline_specs::transcript::{YOU, sample_id};
use actionline_specs::{Kind, Matcher, Rule, Schema};
use serde_json::{Map, Value, json};

/// The fields of an example's reply with a sample for each matcher.
pub(super) fn fill(fields: &Map<String, Value>) -> Map<String, Value> {
    fields
        .iter()
        .map(|(name, value)| (name.clone(), fill_value(name, value)))
        .collect()
}

/// A value of an example with a sample for each matcher in it; `name` is the field it stands in.
pub(super) fn fill_value(name: &str, value: &Value) -> Value {
    match (Matcher::of(value), value) {
        (Some(matcher), _) => of_matcher(matcher, name),
        (None, Value::Array(items)) => items.iter().map(|item| fill_value(name, item)).collect(),
        (None, Value::Object(fields)) => Value::Object(fill(fields)),
        (None, _) => value.clone(),
    }
}

fn of_matcher(matcher: Matcher, name: &str) -> Value {
    match matcher {
        // A name such as `connectedAt` promises a time.
        Matcher::Int if name.ends_with("At") => json!(1_346_909_099_674_u64),
        Matcher::Int => json!(42),
        Matcher::Float => json!(0.6138995781075209),
        // Nobody needs to read one, and whoever does is not to take it for theirs.
        Matcher::String if name == "hash" => json!("…"),
        Matcher::String | Matcher::Any => json!("text"),
        Matcher::Bool => json!(true),
        Matcher::Id => json!(sample_id(YOU)),
        Matcher::Uuid => json!("1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
        Matcher::Rfc3339 => json!("2012-01-03T19:48:40.136Z"),
        Matcher::Array | Matcher::Object => json!(matcher.word()),
    }
}

/// A value that this schema takes, as far as a sample can know.
pub(super) fn of(schema: &Schema) -> Value {
    for rule in schema.rules() {
        match rule {
            Rule::Enum(values) => return values.first().cloned().unwrap_or_default(),
            Rule::Format(format) => return json!(format.sample()),
            Rule::Minimum(least) => return json!(least),
            Rule::Maximum(most) => return json!(most),
            _ => {}
        }
    }
    match (schema.kind, &schema.items, &schema.properties) {
        (Kind::Any | Kind::String, ..) => json!("text"),
        (Kind::Integer, ..) => json!(1),
        (Kind::Number, ..) => json!(0.5),
        (Kind::Boolean, ..) => json!(true),
        (Kind::Array, Some(items), _) => json!([of(items)]),
        (Kind::Array, None, _) => json!(Matcher::Array.word()),
        (Kind::Object, _, Some(members)) => {
            let pairs = members
                .iter()
                .map(|member| (member.name.clone(), of(&member.schema)));
            Value::Object(pairs.collect())
        }
        (Kind::Object, _, None) => json!(Matcher::Object.word()),
    }
}

/// A line of JSON in which an array or an object that an example leaves open is cut short: `[…]`, `{…}`. An empty one
/// would be a lie.
pub(super) fn cut(line: &Value) -> String {
    let quoted = |matcher: Matcher| json!(matcher.word()).to_string();
    line.to_string()
        .replace(&quoted(Matcher::Array), "[…]")
        .replace(&quoted(Matcher::Object), "{…}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_what_its_matcher_stands_for() {
        for matcher in Matcher::ALL {
            let sample = of_matcher(matcher, "x");
            let open = matches!(matcher, Matcher::Array | Matcher::Object);
            assert!(open || matcher.accepts(&sample), "{matcher:?}: {sample}");
        }
    }

    #[test]
    fn what_is_left_open_is_cut() {
        let line = json!({ "a": "<array>", "b": ["<object>"], "c": "<int>" });
        let filled = fill_value("", &line);
        assert_eq!(cut(&filled), r#"{"a":[…],"b":[{…}],"c":42}"#);
    }
}
