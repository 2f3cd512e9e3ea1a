//! The page of one verb or action.

use super::forms::{self, ExampleForms};
use super::html::{self, Author};
use super::links::Links;
use crate::view::entry::{Entry, ErrorRow};
use crate::view::faults::FaultRow;
use crate::view::rows::{FieldRow, ParamRow, secrecy};
use crate::{Page, RenderError, Templates};
use actionline_specs::{Action, wire};
use serde::Serialize;

/// A verb or an action, as the templates read it. Texts of the spec are HTML here.
#[derive(Debug, Serialize)]
pub(super) struct EntryView {
    what: &'static str,
    name: String,
    aliases: Vec<String>,
    usage: String,
    about: String,
    since: String,
    deprecated: bool,
    /// What to use instead; empty when it is not said.
    instead: String,
    /// `read`, `idempotent` or `write`; empty for a verb.
    effect: &'static str,
    /// Seconds.
    timeout: Option<u64>,
    requires: Vec<String>,
    needs_connection: bool,
    feature: String,
    params: Vec<ParamView>,
    /// The params that it shares with every action: they stand on the page of all actions.
    common: Vec<String>,
    /// It is refused for the whole of its arguments.
    usage_faults: Vec<FaultView>,
    answers_file: bool,
    /// What an action answers that returns nothing.
    ok: &'static str,
    fields: Vec<FieldView>,
    line: String,
    errors: Vec<ErrorView>,
    examples: Vec<ExampleForms>,
}

/// A param with every way in which it is refused.
#[derive(Debug, Serialize)]
pub(super) struct ParamView {
    id: String,
    #[serde(flatten)]
    row: ParamRow,
    /// In place of the row's, which is Markdown.
    kind: String,
    about: String,
    since: String,
    deprecated: bool,
    /// What to use in place of one that is deprecated.
    instead: String,
    /// What it means to be secret; empty for a param that is not.
    secret: String,
    faults: Vec<FaultView>,
}

#[derive(Debug, Serialize)]
struct FaultView {
    id: String,
    #[serde(flatten)]
    row: FaultRow,
    about: String,
}

#[derive(Debug, Serialize)]
struct FieldView {
    id: String,
    #[serde(flatten)]
    row: FieldRow,
    /// In place of the row's, which is Markdown.
    kind: String,
    about: String,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    id: String,
    #[serde(flatten)]
    row: ErrorRow,
    about: String,
}

impl EntryView {
    pub(super) fn new(
        entry: &Entry,
        action: &Action,
        page: &Page,
        links: &Links<'_>,
        templates: &Templates,
    ) -> Result<Self, RenderError> {
        let name = &entry.name;
        let deprecated = action.deprecated.as_ref();
        let is_verb = action.usage.is_some();
        let whole = entry.faults.iter().filter(|fault| fault.param.is_empty());
        let field = |row: &FieldRow| FieldView {
            id: format!("{name}.reply.{}", row.name),
            about: html::inline(&row.description, Author::Spec, links),
            kind: html::inline(&row.kind, Author::Spec, links),
            row: row.clone(),
        };
        let error = |row: &ErrorRow| ErrorView {
            id: error_id(entry, &row.code),
            about: html::inline(&row.description, Author::Spec, links),
            row: row.clone(),
        };
        let examples = entry.examples.iter().enumerate();
        let examples = examples.map(|(index, example)| {
            let id = format!("{name}.example.{}", index + 1);
            forms::of_example(id, example, page, templates)
        });
        Ok(Self {
            what: entry.what,
            name: name.clone(),
            aliases: entry.aliases.clone(),
            usage: entry.usage.clone(),
            about: html::blocks(&entry.description, Author::Spec, links),
            since: action.since.clone().unwrap_or_default(),
            deprecated: deprecated.is_some(),
            instead: deprecated.map_or_else(String::new, |it| {
                html::inline(&it.text, Author::Spec, links)
            }),
            effect: if is_verb { "" } else { action.effect.word() },
            timeout: action.timeout,
            requires: entry.requires.clone(),
            needs_connection: action.needs_connection,
            feature: action.feature.clone().unwrap_or_default(),
            params: ParamView::all(name, &entry.params, &entry.faults, links),
            common: action
                .common_params()
                .iter()
                .map(|param| param.name.clone())
                .collect(),
            usage_faults: whole.map(|row| FaultView::new(row, links)).collect(),
            answers_file: entry.file,
            ok: wire::OK,
            fields: entry.fields.iter().map(field).collect(),
            line: match entry.line.is_empty() {
                true => String::new(),
                false => super::code::block("json", &entry.line),
            },
            errors: entry.errors.iter().map(error).collect(),
            examples: examples.collect::<Result<_, _>>()?,
        })
    }
}

/// The anchor of a declared error: behind the entry's name like a param's, unless a param has the same name.
pub(super) fn error_id(entry: &Entry, code: &str) -> String {
    match entry.params.iter().any(|param| param.name == code) {
        true => format!("{}.error.{code}", entry.name),
        false => format!("{}.{code}", entry.name),
    }
}

impl ParamView {
    /// The params of `owner`, each with its faults.
    pub(super) fn all(
        owner: &str,
        rows: &[ParamRow],
        faults: &[FaultRow],
        links: &Links<'_>,
    ) -> Vec<Self> {
        let inline = |text: &str| html::inline(text, Author::Spec, links);
        let view = |row: &ParamRow| Self {
            id: format!("{owner}.{}", row.name),
            about: inline(&row.description),
            kind: inline(&row.kind),
            since: row.since.clone(),
            deprecated: row.deprecated,
            instead: inline(&row.instead),
            secret: match row.secret {
                true => inline(&secrecy()),
                false => String::new(),
            },
            faults: faults
                .iter()
                .filter(|fault| fault.param == row.name)
                .map(|fault| FaultView::new(fault, links))
                .collect(),
            row: row.clone(),
        };
        rows.iter().map(view).collect()
    }
}

impl FaultView {
    fn new(row: &FaultRow, links: &Links<'_>) -> Self {
        Self {
            id: row.id.clone(),
            about: html::inline(row.when, Author::Spec, links),
            row: row.clone(),
        }
    }
}
