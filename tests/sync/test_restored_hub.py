"""A hub restored by the command has again, within two syncs, all that the screens took in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kiosk.apps import backup, soundness
from kiosk.apps.opening import follow
from kiosk.apps.restore import restore
from kiosk.database import apart
from kiosk.database.connection import Database
from kiosk.live.tallies import publish_tallies
from kiosk.messaging import inbox_store
from kiosk.moderation import actions as moderation
from kiosk.moderation import erasure
from kiosk.people.enrolment import hub_key
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.settings import Settings, load
from kiosk.sync import submit
from kiosk.voice import actions, comment_store
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment, Status
from tests.sync.conftest import Hub, Screen
from tests.world import ADAS_PHONE, BENCHES, SUNDAY

CLARA = Actor("clara", "clara", "Clara", (Grant(Role.MODERATOR),))


def votes(database: Database, who: str, place: object, screen: bool) -> None:
    """Somebody agrees, at a screen or on her phone."""
    cast = Cast(f"ballot-{who}", BENCHES, who, ("agree",), place, SUNDAY)  # type: ignore[arg-type]
    take = submit.cast_ballot if screen else actions.cast_ballot
    database.write_now(lambda c: take(c, cast, SUNDAY))


def says(screen: Screen, name: str, words: str) -> None:
    """Somebody speaks at a screen."""
    new = NewComment(name, "benches", words, "en", "ada", f"r-{name}", "", screen.place, SUNDAY)
    number = screen.identity.number
    screen.database.write_now(lambda c: submit.submit_comment(c, new, number, SUNDAY))


@pytest.fixture
def settings(hub: Hub, tmp_path: Path) -> Settings:
    """The hub's settings, for what an operator does."""
    hub.database.write_now(hub_key)
    apart.attach(hub.database.engine, tmp_path)
    hub.database.write_now(lambda c: follow(c, SUNDAY))
    return load(data=tmp_path, database_url=hub.database.url)


def put_back(hub: Hub, settings: Settings, path: Path) -> None:
    """The operator stops the hub, restores, and starts it again."""
    hub.database.close()
    restore(settings, path, SUNDAY, lists=())
    hub.database = Database.open(settings.hub_database)
    apart.attach(hub.database.engine, settings.data)
    hub.app.state.api = type(hub.app.state.api)(
        hub.database, hub.app.state.api.news, hub.app.state.api.now
    )


async def both_sync(*screens: Screen) -> None:
    for screen in screens:
        await screen.push()
        await screen.pull()


async def test_what_screens_took_comes_back_and_what_the_docs_call_lost_is_lost(
    hub: Hub, town_hall: Screen, library: Screen, settings: Settings, tmp_path: Path
) -> None:
    """Before and after the backup people vote and speak; then the hub is put back, and all sync."""
    votes(town_hall.database, "ada", town_hall.place, screen=True)
    votes(hub.database, "phone-before", ADAS_PHONE, screen=False)
    await both_sync(town_hall, library)
    path = tmp_path / "backups" / "hub.db"
    backup.take(settings, path, SUNDAY)
    votes(library.database, "ben", library.place, screen=True)
    votes(hub.database, "phone-after", ADAS_PHONE, screen=False)
    says(library, "comment-lea", "A bench by the library, please.")
    await both_sync(town_hall, library)
    hub.database.write_now(
        lambda c: moderation.approve(c, "comment-lea", 1, CLARA, SUNDAY, at_once=True)
    )
    put_back(hub, settings, path)
    for _ in range(2):
        await both_sync(town_hall, library)
    tally = hub.database.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert tally.by_channel["touchscreen"]["agree"] == 2
    assert tally.by_channel["phone"]["agree"] == 1, "docs: a phone's vote since is lost"
    lea = hub.database.read_now(lambda c: comment_store.get(c, "comment-lea"))
    assert lea is not None
    assert lea.status is Status.WAITING, "docs: a decision since is lost, the comment is not"
    for screen in (town_hall, library):
        count = hub.database.read_now(partial(inbox_store.state, origin=screen.identity.id))
        assert count == (count[1], count[1])
    assert hub.database.read_now(soundness.faults) == []
    hub.database.write_now(lambda c: publish_tallies(c, SUNDAY))
    await both_sync(town_hall, library)
    seen = town_hall.database.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert seen.of("agree") == 3


async def test_a_comment_erased_by_phone_after_the_backup_stays_erased_everywhere(
    hub: Hub, town_hall: Screen, library: Screen, settings: Settings, tmp_path: Path
) -> None:
    """The screen sends Ada's comment again; the restored hub knows that it must not come back."""
    says(town_hall, "comment-ada", "My name is Ada Unmistakable.")
    await both_sync(town_hall, library)
    path = tmp_path / "backups" / "hub.db"
    backup.take(settings, path, SUNDAY)
    hub.database.write_now(lambda c: erasure.erase(c, "comment-ada", SUNDAY))
    put_back(hub, settings, path)
    for _ in range(2):
        await both_sync(town_hall, library)
    gone = hub.database.read_now(lambda c: comment_store.get(c, "comment-ada"))
    assert gone is not None
    assert (gone.status, gone.text) == (Status.ERASED, "")


async def test_a_screen_enrolled_after_the_backup_goes_on_by_itself(
    hub: Hub, town_hall: Screen, library: Screen, settings: Settings, tmp_path: Path
) -> None:
    """Town hall and library came after the backup; nobody need enrol them again."""
    empty = tmp_path / "backups" / "hub.db"
    backup.take(settings, empty, SUNDAY)
    hub.database.write_now(
        lambda c: c.exec_driver_sql("DELETE FROM kiosk")
    )  # as the backup would have it; only the file kept apart knows them
    backup.take(settings, tmp_path / "earlier" / "hub.db", SUNDAY)
    votes(town_hall.database, "ada", town_hall.place, screen=True)
    put_back(hub, settings, tmp_path / "earlier" / "hub.db")
    await both_sync(town_hall, library)
    assert hub.database.read_now(lambda c: actions.tally_of(c, BENCHES)).of("agree") == 1
