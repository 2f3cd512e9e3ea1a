//! What clients may do: the rights that specs name under `requires`, as bits. A request compares two numbers.

use crate::error::SetupError;
use actionline_specs::{Action, Spec};

/// A set of rights, a bit each.
pub(crate) type Bits = u64;

/// Every right that a mounted spec names.
#[derive(Debug, Default)]
pub(crate) struct Rights {
    names: Vec<String>,
    /// What every verb but `quit` needs, and to be in a room: the `requires` of all specs together.
    entry: Bits,
}

impl Rights {
    /// The rights of these specs.
    pub(crate) fn new(specs: &[Spec]) -> Result<Self, SetupError> {
        let mut rights = Self::default();
        for spec in specs {
            let own = spec.requires.iter().map(|right| &right.value);
            for name in own.chain(spec.actions.iter().flat_map(|action| &action.requires)) {
                if !rights.names.contains(name) {
                    rights.names.push(name.clone());
                }
            }
        }
        if rights.names.len() > Bits::BITS as usize {
            return Err(SetupError::TooManyRights {
                count: rights.names.len(),
            });
        }
        let entry = specs.iter().flat_map(|spec| &spec.requires);
        rights.entry = rights.bits(entry.map(|right| right.value.as_str()));
        Ok(rights)
    }

    /// The bit of a right; none when no spec names it.
    pub(crate) fn bit(&self, name: &str) -> Option<Bits> {
        let at = self.names.iter().position(|one| one == name)?;
        Some(1 << at)
    }

    fn bits<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Bits {
        let bits = names.into_iter().filter_map(|name| self.bit(name));
        bits.fold(0, |all, bit| all | bit)
    }

    /// What a client needs before anything else.
    pub(crate) fn entry(&self) -> Bits {
        self.entry
    }

    /// What a client needs for an action.
    pub(crate) fn of_action(&self, action: &Action) -> Bits {
        self.bits(action.requires.iter().map(String::as_str))
    }

    /// What a client needs for a verb.
    pub(crate) fn of_verb(&self, verb: &Action) -> Bits {
        match &verb.own_rights {
            Some(own) => self.bits(own.iter().map(|right| right.value.as_str())),
            None => self.entry,
        }
    }

    /// The names of some rights.
    pub(crate) fn names(&self, bits: Bits) -> impl Iterator<Item = &str> {
        let all = self.names.iter().enumerate();
        let some = all.filter(move |(at, _)| bits & (1 << at) != 0);
        some.map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actionline_specs::{Source, load};

    fn rights(count: usize) -> Result<Rights, SetupError> {
        let names: Vec<String> = (0..count).map(|at| format!("r{at}")).collect();
        let text = format!(
            "actionline: 1\ninfo: {{ title: T, version: 1.0.0 }}\nrequires: [r0]\nactions: {{ ping: {{ requires: [{}] }} }}\n",
            names.join(", ")
        );
        Rights::new(&[load(Source::new("t.yaml", text)).unwrap()])
    }

    #[test]
    fn there_is_a_bit_for_each_of_64() {
        assert_eq!(rights(63).unwrap().bit("r62"), Some(1 << 62));
        let full = rights(64).unwrap();
        assert_eq!(full.bit("r63"), Some(1 << 63));
        assert_eq!(full.entry(), 1);
        assert_eq!(full.names(1 << 63 | 2).collect::<Vec<_>>(), ["r1", "r63"]);
        assert_eq!(full.bit("r64"), None);
        let error = rights(65).unwrap_err();
        assert!(matches!(error, SetupError::TooManyRights { count: 65 }));
    }
}
