//! The fields of a struct on their way out: to whatever serde writes, or appended as JSON without the detour that
//! serde_json takes for names known to the compiler and for plain texts.

use super::{ReplyStruct, ReplyValue};
use actionline_specs::is_plain;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::Error;

/// What a field is called.
#[derive(Debug, Clone, Copy)]
pub struct Name {
    /// As it is.
    pub plain: &'static str,
    /// As JSON has it behind another member, with its colon: `,"total":`.
    pub json: &'static str,
}

/// What the fields of a struct are written to.
pub trait Fields {
    /// What the serialiser says.
    type Error;

    /// Writes a field.
    ///
    /// # Errors
    /// What the value's own `Serialize` says.
    fn field<T: ReplyValue + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), Self::Error>;

    /// Writes a field whose type is not compared with the spec.
    ///
    /// # Errors
    /// What the value's own `Serialize` says.
    fn untyped<T: Serialize + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), Self::Error>;
}

/// Serialises a struct.
///
/// # Errors
/// What the serialiser says.
pub fn serialize_struct<T: ReplyStruct, S: Serializer>(
    value: &T,
    to: S,
) -> Result<S::Ok, S::Error> {
    let members = T::STRUCT.members.len();
    let mut object = Serde(to.serialize_struct(T::STRUCT.name, members)?);
    value.write_fields(&mut object)?;
    object.0.end()
}

struct Serde<S>(S);

impl<S: SerializeStruct> Fields for Serde<S> {
    type Error = S::Error;

    fn field<T: ReplyValue + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), S::Error> {
        self.untyped(name, value)
    }

    fn untyped<T: Serialize + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), S::Error> {
        self.0.serialize_field(name.plain, value)
    }
}

/// Appends a struct as a JSON object.
///
/// # Errors
/// What a value's own `Serialize` says.
pub fn append_struct<T: ReplyStruct>(value: &T, out: &mut Vec<u8>) -> Result<(), Error> {
    let from = out.len();
    value.write_fields(&mut Object { out })?;
    match out.get_mut(from) {
        Some(comma) => *comma = b'{',
        None => out.push(b'{'),
    }
    out.push(b'}');
    Ok(())
}

struct Object<'a> {
    out: &'a mut Vec<u8>,
}

impl Object<'_> {
    /// The buffer behind the name of the next member.
    fn member(&mut self, name: Name) -> &mut Vec<u8> {
        self.out.extend_from_slice(name.json.as_bytes());
        self.out
    }
}

impl Fields for Object<'_> {
    type Error = Error;

    fn field<T: ReplyValue + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), Error> {
        value.append(self.member(name))
    }

    fn untyped<T: Serialize + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), Error> {
        serde_json::to_writer(self.member(name), value)
    }
}

/// Appends a text as a JSON string.
pub(super) fn append_text(out: &mut Vec<u8>, text: &str) {
    if !is_plain(text) {
        // A text can always be written.
        let _ = serde_json::to_writer(out, text);
        return;
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Appends an array.
pub(super) fn append_items<T: ReplyValue>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
) -> Result<(), Error> {
    out.push(b'[');
    let from = out.len();
    for item in items {
        if out.len() > from {
            out.push(b',');
        }
        item.append(out)?;
    }
    out.push(b']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::shape::{Shape, member};
    use crate::action::{Struct, WriteValue, Written};

    struct Sample(bool);

    impl ReplyStruct for Sample {
        const STRUCT: Struct = Struct {
            name: "Sample",
            members: &[member("a", ("Sample", "0", "bool"), true, Shape::Text)],
        };

        fn write_fields<F: Fields>(&self, to: &mut F) -> Result<(), F::Error> {
            let name = |plain, json| Name { plain, json };
            Written(&self.0.then_some("say \"hi\"\n")).write(to, name("a", ",\"a\":"))?;
            Written(&None::<bool>).write(to, name("gone", ",\"gone\":"))?;
            match self.0 {
                true => to.field(name("b", ",\"b\":"), &vec![Some(1), None]),
                false => Ok(()),
            }
        }
    }

    #[test]
    fn a_struct_is_appended_as_serde_writes_it() {
        for (full, wanted) in [
            (true, r#"{"a":"say \"hi\"\n","b":[1,null]}"#),
            (false, "{}"),
        ] {
            let (mut appended, mut written) = (Vec::new(), Vec::new());
            append_struct(&Sample(full), &mut appended).unwrap();
            let mut json = serde_json::Serializer::new(&mut written);
            serialize_struct(&Sample(full), &mut json).unwrap();
            assert_eq!(String::from_utf8(appended).unwrap(), wanted);
            assert_eq!(String::from_utf8(written).unwrap(), wanted);
        }
    }
}
