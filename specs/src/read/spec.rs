//! The whole spec: version of the grammar, `info`, and what its files declare together.

use super::{Fields, Problems, action, lints, name, notes, others, param, push, shared};
use crate::grammar::{ACTION, INCLUDED, INFO, MAP, SPEC, Shape, VERB, VERBS};
use crate::include;
use crate::node::{Data, Entry, Node};
use crate::{Info, Mistake, Source, Span, Spec};

/// The version of the spec language that this crate reads.
pub(crate) const VERSION: i128 = 1;

/// Which of the two files is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The built-in verbs: `verbs:`, with aliases and usage.
    Verbs,
    /// Anybody's `actions:`.
    Actions,
}

impl Dialect {
    fn key(self) -> &'static str {
        match self {
            Dialect::Verbs => "verbs",
            Dialect::Actions => "actions",
        }
    }

    /// One of them.
    pub(super) fn action(self) -> &'static Shape {
        match self {
            Dialect::Verbs => &VERB,
            Dialect::Actions => &ACTION,
        }
    }
}

/// Reads the files of a spec, the first one first. What comes out is only whole when no problem was told.
pub(crate) fn spec(
    source: Source,
    files: &[Node],
    dialect: Dialect,
    problems: &mut Problems<'_>,
) -> Spec {
    let mut spec = Spec {
        source,
        info: Info {
            title: String::new(),
            version: String::new(),
            description: String::new(),
        },
        requires: Vec::new(),
        common: Vec::new(),
        actions: Vec::new(),
        pushes: Vec::new(),
        schemas: Vec::new(),
        allow: Vec::new(),
    };
    let mut roots = Vec::new();
    for (index, file) in files.iter().enumerate() {
        if is_spec(file, problems) {
            roots.push(root(file, index == 0, dialect, problems));
        }
    }
    let Some(first) = roots.first().filter(|first| first.at.file == 0) else {
        return spec;
    };
    for root in &roots {
        if let Some(entry) = root.get("actionline") {
            version(&entry.value, problems);
        }
    }
    if let Some(entry) = first.get("info") {
        spec.info = info(entry.at, &entry.value, problems);
    }
    spec.requires = notes::rights(first, problems).unwrap_or_default();
    spec.allow = lints::allow(first, problems);
    // What others refer to comes first.
    if let Some(entry) = merged("schemas", &roots, problems) {
        spec.schemas = shared::schemas(&entry, problems);
    }
    if let Some(entry) = merged("common", &roots, problems) {
        spec.common = param::params(&entry.key, &entry.value, problems);
        name::params(&spec.common, &[], problems);
    }
    match merged(dialect.key(), &roots, problems) {
        Some(entry) => {
            spec.actions = action::actions(&entry.value, dialect, &spec.common, problems);
        }
        // They may all stand in included files.
        None if first.get(include::KEY).is_none() => problems.needed(first, dialect.key()),
        None => {}
    }
    for at in 0..spec.actions.len() {
        let rights = spec.rights(&spec.actions[at]);
        spec.actions[at].requires = rights.map(str::to_owned).collect();
    }
    if let Some(entry) = merged("pushes", &roots, problems) {
        spec.pushes = push::pushes(&entry, problems);
    }
    if problems.list.is_empty() {
        others::check(&spec, problems);
    }
    spec
}

/// Whether a file holds a map at all.
fn is_spec(file: &Node, problems: &mut Problems<'_>) -> bool {
    let problem = match &file.data {
        Data::Map(_) => return true,
        Data::Null => Mistake::InvalidYaml
            .at(file.at, "the file is empty")
            .help("a spec begins with `actionline: 1`"),
        other => {
            let found = other.phrase();
            let message = format!("a spec is {MAP}, not {found}");
            Mistake::WrongType.at(file.at, message)
        }
    };
    problems.report(problem);
    false
}

fn root<'n>(
    file: &'n Node,
    first: bool,
    dialect: Dialect,
    problems: &mut Problems<'_>,
) -> Fields<'n> {
    let shape = match (dialect, first) {
        (Dialect::Verbs, _) => &VERBS,
        (Dialect::Actions, true) => &SPEC,
        (Dialect::Actions, false) => &INCLUDED,
    };
    problems.fields((file.at, "the file"), file, shape)
}

/// The entries that all files have under a key, as if they stood in one.
fn merged(key: &str, roots: &[Fields<'_>], problems: &mut Problems<'_>) -> Option<Entry> {
    let mut parts = roots.iter().filter_map(|root| root.get(key));
    let mut whole = parts.next()?.clone();
    if matches!(whole.value.data, Data::Null) {
        whole.value.data = Data::Map(Vec::new());
    }
    for part in parts {
        match (&mut whole.value.data, &part.value.data) {
            (_, Data::Null) => {}
            (Data::Map(entries), Data::Map(more)) => entries.extend(more.iter().cloned()),
            (Data::Map(_), _) => drop(problems.entries(key, &part.value)),
            // Told when the whole is read.
            _ => {}
        }
    }
    Some(whole)
}

fn version(node: &Node, problems: &mut Problems<'_>) {
    match node.data {
        Data::Integer(VERSION) => {}
        Data::Integer(other) => {
            let message = format!("version {other} of the spec language is not known");
            let problem = Mistake::UnknownVersion.at(node.at, message);
            problems.report(problem.help(format!("this release reads `actionline: {VERSION}`")));
        }
        ref other => problems.wrong_type("actionline", "the number 1", node.at, other),
    }
}

fn info(at: Span, node: &Node, problems: &mut Problems<'_>) -> Info {
    let fields = problems.fields((at, "info"), node, &INFO);
    Info {
        title: problems.filled_text(&fields, "title").unwrap_or_default(),
        version: problems.filled_text(&fields, "version").unwrap_or_default(),
        description: problems.optional_text(&fields, "description"),
    }
}
