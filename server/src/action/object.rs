//! Replies written as JSON without the detour that serde_json takes for names known to the compiler and for plain texts.

use super::ReplyValue;
use actionline_specs::is_plain;
use serde::Serialize;
use serde_json::Error;

/// An object that is being appended.
#[derive(Debug)]
pub struct Object<'a> {
    out: &'a mut Vec<u8>,
    /// What stands before the next member.
    before: u8,
}

impl<'a> Object<'a> {
    /// Begins it.
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, before: b'{' }
    }

    /// The buffer behind the name of the next member.
    fn member(&mut self, name: &'static str) -> &mut Vec<u8> {
        self.out.reserve(name.len() + 1);
        self.out.push(self.before);
        self.before = b',';
        self.out.extend_from_slice(name.as_bytes());
        self.out
    }

    /// Appends a member, unless it is absent. `name` is how JSON has it, with its colon: `"total":`.
    ///
    /// # Errors
    /// What the value's own `Serialize` says.
    pub fn append<T: ReplyValue + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        match value.is_absent() {
            true => Ok(()),
            false => value.append(self.member(name)),
        }
    }

    /// [`Object::append`] for a value whose type is not compared with the spec.
    ///
    /// # Errors
    /// What the value's own `Serialize` says.
    pub fn append_untyped<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        serde_json::to_writer(self.member(name), value)
    }

    /// Ends it.
    pub fn end(self) {
        if self.before == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }
}

/// Appends a text as a JSON string.
pub fn append_text(out: &mut Vec<u8>, text: &str) {
    if is_plain(text) {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        // A text can always be written.
        let _ = serde_json::to_writer(out, text);
    }
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

    #[test]
    fn objects_and_texts_are_json() {
        let mut out = Vec::new();
        Object::new(&mut out).end();
        let mut object = Object::new(&mut out);
        object.append("\"a\":", "say \"hi\"\n").unwrap();
        object.append("\"gone\":", &None::<bool>).unwrap();
        object.append("\"b\":", &vec![Some(1), None]).unwrap();
        object.append_untyped("\"c\":", &[0.5]).unwrap();
        object.end();
        let wanted = r#"{}{"a":"say \"hi\"\n","b":[1,null],"c":[0.5]}"#;
        assert_eq!(String::from_utf8(out).unwrap(), wanted);
    }
}
