"""Two processes write to one SQLite file, one of them without a pause: the other has its turns."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy.engine import make_url

from kiosk.database import sqlite

TURNS = 30

# Writes again at once after each write, as the public side does while a hall votes; each time
# that it is inside it adds a byte to a file.
_NEIGHBOUR = """
import sys, time
from sqlalchemy.engine import make_url
from kiosk.database import sqlite
engine = sqlite.engine(make_url(sys.argv[1]), 1)
with open(sys.argv[2], "ab", buffering=0) as turns:
    while True:
        with sqlite.exclusive(engine):
            turns.write(b".")
            print(flush=True)
            time.sleep(0.004)
"""


def turns_while_waiting(folder: Path) -> list[int]:
    """Write so often beside a busy neighbour; return how often it came in before us then."""
    url, turns = f"sqlite:///{folder / 'hub.db'}", folder / "turns"
    engine = sqlite.engine(make_url(url), 1)
    neighbour = subprocess.Popen(
        [sys.executable, "-c", _NEIGHBOUR, url, str(turns)],
        stdout=subprocess.PIPE,
    )
    waited: list[int] = []
    at_the_door: list[int] = []
    own = sqlite._held

    @contextmanager
    def held(path: str) -> Iterator[None]:
        with own(path):
            if path.endswith(".door"):
                at_the_door.append(turns.stat().st_size)
            yield

    try:
        assert neighbour.stdout is not None
        for _ in range(TURNS):
            neighbour.stdout.readline()  # it is inside, or just was: we come in between
            with patch.object(sqlite, "_held", held), sqlite.exclusive(engine):
                waited.append(turns.stat().st_size - at_the_door.pop())
    finally:
        neighbour.kill()
        neighbour.communicate()
    return waited


def test_nobody_waits_for_more_than_one_other_write(tmp_path: Path) -> None:
    """Meera decides while a hall votes: at most one commit of votes is between.

    With one lock instead of two the neighbour was inside up to a dozen times meanwhile.
    """
    waited = turns_while_waiting(tmp_path)
    assert len(waited) == TURNS
    assert max(waited) <= 1, waited  # that which was in the door before her
