//! The `actionline` binary from outside: words in, exit codes and text out.

mod check;
mod codes;
mod describe;
mod diff;
mod formats;
mod help;
mod program;
mod reload;
mod schema;
mod serve;
mod settings;
mod tls;
