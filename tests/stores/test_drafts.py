"""Edda captures a conclusion at the workshop's table; it goes out, changes, and leaves again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.apps.publication import publish_drafts, publish_folder, roll_back
from kiosk.database.connection import Database
from kiosk.errors import Conflict, Forbidden, InvalidText, NotFound
from kiosk.exhibition import capture, draft_store, edition_store
from kiosk.exhibition.draft import Content, Draft, DraftText, State
from kiosk.exhibition.edition import Edition
from kiosk.exhibition.faults import ContentRefused
from kiosk.exhibition.library import Library
from kiosk.exhibition.model import Exhibition
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from tests.unit.exhibition import small
from tests.world import LINDMARK, PORT_AUBIER, SUNDAY

TEXT = DraftText(
    title="Benches are not a luxury",
    statements=("A seat every 200 metres.",),
    dissent=("Fewer cars first.",),
)
CONTENT = Content("communicative", "en", {"en": TEXT}, session="opening")

EDDA = Actor("edda", "edda", "Edda Weiss", (Grant(Role.EDITOR, "harbour"),))
LINNEA = Actor("linnea", "linnea", "Linnea Berg", (Grant(Role.EDITOR, "harbour", LINDMARK),))
"""Edits for Lindmark alone."""
MEERA = Actor("meera", "meera", "Meera Nair", (Grant(Role.MODERATOR, "harbour", LINDMARK),))


class Table:
    """The workshop's table: a published exhibition and Edda's drafts for it."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        self.database = database
        self.library = Library(tmp_path / "data")
        self.folder = small.write(tmp_path / "harbour")
        self.now = SUNDAY
        publish_folder(database, self.library, self.folder, "edda", self.now)

    def begin(self, content: Content = CONTENT, city: str = "") -> Draft:
        """Write a draft down."""
        return self.database.write_now(
            lambda c: capture.begin(c, "harbour", content, "edda", self.now, city=city)
        )

    def save(self, draft: Draft, content: Content) -> Draft:
        """Change a draft."""
        return self.database.write_now(
            lambda c: capture.save(c, draft.id, draft.revision, content, self.now)
        )

    def approve(self, draft: Draft) -> Draft:
        """Approve a draft."""
        return self.database.write_now(
            lambda c: capture.approve(c, draft.id, draft.revision, "Edda Rask", self.now)
        )

    def withdraw(self, draft: Draft) -> Draft:
        """Give a draft up."""
        return self.database.write_now(
            lambda c: capture.withdraw(c, draft.id, draft.revision, self.now)
        )

    def publish(self, by: Actor = EDDA) -> Edition:
        """Publish what is approved, a minute later."""
        self.now += timedelta(minutes=1)
        return publish_drafts(self.database, self.library, "harbour", by, self.now)

    def stored(self, draft: Draft) -> Draft:
        """The draft as the database has it."""
        found = self.database.read_now(lambda c: draft_store.get(c, draft.id))
        assert found
        return found

    def screens(self, city: str = "") -> Exhibition:
        """What is on the screens, of a city or of all."""
        current = self.database.read_now(lambda c: edition_store.current(c, "harbour"))
        assert current
        return self.library.open(current).view(city)


@pytest.fixture
def table(database: Database, tmp_path: Path) -> Table:
    """The workshop's table."""
    return Table(database, tmp_path)


def test_a_conclusion_goes_from_the_table_to_the_screens(table: Table) -> None:
    """Typed, photographed, approved, published: it is an exhibit among the others."""
    photo = capture.keep_photograph(table.library.files, small.picture(300, 200, "JPEG"))
    text = replace(TEXT, photo_alternative="Eleven cards on a wall")
    draft = table.begin(replace(CONTENT, texts={"en": text}, photo=photo.sha256))
    assert table.stored(draft) == draft

    approved = table.approve(draft)
    assert draft.id not in table.screens().exhibits
    edition = table.publish()

    exhibit = table.screens().exhibits[draft.id]
    assert exhibit.title.pick("en").text == "Benches are not a luxury"
    assert (exhibit.media[0].width, exhibit.media[0].height) == (300, 200)
    stored = table.stored(approved)
    assert (stored.state, stored.published_edition) == (State.PUBLISHED, edition.id)
    assert "benches" in table.screens().exhibits


def test_an_unfinished_draft_cannot_be_approved(table: Table) -> None:
    """No statement yet: the rapporteur is told, the draft stays as it is."""
    draft = table.begin(replace(CONTENT, texts={"en": replace(TEXT, statements=())}))
    with pytest.raises(InvalidText, match="core statement"):
        table.approve(draft)

    assert table.stored(draft) == draft


def test_nobody_overwrites_another(table: Table) -> None:
    """Edda and Runa edit the same draft; who saves second is told, nothing is lost."""
    draft = table.begin()
    eddas = table.save(draft, replace(CONTENT, texts={"en": replace(TEXT, lead="Edda's")}))
    with pytest.raises(Conflict):
        table.save(draft, replace(CONTENT, texts={"en": replace(TEXT, lead="Runa's")}))
    with pytest.raises(Conflict):
        table.approve(draft)

    assert table.stored(draft) == eddas
    with pytest.raises(NotFound):
        table.save(replace(draft, id="no-such-draft"), CONTENT)


