"""What the hub tells everyone, in one order without gaps to readers (architecture.md, rule 5)."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, text

from kiosk import clock
from kiosk.messaging import feed_sum_store
from kiosk.messaging.envelope import body_hash, encode
from kiosk.messaging.feed_entry import Entry, Sent, seal_of

log = logging.getLogger("kiosk.messaging")

_ADVANCE = text("UPDATE feed_head SET position = position + 1 WHERE id = 1 RETURNING position")
_APPEND = text(
    "INSERT INTO feed (position, kind, exhibition, city, subject, body, created_at, seal)"
    " VALUES (:position, :kind, :exhibition, :city, :subject, :body, :now, :seal)"
)
_REPLACE = text(
    "DELETE FROM feed WHERE kind = :kind AND subject = :subject RETURNING exhibition, seal"
)
_MIRROR_HEAD = text("UPDATE feed_head SET position = :position WHERE id = 1")
_FORGET = text("DELETE FROM feed")
_COLUMNS = "SELECT position, kind, exhibition, city, subject, body, seal FROM feed"
_AFTER = text(
    _COLUMNS + " WHERE position > :position AND (:exhibition = '' OR exhibition = :exhibition)"
    " ORDER BY position LIMIT :most"
)
_ALL = text(_COLUMNS + " ORDER BY position")
_OF_SUBJECTS = text(
    _COLUMNS + " WHERE kind = :kind AND subject IN :subjects ORDER BY position"
).bindparams(bindparam("subjects", expanding=True))
_OF_KIND = text(_COLUMNS + " WHERE kind = :kind AND exhibition = :exhibition ORDER BY position")
HEAD = "SELECT position FROM feed_head WHERE id = 1"
_HEAD = text(HEAD)
_NOTIFY = text("SELECT pg_notify('kiosk_feed', '')")


def append(
    connection: Connection,
    kind: str,
    exhibition: str,
    city: str,
    body: dict[str, Any],
    now: datetime,
    *,
    subject: str = "",
) -> int:
    """Append an entry and return its position; seen by readers once the transaction commits.

    An entry with a *subject* is a whole state that takes the place of the one before it, so that
    a tally that changes all evening leaves one entry, not thousands.
    """
    position = int(connection.execute(_ADVANCE).scalar_one())
    raw = msgspec.Raw(encode(body))
    _write(connection, Sent(position, kind, exhibition, city, raw, subject), now)
    return position


def mirror(connection: Connection, entry: Sent, now: datetime) -> None:
    """At a kiosk: keep the hub's entry at the hub's position, so that its head is the cursor."""
    connection.execute(_MIRROR_HEAD, {"position": entry.position})
    _write(connection, entry, now)


def skip_to(connection: Connection, position: int) -> None:
    """At a kiosk: move the cursor over entries that are not meant for it."""
    connection.execute(_MIRROR_HEAD, {"position": position})


def replace_all(connection: Connection, entries: Sequence[Sent], head: int, now: datetime) -> None:
    """At a kiosk: let these entries take the place of the whole copy."""
    connection.execute(_FORGET)
    if entries:
        connection.execute(_APPEND, [_row(entry, now) for entry in entries])
    feed_sum_store.write_all(connection, _sums((e.exhibition, e.seal) for e in entries))
    connection.execute(_MIRROR_HEAD, {"position": head})


def _write(connection: Connection, entry: Sent, now: datetime) -> None:
    less = []
    if entry.subject:
        gone = connection.execute(_REPLACE, {"kind": entry.kind, "subject": entry.subject})
        less = [(row.exhibition, row.seal) for row in gone]
    row = _row(entry, now)
    connection.execute(_APPEND, row)
    feed_sum_store.move(connection, more=[(entry.exhibition, row["seal"])], less=less)
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY)


def _row(entry: Sent, now: datetime) -> dict[str, Any]:
    return {
        "position": entry.position,
        "kind": entry.kind,
        "exhibition": entry.exhibition,
        "city": entry.city,
        "subject": entry.subject,
        "body": bytes(entry.body).decode(),
        "now": clock.to_text(now),
        "seal": entry.seal,
    }


def after(connection: Connection, position: int, most: int, exhibition: str = "") -> list[Entry]:
    """Return at most so many entries behind *position*, in order; of one exhibition or of all."""
    return [entry.read() for entry in sent_after(connection, position, most, exhibition)[0]]


def sent_after(
    connection: Connection, position: int, most: int, exhibition: str = ""
) -> tuple[list[Sent], int | None]:
    """Return entries as :func:`after` does, as they travel; and where to go on, None at the end.

    One that is not as it was written is passed over, and said in the log.
    """
    rows = connection.execute(
        _AFTER, {"position": position, "exhibition": exhibition, "most": most}
    ).all()
    sound = [entry for row in rows if (entry := _sound(row)) is not None]
    return sound, int(rows[-1].position) if len(rows) == most else None


def _sound(row: Row[Any]) -> Sent | None:
    raw = str(row.body).encode()
    hash_ = body_hash(raw)
    where = (row.position, row.kind, row.exhibition, row.city)
    if seal_of(*where, row.subject, hash_) == row.seal:
        return Sent(*where, msgspec.Raw(raw), row.subject, hash_)
    log.error("entry %s of the feed is damaged and is not told", row.position)
    return None


def of_subjects(connection: Connection, kind: str, subjects: Sequence[str]) -> list[Entry]:
    """Return what the feed says of these subjects, in order; what is damaged is passed over."""
    rows = connection.execute(_OF_SUBJECTS, {"kind": kind, "subjects": list(subjects)})
    return [entry.read() for row in rows if (entry := _sound(row)) is not None]


def of_kind(connection: Connection, kind: str, exhibition: str) -> list[Entry]:
    """Return every entry of a kind in an exhibition, in order, as :func:`of_subjects` does."""
    rows = connection.execute(_OF_KIND, {"kind": kind, "exhibition": exhibition})
    return [entry.read() for row in rows if (entry := _sound(row)) is not None]


def head(connection: Connection) -> int:
    """Return the position of the newest entry, 0 for an empty feed."""
    return int(connection.execute(_HEAD).scalar_one())


def is_sound(connection: Connection) -> bool:
    """Whether every row is as it was written, and all of them add up to what is kept beside."""
    rows = connection.execute(_ALL).all()
    return all(_sound(row) is not None for row in rows) and adds_up(connection)


def adds_up(connection: Connection) -> bool:
    """Whether the rows that are sound add up to what is kept beside them."""
    kept = {e: h for e, h in feed_sum_store.everything(connection).items() if int(h, 16)}
    return kept == _sums_of_sound(connection)


def recount(connection: Connection) -> None:
    """Write down anew what the rows that are sound add up to."""
    feed_sum_store.write_all(connection, _sums_of_sound(connection))


def _sums_of_sound(connection: Connection) -> dict[str, str]:
    sound = (_sound(row) for row in connection.execute(_ALL))
    return _sums((e.exhibition, e.seal) for e in sound if e is not None)


def _sums(seals: Iterable[tuple[str, str]]) -> dict[str, str]:
    by_exhibition = defaultdict(list)
    for exhibition, seal in seals:
        by_exhibition[exhibition].append(seal)
    return {e: feed_sum_store.total(of) for e, of in by_exhibition.items()}
