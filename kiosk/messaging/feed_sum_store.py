"""What the feed's entries add up to, one row for each exhibition, moved with every entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, text

from kiosk.messaging import rolling

_OF = text("SELECT hash FROM feed_sum WHERE exhibition = :exhibition")
_ALL = text("SELECT exhibition, hash FROM feed_sum")
_WRITE = text(
    "INSERT INTO feed_sum (exhibition, hash) VALUES (:exhibition, :hash)"
    " ON CONFLICT (exhibition) DO UPDATE SET hash = excluded.hash"
)
_FORGET = text("DELETE FROM feed_sum")

Seals = Sequence[tuple[str, str]]
"""Pairs of an exhibition and the seal of one of its entries."""


def move(connection: Connection, more: Seals, less: Seals) -> None:
    """Add and take away seals. Whoever calls holds the feed's head, so nobody else does so now."""
    for exhibition in sorted({e for e, _ in (*more, *less)}):
        added = [seal for e, seal in more if e == exhibition]
        gone = [seal for e, seal in less if e == exhibition]
        before = connection.execute(_OF, {"exhibition": exhibition}).scalar() or rolling.EMPTY
        after = rolling.moved(before, added, gone)
        connection.execute(_WRITE, {"exhibition": exhibition, "hash": after})


def of(connection: Connection, exhibition: str) -> str:
    """Return the sum over one exhibition's entries, or over all where it is empty."""
    if exhibition:
        return connection.execute(_OF, {"exhibition": exhibition}).scalar() or rolling.EMPTY
    return total(everything(connection).values())


def everything(connection: Connection) -> dict[str, str]:
    """Return the sum of each exhibition."""
    return {row.exhibition: row.hash for row in connection.execute(_ALL)}


def write_all(connection: Connection, sums: Mapping[str, str]) -> None:
    """Let these sums take the place of all others."""
    connection.execute(_FORGET)
    rows = [{"exhibition": e, "hash": h} for e, h in sorted(sums.items())]
    if rows:
        connection.execute(_WRITE, rows)


def total(seals: Iterable[str]) -> str:
    """Return what these seals, or sums, add up to."""
    return rolling.moved(rolling.EMPTY, seals)
