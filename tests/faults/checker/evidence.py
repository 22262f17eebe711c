"""What the checker looks at: the databases that are there, and what clients outside were told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Told:
    """What clients received, noted outside the process that told them.

    *saved* holds ids of messages and comments, and of phone ballots that were not changed later
    (a changed ballot takes its predecessor's row). *erased* holds ids of comments whose authors
    were told that they are gone.
    """

    saved: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Evidence:
    """One hub's database, the kiosks' own by their origin, and what was told.

    *healed*: every process runs, the network is back, and every kiosk has synced twice since.
    *followed*: the kiosks have applied the feed to its head.
    """

    hub: Connection | None = None
    kiosks: Mapping[str, Connection] = field(default_factory=dict)
    told: Told = Told()
    healed: bool = False
    followed: bool = False

    def all(self) -> list[tuple[str, Connection]]:
        """Every database with a name for sentences."""
        hub = [("the hub", self.hub)] if self.hub is not None else []
        return [*hub, *((f"kiosk {origin[-6:]}", c) for origin, c in self.kiosks.items())]


def rows(connection: Connection, statement: str, **values: object) -> list[Any]:
    """Return every row of a query; its columns are known to the statement alone."""
    return list(connection.execute(text(statement), values))


def ids(connection: Connection, statement: str, **values: object) -> set[str]:
    """Return the first column of a query as a set."""
    return set(connection.execute(text(statement), values).scalars())


def some(found: set[str]) -> str:
    """Name a few of many, for a sentence."""
    named = ", ".join(sorted(found)[:3])
    return f"{len(found)} ({named}{' …' if len(found) > 3 else ''})"
