//! What one server knows: the spec's actions and the verbs.

use super::{Request, Saved};
use crate::request::parse;
use crate::{Action, Fault, Returns, Spec, fill, verbs, wire};

/// The param by which an action announces the file that it answers.
pub const FRAMED: &str = "framed";

/// The two specs of a server, side by side.
#[derive(Debug, Clone, Copy)]
pub struct Book<'s> {
    /// The application's actions.
    pub spec: &'s Spec,
    /// The built-in verbs.
    pub verbs: &'s Spec,
}

impl<'s> Book<'s> {
    /// A spec beside the built-in verbs.
    pub fn new(spec: &'s Spec) -> Self {
        Self {
            spec,
            verbs: verbs(),
        }
    }

    /// The verb or action that a request's name means.
    pub fn find(&self, name: &str) -> Option<&'s Action> {
        self.verb(name)
            .or_else(|| self.spec.actions.iter().find(|action| action.name == name))
    }

    /// The verb of this name or alias.
    pub fn verb(&self, name: &str) -> Option<&'s Action> {
        let named =
            |verb: &&Action| verb.name == name || verb.aliases.iter().any(|alias| alias == name);
        self.verbs.actions.iter().find(named)
    }

    /// Whether a line is answered by the bytes of a file, and by no line. What it says is taken to succeed.
    pub fn gets_bytes(&self, line: &str) -> bool {
        self.gets_file(line) && !self.is_framed(line)
    }

    /// Whether a line calls an action that answers a file.
    pub fn gets_file(&self, line: &str) -> bool {
        let Ok(Some(request)) = parse(line) else {
            return false;
        };
        let target = self.find(request.name());
        target.is_some_and(|target| matches!(target.returns, Returns::File))
    }

    /// Whether the file is announced by a line.
    fn is_framed(&self, line: &str) -> bool {
        let request = Request::read(self, line, &Saved::new());
        request.is_some_and(|request| request.params.get(FRAMED) == Some(&true.into()))
    }

    /// How many lines these are answered by: the bytes of a file take no number.
    pub(super) fn answers(&self, lines: &[String]) -> u64 {
        lines.iter().filter(|line| !self.gets_bytes(line)).count() as u64
    }

    /// Whether this is one of the verbs' entries.
    pub fn is_verb(&self, action: &Action) -> bool {
        self.verbs
            .actions
            .iter()
            .any(|verb| std::ptr::eq(verb, action))
    }

    /// What a name is told that nothing has.
    pub fn unknown(&self, name: &str) -> Fault {
        let all = self.verbs.actions.iter().chain(&self.spec.actions);
        Fault::unknown_action(name, all.flat_map(Action::words))
    }

    /// The default welcome text.
    pub fn welcome(&self) -> String {
        fill(wire::WELCOME, &[("title", &self.spec.info.title)])
    }
}
