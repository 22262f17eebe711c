"""An erased id never comes back: not as text, not in the feed, not on a screen."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection

from tests.faults.checker.evidence import Evidence, ids, rows, some

_LEGIBLE = "SELECT id FROM comment WHERE text <> '' OR (status = 'published' AND origin <> '')"
_SAID = "SELECT id, body FROM outbox WHERE kind = 'comment'"
_FEED = "SELECT subject, body FROM feed WHERE kind = 'comment'"
_LIST = "SELECT id FROM erased"
_KEPT_SALT = "SELECT comment FROM decision WHERE salt IS NOT NULL"


def stays_erased(world: Evidence) -> Iterator[str]:
    """What its author was told is gone is legible nowhere.

    The hub learns it when the kiosk's message arrives, another kiosk when it follows the feed.
    """
    gone = set(world.told.erased)
    for name, connection in world.all():
        at_hub = connection is world.hub
        known = ids(connection, _LIST) if at_hub else set()
        due = gone if world.healed and (at_hub or world.followed) else gone & known
        if back := due & _legible(connection):
            yield f"{name}: erased and back: {some(back)}"
    if world.hub is not None and world.healed:
        if missing := gone - ids(world.hub, _LIST) - _never_arrived(world):
            yield f"erased, but not on the list of the erased: {some(missing)}"
        if kept := gone & ids(world.hub, _KEPT_SALT):
            yield f"erased, but the log could still be guessed at: {some(kept)}"


def _never_arrived(world: Evidence) -> set[str]:
    assert world.hub is not None
    return set(world.told.erased) - ids(world.hub, "SELECT id FROM comment")


def _legible(connection: Connection) -> set[str]:
    found = ids(connection, _LEGIBLE)
    found |= {row.id for row in rows(connection, _SAID)}
    for row in rows(connection, _FEED):
        if msgspec.json.decode(row.body).get("text"):
            found.add(row.subject)
    return found
