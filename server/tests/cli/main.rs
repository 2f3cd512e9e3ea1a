//! The `actionline` binary from outside: words in, exit codes and text out.

mod check;
mod help;
mod program;
mod serve;
mod settings;