def test_a_published_conclusion_stays_while_it_is_edited(table: Table) -> None:
    """Edda mends a title; the old one stays on the screens until the new one is approved."""
    table.approve(table.begin())
    table.publish()
    (published,) = table.database.read_now(
        lambda c: draft_store.in_state(c, "harbour", State.PUBLISHED)
    )
    mended = table.save(published, replace(CONTENT, texts={"en": replace(TEXT, title="Seats")}))
    table.approve(table.begin(replace(CONTENT, texts={"en": replace(TEXT, title="Other")})))
    table.publish()
    assert table.screens().exhibits[mended.id].title.pick("en").text == "Benches are not a luxury"

    table.approve(mended)
    table.publish()
    assert table.screens().exhibits[mended.id].title.pick("en").text == "Seats"


def test_a_withdrawn_conclusion_leaves_the_screens(table: Table) -> None:
    """A conclusion that nobody had reached goes with the next publication."""
    draft = table.approve(table.begin())
    table.publish()
    table.withdraw(table.stored(draft))
    table.publish()

    assert draft.id not in table.screens().exhibits
    with pytest.raises(Conflict, match="waits"):
        table.publish()


def test_the_editor_of_a_city_publishes_for_that_city_alone(table: Table) -> None:
    """Linnea's edition has Lindmark's conclusion; Port Aubier's and everybody's wait for Edda."""
    drafts = {city: table.approve(table.begin(city=city)) for city in (LINDMARK, PORT_AUBIER, "")}
    with pytest.raises(Forbidden):
        table.publish(MEERA)

    table.publish(LINNEA)
    assert {city: table.stored(draft).state for city, draft in drafts.items()} == {
        LINDMARK: State.PUBLISHED,
        PORT_AUBIER: State.APPROVED,
        "": State.APPROVED,
    }
    assert drafts[LINDMARK].id in table.screens(LINDMARK).exhibits
    with pytest.raises(Conflict, match="No approved conclusion waits"):
        table.publish(LINNEA)
    table.publish()
    assert table.stored(drafts[PORT_AUBIER]).state is State.PUBLISHED


def test_nothing_is_published_without_approval(table: Table) -> None:
    """A draft waits at the desk; publishing tells that nothing is approved."""
    table.begin()
    with pytest.raises(Conflict, match="waits"):
        table.publish()


def test_a_folder_published_later_keeps_what_was_captured(table: Table) -> None:
    """The editor's laptop knows nothing of the evening's conclusions; they stay."""
    draft = table.approve(table.begin())
    table.publish()
    text = table.folder / "text.en.md"
    text.write_text(text.read_text().replace("Near and free", "Near and open"))
    publish_folder(table.database, table.library, table.folder, "edda", table.now)

    assert table.screens().motto.pick("en").text == "Near and open"
    assert draft.id in table.screens().exhibits


def test_a_rollback_takes_conclusions_back_too(table: Table) -> None:
    """The evening's publication was premature; approved again, it goes out again."""
    draft = table.approve(table.begin())
    table.publish()
    roll_back(table.database, table.library, "harbour", "edda", table.now)
    assert draft.id not in table.screens().exhibits

    table.approve(table.stored(draft))
    table.publish()
    assert draft.id in table.screens().exhibits


def test_a_conclusion_of_a_session_that_is_gone_is_refused(table: Table) -> None:
    """The draft names a session that the exhibition has not: told, and nothing goes out."""
    before = table.screens()
    table.approve(table.begin(replace(CONTENT, session="closing")))
    with pytest.raises(ContentRefused, match="closing"):
        table.publish()

    assert table.screens() == before


def test_a_conclusion_is_written_in_the_tables_own_language(table: Table) -> None:
    """Table four spoke French; the exhibition's texts are English, and Spanish is not shown yet."""
    french = DraftText(title="Des bancs", statements=("Un siège tous les 200 mètres.",))
    spanish = replace(french, title="Bancos", status="machine, unreviewed", translated_from="fr")
    content = Content("communicative", "fr", {"fr": french, "es": spanish})
    draft = table.approve(table.begin(content))
    table.publish()

    title = table.screens().exhibits[draft.id].title.pick("en", table.screens().fallbacks())
    assert (title.text, title.language, title.fallback) == ("Des bancs", "fr", True)


def test_a_city_without_overlay_captures_too(table: Table) -> None:
    """Port-Aubier holds a workshop before anyone wrote it an overlay; it shows there alone."""
    draft = table.approve(table.begin(city="port-aubier"))
    table.publish()
    assert table.screens("port-aubier").exhibits[draft.id].owner == "port-aubier"
    assert draft.id not in table.screens().exhibits

    publish_folder(table.database, table.library, table.folder, "edda", table.now)
    assert draft.id in table.screens("port-aubier").exhibits


def test_drafts_are_listed_by_their_last_change(table: Table) -> None:
    """What Edda touched last stands first."""
    first = table.begin()
    table.now += timedelta(minutes=1)
    second = table.begin()
    table.now += timedelta(minutes=1)
    table.save(first, CONTENT)

    listed = table.database.read_now(lambda c: draft_store.of_exhibition(c, "harbour"))
    assert [draft.id for draft in listed] == [first.id, second.id]
