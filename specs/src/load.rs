//! Text → [`Spec`].

use crate::include::gather;
use crate::read::{self, Dialect, Problems};
use crate::{Diagnostics, Source, Spec};
use std::sync::LazyLock;

/// Reads and checks a spec that stands in one file. What it includes cannot be read: see [`load_from`].
///
/// # Errors
/// Everything that is wrong with the file, in the order of the file.
///
/// ```
/// use actionline_specs::{Source, load};
///
/// let text = "actionline: 1\ninfo: { title: Scores, version: 1.0.0 }\nactions:\n  ping: { descripton: Answers. }\n";
/// let problems = load(Source::new("actions.yaml", text)).unwrap_err();
/// assert_eq!(
///     problems.list[0].brief(&problems.source),
///     "actions.yaml:4:11: an action has no key `descripton` (did you mean `description`?)",
/// );
/// ```
pub fn load(source: Source) -> Result<Spec, Diagnostics> {
    load_from(source, |_| Err("no files can be read here".to_owned()))
}

/// Reads and checks a spec with the files it includes. `read` gets the path of each from the folder of the first one, with
/// `/` between its parts, and answers its text or why there is none; [`files_beside`](crate::files_beside) reads them
/// from the disk.
///
/// # Errors
/// Everything that is wrong with the files, in the order of reading.
///
/// ```
/// use actionline_specs::{Source, load_from};
///
/// let root = "actionline: 1\ninfo: { title: Scores, version: 1.0.0 }\ninclude: [players.yaml]\n";
/// let spec = load_from(Source::new("api/actions.yaml", root), |path| match path {
///     "players.yaml" => Ok("actionline: 1\nactions: { playerBan: {} }\n".to_owned()),
///     _ => Err("there is no such file".to_owned()),
/// });
/// let spec = spec.unwrap();
/// assert_eq!(spec.source.locate(spec.actions[0].at), "api/players.yaml:2:12");
/// ```
pub fn load_from(
    source: Source,
    mut read: impl FnMut(&str) -> Result<String, String>,
) -> Result<Spec, Diagnostics> {
    whole(source, Dialect::Actions, &mut read)
}

/// The verbs that every server speaks: the built-in spec.
pub fn verbs() -> &'static Spec {
    static VERBS: LazyLock<Spec> = LazyLock::new(|| {
        let source = Source::new("verbs.yaml", include_str!("verbs.yaml"));
        let mut read = |_: &str| Err(String::new());
        whole(source, Dialect::Verbs, &mut read).unwrap_or_else(|problems| panic!("{problems}"))
    });
    &VERBS
}

fn whole(
    source: Source,
    dialect: Dialect,
    read: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<Spec, Diagnostics> {
    let gathered = gather(source, dialect, read);
    let source = gathered.source;
    let mut problems = Problems::new(&gathered.places, gathered.problems);
    if !gathered.files.is_empty() {
        let spec = read::spec(source.clone(), &gathered.files, dialect, &mut problems);
        if problems.list.is_empty() {
            return Ok(spec);
        }
    }
    Err(Diagnostics::new(source, problems.list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_specs_load() {
        let text = include_str!("../../actions.yaml");
        let spec = load(Source::new("actions.yaml", text)).unwrap_or_else(|e| panic!("{e}"));
        let names: Vec<&str> = spec.actions.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(
            names,
            ["actionsView", "cacheTest", "file", "randomNumber", "status"]
        );
        let cache = &spec.actions[1];
        let params: Vec<&str> = cache.params.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(
            (params, cache.own),
            (vec!["key", "value", "limit", "offset"], 2)
        );
        assert_eq!(verbs().actions[0].aliases, ["exit", "close"]);
    }
}
