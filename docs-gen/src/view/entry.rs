//! One verb or action of the page.

use super::example::ExampleView;
use super::faults::{FaultRow, faults, verb_faults};
use super::rows::{FieldRow, ParamRow, age};
use super::verified::Passed;
use super::{line, sample};
use actionline_specs::refusal::COMMON;
use actionline_specs::transcript::Book;
use actionline_specs::{Action, ExampleReply, Returns, Spec};
use serde::Serialize;
use serde_json::Map;

/// A verb or an action.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    /// `Verb` or `Action`, for the heading.
    pub(crate) what: &'static str,
    pub(crate) name: String,
    /// The heading's anchor.
    pub(crate) anchor: String,
    pub(crate) aliases: Vec<String>,
    /// How it is typed in word form.
    pub(crate) usage: String,
    /// The description's first sentence.
    pub(crate) summary: String,
    pub(crate) description: String,
    /// What else there is to say of an action, as Markdown.
    notes: Vec<String>,
    /// The rights that a client needs for it; `notes` has them as prose.
    #[serde(skip)]
    pub(crate) requires: Vec<String>,
    pub(crate) params: Vec<ParamRow>,
    pub(crate) faults: Vec<FaultRow>,
    /// It answers the bytes of a file.
    pub(crate) file: bool,
    pub(crate) fields: Vec<FieldRow>,
    /// A success as a line; empty when an example shows one.
    pub(crate) line: String,
    pub(crate) errors: Vec<ErrorRow>,
    pub(crate) examples: Vec<ExampleView>,
}

/// The params that every action takes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Common {
    pub(crate) params: Vec<ParamRow>,
    pub(crate) faults: Vec<FaultRow>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ErrorRow {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) description: String,
}

impl Entry {
    /// The entries of these verbs or actions, in their order.
    pub(super) fn all(book: &Book<'_>, actions: &[Action], passed: &Passed<'_>) -> Vec<Self> {
        actions
            .iter()
            .map(|action| Self::new(book, action, passed))
            .collect()
    }

    fn new(book: &Book<'_>, action: &Action, passed: &Passed<'_>) -> Self {
        let what = if book.is_verb(action) {
            "Verb"
        } else {
            "Action"
        };
        Self {
            what,
            name: action.name.clone(),
            anchor: anchor(what, &action.name),
            aliases: action.aliases.clone(),
            usage: usage(action),
            summary: summary(&action.description),
            description: action.description.clone(),
            notes: notes(action, book),
            requires: book.spec.rights(action).map(str::to_owned).collect(),
            params: action.own_params().iter().flat_map(ParamRow::all).collect(),
            faults: match book.is_verb(action) {
                true => verb_faults(action, passed),
                false => faults(&action.name, action.own_params(), passed),
            },
            file: matches!(action.returns, Returns::File),
            fields: FieldRow::all(action.returns.fields()),
            line: success_line(action),
            errors: action
                .errors
                .iter()
                .map(|error| ErrorRow {
                    code: error.code.clone(),
                    message: error.message.clone(),
                    description: error.description.clone(),
                })
                .collect(),
            examples: action
                .examples
                .iter()
                .enumerate()
                .map(|(index, example)| ExampleView::new(book, action, index, example, passed))
                .collect(),
        }
    }
}

impl Common {
    pub(super) fn new(spec: &Spec, passed: &Passed<'_>) -> Self {
        Self {
            params: spec.common.iter().flat_map(ParamRow::all).collect(),
            faults: faults(COMMON, &spec.common, passed),
        }
    }
}

fn notes(action: &Action, book: &Book<'_>) -> Vec<String> {
    let rights = book.spec.rights(action);
    let rights: Vec<String> = rights.map(|one| format!("`{one}`")).collect();
    let needed = match rights.as_slice() {
        [] => None,
        rights => Some(format!("Requires: {}.", rights.join(", "))),
    };
    if book.is_verb(action) {
        return needed.into_iter().collect();
    }
    let mut notes = age(action.deprecated.as_ref(), action.since.as_ref());
    let connection = match action.needs_connection {
        true => " It needs a connection.",
        false => "",
    };
    let effect = action.effect.word();
    notes.push(format!("Effect: `{effect}`.{connection}"));
    notes.extend(needed);
    if let Some(seconds) = action.timeout {
        notes.push(format!("It is stopped after {seconds} seconds."));
    }
    if let Some(feature) = &action.feature {
        notes.push(format!(
            "It is there only in a server that is compiled with the feature `{feature}`."
        ));
    }
    notes
}

/// The anchor that GitHub gives the heading ``### Verb `quit` ``.
pub(super) fn anchor(what: &str, name: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name.to_lowercase().chars().filter(kept).collect();
    format!("{}-{name}", what.to_lowercase())
}

/// A description up to the end of its first sentence.
fn summary(description: &str) -> String {
    let end = description.find(". ").map(|end| end + 1);
    let text = description
        .get(..end.unwrap_or(description.len()))
        .unwrap_or_default();
    text.trim().lines().next().unwrap_or_default().to_owned()
}

/// A verb's own usage; an action's params as words, the ones it can do without in brackets.
fn usage(action: &Action) -> String {
    if let Some(usage) = &action.usage {
        return usage.clone();
    }
    let mut usage = action.name.clone();
    for param in action.own_params() {
        let (name, kind) = (&param.name, param.kind().word());
        usage.push_str(&match param.required {
            true => format!(" {name}=<{kind}>"),
            false => format!(" [{name}=<{kind}>]"),
        });
    }
    usage
}

/// What a success looks like, made from the declared fields; empty when there is an example of it, or no line.
fn success_line(action: &Action) -> String {
    let shown = action
        .examples
        .iter()
        .any(|example| !matches!(example.reply, ExampleReply::Error(_)));
    if shown || matches!(action.returns, Returns::File) {
        return String::new();
    }
    let own: Map<_, _> = action
        .returns
        .fields()
        .iter()
        .map(|field| (field.name.clone(), sample::of(&field.schema)))
        .collect();
    line::reply(&action.name, &own, None, 1)
}
