"""Fixtures of the phone pages: a hub in this process, and the phones of its residents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kiosk.database.connection import Database
from tests.screens.phone.hub import Hub, Phone, open_hub


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub that shows the harbour summit on Sunday at two."""
    database = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    database.migrate()
    yield await open_hub(database, tmp_path)
    database.close()


@pytest.fixture
def ada(hub: Hub) -> Phone:
    """Ada's phone."""
    return Phone(hub)


@pytest.fixture
def ben(hub: Hub) -> Phone:
    """Ben's phone speaks French."""
    return Phone(hub, "fr-CA,fr;q=0.9,en;q=0.5")
