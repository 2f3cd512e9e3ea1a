//! Every error text a param can give. The texts come out of the binder and the rules themselves: this module only finds
//! the values that provoke them.

use super::bounds::{Bounds, bounds};
use super::rows::{Part, inside};
use actionline_specs::{
    Action, Code, Given, Kind, Param, ParamCode, ParamFault, REQUIRED, Raw, Schema, limits,
};
use serde::Serialize;

/// One way in which a param is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FaultRow {
    /// The param that is refused; empty when it is the whole request.
    #[serde(skip)]
    pub(crate) param: String,
    pub(crate) code: &'static str,
    pub(crate) text: String,
    /// A value that is taken, as JSON; empty where none was found.
    accepted: String,
    /// A value that is refused for this alone, as JSON; empty where none was found.
    refused: String,
    /// When it happens; empty when the text says it.
    pub(crate) when: &'static str,
}

const JSON_ONLY: &str = "JSON form only; the word form takes any text.";

/// Every way in which a verb is refused for its arguments: as words by its usage, in JSON form by its params.
pub(super) fn verb_faults(verb: &Action) -> Vec<FaultRow> {
    let when = match verb.params.is_empty() {
        true => "Word form: something follows the verb.",
        false => "Word form: an argument is missing.",
    };
    let usage = FaultRow {
        param: String::new(),
        accepted: String::new(),
        refused: String::new(),
        code: Code::Usage.word(),
        text: verb.usage_fault().message,
        when,
    };
    let params = verb.params.iter().flat_map(faults);
    let in_json = params.map(|row| FaultRow {
        when: match row.code == ParamCode::Required.word() {
            true => "JSON form: it is missing, empty or `null`.",
            false => "JSON form.",
        },
        ..row
    });
    // What can be left out cannot be missing.
    let can_fail = verb.params.is_empty() || verb.params.iter().any(|param| param.required);
    can_fail
        .then_some(usage)
        .into_iter()
        .chain(in_json)
        .collect()
}

/// Every way in which a param is refused, in the order in which they are found.
pub(super) fn faults(param: &Param) -> Vec<FaultRow> {
    let mut rows = Vec::new();
    if param.required {
        let fault = judge(param, None);
        add(&mut rows, fault, "It is missing, empty or JSON `null`.");
    }
    wrong_type(param, &mut rows);
    for rule in param.rules() {
        let fault = ParamFault::new(&param.name, rule.code(), &rule.phrase(), false);
        add(&mut rows, vec![fault], "");
    }
    for part in inside(&param.name, &param.schema) {
        add(&mut rows, faults_inside(&part), "");
    }
    for row in &mut rows {
        let Bounds { accepted, refused } = bounds(param, &row.text);
        (row.param, row.accepted, row.refused) = (param.name.clone(), accepted, refused);
    }
    rows
}

/// Every way in which a value inside a param is refused. The path is that of the first item.
fn faults_inside(part: &Part<'_>) -> Vec<ParamFault> {
    let path = part.path.replace("[]", "[0]");
    let fault = |code, what: &str| ParamFault::new(&path, code, what, false);
    let schema = part.schema;
    let mut faults = Vec::new();
    if part.required == Some(true) {
        faults.push(fault(ParamCode::Required, REQUIRED));
    }
    if schema.kind != Kind::Any {
        let what = format!("must be {}", schema.kind.phrase());
        faults.push(fault(ParamCode::Type, &what));
    }
    let rules = schema.rules();
    faults.extend(rules.map(|rule| fault(rule.code(), &rule.phrase())));
    faults
}

fn wrong_type(param: &Param, rows: &mut Vec<FaultRow>) {
    let any_text = matches!(param.kind(), Kind::String | Kind::Any);
    let when = if any_text { JSON_ONLY } else { "" };
    // No kind but "any" takes both.
    for wrong in ["{}", "[]"] {
        add(rows, judge(param, Some(Raw::Json(wrong))), when);
    }
    let (open, close) = match param.kind() {
        Kind::Any | Kind::Array => ("[", "]"),
        Kind::Object => (r#"{"a":"#, "}"),
        _ => return,
    };
    let levels = limits::DEPTH.default as usize;
    let deep = open.repeat(levels) + "1" + &close.repeat(levels);
    add(rows, judge(param, Some(Raw::Json(&deep))), when);
    let twice = format!(r#"{open}{{"a":1,"a":1}}{close}"#);
    add(rows, judge(param, Some(Raw::Json(&twice))), when);
    let huge = format!("{open}1e999{close}");
    add(rows, judge(param, Some(Raw::Json(&huge))), when);
    if !any_text {
        let broken = judge(param, Some(Raw::Text(open)));
        add(
            rows,
            broken,
            "Word form only; the reason in brackets differs from case to case.",
        );
    }
}

/// What the binder says to a value, the param's rules aside.
fn judge(param: &Param, raw: Option<Raw<'_>>) -> Vec<ParamFault> {
    let param = Param {
        schema: Schema::new(param.kind(), param.schema.kind_at),
        ..param.clone()
    };
    let mut faults = Vec::new();
    let given = raw.map(|raw| Given { raw, saved: false });
    param.bind(given, &mut faults);
    faults
}

fn add(rows: &mut Vec<FaultRow>, faults: Vec<ParamFault>, when: &'static str) {
    for fault in faults {
        if rows.iter().all(|row| row.text != fault.message) {
            rows.push(FaultRow {
                param: String::new(),
                accepted: String::new(),
                refused: String::new(),
                code: fault.code,
                text: fault.message,
                when,
            });
        }
    }
}
