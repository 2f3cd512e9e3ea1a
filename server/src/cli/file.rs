//! A TOML file as a layer.

use super::layers::{Given, Layer, Origin, did_you_mean};
use super::settings::{self, Key, LIMITS_TABLE, Setting, Takes};
use actionline_specs::suggest;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the text of a file of settings. The errors are lines that begin with `path:line:column`.
pub(super) fn read(path: &Path, text: &str) -> Result<Layer, Vec<String>> {
    let mut file = File {
        path,
        text,
        layer: Layer::default(),
        faults: Vec::new(),
    };
    match DeTable::parse(text) {
        Ok(table) => file.table(table.get_ref(), None),
        Err(error) => {
            let at = error.span().map_or(text.len(), |span| span.start);
            file.fault(at, error.message());
        }
    }
    if file.faults.is_empty() {
        return Ok(file.layer);
    }
    file.faults.sort();
    Err(file.faults.into_iter().map(|(_, line)| line).collect())
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
    layer: Layer,
    /// Each with its byte of the text: the parser sorts by name, people read from the top.
    faults: Vec<(usize, String)>,
}

impl File<'_> {
    /// Reads the top of the file, or the table of limits.
    fn table(&mut self, table: &DeTable<'_>, beneath: Option<&str>) {
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            let at = key.span().start;
            match (value.get_ref(), find(name, beneath)) {
                (_, Some(setting)) => self.value(setting, at, value),
                (DeValue::Table(limits), None) if beneath.is_none() && name == LIMITS_TABLE => {
                    self.table(limits, Some(LIMITS_TABLE));
                }
                (_, None) if beneath.is_none() && name == LIMITS_TABLE => {
                    self.fault(
                        at,
                        &format!("{LIMITS_TABLE} must be a table: [{LIMITS_TABLE}]"),
                    );
                }
                (_, None) => self.fault(at, &unknown(name, beneath)),
            }
        }
    }

    fn value(&mut self, setting: Setting, at: usize, value: &Spanned<DeValue<'_>>) {
        let text = match (setting.takes, value.get_ref()) {
            (Takes::Text | Takes::Number, DeValue::String(text)) => text.to_string(),
            (Takes::Path, DeValue::String(text)) => {
                let folder = self
                    .path
                    .parent()
                    .unwrap_or(Path::new(""))
                    .join(text.as_ref());
                match settings::path_text(folder) {
                    Ok(text) => text,
                    Err(_) => return self.fault(at, "this path is not UTF-8"),
                }
            }
            (Takes::Number, DeValue::Integer(number)) => {
                match i128::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => number.to_string(),
                    Err(_) => number.as_str().to_owned(),
                }
            }
            (Takes::Switch, DeValue::Boolean(on)) => on.to_string(),
            (takes, _) => {
                let wanted = match takes {
                    Takes::Text | Takes::Path => "a string in quotes",
                    Takes::Number => "a number, or a string in quotes",
                    Takes::Switch => "true or false",
                };
                return self.fault(at, &format!("{} must be {wanted}", setting.title()));
            }
        };
        let origin = Origin::File(self.place(at));
        let refused = self
            .layer
            .add(Given {
                setting,
                text,
                origin,
            })
            .err();
        self.faults.extend(refused.map(|line| (at, line)));
    }

    fn fault(&mut self, at: usize, message: &str) {
        // The parser's messages may run over several lines.
        let message = message
            .lines()
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(", ");
        let line = format!("{}: {message}", self.place(at));
        self.faults.push((at, line));
    }

    /// `path:line:column` of a byte of the text, the column in characters.
    fn place(&self, at: usize) -> String {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("{}:{line}:{column}", self.path.display())
    }
}

/// The setting that a key names; limits stand beneath their own table.
fn find(name: &str, beneath: Option<&str>) -> Option<Setting> {
    let mut known: Box<dyn Iterator<Item = Setting>> = match beneath {
        None => Box::new(settings::OWN.into_iter()),
        Some(_) => Box::new(settings::of_limits()),
    };
    known.find(|setting| setting.name == name)
}

fn unknown(name: &str, beneath: Option<&str>) -> String {
    let own = || settings::OWN.iter().map(|setting| setting.name);
    let limits: Vec<_> = settings::of_limits().map(|setting| setting.name).collect();
    let shown = actionline_specs::excerpt(name);
    let other = find(
        name,
        if beneath.is_some() {
            None
        } else {
            Some(LIMITS_TABLE)
        },
    );
    match (beneath, other.map(|setting| setting.key())) {
        (None, Some(Key::Limit(_))) => {
            format!("{shown} is a limit: write it beneath [{LIMITS_TABLE}]")
        }
        (Some(_), Some(_)) => format!("{shown} is no limit: write it above [{LIMITS_TABLE}]"),
        (None, _) => did_you_mean(
            "setting",
            shown,
            suggest::nearest(name, own().chain([LIMITS_TABLE])),
        ),
        (Some(_), None) => did_you_mean("limit", shown, suggest::nearest(name, limits)),
    }
}
