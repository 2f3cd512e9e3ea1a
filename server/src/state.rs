//! The application's own values, by type.

use std::any::{Any, TypeId};
use std::fmt;
use std::ops::Deref;

/// Every value given to [`Server::state`](crate::Server::state), one for each type.
///
/// They are few: to go through them takes less than to hash a type's id.
#[derive(Default)]
pub struct States(Vec<(TypeId, Box<dyn Any + Send + Sync>)>);

impl States {
    /// Adds a value, in place of an earlier one of the same type.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) {
        let id = TypeId::of::<T>();
        self.0.retain(|(other, _)| *other != id);
        self.0.push((id, Box::new(value)));
    }

    /// The value of this type.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<&T> {
        let id = TypeId::of::<T>();
        let (_, value) = self.0.iter().find(|(other, _)| *other == id)?;
        value.downcast_ref()
    }
}

impl fmt::Debug for States {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("States").field(&self.0.len()).finish()
    }
}

/// A handler's argument: the application's value of type `T`, as given to [`Server::state`](crate::Server::state).
#[derive(Debug)]
pub struct State<'a, T>(pub &'a T);

impl<T> Deref for State<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0
    }
}
