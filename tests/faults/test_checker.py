"""The checker finds nothing wrong with a sound world, and tells whatever is broken in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.faults.checker import INVARIANTS, History, Told, check, converged, holds
from tests.faults.scene import Scene, everything_said

HUB, HALL, LIBRARY = "hub", "Town hall", "Library"

BREAKS = {
    "told_and_kept": (HALL, "DELETE FROM outbox WHERE id = 'Town hall-3'"),
    "in_one_place": (HUB, "UPDATE comment SET text = 'Legible again.' WHERE id = 'erased'"),
    "arrived": (HUB, "DELETE FROM inbox WHERE id = 'Library-2'"),
    "applied": (HUB, "DELETE FROM comment WHERE id = 'waiting'"),
    "tally_is_a_recount": (HUB, "UPDATE tally SET count = count + 1 WHERE choice = 'agree'"),
    "open_data_gives_the_tally": (HUB, "UPDATE ballot SET city = 'elsewhere'"),
    "published_is_the_tally": (HUB, "DELETE FROM feed WHERE kind = 'tally'"),
    "kiosks_show_the_published": (HALL, "DELETE FROM tally WHERE channel = 'phone'"),
    "outbox_is_gapless": (HALL, "DELETE FROM outbox WHERE seq = 3"),
    "bodies_are_what_was_hashed": (HALL, "UPDATE outbox SET body_hash = 'x' WHERE seq = 2"),
    "inbox_is_gapless": (HUB, "UPDATE inbox SET seq = seq + 90 WHERE id = 'Library-5'"),
    "feed_is_in_order": (HUB, "UPDATE feed_head SET position = 1"),
    "cursors_follow": (LIBRARY, "UPDATE feed_head SET position = position + 7"),
    "voice_numbers_are_given_once": (HUB, "UPDATE comment SET voice_number = '1-1'"),
    "log_is_whole": (HUB, "UPDATE decision SET action = 'refuse' WHERE position = 1"),
    "status_follows_from_the_log": (HUB, "UPDATE comment SET status = 'published'"),
    "screens_follow": (LIBRARY, "UPDATE comment SET status = 'refused' WHERE id = 'published'"),
    "stays_erased": (
        LIBRARY,
        "UPDATE comment SET text = 'Back again.' WHERE id = 'erased'",
    ),
    "support_is_a_recount": (HALL, "UPDATE support_count SET count = 2 WHERE channel <> 'phone'"),
    "support_counts_once": (
        HUB,
        "UPDATE support SET participant = 'nobody' WHERE id = 'Library-agree-0'",
    ),
    "published_support_is_the_count": (HUB, "DELETE FROM feed WHERE kind = 'support'"),
    "kiosks_show_the_published_support": (
        LIBRARY,
        "DELETE FROM support_count WHERE channel = 'phone'",
    ),
    "open_data_gives_the_support": (HUB, "UPDATE support SET city = 'elsewhere'"),
    "hands_are_as_entered": (HALL, "UPDATE group_hands SET raised = 'agree=24' WHERE seq > 0"),
    "hands_stand_at_the_hub": (HUB, "DELETE FROM group_hands WHERE group_id = 'Library class'"),
    "published_hands_are_the_sum": (HUB, "DELETE FROM feed WHERE kind = 'groups'"),
    "kiosks_show_the_published_hands": (LIBRARY, "UPDATE group_result SET people = people + 1"),
    "open_data_gives_the_hands": (HUB, "UPDATE group_hands SET exhibition = 'elsewhere'"),
    "hands_are_no_votes": (HUB, "UPDATE ballot SET channel = 'group' WHERE channel = 'phone'"),
    "support_goes_with_its_comment": (HUB, "UPDATE support SET comment = 'erased' WHERE given"),
}
"""For each promise one way to break it, and where; integrity has a test of its own."""


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = everything_said(tmp_path)
    yield made
    made.close()


def breaks(scene: Scene, where: str, statement: str) -> None:
    """Do something to a database that the product never would."""
    by_place = {screen.identity.place: screen.database for screen in scene.screens.values()}
    database = scene.hub.database if where == HUB else by_place[where]
    changed = database.write_now(lambda c: c.execute(text(statement)).rowcount)
    assert changed > 0, "the scene has nothing to break here"


def test_a_sound_world_is_called_sound(scene: Scene) -> None:
    with scene.evidence() as world:
        holds(world)


def test_there_is_a_break_for_every_promise() -> None:
    names = {invariant.__name__ for invariant in INVARIANTS}
    assert names == {*BREAKS, "files_are_sound"}


@pytest.mark.parametrize("promise", BREAKS)
def test_a_broken_promise_is_told(scene: Scene, promise: str) -> None:
    where, statement = BREAKS[promise]
    if promise == "told_and_kept":
        breaks(scene, HUB, "DELETE FROM inbox WHERE id = 'Town hall-3'")
        breaks(scene, HUB, "DELETE FROM ballot WHERE id = 'Town hall-3'")
    breaks(scene, where, statement)
    with scene.evidence() as world:
        told = check(world)
    assert any(sentence.startswith(f"{promise}:") for sentence in told), told


def test_thanks_for_nothing_are_told(scene: Scene) -> None:
    """A visitor was thanked for a vote that nobody wrote down."""
    with scene.evidence(healed=False, followed=False) as world:
        thanked = replace(world, told=Told(world.told.saved | {"never-written"}))
        assert check(thanked) == ["told_and_kept: called saved and nowhere: 1 (never-written)"]


def test_a_damaged_file_is_told(scene: Scene, tmp_path: Path) -> None:
    """Half a page of an index is zero: what is read by it would be wrong."""
    root = text("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_outbox_1'")
    with scene.evidence() as world:
        (library,) = (c for name, c in world.all() if name.endswith(_origin(scene, LIBRARY)[-6:]))
        page = int(library.execute(root).scalar_one())
        library.rollback()
        library.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with (tmp_path / "Library.db").open("r+b") as file:
        file.seek((page - 1) * 4096 + 2048)
        file.write(bytes(2048))
    scene.screens[_origin(scene, LIBRARY)].database.engine.dispose()
    with scene.evidence() as world:
        assert any(said.startswith("files_are_sound: kiosk") for said in check(world))


def _origin(scene: Scene, place: str) -> str:
    return next(o for o, screen in scene.screens.items() if screen.identity.place == place)


def test_a_decision_that_went_is_told(scene: Scene) -> None:
    """Looking twice shows what a single look cannot: the end of the log was cut off."""
    history = History()
    with scene.evidence() as world:
        assert world.hub is not None
        assert history.look(world.hub) == []
    breaks(scene, HUB, "DELETE FROM decision WHERE position = 3")
    breaks(scene, HUB, "UPDATE comment SET revision = 0 WHERE id = 'refused'")
    with scene.evidence() as world:
        assert world.hub is not None
        assert history.look(world.hub) == [
            "decision 3 has gone",
            "refused: its revision fell from 2",
        ]


def test_what_a_retry_would_change_shows_in_the_digest(scene: Scene) -> None:
    with scene.evidence() as world:
        assert world.hub is not None
        before = converged(world.hub)
    breaks(scene, HUB, "UPDATE ballot SET choices = 'pass' WHERE choices = 'agree'")
    with scene.evidence() as world:
        assert world.hub is not None
        assert converged(world.hub) != before
