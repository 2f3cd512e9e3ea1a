//! The whole file: version of the grammar, `info`, `common`, `actions`.

use super::{Problems, action, lints, name, param};
use crate::node::{Data, Node};
use crate::{Info, Mistake, Source, Span, Spec};

/// The version of the spec language that this crate reads.
const VERSION: i128 = 1;

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

    /// One of them, with its article.
    pub(super) fn what(self) -> &'static str {
        match self {
            Dialect::Verbs => "a verb",
            Dialect::Actions => "an action",
        }
    }
}

/// Reads the root of the tree. What comes out is only whole when no problem was told.
pub(crate) fn spec(
    source: Source,
    root: &Node,
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
        common: Vec::new(),
        actions: Vec::new(),
        pushes: Vec::new(),
        schemas: Vec::new(),
        allow: Vec::new(),
    };
    if matches!(root.data, Data::Null) {
        let problem = Mistake::InvalidYaml.at(root.at, "the file is empty");
        problems.report(problem.help("a spec begins with `actionline: 1`"));
        return spec;
    }
    if !matches!(root.data, Data::Map(_)) {
        let message = format!(
            "a spec is a map of `key: value` lines, not {}",
            root.data.phrase()
        );
        problems.report(Mistake::WrongType.at(root.at, message));
        return spec;
    }
    let known = ["actionline", "info", "common", dialect.key(), "lints"];
    let fields = problems.fields((root.at, "the file", "a spec"), root, &known);
    if let Some(entry) = problems.required(&fields, "actionline") {
        version(&entry.value, problems);
    }
    if let Some(entry) = problems.required(&fields, "info") {
        spec.info = info(entry.at, &entry.value, problems);
    }
    spec.allow = lints::allow(&fields, problems);
    if let Some(entry) = fields.get("common") {
        spec.common = param::params(&entry.key, &entry.value, problems);
        name::params(&spec.common, &[], problems);
    }
    if let Some(entry) = problems.required(&fields, dialect.key()) {
        spec.actions = action::actions(&entry.value, dialect, &spec.common, problems);
    }
    spec
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
    let known = ["title", "version", "description"];
    let fields = problems.fields((at, "info", "`info`"), node, &known);
    Info {
        title: problems.required_text(&fields, "title").unwrap_or_default(),
        version: problems
            .required_text(&fields, "version")
            .unwrap_or_default(),
        description: problems.optional_text(&fields, "description"),
    }
}
