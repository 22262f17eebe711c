"""A hub that shows two exhibitions: what is scanned at a wall of the second opens the second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from sqlalchemy import Connection

from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition, FileRecord, edition_id
from kiosk.exhibition.library import Library, OpenEdition
from kiosk.exhibition.reader import Views
from kiosk.moderation import actions
from kiosk.voice.place import Channel, Place
from tests.screens.phone.hub import Hub, Phone
from tests.screens.wall.test_led import CLEO, with_cities
from tests.screens.wall.watching import followed, watching
from tests.staff import writes
from tests.world import LINDMARK, SUNDAY, said

IN_THE_HILLS = "Lindmark, seen from the hills"


class Two(Library):
    """A library without files: the harbour, and the hills, which have the same places."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        core = with_cities()
        unasked = {name: replace(each, question=None) for name, each in core.exhibits.items()}
        unasked[LINDMARK] = replace(unasked[LINDMARK], title=said(IN_THE_HILLS))
        hills = replace(core, id="hills", motto=said("High and quiet"), exhibits=unasked)
        self.views = {each.id: Views(each, {}) for each in (core, hills)}

    def open(self, edition: Edition) -> OpenEdition:
        """Return one of the two."""
        return OpenEdition(edition, self.folder, self.views[edition.exhibition])


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """The harbour comes first; somebody has said something about Lindmark in the hills."""
    async with followed(tmp_path, with_cities()) as opened:

        def hang(connection: Connection) -> None:
            files = {"exhibition.toml": FileRecord("0" * 64, 1)}
            edition = Edition(
                edition_id(files), "hills", 1, files, SUNDAY - timedelta(days=1), "Ines"
            )
            edition_store.keep(connection, edition)
            edition_store.release(connection, edition, "Ines", SUNDAY)
            place = Place("hills", LINDMARK, "Town hall", Channel.TOUCHSCREEN, "screen")
            voice = writes(connection, "So steep!", place, exhibit=LINDMARK, id="steep")
            actions.approve(connection, voice.id, 1, CLEO, SUNDAY, at_once=True)

        opened.app.public.library = Two(tmp_path)
        opened.database.write_now(hang)
        await opened.app.public.refresh()
        yield opened


@pytest.mark.parametrize(
    ("wall", "page"),
    [
        ("x=hills&hold=map all", "High and quiet"),
        ("x=hills&hold=voices steep", IN_THE_HILLS),
        ("hold=map all", "Near and free"),
    ],
)
async def test_a_code_opens_what_its_wall_shows(hub: Hub, wall: str, page: str) -> None:
    """Scanned or typed: the whole, or a place that both have, in the exhibition of that wall."""
    async with watching(hub, f"lang=en&{wall}") as states:
        scene = await asyncio.wait_for(states.get(), 20)
    phone = Phone(hub)
    for way in (urlsplit(scene["address"]).path, f"/q/{scene['short']}"):
        await phone.open(way)
        assert phone.headline == page
