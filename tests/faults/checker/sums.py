"""What a hub has published as sums, and how two sums differ: of votes and of support alike."""

from __future__ import annotations

from collections import Counter

import msgspec
from sqlalchemy import Connection

from tests.faults.checker.evidence import rows

Counts = Counter[tuple[str, ...]]
"""How often, by what it is about, origin, city, place, channel and, of votes, the choice."""

_PUBLISHED = "SELECT body FROM feed WHERE kind = :kind"


def published(hub: Connection, kind: str, about: str) -> Counts:
    """Return what the feed's entries of *kind* say; *about* names the field of their subject."""
    counts: Counts = Counter()
    for row in rows(hub, _PUBLISHED, kind=kind):
        body = msgspec.json.decode(row.body)
        for *where, count in body["rows"]:
            if count:
                counts[(body[about], *where)] += count
    return counts


def difference(left: Counts, right: Counts) -> str:
    """Tell where the first two differences are."""
    keys = sorted(key for key in left | right if left[key] != right[key])
    return "; ".join(f"{'/'.join(k)} {left[k]} instead of {right[k]}" for k in keys[:2])
