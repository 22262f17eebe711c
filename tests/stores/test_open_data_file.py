"""`kiosk export`: one file that a journalist opens, with a page that tells how to count."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from kiosk.apps import administration, open_data, soundness
from kiosk.errors import NotFound, Unavailable
from kiosk.settings import Settings, load
from kiosk.voice import actions, group_actions, group_store
from kiosk.voice.ballot import Cast
from kiosk.voice.group import Hands
from kiosk.voice.place import Channel, Place
from tests.unit.exhibition import small
from tests.world import ADAS_PHONE, BENCHES, SUNDAY


@pytest.fixture
def hub(tmp_path: Path) -> Settings:
    """A hub that published Edda's small exhibition, unspoken, and counted Ada's vote."""
    settings = load(data=tmp_path / "hub", speech=False)  # clips take longer than all of this
    with administration.hub(settings) as database:
        database.migrate()
        administration.publish(settings, small.write(tmp_path / "harbour"), "", SUNDAY)
        vote = Cast("v1", BENCHES, "ada", ("agree",), ADAS_PHONE, SUNDAY)
        database.write_now(lambda c: actions.cast_ballot(c, vote, SUNDAY))
    return settings


def test_a_journalist_finds_the_numbers_and_how_to_read_them(hub: Settings, tmp_path: Path) -> None:
    """Each table has its headings; the votes are Ada's; the sentence stands in both languages."""
    to = tmp_path / "harbour.zip"
    assert open_data.export(hub, "harbour", to, SUNDAY) == 0

    assert rows(to, "results.csv") == [
        {
            "question": BENCHES,
            "choice": choice,
            "city": "lindmark",
            "channel": "phone",
            "votes": "1",
        }
        for choice in ("*", "agree")
    ]
    (ballot,) = rows(to, "ballots.csv")
    assert (ballot["choices"], ballot["ballots"]) == ("agree", "1")
    languages = {r["language"] for r in rows(to, "wordings.csv") if r["question"] == BENCHES}
    assert languages == {"en", "fr"}
    assert rows(to, "comments.csv") == []
    with zipfile.ZipFile(to) as packed:
        about = packed.read("README.txt").decode()
        assert "ada" not in b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert all(name in about for name in zipfile.ZipFile(to).namelist() if name != "README.txt")


def test_a_classs_hands_are_a_table_of_their_own(hub: Settings, tmp_path: Path) -> None:
    """24 raised 22 hands: the ballots are Ada's alone, and the hands stand with how many raised."""
    place = Place("harbour", "lindmark", "Town hall", Channel.GROUP, "kiosk-town-hall")
    raised = (("agree", 15), ("disagree", 6), ("pass", 1))
    hands = Hands("4b-1", "class-4b", BENCHES, 24, raised, place, SUNDAY)
    with administration.hub(hub) as database:
        database.write_now(lambda c: group_actions.record(c, hands, SUNDAY))
        assert database.read_now(soundness.faults) == []
    to = tmp_path / "harbour.zip"
    open_data.export(hub, "harbour", to, SUNDAY)
    found = rows(to, "groups.csv")
    assert [(r["choice"], r["hands"], r["groups"], r["people"]) for r in found] == [
        ("agree", "15", "1", "24"),
        ("disagree", "6", "1", "24"),
        ("pass", "1", "1", "24"),
    ]
    assert [r["ballots"] for r in rows(to, "ballots.csv")] == ["1"]
    assert {r["channel"] for r in rows(to, "results.csv")} == {"phone"}
    with zipfile.ZipFile(to) as packed:
        assert b"class-4b" not in b"".join(packed.read(name) for name in packed.namelist())


def test_hands_that_no_group_can_have_raised_are_found(hub: Settings) -> None:
    """A bit turned over on the disk: 24 people, 150 hands."""
    place = Place("harbour", "lindmark", "Town hall", Channel.GROUP, "kiosk-town-hall")
    hands = Hands("4b-1", "class-4b", BENCHES, 24, (("agree", 150),), place, SUNDAY)
    with administration.hub(hub) as database:
        database.write_now(lambda c: group_store.record(c, hands, example=False))
        (fault,) = database.read_now(soundness.faults)
    assert BENCHES in fault


def test_what_is_not_published_is_not_given_away(hub: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_data.export(hub, "elsewhere", tmp_path / "elsewhere.zip", SUNDAY)


def test_a_file_that_cannot_be_written_leaves_nothing(hub: Settings, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_data.export(hub, "harbour", tmp_path / "no-such-folder" / "harbour.zip", SUNDAY)
    assert not list(tmp_path.glob("*.zip*"))


def rows(file: Path, name: str) -> list[dict[str, str]]:
    """Read one table as a spreadsheet would."""
    with zipfile.ZipFile(file) as packed:
        text = packed.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
