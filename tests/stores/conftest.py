"""Every story of the stores is told twice: on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.database.connection import Database
from tests.postgres import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A new, migrated database of each dialect."""
    file = f"sqlite:///{tmp_path / 'hub.db'}"
    url = file if request.param == "sqlite" else fresh_database()
    opened = Database.open(url)
    opened.migrate()
    yield opened
    opened.close()
