//! The params saved on a connection: what may be saved, and what it counts.

use super::Connection;
use crate::sticky::{Saved, Sticky};
use actionline_specs::{Fault, excerpt, limits, wire};
use serde_json::{Map, Value};
use std::sync::atomic::Ordering;

/// So much of `memory`, and no more, may be saved params: they stay as long as their clients do.
const QUARTER: u64 = 4;

impl Connection {
    /// Bytes of saved params, near enough: what an action leaves there is not counted at once.
    pub(crate) fn saved_bytes(&self) -> usize {
        self.saved_bytes.load(Ordering::Relaxed)
    }

    /// Runs `f` on the saved params, locked.
    pub(crate) fn with_sticky<T>(&self, f: impl FnOnce(&mut Sticky) -> T) -> T {
        f(&mut self.kept().sticky)
    }

    /// The saved params, in the order in which they were first saved.
    pub fn params(&self) -> Map<String, Value> {
        self.kept().sticky.all()
    }

    /// The saved params as a verb shows them: what some action keeps secret is masked.
    pub(crate) fn shown_params(&self) -> Map<String, Value> {
        let mut params = self.params();
        for (name, value) in &mut params {
            if self.shared.secrets.contains(name) {
                *value = wire::MASKED.into();
            }
        }
        params
    }

    /// One saved param.
    pub fn param(&self, name: &str) -> Option<Value> {
        self.kept().sticky.get(name)
    }

    /// Saves a param, as `paramAdd` does. A string is text: actions read it by their declared type.
    ///
    /// # Errors
    /// A name with control characters, or more than the `sticky` limits allow; nothing is changed then.
    pub fn set_param(&self, name: &str, value: impl Into<Value>) -> Result<(), Fault> {
        self.save_param(name, Saved::new(&value.into()))
    }

    /// [`Connection::set_param`] for a text.
    pub(crate) fn set_text_param(&self, name: &str, text: &str) -> Result<(), Fault> {
        self.save_param(name, Saved::Text(text.into()))
    }

    fn save_param(&self, name: &str, saved: Saved) -> Result<(), Fault> {
        if name.chars().any(char::is_control) {
            return Err(Fault::invalid_name("the name of a param"));
        }
        let limits = &self.shared.limits;
        if name.len() as u64 > limits.sticky_key() {
            let args = [("name", excerpt(name))];
            return Err(limits::STICKY_KEY.reached(limits.sticky_key(), &args));
        }
        if saved.len() as u64 > limits.sticky_value() {
            let args = [("name", excerpt(name))];
            return Err(limits::STICKY_VALUE.reached(limits.sticky_value(), &args));
        }
        let mut kept = self.kept();
        let (count, bytes) = kept.sticky.with(name, &saved);
        if count as u64 > limits.sticky() {
            return Err(limits::STICKY.reached(limits.sticky(), &[]));
        }
        if bytes as u64 > limits.sticky_total() {
            return Err(limits::STICKY_TOTAL.reached(limits.sticky_total(), &[]));
        }
        let all = limits.sticky_all().min(limits.memory() / QUARTER);
        let before = self.saved_bytes();
        if !self.shared.saved.change(before, bytes, Some(all)) {
            return Err(limits::STICKY_ALL.reached(all, &[]));
        }
        kept.sticky.insert(name, saved);
        self.saved_bytes.store(bytes, Ordering::Relaxed);
        Ok(())
    }

    /// Forgets a saved param; answers what it was.
    pub fn remove_param(&self, name: &str) -> Option<Value> {
        let mut kept = self.kept();
        let removed = kept.sticky.remove(name);
        self.keeps(kept.sticky.bytes());
        removed
    }

    /// Forgets every saved param.
    pub fn clear_params(&self) {
        let mut kept = self.kept();
        kept.sticky.clear();
        self.keeps(0);
    }

    /// Takes note of how many bytes are saved, with `kept` locked.
    fn keeps(&self, bytes: usize) {
        let before = self.saved_bytes.swap(bytes, Ordering::Relaxed);
        self.shared.saved.change(before, bytes, None);
    }
}

/// What is saved counts as long as anybody has the connection.
impl Drop for Connection {
    fn drop(&mut self) {
        self.shared.saved.change(self.saved_bytes(), 0, None);
    }
}
