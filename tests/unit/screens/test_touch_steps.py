"""Where a visitor is, where back leads, and what is forgotten when she leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.screens.touch import step as steps
from kiosk.screens.touch.context import Hung, Shelf
from kiosk.screens.touch.session import LONGEST_TRAIL, Session, Sessions
from kiosk.screens.touch.step import Step, parse
from tests.world import harbour

LANGUAGES = ("fr", "ar")
HUNG = ("world", "example")


@pytest.mark.parametrize(
    "path", ["/fr/world", "/ar/example/exhibit/benches", "/fr/world/voices", "/fr/world/list/city"]
)
def test_an_address_is_read_as_it_is_written(path: str) -> None:
    """Each step can be opened by its address."""
    step = parse(path, LANGUAGES, HUNG)
    assert step is not None
    assert step.path == path


def test_a_language_alone_leads_to_the_first_exhibition() -> None:
    """Its home screen."""
    assert parse("/fr", LANGUAGES, HUNG) == Step("fr", "world", steps.HOME)


@pytest.mark.parametrize(
    "path",
    ["/", "/xx/world", "/fr/other", "/fr/world/nothing", "/fr/world/exhibit/a/b", "/fr/world/../x"],
)
def test_an_address_of_nothing_is_none(path: str) -> None:
    """Nobody lands on a broken screen."""
    assert parse(path, LANGUAGES, HUNG) is None


def test_back_leads_to_the_step_before() -> None:
    """Also from a list of voices into an exhibit and out again."""
    session, home = Session(), Step("fr", "world")
    topic, exhibit = home.to(steps.TOPIC, "green"), home.to(steps.EXHIBIT, "benches")
    for step in (home, topic, exhibit):
        session.arrive(step)
    assert session.before() == topic
    session.arrive(topic)
    assert session.before() == home
    session.arrive(topic)
    assert session.before() == home


def test_back_never_leads_onto_the_attract_screen() -> None:
    """Whoever stands there next is another visitor; without a step before, Back leads upwards."""
    session, home = Session(), Step("fr", "world")
    topic, exhibit = home.to(steps.TOPIC, "green"), home.to(steps.EXHIBIT, "benches")
    for step in (home.to(steps.ATTRACT, "benches"), exhibit):
        session.arrive(step)
    assert session.before() is None
    session.came_by(topic)
    assert session.before() == topic
    session.arrive(topic)
    assert session.before() is None


def test_the_trail_does_not_grow_for_ever() -> None:
    """A class that plays all morning fills no memory."""
    session, home = Session(), Step("fr", "world")
    for n in range(3 * LONGEST_TRAIL):
        session.arrive(home.to(steps.EXHIBIT, f"e{n}"))
    assert len(session.trail) == LONGEST_TRAIL


def test_the_next_visitor_is_another_participant() -> None:
    """Nothing joins two visits, nor one visit's votes in two exhibitions."""
    sessions = Sessions()
    ada = sessions.of("cookie")
    ada.drafts["benches"] = "…"
    assert sessions.of("cookie") is ada
    assert ada.participant("world") != ada.participant("example")
    sessions.end("cookie")
    ben = sessions.of("cookie")
    assert ben.drafts == {}
    assert ben.participant("world") != ada.participant("world")


def test_the_first_edition_hangs_at_once_and_later_ones_wait() -> None:
    """A visitor never sees the exhibition change under her hands."""
    shelf, folder = Shelf("harbour"), Path()
    assert shelf.first() is None
    old, new = (Hung(harbour(), folder, edition) for edition in ("old", "new"))
    shelf.offer(old)
    shelf.offer(new)
    assert shelf.first() is old
    assert shelf.waits()
    assert shelf.switch()
    assert shelf.first() is new
    assert not shelf.switch()
