"""Leading walls: who may, what is shown, which word counts, and what the hub keeps of it."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.errors import Forbidden, InvalidText, NotFound
from kiosk.messaging import feed_store
from kiosk.moderation import actions, leading, wall_store
from kiosk.moderation.wall import ALL, EVERY_WALL, SceneKind, SceneName, Showing, Wall
from kiosk.people.staff import Actor
from tests.staff import STAFF, writes
from tests.world import BENCHES, LIBRARY, LINDMARK, PORT_AUBIER, SUNDAY

TALLY = SceneName(SceneKind.TALLY, BENCHES)
MAP = SceneName(SceneKind.MAP, ALL)


def actor(name: str) -> Actor:
    """One of the staff, as she sits at the desk."""
    display_name, grant = STAFF[name]
    return Actor(name, name, display_name, (grant,))


def tells(database: Database, who: str, scene: SceneName | None, wall: str = EVERY_WALL) -> None:
    """One of the staff tells walls of Lindmark what to show."""
    lead = partial(leading.lead, city=LINDMARK, wall=wall, scene=scene, actor=actor(who))
    database.write_now(lambda c: lead(c, exhibition="harbour", now=SUNDAY))


def names(database: Database, name: str, who: str = "meera") -> Wall:
    """One of the staff gives a wall of Lindmark a name."""
    named = partial(leading.name_wall, name=name, city=LINDMARK, actor=actor(who))
    return database.write_now(lambda c: named(c, exhibition="harbour", now=SUNDAY))


def shows(database: Database, wall: str = "", city: str = LINDMARK) -> str:
    """What a wall is told now."""
    return database.read_now(lambda c: wall_store.led(c, "harbour", city, wall)).scene


def test_a_scenes_name_is_read_as_it_is_written() -> None:
    """It travels in addresses and in the feed; what is no scene is none."""
    for scene in (TALLY, MAP, SceneName.of_voices(("a", "b"))):
        assert SceneName.parse(str(scene)) == scene
    for text in ("", "tally", "gallery x", "tally  ", "tally a b"):
        assert SceneName.parse(text) is None
    assert SceneName.of_voices(("a", "b", "c", "d")).comments == ("a", "b", "c")


def test_meera_leads_every_wall_of_her_city_and_no_other(database: Database) -> None:
    """Port-Aubier's walls go on by themselves; telling those, or all, is refused."""
    tells(database, "meera", TALLY)
    assert shows(database) == shows(database, "great-hall") == str(TALLY)
    assert shows(database, city=PORT_AUBIER) == ""
    for city in (PORT_AUBIER, ""):
        lead = partial(leading.lead, city=city, wall=EVERY_WALL, scene=MAP, actor=actor("meera"))
        with pytest.raises(Forbidden):
            database.write_now(partial(lead, exhibition="harbour", now=SUNDAY))


@pytest.mark.parametrize("who", ["odile", "maren", "edda", "otto", "alma"])
def test_whoever_judges_no_voices_leads_no_wall(who: str, database: Database) -> None:
    """Deny by default: not the office, the mayor, the editor, the operator or the admin."""
    with pytest.raises(Forbidden):
        tells(database, who, TALLY)
    with pytest.raises(Forbidden):
        names(database, "Great hall", who)
    assert shows(database) == ""


def test_the_last_word_counts_whether_to_one_wall_or_to_all(database: Database) -> None:
    """The great hall is told apart, then all together; by itself is a word, too."""
    wall = names(database, "Great  hall ").id
    assert wall == "great-hall"
    assert shows(database, wall) == ""
    tells(database, "meera", TALLY)
    tells(database, "pavel", MAP, wall)
    assert (shows(database, wall), shows(database)) == (str(MAP), str(TALLY))
    tells(database, "meera", None)
    assert (shows(database, wall), shows(database)) == ("", "")


def test_a_wall_keeps_its_name_until_it_is_forgotten(database: Database) -> None:
    """Two halls of one name have two addresses; whoever may not lead forgets none."""
    tells(database, "meera", TALLY, names(database, "Salle 1").id)
    assert [names(database, each).id for each in ("Salle 1", "قاعة")] == ["salle-1-2", "wall"]
    everyone = database.read_now(lambda c: wall_store.everyone(c, "harbour"))
    assert next((w.name, w.scene) for w in everyone) == ("Salle 1", str(TALLY))
    assert len(everyone) == 3
    forget = partial(leading.forget_wall, city=LINDMARK, wall="salle-1")
    with pytest.raises(Forbidden):
        database.write_now(partial(forget, actor=actor("noor"), exhibition="harbour", now=SUNDAY))
    database.write_now(partial(forget, actor=actor("pavel"), exhibition="harbour", now=SUNDAY))
    everyone = database.read_now(lambda c: wall_store.everyone(c, "harbour"))
    assert [w.id for w in everyone] == ["salle-1-2", "wall"]
    assert shows(database, "salle-1") == ""


def test_a_wall_without_a_name_is_not_told_apart(database: Database) -> None:
    """An empty name is refused with a cure, and so is a wall that nobody named."""
    with pytest.raises(InvalidText):
        names(database, "   ")
    with pytest.raises(NotFound):
        tells(database, "pavel", TALLY, "cellar")


def test_what_a_wall_shows_is_noted_beside_the_feed(database: Database) -> None:
    """Whoever leads reads it; no screen is woken by it."""
    noted = Showing(str(MAP), "keys", 12.5)

    def note(c: Connection) -> None:
        before = feed_store.head(c)
        for wall in ("great-hall", ""):
            wall_store.note(c, "harbour", LINDMARK, wall, noted)
        assert wall_store.shown(c, "harbour") == {
            (LINDMARK, "great-hall"): noted,
            (LINDMARK, ""): noted,
        }
        assert wall_store.shown(c, "harb") == {}
        assert feed_store.head(c) == before

    database.write_now(note)


def test_only_what_is_public_and_answered_is_told(database: Database) -> None:
    """A voice that waits, and an answer that does not exist, are refused."""

    def publishes(c: Connection) -> tuple[str, str]:
        waiting, public = writes(c, "À la plage", place=LIBRARY), writes(c, "More benches.")
        actions.approve(c, public.id, 1, actor("meera"), SUNDAY, at_once=True)
        return waiting.id, public.id

    waiting, public = database.write_now(publishes)
    for scene in (
        SceneName.of_voices((waiting,)),
        SceneName.of_voices((public, waiting)),
        SceneName(SceneKind.ANSWER, public),
        SceneName(SceneKind.VOICES, ","),
    ):
        with pytest.raises(NotFound):
            tells(database, "meera", scene)
    tells(database, "meera", SceneName.of_voices((public,)))
    assert shows(database) == f"voices {public}"


def test_a_wall_told_ten_times_leaves_one_entry_in_a_whole_feed(database: Database) -> None:
    """Kiosks that do not know this kind pass over it."""
    for _ in range(10):
        tells(database, "meera", TALLY)
    assert database.read_now(feed_store.is_sound)
    assert len(database.read_now(lambda c: feed_store.of_kind(c, "wall", "harbour"))) == 1
