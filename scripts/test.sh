#!/usr/bin/env bash
# Sets up what is missing, then runs every check. The same for a person and for CI.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "format"
cargo fmt --all --check
cargo fmt --check --manifest-path examples/scores/Cargo.toml
cargo fmt --check --manifest-path fuzz/Cargo.toml

step "lints"
cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

step "dependencies"
command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
# The advisory database comes from the network; the other checks do not need it.
if cargo deny fetch db >/dev/null 2>&1; then
    cargo deny check
else
    echo "NOTE: the advisory database cannot be reached; advisories are not checked in this run"
    cargo deny check bans licenses sources
fi

step "docs of the code"
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet

step "what the tests run besides Rust"
# A program and the Debian package that has it.
missing=()
for need in node:nodejs npm:npm python3:python3 nc:netcat-openbsd chromium:chromium redis-server:redis-server valgrind:valgrind; do
    command -v "${need%%:*}" >/dev/null || missing+=("${need#*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
    else
        echo "missing: ${missing[*]}; install them (Node.js 18 or later), or run this as root where there is apt-get" >&2
        exit 1
    fi
fi
# The tests install the pinned packages where they are not there.
node --version

step "tests"
# The binary first: some tests run it.
cargo build --workspace --all-features --locked
cargo test --workspace --all-features --locked

step "instructions of a request"
cargo run --release --quiet --locked -p actionline-bench -- instructions --check
