//! Spec → view model: every word that the page prints is computed here or read from a table of `actionline_specs`.

pub(crate) mod cast;
pub(crate) mod entry;
pub(crate) mod example;
pub(crate) mod faults;
mod files;
mod guide;
mod line;
pub(crate) mod pushes;
mod rooms;
pub(crate) mod rows;
mod sample;
mod session;
mod session_json;
mod tables;
mod verified;

use actionline_specs::transcript::Book;
use actionline_specs::{Record, Spec, machine, wire};
use entry::{Common, Entry};
pub(crate) use files::FRAMED;
use files::Link;
use guide::Guide;
use pushes::PushView;
use rows::FieldRow;
use serde::Serialize;
use std::collections::BTreeMap;
use tables::{CodeRow, EffectRow, FormatRow, LimitRow, MessageRow, ParamCodeRow, ReasonRow};
use verified::Passed;
pub(crate) use verified::VerifiedView;

/// All the words of one page, in the shape that the templates read. Make one with [`Page::new`].
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// The spec's file name.
    pub(crate) file: String,
    pub(crate) title: String,
    pub(crate) version: String,
    /// Of the machine form, as the server's `describe` answers it.
    pub(crate) hash: String,
    /// How much of it was run against the server.
    pub(crate) verified: VerifiedView,
    pub(crate) description: String,
    address: String,
    pub(crate) host: String,
    pub(crate) port: String,
    /// A whole session, as a terminal shows it.
    pub(crate) session: String,
    /// The same in JSON form, as an exchange.
    #[serde(skip)]
    pub(crate) session_json: String,
    /// The first line of every connection.
    welcome: String,
    /// The rights that a client needs before anything else.
    requires: Vec<String>,
    /// The last line of a connection that the server closes.
    goodbye: String,
    /// The same when the server stops.
    goodbye_stopping: String,
    /// Several clients in rooms, as an exchange.
    talk: String,
    /// Those of them that get nothing.
    silent: Vec<String>,
    /// Each limit's default with its unit, by name.
    limit: BTreeMap<&'static str, String>,
    limits: Vec<LimitRow>,
    wire: WireWords,
    messages: Vec<MessageRow>,
    reasons: Vec<ReasonRow>,
    /// The line about messages that may be missing, and its reasons.
    gap: String,
    gaps: Vec<ReasonRow>,
    guide: Guide,
    pub(crate) common: Common,
    /// The actions that answer a file.
    files: Vec<Link>,
    /// The line that announces a file; empty when no action does.
    file_line: String,
    effects: Vec<EffectRow>,
    pub(crate) verbs: Vec<Entry>,
    pub(crate) actions: Vec<Entry>,
    formats: Vec<FormatRow>,
    /// The shared schemas.
    shared: Vec<FieldRow>,
    pub(crate) pushes: Vec<PushView>,
    codes: Vec<CodeRow>,
    param_codes: Vec<ParamCodeRow>,
}

/// Texts of the wire that prose repeats.
#[derive(Debug, Clone, Serialize)]
struct WireWords {
    api: &'static str,
    user: &'static str,
    response: &'static str,
    ok: &'static str,
    keep_alive: &'static str,
    gap: &'static str,
    goodbye: &'static str,
    entered: &'static str,
    left: &'static str,
    slow: &'static str,
    saved: &'static str,
    reserved: Vec<&'static str>,
    status_first: Vec<&'static str>,
}

impl Page {
    /// Computes the page of a spec, the built-in verbs included. Nothing but the verbs is known to be verified.
    pub fn new(spec: &Spec) -> Self {
        Self::with_record(spec, None)
    }

