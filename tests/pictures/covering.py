"""The fewest pictures in which every two values of different kinds are seen together once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, product

Row = tuple[str, ...]
Pair = tuple[tuple[int, str], tuple[int, str]]


def pairs_of(row: Row) -> set[Pair]:
    """Return every two values of a row, each with the number of its kind."""
    return set(combinations(enumerate(row), 2))


def choice(kinds: Mapping[str, Sequence[str]]) -> list[Row]:
    """Return rows, one value of each kind, in which each two values of two kinds meet.

    Greedy and always the same: each row is the one with the most pairs not seen yet, of those the
    one whose pairs were seen least. As many rows as the two largest kinds have pairs are needed at
    least; for kinds of 11, 3, 3 and 4 values those 44 are enough.
    """
    rows = list(product(*kinds.values()))
    unseen = set().union(*(pairs_of(row) for row in rows))
    seen: Counter[Pair] = Counter()
    chosen = []
    while unseen:
        best = max(rows, key=lambda row: _worth(row, unseen, seen))
        chosen.append(best)
        seen.update(pairs_of(best))
        unseen -= pairs_of(best)
    return sorted(chosen, key=rows.index)


def _worth(row: Row, unseen: set[Pair], seen: Counter[Pair]) -> tuple[int, int]:
    pairs = pairs_of(row)
    return len(pairs & unseen), -sum(seen[pair] for pair in pairs)
