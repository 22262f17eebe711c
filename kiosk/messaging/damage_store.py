"""Rows of the outbox that were found damaged: kept as they are, never sent as if right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.database.forgetting import forget

_FIND = {
    "sqlite": text(
        "SELECT CAST(id AS BLOB) AS id, CAST(kind AS BLOB) AS kind, CAST(body AS BLOB) AS body,"
        " CAST(body_hash AS BLOB) AS body_hash FROM outbox WHERE seq = :seq"
    ),
    "postgresql": text("SELECT id, kind, body, body_hash FROM outbox WHERE seq = :seq"),
}
_ADD = text(
    "INSERT INTO outbox_damage (seq, noticed_at, found) VALUES (:seq, :now, :found)"
    " ON CONFLICT DO NOTHING"
)
_TAKE_OUT = text("DELETE FROM outbox WHERE seq = :seq")
_EMPTY = text("UPDATE outbox_damage SET found = :nothing WHERE found <> :nothing")
_EMPTY_OLD = text(
    "UPDATE outbox_damage SET found = :nothing WHERE found <> :nothing AND noticed_at <= :before"
)
_ALL = text("SELECT seq FROM outbox_damage ORDER BY seq")


def set_aside(connection: Connection, seqs: Iterable[int], now: datetime) -> None:
    """Move these rows of the outbox aside, with whatever can still be read of them."""
    for seq in seqs:
        row = connection.execute(_FIND[connection.dialect.name], {"seq": seq}).one_or_none()
        found = {} if row is None else {k: _hex(v) for k, v in row._mapping.items()}
        said = {"seq": seq, "now": clock.to_text(now), "found": msgspec.json.encode(found)}
        connection.execute(_ADD, said)
        connection.execute(_TAKE_OUT, {"seq": seq})


def numbers(connection: Connection) -> list[int]:
    """Return the numbers of all rows that were found damaged."""
    return [int(seq) for seq in connection.execute(_ALL).scalars()]


def destroy(connection: Connection) -> None:
    """Destroy what could still be read of all of them: an author erases, and one may be hers.

    Which one nothing tells: its id may be what is damaged. The numbers stay.
    """
    if connection.execute(_EMPTY, {"nothing": b""}).rowcount:
        forget(connection)


def destroy_before(connection: Connection, before: datetime) -> None:
    """Destroy what could still be read of those that were noticed by then."""
    where = {"nothing": b"", "before": clock.to_text(before)}
    if connection.execute(_EMPTY_OLD, where).rowcount:
        forget(connection)


def _hex(value: object) -> str:
    raw = value if isinstance(value, bytes | memoryview) else str(value).encode()
    return bytes(raw).hex()
