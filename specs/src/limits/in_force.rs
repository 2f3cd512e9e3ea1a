//! The limits of a running server, which may be changed.

use super::table::Cells;
use super::{ALL, Holds, Limits};
use std::sync::atomic::Ordering;

/// The limits of a running server. Reading one costs what reading a field costs: there is no lock, and two that are
/// changed together may be read one before and one after.
#[derive(Debug)]
pub struct InForce(pub(super) Cells);

impl InForce {
    /// These, all of them.
    pub fn new(limits: &Limits) -> Self {
        let in_force = Self(Cells::default());
        for limit in ALL {
            in_force.put(limit.name, limits);
        }
        in_force
    }

    /// Changes all but those that hold only after a restart; answers the names of these that differ.
    pub fn change(&self, limits: &Limits) -> Vec<&'static str> {
        let mut left = Vec::new();
        for limit in ALL {
            if limit.holds != Holds::Restart {
                self.put(limit.name, limits);
            } else if self.get(limit.name) != limits.get(limit.name) {
                left.push(limit.name);
            }
        }
        left
    }

    /// The value of the limit with this name.
    pub fn get(&self, name: &str) -> Option<u64> {
        Some(self.0.get(name)?.load(Ordering::Relaxed))
    }

    /// All of them by name, in the order of the table.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let all = ALL.iter();
        all.filter_map(|limit| Some((limit.name, self.get(limit.name)?)))
    }

    fn put(&self, name: &str, limits: &Limits) {
        if let (Some(cell), Some(value)) = (self.0.get(name), limits.get(name)) {
            cell.store(value, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_changed_but_those_that_need_a_restart() {
        let mut wanted = Limits::default();
        let in_force = InForce::new(&wanted);
        assert_eq!(in_force.change(&wanted), [""; 0]);
        for limit in ALL {
            assert_eq!(in_force.get(limit.name), Some(limit.default));
            wanted.set(limit.name, limit.default + 1);
        }
        assert_eq!(in_force.change(&wanted), ["keep-alive"]);
        for limit in ALL {
            let kept = u64::from(limit.holds != Holds::Restart);
            assert_eq!(in_force.get(limit.name), Some(limit.default + kept));
        }
        assert_eq!(in_force.line(), wanted.line);
        assert_eq!(in_force.get("nosuch"), None);
    }
}
