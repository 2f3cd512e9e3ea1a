//! A crate that brings its own spec and handlers: a host mounts [`GREETER`] beside its own set.

use actionline::{Reply, action, actions};

actions!(pub GREETER = "actions.yaml", handlers = [crate]);

/// What is said.
#[derive(Debug, Reply)]
pub struct Greeting {
    greeting: String,
}

/// Greets.
#[action]
pub fn greet(name: &str) -> Greeting {
    Greeting {
        greeting: format!("Hello {name}!"),
    }
}

/// Shouts.
#[cfg(feature = "loud")]
#[action]
pub fn shout(name: &str) -> Greeting {
    Greeting {
        greeting: format!("Hello {name}!").to_uppercase(),
    }
}

/// Is never compiled: what it names is not there.
#[cfg(feature = "never")]
#[action]
pub fn whisper() {
    nowhere::whisper()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_compiled_is_in_the_set() {
        let names: Vec<&str> = GREETER
            .handlers
            .iter()
            .map(|handler| handler.name)
            .collect();
        let spec = GREETER.spec().expect("a spec");
        let declared: Vec<&str> = spec
            .actions
            .iter()
            .map(|action| action.name.as_str())
            .collect();
        assert_eq!(names, declared);
        assert_eq!(names.contains(&"shout"), cfg!(feature = "loud"));
        assert!(names.contains(&"greet") && !names.contains(&"whisper"));
    }
}
