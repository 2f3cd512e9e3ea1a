//! Answers onto the wire (protocol §3, §4): the envelope around what a verb or an action says.

use crate::protocol::output::{Mark, Output};
use actionline_specs::request::Form;
use actionline_specs::{Fault, wire};
use serde::Serialize;

/// Where `context` stands in a success. The seed decides (protocol §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// `context`, then the fields.
    ContextFirst,
    /// The fields, then `context`.
    FieldsFirst,
}

/// A success being written. Begin it, append one JSON object to [`Output::line`], then finish it: the object's members
/// become the line's, in place.
#[derive(Debug)]
#[must_use]
pub(crate) struct Draft<'f> {
    form: Form<'f>,
    order: Order,
    mark: Mark,
    /// Where the object starts.
    from: usize,
}

impl<'f> Draft<'f> {
    /// Starts the line.
    pub(crate) fn begin(out: &mut Output, form: Form<'f>, order: Order) -> Self {
        let mark = out.begin();
        let buf = out.line();
        if order == Order::ContextFirst {
            buf.push(b'{');
            context(buf, form);
        }
        let from = buf.len();
        Self {
            form,
            order,
            mark,
            from,
        }
    }

    /// Numbers the line and ends it; `local` adds `scope` (protocol §9).
    pub(crate) fn finish(self, out: &mut Output, local: bool) {
        let buf = out.line();
        debug_assert!(
            buf[self.from] == b'{' && buf.last() == Some(&b'}'),
            "a reply is one JSON object"
        );
        if &buf[self.from..] == b"{}" {
            buf.truncate(self.from);
            buf.extend_from_slice(b"{\"status\":\"");
            buf.extend_from_slice(wire::OK.as_bytes());
            buf.extend_from_slice(b"\"}");
        }
        buf.pop();
        match self.order {
            Order::ContextFirst => buf[self.from] = b',',
            Order::FieldsFirst => {
                buf.push(b',');
                context(buf, self.form);
            }
        }
        if local {
            buf.extend_from_slice(b",\"scope\":\"local\"");
        }
        out.end();
    }

    /// Forgets the line; nothing was numbered.
    pub(crate) fn abandon(self, out: &mut Output) {
        out.rollback(self.mark);
    }

    /// Forgets the line and gives back the object that was appended, to be sent later.
    pub(crate) fn postpone(self, out: &mut Output) -> Vec<u8> {
        let fields = out.line()[self.from..].to_vec();
        self.abandon(out);
        fields
    }
}

/// Appends `"context":"response"` and the label, without a comma before.
fn context(buf: &mut Vec<u8>, form: Form<'_>) {
    buf.extend_from_slice(wire::RESPONSE_MEMBER.as_bytes());
    if let Some(label) = form.label {
        buf.extend_from_slice(b",\"messageId\":");
        buf.extend_from_slice(label.as_bytes());
    }
}

/// Writes a whole success whose fields are already JSON.
pub(crate) fn success(out: &mut Output, form: Form<'_>, order: Order, fields: &[u8], local: bool) {
    let draft = Draft::begin(out, form, order);
    out.line().extend_from_slice(fields);
    draft.finish(out, local);
}

/// Writes a whole failure: `error`; in JSON form also `code`, `hint`, `errors` and `retryAfterMs`.
pub(crate) fn failure(out: &mut Output, form: Form<'_>, fault: &Fault) {
    out.begin();
    let buf = out.line();
    buf.push(b'{');
    context(buf, form);
    field(buf, "error", &fault.message);
    if form.json {
        field(buf, "code", &fault.code);
        if let Some(hint) = &fault.hint {
            field(buf, "hint", hint);
        }
        if !fault.params.is_empty() {
            field(buf, "errors", &fault.params);
        }
        if let Some(wait) = fault.retry_after_ms {
            field(buf, "retryAfterMs", &wait);
        }
    }
    out.end();
}

/// Appends `,"name":value`.
fn field(buf: &mut Vec<u8>, name: &str, value: &impl Serialize) {
    buf.extend_from_slice(b",\"");
    buf.extend_from_slice(name.as_bytes());
    buf.extend_from_slice(b"\":");
    write(buf, value);
}

/// Appends JSON. What the server itself serialises (strings, numbers, maps with text keys) cannot fail.
///
/// # Panics
/// When the value is no JSON, which the server's own values always are.
pub(crate) fn write(buf: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(buf, value).expect("the server's own values are always JSON");
}
