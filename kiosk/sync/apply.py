"""At a kiosk: applies the hub's feed to its own database; every entry is a whole state."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError

from kiosk.database.commits import OWN_FAULT
from kiosk.messaging import feed_store, feed_sum_store, heads, outbox_store
from kiosk.messaging.feed_entry import Entry, Sent
from kiosk.sync import bodies, groups, mirror_store, standing
from kiosk.sync.wire import FeedPage
from kiosk.voice import comment_store, support_store, tally_store
from kiosk.voice.comment import Status

log = logging.getLogger("kiosk.sync")

EPOCH = "feed-epoch"
"""The life of the hub that the copy is of."""

HEARD_AT = "hub-heard-at"
COPY_FAULTS = "copy-faults"
"""Counts how often this kiosk took the feed afresh because its copy was not the hub's."""

_UNREADABLE = (
    *(KeyError, TypeError, ValueError, OverflowError, msgspec.MsgspecError),
    *(*OWN_FAULT, InterfaceError),
)
"""What a body raises that means something else in the hub's version, or that no column takes."""


def apply_page(
    connection: Connection,
    page: FeedPage,
    cursor: int,
    own_origin: str,
    exhibition: str,
    now: datetime,
) -> bool:
    """Apply a page that was asked for at *cursor*; False where it leads to another feed.

    Then nothing is changed. It is no error that the copy has moved on meanwhile: a page that was
    asked for before is passed over.
    """
    if feed_store.head(connection) != cursor:
        return True
    with suppress(_Differs), connection.begin_nested():
        apply(connection, page.entries, page.head, own_origin, now)
        heads.write(connection, EPOCH, page.epoch)
        standing.heard_at(connection, page.now)
        if page.hash and feed_sum_store.of(connection, exhibition) != page.hash:
            raise _Differs
        return True
    return False


class _Differs(Exception):
    """What was applied does not add up to the hub's feed."""


def apply(
    connection: Connection, entries: Sequence[Sent], head: int, own_origin: str, now: datetime
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
    heads.write(connection, HEARD_AT, now.isoformat())


def swap(connection: Connection, page: FeedPage, own_origin: str, now: datetime) -> None:
    """Let the whole feed in *page* take the copy's place, in this one transaction.

    What was said at this kiosk stays; all else that came from the hub goes and comes anew.
    """
    mirror_store.forget(connection, own_origin)
    for entry in page.entries:
        _apply_or_pass_over(connection, entry, own_origin)
    feed_store.replace_all(connection, page.entries, page.head, now)
    heads.write(connection, EPOCH, page.epoch)
    standing.heard_at(connection, page.now)
    heads.write(connection, HEARD_AT, now.isoformat())
    heads.advance(connection, COPY_FAULTS)


def _apply_or_pass_over(connection: Connection, entry: Sent, own_origin: str) -> None:
    handler = _APPLY.get(entry.kind)
    if handler is None:
        return
    try:
        with connection.begin_nested():
            handler(connection, entry.read(), own_origin)
    except _UNREADABLE as error:
        # By its kind only: what is wrong with a body may repeat the words in it.
        kind = type(error).__name__
        log.error("feed %d (%s) cannot be read: %s", entry.position, entry.kind, kind)


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
    if status is Status.ERASED:
        support_store.forget(connection, body["id"])
        _destroy_in_outbox(connection, body["id"])


def _destroy_in_outbox(connection: Connection, comment: str) -> None:
    """Its author erased a comment elsewhere: the words that this kiosk sent go too."""
    outbox_store.replace_body(connection, comment, "comment.erased", {"comment": comment})


def _answer(connection: Connection, entry: Entry, own_origin: str) -> None:
    del own_origin
    mirror_store.answer(connection, entry)


def _tally(connection: Connection, entry: Entry, own_origin: str) -> None:
    lines = bodies.tally_lines(entry.body)
    tally_store.replace_others(connection, entry.body["question"], own_origin, lines)


def _support(connection: Connection, entry: Entry, own_origin: str) -> None:
    lines, comment = bodies.support_lines(entry.body), entry.body["comment"]
    support_store.replace_others(connection, comment, entry.exhibition, own_origin, lines)


def _group_code(connection: Connection, entry: Entry, own_origin: str) -> None:
    del own_origin
    mirror_store.group_code(connection, entry)


_APPLY: dict[str, Callable[[Connection, Entry, str], None]] = {
    "release": _release,
    "comment": _comment,
    "answer": _answer,
    "tally": _tally,
    "support": _support,
    groups.FEED: groups.apply,
    "group-code": _group_code,
}
