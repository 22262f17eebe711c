"""A desk with the harbour exhibition, everyone who works there, and a browser that sits at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from nicegui.testing import User

from kiosk.apps import publication
from kiosk.database.connection import Database
from kiosk.exhibition.library import Library
from kiosk.people import passwords
from kiosk.screens.desk import pages
from kiosk.screens.desk.context import DeskContext
from tests.screens.desk.sitting import Sitting
from tests.staff import appoint_everyone
from tests.unit.exhibition import small
from tests.world import SUNDAY, StoppedClock


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with everyone appointed and the harbour published, made once and copied."""
    data = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        # Hashes that are quick to check; how slow real ones are is no part of these stories.
        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_hasher", quick)
        patch.setattr(passwords, "_nobody", partial(str, quick.hash("nobody")))
        opened = Database.open(f"sqlite:///{data / 'hub.db'}")
        opened.migrate()
        opened.write_now(appoint_everyone)
        folder = small.write(data / "harbour")
        publication.publish_folder(opened, Library(data / "data"), folder, "edda", SUNDAY)
        opened.close()
        yield data


@pytest.fixture
def database(prepared: Path, tmp_path: Path) -> Iterator[Database]:
    """The hub's database."""
    shutil.copytree(prepared, tmp_path / "desk")
    opened = Database.open(f"sqlite:///{tmp_path / 'desk' / 'hub.db'}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> StoppedClock:
    """The desk's clock."""
    return StoppedClock()


@pytest.fixture
def context(database: Database, clock: StoppedClock, tmp_path: Path) -> DeskContext:
    """The desk, with the harbour exhibition on its screens."""
    library = Library(tmp_path / "desk" / "data")
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
