"""Reads what `cargo llvm-cov report --json --summary-only` says and holds each part against its goal."""

import json
import sys

GOAL = 90.0
PARTS = {
    "protocol": ["server/src/protocol/", "specs/src/request/"],
    "rooms": ["server/src/hub/", "server/src/verb/", "server/src/connection/"],
    "limits": [
        "specs/src/limits/",
        "server/src/bucket.rs",
        "server/src/sticky.rs",
        "server/src/session/",
        "server/src/transport/",
    ],
}

files = json.load(sys.stdin)["data"][0]["files"]
missed = False
print("part      lines  covered  share")
for part, paths in PARTS.items():
    lines = [
        file["summary"]["lines"]
        for file in files
        if any(path in file["filename"] for path in paths)
    ]
    count = sum(line["count"] for line in lines)
    covered = sum(line["covered"] for line in lines)
    share = 100.0 * covered / count if count else 0.0
    missed |= share < GOAL
    print(f"{part:9} {count:5}  {covered:7}  {share:4.1f} %")
sys.exit(f"less than {GOAL} %" if missed else 0)
