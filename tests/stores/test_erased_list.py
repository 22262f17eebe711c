"""The list of erased ids is kept apart: whatever database a hub opens, what was erased stays so."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.database import apart
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.moderation import erased_list, erased_store, erasure
from kiosk.voice import comment_store
from kiosk.voice.comment import Status
from tests.staff import writes
from tests.world import SUNDAY


@pytest.fixture
def listed(database: Database, tmp_path: Path) -> Path:
    """The hub's list, attached to its database."""
    apart.attach(database.engine, tmp_path)
    return tmp_path / erased_list.FILE


def test_an_erasure_is_in_the_list_before_it_is_in_the_database(
    database: Database, listed: Path
) -> None:
    """Ada erases; her comment's id stands in the file, once, however often she asks."""
    ada = database.write_now(lambda c: writes(c, "My name is Ada"))
    for _ in range(2):
        database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    assert list(erased_list.read(listed)) == [ada.id]
    assert len(listed.read_text().splitlines()) == 1


def test_a_connection_that_was_open_before_keeps_the_list_too(
    database: Database, tmp_path: Path
) -> None:
    """The writer holds one connection for good: what is said later counts for it as well."""
    ada = database.write_now(lambda c: writes(c, "My name is Ada"))
    apart.attach(database.engine, tmp_path)
    database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    assert list(erased_list.read(tmp_path / erased_list.FILE)) == [ada.id]


def test_what_the_list_cannot_take_is_not_called_erased(database: Database, listed: Path) -> None:
    """The disk refuses the list: Ada is told so, her comment stands, and she can try again."""
    ada = database.write_now(lambda c: writes(c, "My name is Ada"))
    listed.mkdir()
    with pytest.raises(Unavailable, match="erased.jsonl cannot be written"):
        database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    found = database.read_now(lambda c: comment_store.get(c, ada.id))
    assert found is not None
    assert found.text == "My name is Ada"


def test_a_database_copied_back_by_hand_forgets_again_what_was_erased(
    database: Database, listed: Path
) -> None:
    """An older database still has Ada's words; following the list destroys them, once."""
    ada = database.write_now(lambda c: writes(c, "My name is Ada"))
    ben = database.write_now(lambda c: writes(c, "I am Ben"))
    erased_list.append(listed, {ada.id: "2026-09-06T15:00:00.000Z"})
    assert database.write_now(lambda c: erasure.follow_list(c, SUNDAY)) == 1
    assert database.write_now(lambda c: erasure.follow_list(c, SUNDAY)) == 0
    gone = database.read_now(lambda c: comment_store.get(c, ada.id))
    kept = database.read_now(lambda c: comment_store.get(c, ben.id))
    assert gone is not None
    assert kept is not None
    assert (gone.status, gone.text, kept.text) == (Status.ERASED, "", "I am Ben")
    assert database.read_now(erased_store.not_emptied) == 0


def test_a_list_that_was_lost_is_written_again_from_the_database(
    database: Database, listed: Path
) -> None:
    """The file went with its disk; the next opening has it whole again."""
    ada = database.write_now(lambda c: writes(c, "My name is Ada"))
    database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    before = erased_list.read(listed)
    listed.unlink()
    assert database.write_now(lambda c: erasure.follow_list(c, SUNDAY)) == 0
    assert erased_list.read(listed) == before


def test_a_list_without_entries_says_that_there_is_one(database: Database, listed: Path) -> None:
    """Nobody erased anything yet: the file is there, so that its absence means a loss."""
    database.write_now(lambda c: erasure.follow_list(c, SUNDAY))
    assert listed.read_text() == ""


def test_a_torn_line_takes_no_other_with_it(listed: Path) -> None:
    """Power went within a line; what comes after begins a new one, and a damaged one is counted."""
    erased_list.append(listed, {"first": "2026-09-06T15:00:00.000Z"})
    whole = listed.read_bytes()
    listed.write_bytes(whole + whole[:20])
    erased_list.append(listed, {"second": "2026-09-06T16:00:00.000Z"})
    assert list(erased_list.read(listed)) == ["first", "second"]
    assert apart.read(listed).damaged == 1
    listed.write_bytes(listed.read_bytes().replace(b"second", b"sekond"))
    assert list(erased_list.read(listed)) == ["first"]


def test_ids_are_data_whatever_they_hold(listed: Path) -> None:
    """Ids come from clients: a line break or a quote in one makes no second entry."""
    strange = 'x"\n["other", "2026", "00000000"]\n'
    erased_list.append(listed, {strange: "2026-09-06T15:00:00.000Z"})
    assert list(erased_list.read(listed)) == [strange]


def test_a_screen_keeps_no_list(database: Database) -> None:
    """A kiosk's own database erases without one."""
    ada = database.write_now(lambda c: writes(c, "My name is Ada"))
    database.write_now(lambda c: erasure.erase(c, ada.id, SUNDAY))
    assert database.write_now(lambda c: erasure.follow_list(c, SUNDAY)) == 0
    count = database.read_now(lambda c: c.execute(text("SELECT count(*) FROM erased")).scalar())
    assert count == 1
