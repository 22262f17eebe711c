"""Editions go out, come back and are kept apart, on both databases."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from kiosk import ids
from kiosk.apps.publication import publish_folder, roll_back
from kiosk.database.connection import Database
from kiosk.errors import Conflict, NotFound, Unavailable
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import CorruptEdition, Edition, Manifest, edition_id
from kiosk.exhibition.faults import ContentRefused
from kiosk.exhibition.library import Library
from kiosk.messaging import feed_store
from kiosk.messaging.feed_entry import Entry
from kiosk.voice import question_store
from kiosk.voice.actions import cast_ballot
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Place
from tests.unit.exhibition import small
from tests.world import SUNDAY

BENCHES_TEXT = "topics/communicative/text.en.md"
BENCHES = "topics/communicative/exhibits.toml"
GARDENS = "harbour/core/gardens"


class Desk:
    """Edda's laptop: a folder, a library and a way to publish."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        self.database = database
        self.library = Library(tmp_path / "data")
        self.folder = small.write(tmp_path / "harbour")
        self.now = SUNDAY

    def change(self, path: str, old: str, new: str) -> None:
        """Edit a file of the folder."""
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        assert old in before
        file.write_text(before.replace(old, new), encoding="utf-8")

    def publish(self) -> Edition:
        """Publish the folder a minute later."""
        self.now += timedelta(minutes=1)
        return publish_folder(self.database, self.library, self.folder, "edda", self.now)

    def roll_back(self, edition: str = "") -> Edition:
        """Go back a minute later."""
        self.now += timedelta(minutes=1)
        return roll_back(self.database, self.library, "harbour", "edda", self.now, edition)

    def current(self) -> Edition | None:
        """What is on the screens."""
        return self.database.read_now(lambda c: edition_store.current(c, "harbour"))

    def title(self) -> str:
        """The title of the exhibit on benches that is on the screens."""
        current = self.current()
        assert current
        return self.library.open(current).view().exhibits["benches"].title.pick("en").text


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """Edda's laptop."""
    return Desk(database, tmp_path)


def _feed(connection: Connection) -> list[Entry]:
    return feed_store.after(connection, 0, 100)


def _vote(desk: Desk, question: str, choice: str) -> None:
    place = Place("harbour", "lindmark", "Town hall", "phone")
    cast = Cast(ids.new_id(), question, "ada", (choice,), place, SUNDAY)
    desk.database.write_now(lambda c: cast_ballot(c, cast, SUNDAY))


def test_a_folder_goes_out_as_an_edition(desk: Desk) -> None:
    """Published: numbered, on the screens, in the feed, its questions open for votes."""
    edition = desk.publish()

    assert (edition.number, edition.exhibition) == (1, "harbour")
    assert desk.current() == edition
    entries = desk.database.read_now(_feed)
    assert [(entry.kind, entry.body) for entry in entries] == [
        ("release", {"edition": edition.id, "exhibition": "harbour", "number": 1})
    ]
    asked = desk.database.read_now(lambda c: question_store.of_exhibition(c, "harbour"))
    assert {question.id for question in asked} == {
        "harbour/core/benches",
        GARDENS,
        "harbour/lindmark/our-benches",
    }


def test_the_same_folder_again_is_the_same_edition(desk: Desk) -> None:
    """Edda presses twice: one edition, one release."""
    first = desk.publish()

    assert desk.publish() == first
    releases = desk.database.read_now(lambda c: edition_store.releases(c, "harbour"))
    assert len(releases) == 1


def test_a_bad_edition_is_rolled_back_and_forth(desk: Desk) -> None:
    """A wrong title goes out; one command brings the old one back, another the new one."""
    first = desk.publish()
    desk.change(BENCHES_TEXT, "A bench in every street", "A bank in every street")
    second = desk.publish()
    assert desk.title() == "A bank in every street"

    assert desk.roll_back() == first
    assert desk.title() == "A bench in every street"
    assert desk.roll_back(second.id) == second
    assert desk.title() == "A bank in every street"
    entries = desk.database.read_now(_feed)
    assert [entry.body["edition"] for entry in entries] == [second.id]
    releases = desk.database.read_now(lambda c: edition_store.releases(c, "harbour"))
    assert [release.number for release in releases] == [2, 1, 2, 1]


def test_rolling_back_twice_goes_back_twice(desk: Desk) -> None:
    """From the third to the second to the first, and then there is nothing to go back to."""
    editions = [desk.publish()]
    for before, after in (("bench", "seat"), ("seat", "stool"), ("stool", "sofa")):
        desk.change(BENCHES_TEXT, f"A {before} in", f"A {after} in")
        editions.append(desk.publish())

    assert desk.roll_back() == editions[2]
    assert desk.roll_back() == editions[1]
    assert desk.roll_back() == editions[0]
    with pytest.raises(NotFound):
        desk.roll_back()
    assert desk.current() == editions[0]


