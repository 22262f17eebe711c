"""What must hold in every hub's database: looked at in a backup, and again after it is restored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from sqlalchemy import Connection

from kiosk.errors import InvalidBallot
from kiosk.messaging import completeness_store, feed_store
from kiosk.moderation import decision_store, erased_store
from kiosk.voice import group, group_store, recount_store, support_store


def faults(connection: Connection) -> list[str]:
    """Return what is wrong, a sentence each; an empty list is a sound database."""
    looks: tuple[Callable[[Connection], Iterator[str]], ...] = (
        _file,
        _tallies,
        _groups,
        _log,
        _erased,
        _messages,
        _feed,
    )
    return list(chain.from_iterable(look(connection) for look in looks))


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
        if found != ["ok"]:
            yield f"the file is damaged: {found[0]}"


def _tallies(connection: Connection) -> Iterator[str]:
    for question in recount_store.differences(connection):
        yield f"the tally of {question} is not what its ballots add up to"
    for comment in support_store.differences(connection):
        yield f"the support of the comment {comment} is not what its touches add up to"


def _groups(connection: Connection) -> Iterator[str]:
    """Hands are what a group of that size can have raised; no tally holds them (see _tallies)."""
    for question, size, raised in group_store.everything(connection):
        try:
            group.check_numbers(size, group.from_text(raised))
        except (InvalidBallot, ValueError):
            yield f"a group's hands on {question} are not what it can have raised"


def _log(connection: Connection) -> Iterator[str]:
    broken = decision_store.verify_chain(connection)
    if broken is not None:
        yield f"the decision log was changed from row {broken} on"


def _erased(connection: Connection) -> Iterator[str]:
    left = erased_store.not_emptied(connection)
    if left:
        yield f"{left} erased comments still have their text"


def _messages(connection: Connection) -> Iterator[str]:
    for origin in completeness_store.incomplete(connection):
        yield f"messages of the kiosk {origin} are missing"
    damaged = completeness_store.damaged(connection)
    if damaged:
        yield f"{damaged} messages of kiosks are not as they were written"


def _feed(connection: Connection) -> Iterator[str]:
    lost = completeness_store.beyond_head(connection)
    if lost:
        yield f"{lost} entries of the feed lie beyond its head"
    if not feed_store.is_sound(connection):
        yield "an entry of the feed is not as it was written"
