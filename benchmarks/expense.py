"""What something takes from a hub of several processes and its PostgreSQL: processor, disk, WAL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.server import Running

_SPENT = "SELECT pg_current_wal_insert_lsn() - '0/0', pg_database_size(current_database())"
_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass(slots=True)
class Expense:
    """What was taken while a block ran: seconds of processor, bytes of log and of disk."""

    hub_s: float = 0.0
    database_s: float = 0.0
    wal: float = 0.0
    stored: float = 0.0


class Meter:
    """Reads the accounts of the hub's processes and of all of the server's, by /proc and SQL."""

    def __init__(self, address: str, public: Running) -> None:
        self._line = psycopg.connect(address, autocommit=True)
        self._public = public.process.pid
        self._server = _parent(self._line.info.backend_pid)

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    @property
    def deadlocks(self) -> int:
        """How often the server had to end a circle of transactions that waited for each other."""
        found = self._line.execute(_DEADLOCKS).fetchone()
        return int(found[0]) if found else 0

    @contextmanager
    def expense(self) -> Iterator[Expense]:
        """Account for what is done while the block runs; the result is filled at its end."""
        told = Expense()
        before = self._account()
        yield told
        after = self._account()
        told.hub_s, told.database_s, told.wal, told.stored = (
            b - a for a, b in zip(before, after, strict=True)
        )

    def _account(self) -> tuple[float, float, float, float]:
        found = self._line.execute(_SPENT).fetchone()
        assert found is not None
        return _family(self._public), _family(self._server), float(found[0]), float(found[1])


def _parent(process: int) -> int:
    return int(_fields(process)[1])


def _family(process: int) -> float:
    """Return the seconds that a process, its children, and those that have ended have used."""
    own = sum(int(n) for n in _fields(process)[11:15]) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(_family(int(child)) for child in children)


def _fields(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended between two looks
        return ["0"] * 20
