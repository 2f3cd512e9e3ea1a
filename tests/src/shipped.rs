//! The actions of the `actionline` binary: its own source files, compiled a second time.

#[allow(missing_docs, unreachable_pub)]
#[path = "../../server/src/bin/actionline/actions/mod.rs"]
mod actions;

actionline::actions!(pub SHIPPED = "actions.yaml", handlers = [self::actions]);
