"""A public process whose every commit takes 10 ms longer, as on a disk that turns.

``python -m benchmarks.slow_disk shared|single``: votes share commits as they do in the product, or
each gets one of its own, which is what a handler with a transaction per request does. With a number
after ``shared`` it is that process's counting office.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from kiosk.apps import counting
from kiosk.apps.public import main
from kiosk.database import writer
from kiosk.database.connection import Database
from kiosk.settings import load

COMMIT_S = 0.010

Transaction = Callable[[Database], AbstractContextManager[Connection]]


def _slow(transaction: Transaction) -> Transaction:
    """Return what does as the product does, then waits where the disk would be waited for."""

    @contextmanager
    def slow(self: Database) -> Iterator[Connection]:
        with transaction(self) as connection:
            yield connection
        time.sleep(COMMIT_S)

    return slow


if __name__ == "__main__":
    way, *line = sys.argv[1:]
    Database._transaction = _slow(Database._transaction)  # type: ignore[method-assign,assignment]
    Database._statements = _slow(Database._statements)  # type: ignore[method-assign,assignment]
    if line:
        counting.main(int(line[0]))
    elif way == "single":
        writer.MOST_PER_COMMIT = 1
        counting.COMMAND = ()
        main(load())
    else:
        counting.COMMAND = (sys.executable, "-m", "benchmarks.slow_disk", way)
        main(load())
