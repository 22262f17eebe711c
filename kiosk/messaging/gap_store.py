"""Numbers of a kiosk that the hub will never have: shown to the operator, and gone on from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock

FORGOTTEN = "forgotten by the kiosk"
"""The hub lost them (an old backup was put back), and the kiosk keeps them no longer."""

DAMAGED_AT_KIOSK = "damaged at the kiosk"
DAMAGED_AT_HUB = "damaged at the hub"

_ADD = text(
    "INSERT INTO inbox_gap (origin, first_seq, last_seq, reason, noticed_at)"
    " VALUES (:origin, :first, :last, :reason, :now) ON CONFLICT DO NOTHING"
)
_WAITING = text(
    "SELECT origin, first_seq, last_seq, reason, noticed_at FROM inbox_gap"
    " WHERE settled_at IS NULL ORDER BY noticed_at, origin, first_seq"
)
_SETTLE = text(
    "UPDATE inbox_gap SET settled_at = :now, settled_by = :by WHERE origin = :origin"
    " AND first_seq = :first AND last_seq = :last AND settled_at IS NULL"
)
_COUNT = text("SELECT count(*) FROM inbox_gap WHERE settled_at IS NULL")


@dataclass(frozen=True, slots=True)
class Gap:
    """The numbers from *first* to *last* of one kiosk are lost at the hub, for *reason*."""

    origin: str
    first: int
    last: int
    reason: str
    noticed_at: datetime


def add(
    connection: Connection, origin: str, first: int, last: int, reason: str, now: datetime
) -> None:
    """Note that these numbers will not come; the same again changes nothing."""
    row = {"origin": origin, "first": first, "last": last, "reason": reason}
    connection.execute(_ADD, {**row, "now": clock.to_text(now)})


def waiting(connection: Connection) -> list[Gap]:
    """Return the gaps that nobody has looked at yet, the oldest first."""
    return [
        Gap(r.origin, int(r.first_seq), int(r.last_seq), r.reason, clock.from_text(r.noticed_at))
        for r in connection.execute(_WAITING)
    ]


def settle(connection: Connection, gap: Gap, by: str, now: datetime) -> bool:
    """Note that *by* has seen it; false when somebody had before."""
    row = {"origin": gap.origin, "first": gap.first, "last": gap.last}
    return connection.execute(_SETTLE, {**row, "by": by, "now": clock.to_text(now)}).rowcount == 1


def count(connection: Connection) -> int:
    """Return how many gaps nobody has looked at yet."""
    return int(connection.execute(_COUNT).scalar_one())
