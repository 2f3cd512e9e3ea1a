//! JSON text → a tree, key for key. serde_json's own [`Value`] takes keys that serde_json uses within itself for more than
//! keys, and any client can send them.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Reads one JSON value; every key is just a key.
///
/// # Errors
/// The text is no JSON, or nests deeper than serde_json reads.
///
/// ```
/// let value = actionline_specs::read_json(r#"{"a":[1,"b"]}"#)?;
/// assert_eq!(value["a"][1], "b");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn read_json(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text).map(|Tree(value)| value)
}

struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Tree)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).map(Value::Number);
        number.ok_or_else(|| E::custom("number out of range"))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Tree(value))) = entries.next_entry()? {
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_what_the_text_says() {
        for text in [
            r#"{"b":[1,-2,1.5,18446744073709551615,"é",true,null],"a":{}}"#,
            r#"{"$serde_json::private::RawValue":"[["}"#,
            r#"[{"$serde_json::private::RawValue":1,"$serde_json::private::Number":"x"}]"#,
        ] {
            let value = read_json(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(value.to_string(), text);
        }
        for bad in ["", "{", "1e999", "[1,]", "1 2"] {
            assert!(read_json(bad).is_err(), "{bad}");
        }
    }
}
