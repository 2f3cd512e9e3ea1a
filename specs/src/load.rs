//! Text → [`Spec`].

use crate::node;
use crate::read::{self, Dialect, Problems};
use crate::span::Places;
use crate::{Diagnostics, Source, Spec};
use std::sync::LazyLock;

/// Reads and checks a spec file.
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
    read(source, Dialect::Actions)
}

/// The verbs that every server speaks: the built-in spec.
pub fn verbs() -> &'static Spec {
    static VERBS: LazyLock<Spec> = LazyLock::new(|| {
        let source = Source::new("verbs.yaml", include_str!("verbs.yaml"));
        read(source, Dialect::Verbs).unwrap_or_else(|problems| panic!("{problems}"))
    });
    &VERBS
}

fn read(source: Source, dialect: Dialect) -> Result<Spec, Diagnostics> {
    let text = source.text.clone();
    let places = Places::new(0, &text);
    let mut problems = Problems {
        list: Vec::new(),
        places: &places,
    };
    if let Some(root) = node::parse(&places, &mut problems.list) {
        let spec = read::spec(source.clone(), &root, dialect, &mut problems);
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
