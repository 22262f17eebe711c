"""What the hub holds of each kiosk, in one row: how many, up to which number, all seals added."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from kiosk.messaging import rolling

# Writing the row as it is takes its lock: two batches of one kiosk are taken one after the other.
_HOLD = text(
    "INSERT INTO inbox_head (origin, count, highest, hash) VALUES (:origin, 0, 0, :hash)"
    " ON CONFLICT (origin) DO UPDATE SET origin = excluded.origin RETURNING count, highest, hash"
)
_OF = text("SELECT count, highest, hash FROM inbox_head WHERE origin = :origin")
_WRITE = text(
    "UPDATE inbox_head SET count = :count, highest = :highest, hash = :hash WHERE origin = :origin"
)
_EVERYONE = text("SELECT origin, count, highest, hash FROM inbox_head")


@dataclass(frozen=True, slots=True)
class Held:
    """*count* messages up to the number *highest*; *hash* is the sum of their seals."""

    count: int = 0
    highest: int = 0
    hash: str = rolling.EMPTY

    @property
    def lost(self) -> int:
        """How many numbers up to the highest the hub will never have."""
        return self.highest - self.count


def hold(connection: Connection, origin: str) -> Held:
    """Return what is held of *origin*; nobody else writes its messages until the commit."""
    row = connection.execute(_HOLD, {"origin": origin, "hash": rolling.EMPTY}).one()
    return Held(*row)


def of(connection: Connection, origin: str) -> Held:
    """Return what is held of *origin*."""
    row = connection.execute(_OF, {"origin": origin}).one_or_none()
    return Held(*row) if row else Held()


def write(connection: Connection, origin: str, held: Held) -> None:
    """Write down what is held of *origin* now."""
    connection.execute(
        _WRITE,
        {"origin": origin, "count": held.count, "highest": held.highest, "hash": held.hash},
    )


def everyone(connection: Connection) -> dict[str, Held]:
    """Return what is held of each kiosk."""
    rows = connection.execute(_EVERYONE)
    return {origin: Held(*held) for origin, *held in rows}
