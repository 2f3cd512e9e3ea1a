//! What the handlers written by hand share.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::fmt::Display;

/// Why a request is refused.
#[derive(Serialize)]
pub struct Failure {
    code: &'static str,
    error: String,
}

impl Failure {
    pub fn new(code: &'static str, error: String) -> Self {
        Self { code, error }
    }
}

pub fn one() -> u8 {
    1
}

pub fn ten() -> u8 {
    10
}

pub fn reply(fields: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(fields).map_err(|error| Failure::new("internalError", error.to_string()))
}

pub fn answer<T: Serialize, E: Into<Failure>>(outcome: Result<T, E>) -> Result<Value, Failure> {
    outcome.map_err(Into::into).and_then(reply)
}

pub fn checked<T: DeserializeOwned>(
    params: Value,
    check: impl FnOnce(&T) -> Result<(), Failure>,
) -> Result<T, Failure> {
    let params = serde_json::from_value(params)
        .map_err(|error| Failure::new("invalidParams", error.to_string()))?;
    check(&params)?;
    Ok(params)
}

pub fn text(name: &str, value: &str, most: usize) -> Result<(), Failure> {
    match value.chars().count() > most {
        true => Err(Failure::new("invalidParams", format!("{name} must have at most {most} characters"))),
        false => Ok(()),
    }
}

pub fn range<T: PartialOrd + Display>(name: &str, value: T, least: T, most: T) -> Result<(), Failure> {
    match value < least || value > most {
        true => Err(Failure::new("invalidParams", format!("{name} must be from {least} to {most}"))),
        false => Ok(()),
    }
}

pub fn line(name: &str, params: Map<String, Value>, call: impl Fn(&str, Value) -> Option<Result<Value, Failure>>) -> Value {
    match call(name, Value::Object(params)) {
        Some(Ok(fields)) => fields,
        Some(Err(failure)) => json!(failure),
        None => json!({ "error": format!("{name} is not a known action or that apiVersion.") }),
    }
}