    /// [`Page::new`] with the record of what was run against the spec's server.
    pub fn with_record(spec: &Spec, record: Option<&Record>) -> Self {
        let book = Book::new(spec);
        let hash = machine::hash([spec]);
        let verbs_record = Record::verbs();
        let passed = Passed::new(record, &verbs_record, &hash);
        let common = Common::new(spec, &passed);
        let verbs = Entry::all(&book, &book.verbs.actions, &passed);
        let actions = Entry::all(&book, &spec.actions, &passed);
        let talk = rooms::talk(&verbs);
        let (host, port) = wire::ADDRESS.split_once(':').unwrap_or((wire::ADDRESS, ""));
        Self {
            file: file_name(spec).to_owned(),
            title: spec.info.title.clone(),
            version: spec.info.version.clone(),
            verified: VerifiedView::new(record, &hash, &common, [&verbs, &actions]),
            hash,
            description: spec.info.description.clone(),
            address: wire::ADDRESS.to_owned(),
            host: host.to_owned(),
            port: port.to_owned(),
            session: session::transcript(&book),
            session_json: session_json::transcript(&book),
            requires: spec
                .requires
                .iter()
                .map(|right| right.value.clone())
                .collect(),
            welcome: tables::line_of(&book, "welcome"),
            goodbye: tables::line_of(&book, "goodbye"),
            goodbye_stopping: tables::goodbye_stopping(&book),
            silent: talk
                .as_ref()
                .map_or_else(Vec::new, |talk| talk.silent.clone()),
            talk: talk.map_or_else(String::new, |talk| {
                [talk.before, talk.then].concat().join("\n")
            }),
            limit: tables::limit_words(),
            limits: tables::limits(),
            wire: WireWords::new(),
            messages: tables::messages(&book),
            reasons: tables::reasons(),
            gap: tables::line_of(&book, wire::GAP),
            gaps: tables::gaps(),
            guide: Guide::new(&book),
            common,
            files: files::actions(spec),
            file_line: files::line(spec),
            effects: tables::effects(),
            verbs,
            actions,
            formats: tables::formats(),
            shared: spec.schemas.iter().flat_map(FieldRow::shared).collect(),
            pushes: pushes::all(&spec.pushes),
            codes: tables::codes(),
            param_codes: tables::param_codes(),
        }
    }
}

/// The spec's file name. Not its path, which differs with the directory the generator runs in.
pub(crate) fn file_name(spec: &Spec) -> &str {
    let parts = spec.source.name.rsplit(['/', '\\']);
    parts.into_iter().next().unwrap_or_default()
}

impl Page {
    /// The rows of the guide's tables that have an anchor: the chapter's anchor, what the row is, its name and meaning.
    pub(crate) fn table_rows(&self) -> Vec<(&'static str, &'static str, (&str, &str))> {
        let codes = self.codes.iter().map(tables::CodeRow::told);
        let params = self.param_codes.iter().map(tables::ParamCodeRow::told);
        let limits = self.limits.iter().map(tables::LimitRow::told);
        let reasons = self.reasons.iter().map(tables::ReasonRow::told);
        let of = |chapter, kind| move |row| (chapter, kind, row);
        let codes = codes.chain(params).map(of("error-catalogue", "error code"));
        let limits = limits.map(of("limits", "limit"));
        let reasons = reasons.map(of("shutdown", "goodbye reason"));
        let gaps = self.gaps.iter().map(tables::ReasonRow::told);
        let gaps = gaps.map(of("several-servers", "gap reason"));
        codes.chain(limits).chain(reasons).chain(gaps).collect()
    }
}

impl WireWords {
    fn new() -> Self {
        Self {
            api: wire::API,
            user: wire::USER,
            response: wire::RESPONSE,
            ok: wire::OK,
            keep_alive: wire::KEEP_ALIVE,
            gap: wire::GAP,
            goodbye: wire::GOODBYE,
            entered: wire::ENTERED,
            left: wire::LEFT,
            slow: wire::Reason::SlowConsumer.word(),
            saved: actionline_specs::SAVED.trim_start(),
            reserved: wire::RESERVED.to_vec(),
            status_first: wire::STATUS_FIRST.to_vec(),
        }
    }
}
