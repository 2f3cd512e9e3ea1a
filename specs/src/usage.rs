//! What a verb answers that was typed with a missing or a surplus argument.

use crate::{Action, Code, Fault};

impl Action {
    /// The fault for a verb whose words do not fit its usage: what it needs, or that it takes nothing.
    ///
    /// ```
    /// let verbs = actionline_specs::verbs();
    /// let say = verbs.actions.iter().find(|verb| verb.name == "say").unwrap();
    /// assert_eq!(say.usage_fault().message, "say needs message; usage: say message");
    /// ```
    pub fn usage_fault(&self) -> Fault {
        let usage = self.usage.as_deref().unwrap_or(&self.name);
        let what = match usage.split_once(' ') {
            Some((_, arguments)) => format!("needs {arguments}"),
            None => "takes no argument".to_owned(),
        };
        let args = [
            ("verb", self.name.as_str()),
            ("what", &what),
            ("usage", usage),
        ];
        Fault::new(Code::Usage, &args)
    }
}
