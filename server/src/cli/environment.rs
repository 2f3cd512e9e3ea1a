//! The environment as a layer.

use super::backplane::{Login, VARIABLES};
use super::layers::{Given, Layer, Origin, did_you_mean};
use super::settings::{self, FILE_VARIABLE, PREFIX};
use actionline_specs::suggest;
use std::ffi::OsString;
use std::path::PathBuf;

/// What the environment says.
#[derive(Debug, Default)]
pub(super) struct Environment {
    pub(super) layer: Layer,
    /// The file of settings.
    pub(super) file: Option<PathBuf>,
    /// Who logs in to the backplane.
    pub(super) login: Login,
    /// What is to be logged: variables that look like ours and are not.
    pub(super) warnings: Vec<String>,
}

/// Reads the variables. An empty one counts as not set: that is how many tools unset one.
pub(super) fn read(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Environment, Vec<String>> {
    let mut read = Environment::default();
    let mut faults = Vec::new();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        if name == FILE_VARIABLE {
            read.file = Some(PathBuf::from(value));
            continue;
        }
        if VARIABLES.contains(&name) {
            faults.extend(read.login.add(name, value).err());
            continue;
        }
        let Some(setting) = settings::all().find(|setting| setting.variable() == name) else {
            read.warnings.push(unknown(name));
            continue;
        };
        let Ok(text) = value.into_string() else {
            faults.push(format!(
                "{} must be UTF-8 text (environment {name})",
                setting.title()
            ));
            continue;
        };
        let origin = Origin::Environment(name.to_owned());
        faults.extend(
            read.layer
                .add(Given {
                    setting,
                    text,
                    origin,
                })
                .err(),
        );
    }
    if faults.is_empty() {
        Ok(read)
    } else {
        Err(faults)
    }
}

/// Only a warning: other programs may have variables of this prefix.
fn unknown(name: &str) -> String {
    let known: Vec<String> = settings::all().map(|setting| setting.variable()).collect();
    let known = known
        .iter()
        .map(String::as_str)
        .chain([FILE_VARIABLE])
        .chain(VARIABLES);
    did_you_mean("setting", name, suggest::nearest(name, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_pairs(pairs: &[(&str, &str)]) -> Result<Environment, Vec<String>> {
        read(
            pairs
                .iter()
                .map(|(name, value)| (name.into(), value.into())),
        )
    }

    #[test]
    fn unknown_variables_are_told_and_foreign_ones_are_not() {
        let read = read_pairs(&[
            ("ACTIONLINE_BNID", "x"),
            ("PATH", "x"),
            ("ACTIONLINE_LOG", ""),
        ])
        .expect("warnings only");
        assert_eq!(
            read.warnings,
            ["\"ACTIONLINE_BNID\" is no setting; did you mean ACTIONLINE_BIND?"]
        );
    }

    #[test]
    fn two_names_of_one_setting_are_a_fault() {
        let faults = read_pairs(&[
            ("ACTIONLINE_KEEP_ALIVE", "1"),
            ("ACTIONLINE_LIMIT_KEEP_ALIVE", "1"),
        ])
        .expect_err("twice");
        assert_eq!(
            faults,
            [
                "limit keep-alive is given twice: environment ACTIONLINE_KEEP_ALIVE and environment ACTIONLINE_LIMIT_KEEP_ALIVE"
            ]
        );
    }
}
