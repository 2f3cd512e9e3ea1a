#!/usr/bin/env bash
# Fuzzes every target: scripts/fuzz.sh SECONDS [TARGET…]. With 0 it only tries what is in fuzz/corpus/.
#
# cargo-fuzz asks for a compiler's unstable options: RUSTC_BOOTSTRAP lets the pinned one take them.
# New inputs go to fuzz/target/corpus/; what crashes a target is left in fuzz/artifacts/.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:?how many seconds for each target}
shift
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || targets=(line request params session file_name settings spec)

command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
export RUSTC_BOOTSTRAP=1
cargo fuzz build

for target in "${targets[@]}"; do
    printf '\n== fuzz %s\n' "$target"
    found=fuzz/target/corpus/$target
    mkdir -p "$found"
    # A hang is one on a busy machine too.
    options=(-timeout=300 -print_final_stats=1)
    if [ -f "fuzz/dictionaries/$target.dict" ]; then
        options+=("-dict=fuzz/dictionaries/$target.dict")
    fi
    if [ "$seconds" -gt 0 ]; then
        options+=("-max_total_time=$seconds")
    else
        options+=(-runs=0)
    fi
    log=$found.log
    cargo fuzz run "$target" "$found" "fuzz/corpus/$target" -- "${options[@]}" >"$log" 2>&1 || {
        tail -n 40 "$log"
        exit 1
    }
    grep -E 'DONE|number_of_executed_units|average_exec_per_sec' "$log"
done
