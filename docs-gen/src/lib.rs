//! Protocol docs from a spec.
