"""A desk with the harbour exhibition, everyone who works there, and a browser that sits at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nicegui.testing import User

from kiosk.apps import publication
from kiosk.database.connection import Database
from kiosk.exhibition.library import Library
from kiosk.screens.desk import pages
from kiosk.screens.desk.context import DeskContext
from tests.screens.desk.sitting import Sitting
from tests.staff import appoint_everyone
from tests.unit.exhibition import small
from tests.world import SUNDAY, StoppedClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The hub's database, with everyone appointed."""
    opened = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    opened.migrate()
    opened.write_now(appoint_everyone)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> StoppedClock:
    """The desk's clock."""
    return StoppedClock()


@pytest.fixture
def context(database: Database, clock: StoppedClock, tmp_path: Path) -> DeskContext:
    """The desk, with the harbour exhibition published."""
    library = Library(tmp_path / "data")
    folder = small.write(tmp_path / "harbour")
    publication.publish_folder(database, library, folder, "edda", SUNDAY)
    return DeskContext(
        database=database,
        library=library,
        front_end=tmp_path / "front-end",
        public_url="http://voice.example",
        publish=lambda e, by: publication.publish_drafts(database, library, e, by, clock()),
        roll_back=lambda e, by, to: publication.roll_back(database, library, e, by, clock(), to),
        clock=clock,
    )


@pytest.fixture
async def sitting(user: User, context: DeskContext, clock: StoppedClock) -> Sitting:
    """A browser before the desk's pages."""
    pages.register(context)
    return Sitting(user, context, clock)
