//! Everything a request can be refused with: the codes, their texts and their meaning. The server answers from this
//! table, the docs print it.

use crate::catalogue::catalogue;
use crate::limits::Limit;
use crate::{ParamFault, suggest};
use std::borrow::Cow;
use std::time::Duration;

catalogue! {
    /// What the protocol itself can refuse a request with. An action's own errors are declared in its spec.
    pub enum Code {
        InvalidParams = "invalidParams", "{param} {what} for this action", "A param is missing or breaks a rule. `errors` lists every fault; `error` is the first.";
        UnknownAction = "unknownAction", "{name} is not a known action.", "Neither a verb nor an action has this name. `hint` names the nearest one, if any is near.";
        Usage = "usage", "{verb} {what}; usage: {usage}", "A verb was typed with a missing or a surplus argument. Nothing was changed.";
        InvalidJson = "invalidJson", "the line is not valid JSON: {what}", "The line starts with `{` but is not one JSON object.";
        InvalidRequest = "invalidRequest", "the request is not valid: {what}", "The JSON object has an unknown, doubled, missing or mistyped key, is nested too deep, or holds a number that does not fit.";
        InvalidWords = "invalidWords", "the words after {name} are not valid: {what}", "What follows an action's name is not a list of `key=value` or `key=\"quoted value\"` pairs.";
        InvalidName = "invalidName", "{what} may not contain control characters", "A verb, action, param or room was named with a control character in it.";
        Forbidden = "forbidden", "{name} requires {rights}", "The client may not do this: it lacks a right that the action or verb requires, as a login gives it, and nothing was read of the params; or the application says no.";
        LimitReached = "limitReached", "{what} (the limit is {limit})", "What was asked for is more than this server allows.";
        LineTooLong = "lineTooLong", "the line is longer than {limit} and was not run", "The line was longer than the line limit. The rest of it was discarded.";
        InvalidUtf8 = "invalidUtf8", "the line is not valid UTF-8 and was not run", "The line held bytes that are not UTF-8.";
        Timeout = "timeout", "the action took longer than {limit} and was stopped", "The action did not end in time. What it had begun may have happened, or not.";
        Overloaded = "overloaded", "the server has too much to do and did not run this", "The server has too much to do at once and did not run this. `retryAfterMs` says when it is worth another try.";
        InternalError = "internalError", "internal error", "The action failed in a way it did not foresee. The connection lives on; the server's log says more.";
    }
    /// The `error` on the wire, with `{…}` for what differs from case to case.
    template -> &'static str
}

/// A refused request: what goes into the error reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `code`.
    pub code: Cow<'static, str>,
    /// `error`.
    pub message: String,
    /// `hint`: the nearest known name, when there is one.
    pub hint: Option<String>,
    /// `errors`: every faulty param.
    pub params: Vec<ParamFault>,
    /// `retryAfterMs`: when it is worth another try, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// The limit that was reached. Not on the wire; metrics count by it.
    pub limit: Option<&'static Limit>,
}

impl Fault {
    /// A fault of the protocol's own: its template filled in. Cut client text with [`excerpt`] first.
    pub fn new(code: Code, args: &[(&str, &str)]) -> Self {
        Self::declared(code.word(), fill(code.template(), args))
    }

    /// An error that an action's spec declares, its text already filled in.
    pub fn declared(code: impl Into<Cow<'static, str>>, message: String) -> Self {
        Self {
            code: code.into(),
            message,
            hint: None,
            params: Vec::new(),
            retry_after_ms: None,
            limit: None,
        }
    }

    /// The same with `retryAfterMs`: at least a millisecond.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Self {
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.retry_after_ms = Some(ms.saturating_add(1));
        self
    }

    /// The fault for a list of faulty params; `error` is the first. An empty list is an internal error.
    pub fn params(params: Vec<ParamFault>) -> Self {
        let Some(first) = params.first() else {
            return Self::new(Code::InternalError, &[]);
        };
        Self {
            code: Cow::Borrowed(Code::InvalidParams.word()),
            message: first.message.clone(),
            hint: None,
            params,
            retry_after_ms: None,
            limit: None,
        }
    }

    /// The fault for a client that lacks some of the rights that `name` requires.
    pub fn forbidden<'r>(name: &str, rights: impl IntoIterator<Item = &'r str>) -> Self {
        let rights: Vec<&str> = rights.into_iter().collect();
        let args = [("name", name), ("rights", &rights.join(" and "))];
        Self::new(Code::Forbidden, &args)
    }

    /// The fault for a name with a control character; `what` says whose name.
    pub fn invalid_name(what: &str) -> Self {
        Self::new(Code::InvalidName, &[("what", what)])
    }

    /// The fault for a name that none of these is, with the nearest of them as hint. Of two that are equally near it is
    /// the first. A name with a control character is none at all.
    pub fn unknown_action<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        if name.chars().any(char::is_control) {
            return Self::invalid_name("the name of a verb or an action");
        }
        Self {
            hint: suggest::nearest(name, known).map(str::to_owned),
            ..Self::new(Code::UnknownAction, &[("name", excerpt(name))])
        }
    }
}

/// Replaces each `{name}` of a template; a name that is not among `args` stays as it is.
pub fn fill(template: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        let name = &rest[1..close];
        match args.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

/// Client text as an error may repeat it: its first 64 characters (protocol §4).
pub fn excerpt(text: &str) -> &str {
    match text
        .char_indices()
        .nth(crate::limits::EXCERPT.default as usize)
    {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
