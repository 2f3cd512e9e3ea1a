#!/usr/bin/env bash
# Lines covered by the tests, of what stands between a client and the handlers: protocol, rooms and limits.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v cargo-llvm-cov >/dev/null || cargo install --locked cargo-llvm-cov
rustup component add llvm-tools >/dev/null 2>&1 || true

# `site` and `editor` drive other programs: nothing of the server is covered there.
cargo llvm-cov --no-report -p actionline -p actionline-specs --all-features --lib
cargo llvm-cov --no-report -p actionline-tests \
    --test actions --test connection --test contexts --test describe --test files --test framing --test json \
    --test limits --test model --test malformed --test numbering --test property --test pushes --test robustness \
    --test rooms --test secrets --test seed --test stubborn --test verbs --test words --test bus --test access
cargo llvm-cov report --json --summary-only | python3 scripts/coverage.py
