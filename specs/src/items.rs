//! The items of a JSON array whose text is known to be valid, and what makes two of them the same.

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Number, Value};
use std::collections::HashSet;
use std::fmt;

/// Hands out the text of each item with its index.
pub(crate) fn each<'a>(array: &'a str, take: impl FnMut(usize, &'a str)) {
    struct Items<F>(F);
    impl<'a, F: FnMut(usize, &'a str)> Visitor<'a> for Items<F> {
        type Value = ();
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an array")
        }
        fn visit_seq<A: SeqAccess<'a>>(mut self, mut items: A) -> Result<(), A::Error> {
            let mut index = 0;
            while let Some(item) = items.next_element::<&'a RawValue>()? {
                (self.0)(index, item.get());
                index += 1;
            }
            Ok(())
        }
    }
    // The text has been walked: it is an array.
    let _ = serde_json::Deserializer::from_str(array).deserialize_seq(Items(take));
}

/// How many items there are.
pub(crate) fn count(array: &str) -> u64 {
    let mut count = 0;
    each(array, |_, _| count += 1);
    count
}

/// Whether no two items are the same to JSON Schema: `1` and `1.0` are, and so are objects in another order.
pub(crate) fn are_unique(array: &str) -> bool {
    let mut seen = HashSet::new();
    let mut unique = true;
    each(array, |_, item| {
        if unique && let Ok(value) = serde_json::from_str(item) {
            let mut form = String::with_capacity(item.len());
            canonical(&value, &mut form);
            unique = seen.insert(form);
        }
    });
    unique
}

/// One text for all ways to write a value.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => out.push_str(&canonical_number(number)),
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in members {
                out.push_str(&Value::from(key.as_str()).to_string());
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

fn canonical_number(number: &Number) -> String {
    match number.as_f64() {
        // Every double of this size is a whole number that fits.
        Some(value) if number.is_f64() && value.fract() == 0.0 && value.abs() < 1e36 => {
            (value as i128).to_string()
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_the_same_however_it_is_written() {
        for (array, unique) in [
            ("[]", true),
            ("[1,2,\"1\",true,null,[],{}]", true),
            ("[1,1.0]", false),
            ("[0,-0.0]", false),
            ("[100,1e2]", false),
            ("[9007199254740993,9007199254740992.0]", true),
            ("[18446744073709551616,18446744073709551616.0]", false),
            (r#"["a","\u0061"]"#, false),
            (r#"[{"a":1,"b":2},{"b":2.0,"a":1}]"#, false),
            (r#"[{"a":1,"b":2},{"a":2,"b":1}]"#, true),
            ("[[1,2],[2,1]]", true),
            ("[[12],[1,2]]", true),
        ] {
            assert_eq!(are_unique(array), unique, "{array}");
        }
    }
}
