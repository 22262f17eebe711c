"""What a screen shows when it starts: all that can be shown, and nothing else holds it up."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

import httpx
import pytest

from kiosk import ids
from kiosk.errors import KioskError, Unavailable
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition, FileRecord, Manifest, edition_id
from kiosk.exhibition.faults import ContentRefused, Fault
from kiosk.exhibition.file_store import FileStore
from kiosk.exhibition.library import Library, OpenEdition
from kiosk.exhibition.reader import Views
from kiosk.sync.fetch import EditionFetcher
from kiosk.sync.hub_client import HubClient
from tests.sync.conftest import migrated
from tests.world import SUNDAY, StoppedClock, harbour


class Everything(FileStore):
    """Every file is there; nothing reads one."""

    def missing(self, manifest: Manifest) -> list[FileRecord]:
        """Nothing is."""
        del manifest
        return []

    def keep_only(self, hashes: Collection[str]) -> None:
        """Keep the rest, too."""


class Choosy(Library):
    """Opens what nothing is said against."""

    def __init__(self, data: Path, against: dict[str, KioskError]) -> None:
        super().__init__(data)
        self._against = against
        self.files = Everything(data)

    def open(self, edition: Edition) -> OpenEdition:
        """Raise what is said against this exhibition's edition, or open it."""
        if edition.exhibition in self._against:
            raise self._against[edition.exhibition]
        return OpenEdition(edition, self.folder, Views(harbour(), {}))


async def test_an_edition_that_cannot_be_shown_holds_up_neither_the_others_nor_the_sync(
    tmp_path: Path,
) -> None:
    """After an update the program refuses one, and another has no room: the third hangs."""
    database = migrated(tmp_path / "kiosk.db")
    offered: list[OpenEdition] = []
    against = {
        "forest": ContentRefused(
            [Fault("exhibition.toml", 1, "unknown", "No such kind.", "Choose one.")]
        ),
        "market": Unavailable("The edition's folder cannot be made: no space left on device."),
    }
    editions = {}
    for exhibition in ("forest", "harbour", "market"):
        manifest = {"exhibition.toml": FileRecord(ids.digest(exhibition), 1)}
        edition = Edition(edition_id(manifest), exhibition, 1, manifest, SUNDAY, "", "")
        database.write_now(partial(edition_store.keep, edition=edition))
        database.write_now(partial(edition_store.release, edition=edition, by="hub", now=SUNDAY))
        editions[exhibition] = edition.id
    library = Choosy(tmp_path, against)
    fetcher = EditionFetcher(database, library, offered.append, StoppedClock())
    assert await fetcher.show_what_is_here() == 1
    assert [opened.edition.exhibition for opened in offered] == ["harbour"]

    hub = HubClient("http://hub", "credential", httpx.MockTransport(never))
    with pytest.raises(Unavailable):
        await fetcher(hub, "market", editions["market"])
    del against["market"]
    assert await fetcher(hub, "market", editions["market"])
    assert [opened.edition.exhibition for opened in offered] == ["harbour", "market"]
    assert not await fetcher(hub, "market", editions["market"])
    await hub.close()
    database.close()


def never(request: httpx.Request) -> httpx.Response:
    """The hub is away."""
    raise httpx.ConnectError(str(request.url))
