"""A bit falls over in a file of an edition: no screen shows it, and it mends itself."""

from __future__ import annotations

from pathlib import Path

import httpx
from sqlalchemy import Connection

from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition
from kiosk.exhibition.file_store import FileStore
from kiosk.sync.apply import wanted_editions
from tests.journeys.browsers import Windows
from tests.journeys.people import SUMMIT
from tests.journeys.publishing import FRENCH_TEXT, publish, renames_benches
from tests.journeys.town import Town
from tests.journeys.waiting import until

PATIENCE_S = 120
"""A screen tries again after half a minute at most; the machine has other work too."""


def test_a_file_damaged_on_the_hub_leaves_the_older_edition_on_the_screen(
    town: Town, windows: Windows
) -> None:
    """The screen fetches, compares, refuses; once the file is whole again, it switches."""
    town.start(town.public)
    edition = publish(town, renames_benches)
    place = _place(town.folder / "hub/files", edition)
    sound = damage(place)
    town.start(town.touch)
    windows.hall().goto(town.touch.address)
    older = town.touch.shows(SUMMIT)
    with town.kiosk_database() as kiosk:
        until(
            lambda: kiosk.read_now(wanted_editions).get(SUMMIT) == edition.id,
            "it wants the new one",
        )
    assert town.touch.shows(SUMMIT) == older != edition.id
    assert not _place(town.folder / "kiosk/touch/files", edition).exists()
    page = httpx.get(f"{town.public.address}/e/benches", trust_env=False, timeout=PATIENCE_S)
    assert page.status_code == 200, "phones go on with what the hub showed before"

    replace(place, sound)
    until(lambda: town.touch.shows(SUMMIT) == edition.id, "the new edition hangs", PATIENCE_S)


def test_a_file_damaged_on_the_screen_is_fetched_again(town: Town) -> None:
    """Found when the screen starts: it shows the edition once the file is whole."""
    with town.hub_database() as hub:
        current = hub.read_now(_current)
    place = _place(town.folder / "kiosk/touch/files", current)
    sound = damage(place)
    town.start(town.public, town.touch)
    until(lambda: town.touch.shows(SUMMIT) == current.id, "the same edition hangs", PATIENCE_S)
    assert place.read_bytes() == sound


def test_a_hub_that_starts_on_a_damaged_edition_says_which_file(town: Town) -> None:
    """It serves no half exhibition: 503 with the file's name, until the backup is back."""
    with town.hub_database() as hub:
        current = hub.read_now(_current)
    place = _place(town.folder / "hub/files", current)
    sound = damage(place)
    town.public.start()
    answer = until(town.public.health, "it answers", PATIENCE_S)
    assert answer is not None
    assert answer.status_code == 503
    assert FRENCH_TEXT in answer.json()["reason"]
    page = httpx.get(town.public.address, trust_env=False, timeout=PATIENCE_S)
    assert page.status_code == 503
    assert "Traceback" not in page.text
    replace(place, sound)
    town.public.await_ready()


def damage(path: Path) -> bytes:
    """Turn one bit of a file over; return what it was."""
    sound = path.read_bytes()
    middle = len(sound) // 2
    replace(path, sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :])
    return sound


def replace(path: Path, data: bytes) -> None:
    """Put other octets under the same name; who shares the old ones keeps them."""
    path.unlink()
    path.write_bytes(data)


def _place(store: Path, edition: Edition) -> Path:
    return FileStore(store).path(edition.manifest[FRENCH_TEXT].sha256)


def _current(connection: Connection) -> Edition:
    edition = edition_store.current(connection, SUMMIT)
    assert edition is not None
    return edition
