//! What several clients in rooms see: the verb's own example of it.

use super::cast::Cast;
use super::entry::Entry;

/// The first example of `say` that others are in, typed as words; nothing when there is none.
pub(super) fn talk(verbs: &[Entry]) -> Option<Cast> {
    let say = verbs.iter().find(|verb| verb.name == "say")?;
    say.examples.iter().find_map(|it| {
        let words = it.words.as_ref().filter(|_| !it.others.is_empty())?;
        Some(Cast::new(words, &it.others))
    })
}
