//! What one server knows: the spec's actions and the verbs.

use crate::{Action, Fault, Spec, fill, verbs, wire};

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
