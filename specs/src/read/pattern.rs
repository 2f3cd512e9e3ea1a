//! `pattern`: only what `regex` and ECMA-262 (which JSON Schema means) read the same way.

use super::Problems;
use crate::Pattern;
use crate::node::Node;

pub(super) fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Pattern> {
    let source = problems.text("pattern", node)?.to_owned();
    let regex = regex::Regex::new(&source).ok()?;
    Some(Pattern { source, regex })
}
