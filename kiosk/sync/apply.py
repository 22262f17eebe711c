"""At a kiosk: applies the hub's feed to its own database; every entry is a whole state."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.messaging import feed_store, heads
from kiosk.messaging.feed_store import Entry
from kiosk.sync import bodies, mirror_store
from kiosk.voice import comment_store, tally_store
from kiosk.voice.comment import Status

log = logging.getLogger("kiosk.sync")


def apply(
    connection: Connection, entries: Sequence[Entry], head: int, own_origin: str, now: datetime
) -> None:
    """Apply entries in order and move the cursor to *head*, the last position that was looked at.

    Kinds that this version does not know, and bodies it cannot read, are kept and passed over:
    a take-down behind them must not wait.
    """
    for entry in entries:
        _apply_or_pass_over(connection, entry, own_origin)
        feed_store.mirror(connection, entry, now)
    if head > feed_store.head(connection):
        feed_store.skip_to(connection, head)
    heads.write(connection, "hub-heard-at", now.isoformat())


def _apply_or_pass_over(connection: Connection, entry: Entry, own_origin: str) -> None:
    handler = _APPLY.get(entry.kind)
    if handler is None:
        return
    try:
        with connection.begin_nested():
            handler(connection, entry, own_origin)
    except (KeyError, TypeError, ValueError) as error:
        log.error("feed %d (%s) cannot be read: %s", entry.position, entry.kind, error)


def start_over(connection: Connection) -> None:
    """Forget everything that came from the hub, to take it afresh; the kiosk's own stays."""
    mirror_store.forget(connection)
    feed_store.forget(connection)


def wanted_editions(connection: Connection) -> dict[str, str]:
    """Return the edition that the hub last released for each exhibition."""
    return mirror_store.wanted(connection)


def _release(connection: Connection, entry: Entry, own_origin: str) -> None:
    del own_origin
    mirror_store.want(connection, entry.exhibition, str(entry.body["edition"]))


def _comment(connection: Connection, entry: Entry, own_origin: str) -> None:
    del own_origin
    body: dict[str, Any] = entry.body
    if body["state"] == "published":
        comment_store.mirror(connection, bodies.public_comment(body))
        return
    status = {
        "refused": Status.REFUSED,
        "withdrawn": Status.WITHDRAWN,
        "erased": Status.ERASED,
        "removed": Status.REFUSED,
    }.get(body["state"], Status.WAITING)
    comment_store.mark(connection, body["id"], status)


def _answer(connection: Connection, entry: Entry, own_origin: str) -> None:
    del own_origin
    mirror_store.answer(connection, entry)


def _tally(connection: Connection, entry: Entry, own_origin: str) -> None:
    lines = bodies.tally_lines(entry.body)
    tally_store.replace_others(connection, entry.body["question"], own_origin, lines)


_APPLY: dict[str, Callable[[Connection, Entry, str], None]] = {
    "release": _release,
    "comment": _comment,
    "answer": _answer,
    "tally": _tally,
}
