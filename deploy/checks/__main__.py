"""Runs every check over every file, prints what it finds, and exits with 1 if that is anything."""

from __future__ import annotations

import sys

from deploy.checks import markup, queries, sizes, words
from deploy.checks.sources import Fault, files, text_of


def main() -> int:
    """Check the whole project; return 0 where all is in order, 1 otherwise."""
    found: list[Fault] = []
    looked_at = 0
    for path in files():
        text = text_of(path)
        if text is None:
            continue
        looked_at += 1
        for check in (sizes, words, markup, queries):
            found.extend(check.faults(path, text))
    for fault in sorted(found):
        print(fault)
    print(f"sizes, words, markup, queries: {looked_at} files looked at, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
