"""A public process whose every commit takes 10 ms longer, as on a disk that turns.

``python -m benchmarks.slow_disk shared|single``: votes share commits as they do in the product, or
each gets one of its own, which is what a handler with a transaction per request does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from kiosk.apps.public import main
from kiosk.database import writer
from kiosk.database.connection import Database
from kiosk.settings import load

COMMIT_S = 0.010

_transaction = Database._transaction


@contextmanager
def _slow(self: Database) -> Iterator[Connection]:
    """Do as the product does, then wait where the disk would be waited for."""
    with _transaction(self) as connection:
        yield connection
    time.sleep(COMMIT_S)


if __name__ == "__main__":
    if sys.argv[1] == "single":
        writer.MOST_PER_COMMIT = 1
    Database._transaction = _slow  # type: ignore[method-assign]
    main(load())