def test_nothing_can_be_rolled_back_before_anything_was_published(desk: Desk) -> None:
    """An id mistyped on the command line is told apart from a bad edition."""
    with pytest.raises(NotFound):
        desk.roll_back()
    desk.publish()
    with pytest.raises(NotFound):
        desk.roll_back("0123456789abcdef")


def test_an_edition_to_which_no_voice_is_added_is_put_together_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A summit's films are read and hashed for each folder that is made of them: once is enough."""
    made, materialise = [], desk.library.materialise

    def noted(manifest: Manifest) -> Path:
        made.append(edition_id(manifest))
        return materialise(manifest)

    monkeypatch.setattr(desk.library, "materialise", noted)

    assert made == [desk.publish().id]


def test_a_faulty_folder_does_not_go_out(desk: Desk) -> None:
    """The check refuses; the edition on the screens stays."""
    first = desk.publish()
    desk.change(BENCHES, '"put"', '"putt"')
    with pytest.raises(ContentRefused):
        desk.publish()

    assert desk.current() == first
    assert len(desk.database.read_now(_feed)) == 1


def test_a_question_with_votes_keeps_its_choices(desk: Desk) -> None:
    """Ada has voted for the north; Edda cannot turn her vote into one for the east."""
    first = desk.publish()
    _vote(desk, GARDENS, "north")
    desk.change(BENCHES, '"north"', '"east"')
    for language in ("en", "fr"):
        desk.change(f"topics/communicative/text.{language}.md", "choice north", "choice east")
    with pytest.raises(Conflict):
        desk.publish()

    assert desk.current() == first
    assert len(desk.database.read_now(_feed)) == 1
    assert len(desk.database.read_now(lambda c: edition_store.of_exhibition(c, "harbour"))) == 1


def test_a_question_without_votes_may_change(desk: Desk) -> None:
    """Before anyone has voted an editor may correct the choices."""
    desk.publish()
    desk.change(BENCHES, '"north"', '"east"')
    for language in ("en", "fr"):
        desk.change(f"topics/communicative/text.{language}.md", "choice north", "choice east")
    second = desk.publish()

    assert desk.current() == second


def test_votes_on_a_question_of_an_older_edition_count(desk: Desk) -> None:
    """A phone shows yesterday's page, whose question the new edition no longer asks."""
    desk.publish()
    for language in ("en", "fr"):
        path = f"topics/communicative/text.{language}.md"
        text = (desk.folder / path).read_text(encoding="utf-8")
        (desk.folder / path).write_text(text[: text.index("# gardens")], encoding="utf-8")
    text = (desk.folder / BENCHES).read_text(encoding="utf-8")
    cut = text.rindex("[[exhibit]]")
    (desk.folder / BENCHES).write_text(text[:cut], encoding="utf-8")
    desk.publish()

    _vote(desk, GARDENS, "south")


def test_a_damaged_edition_is_not_rolled_back_to(desk: Desk) -> None:
    """A file of the old edition is damaged: the new one stays, the file is named."""
    first = desk.publish()
    desk.change(BENCHES_TEXT, "A bench in every street", "A seat in every street")
    second = desk.publish()
    place = desk.library.files.path(first.manifest[BENCHES_TEXT].sha256)
    place.chmod(0o644)
    place.write_bytes(b"nonsense")
    desk.library = Library(desk.library.folder.parent)
    with pytest.raises(CorruptEdition, match=r"topics/communicative/text\.en\.md"):
        desk.roll_back()

    assert desk.current() == second


def test_a_full_disk_publishes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full half-way through the files: it says so; the screens keep what they have."""
    first = desk.publish()
    desk.change(BENCHES_TEXT, "A bench in every street", "A seat in every street")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unavailable, match="disk is full"):
        desk.publish()
    monkeypatch.undo()

    assert desk.current() == first
    assert desk.publish().number == 2


def test_exhibitions_are_kept_apart(desk: Desk, tmp_path: Path) -> None:
    """Another exhibition on the same hub has its own numbers and its own current edition."""
    first = desk.publish()
    desk.folder = Path(shutil.copytree(desk.folder, tmp_path / "hill"))
    desk.change("exhibition.toml", 'id = "harbour"', 'id = "hill"')
    other = desk.publish()

    assert (other.exhibition, other.number) == ("hill", 1)
    assert desk.current() == first
    current = desk.database.read_now(edition_store.all_current)
    assert [edition.id for edition in current] == [first.id, other.id]
