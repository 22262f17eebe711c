"""Meera hosts a debate: she tells the walls of her city what to show, and sees that they do."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from nicegui.element import Element

from kiosk.moderation import actions, erasure, wall_store
from kiosk.moderation.wall import Showing
from kiosk.people import staff_store
from kiosk.people.staff import Actor
from kiosk.screens.desk.seat import Act, Seat
from kiosk.voice import support_actions
from kiosk.voice.support import Support
from tests.screens.desk.sitting import Sitting
from tests.staff import writes
from tests.world import ADAS_PHONE, LINDMARK, SUNDAY

BENCHES = "harbour/core/benches"
FORM = {"wall": f"{LINDMARK}/*", "question": BENCHES, "voices": []}


def shows(sitting: Sitting, wall: str = "") -> str:
    """What a wall of Lindmark is told now."""
    read = sitting.context.database.read_now
    return read(lambda c: wall_store.led(c, "harbour", LINDMARK, wall)).scene


def is_told(sitting: Sitting, scene: str) -> bool:
    """Whether the walls of Lindmark are told this now."""
    return shows(sitting) == scene


def publishes(sitting: Sitting, words: str) -> str:
    """Meera let a voice through before; return its id."""

    def publish(c) -> str:  # type: ignore[no-untyped-def]
        meera = staff_store.actor(c, staff_store.id_of(c, "meera") or "")
        assert isinstance(meera, Actor)
        comment = writes(c, words)
        actions.approve(c, comment.id, 1, meera, SUNDAY, at_once=True)
        return comment.id

    return sitting.context.database.write_now(publish)


async def test_meera_leads_the_walls_of_her_city(sitting: Sitting) -> None:
    """Asked, revealed, a voice, the map, by itself: one press each."""
    voice = publishes(sitting, "More benches, please.")
    await sitting.log_in("meera")
    await sitting.open("walls")
    assert "Every wall of" in sitting.text()
    assert "“More benches, please.”" in sitting.text()
    for do, scene in (
        ("question", f"question {BENCHES}"),
        ("tally", f"tally {BENCHES}"),
        ("voices", f"voices {voice}"),
        ("map", f"map {BENCHES}"),
    ):
        sitting.send(FORM | {"voices": [voice], "do": do})
        await sitting.until(partial(is_told, sitting, scene), scene)
    await sitting.sees("The walls show it now.")
    sitting.send(FORM | {"do": "itself"})
    await sitting.sees("The walls go on by themselves.")
    assert shows(sitting) == ""


async def test_what_cannot_be_shown_is_said_with_what_to_do(sitting: Sitting) -> None:
    """No question, no voice, no answer yet: the walls stay as they were."""
    voice = publishes(sitting, "More benches, please.")
    await sitting.log_in("meera")
    await sitting.open("walls")
    for sent, told in (
        ({"question": "", "do": "tally"}, "Choose what it is about."),
        ({"do": "voices"}, "Tick the ones that the wall shall show."),
        ({"do": "answer", "voices": [voice]}, "This voice has no official answer yet."),
        ({"do": "map", "wall": "port-aubier/*"}, "Your role does not include this."),
        ({"do": "map", "wall": f"{LINDMARK}/cellar"}, "This wall has no name here any more."),
    ):
        sitting.send(FORM | sent)
        await sitting.sees(told)
    assert shows(sitting) == ""


async def test_what_meera_chose_stays_chosen_while_others_speak_and_agree(sitting: Sitting) -> None:
    """She has ticked a voice and chosen the great hall; the page goes on around her."""
    first, second = publishes(sitting, "More benches, please."), publishes(sitting, "And shade.")
    await sitting.log_in("meera")
    await sitting.open("walls")
    sitting.send({"name": "Great hall", "city": LINDMARK}, form=1)
    await sitting.sees("Great hall can be led apart.")
    hall = FORM | {"wall": f"{LINDMARK}/great-hall", "voices": [first]}
    sitting.change(hall)
    before = {str(box.props["^value"]): box for box in _boxes(sitting)}

    sitting.send(hall | {"do": "voices"})
    await sitting.until(lambda: shows(sitting, "great-hall") == f"voices {first}", "the voice")
    given = Support("s", first, "b" * 64, True, ADAS_PHONE, SUNDAY)
    sitting.context.database.write_now(lambda c: support_actions.give(c, given, SUNDAY))
    third = publishes(sitting, "A third voice.")
    await sitting.sees("“A third voice.”")
    now = [str(box.props["^value"]) for box in _boxes(sitting)]
    assert sorted(now) == sorted([first, second, third])
    assert all(box in _boxes(sitting) for box in before.values())
    sitting.context.database.write_now(lambda c: erasure.withdraw(c, second, SUNDAY))
    await sitting.until(lambda: len(_boxes(sitting)) == 2, "the second is gone")

    sitting.send({"name": "Small hall", "city": LINDMARK}, form=1)
    await sitting.sees("Small hall can be led apart.")
    chosen = [e for e in sitting.elements() if e.props.get("checked") is True]
    assert [e.props["^value"] for e in chosen] == [f"{LINDMARK}/great-hall"]


async def test_a_look_that_is_overtaken_takes_no_choice_away(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It read before the great hall had its name, and ends after Meera has chosen it."""
    read, release, begun = Seat.read, asyncio.Event(), list[int]()

    async def reads(seat: Seat, fn: Act[Any]) -> Any:
        begun.append(len(begun))
        first = begun[-1] == 0
        found = await read(seat, fn)
        if first:
            await release.wait()
        return found

    await sitting.log_in("meera")
    await sitting.open("walls")
    monkeypatch.setattr(Seat, "read", reads)
    await sitting.until(lambda: len(begun) == 1, "the look of this second")
    sitting.send({"name": "Great hall", "city": LINDMARK}, form=1)
    await sitting.sees("Great hall can be led apart.")
    sitting.change(FORM | {"wall": f"{LINDMARK}/great-hall"})
    release.set()
    before = len(begun)
    await sitting.until(lambda: len(begun) > before + 3, "the look of the next second")
    sitting.send({"name": "Small hall", "city": LINDMARK}, form=1)
    await sitting.sees("Small hall can be led apart.")
    chosen = [e for e in sitting.elements() if e.props.get("checked") is True]
    assert [e.props["^value"] for e in chosen] == [f"{LINDMARK}/great-hall"]


async def test_a_wall_that_lost_its_name_leaves_no_other_chosen(sitting: Sitting) -> None:
    """A colleague forgets the name of the hall that Meera has chosen: she is told at the press."""
    await sitting.log_in("meera")
    await sitting.open("walls")
    sitting.send({"name": "Great hall", "city": LINDMARK}, form=1)
    await sitting.sees("Great hall can be led apart.")
    hall = {"wall": f"{LINDMARK}/great-hall", "question": BENCHES, "voices": []}
    sitting.change(hall)
    sitting.press("Forget the name")
    await sitting.sees("This wall has no name here any more.")
    assert "can be led apart" not in sitting.text()
    assert [e for e in sitting.elements() if e.props.get("checked") is True] == []
    sitting.send({"question": BENCHES, "voices": [], "do": "tally"})
    await sitting.sees("Choose another one.")
    assert shows(sitting) == ""


async def test_a_wall_can_be_led_once_the_page_says_so(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said to be done is on the page by then."""
    say, there = Seat.say, list[bool]()

    def says(seat: Seat, words: str) -> None:
        values = [e.props.get("^value") for e in sitting.elements()]
        there.append(f"{LINDMARK}/great-hall" in values)
        say(seat, words)

    await sitting.log_in("meera")
    await sitting.open("walls")
    monkeypatch.setattr(Seat, "say", says)
    sitting.send({"name": "Great hall", "city": LINDMARK}, form=1)
    await sitting.sees("Great hall can be led apart.")
    assert there == [True]


def _boxes(sitting: Sitting) -> list[Element]:
    return [e for e in sitting.elements() if e.props.get("type") == "checkbox"]


async def test_a_named_wall_is_led_apart_and_seen(sitting: Sitting) -> None:
    """The great hall gets a name and an address; what it shows, and why, is told beside it."""
    await sitting.log_in("meera")
    await sitting.open("walls")
    sitting.send({"name": "Great hall", "city": LINDMARK}, form=1)
    await sitting.sees("Great hall can be led apart.")
    address = f"http://voice.example/wall?x=harbour&city={LINDMARK}&wall=great-hall"
    await sitting.until(
        lambda: any(e.props.get("href") == address for e in sitting.elements()), "its address"
    )
    assert "Not open now." in sitting.text()
    sitting.send(FORM | {"wall": f"{LINDMARK}/great-hall", "do": "tally"})
    await sitting.until(lambda: shows(sitting, "great-hall") == f"tally {BENCHES}", "the tally")
    assert shows(sitting) == ""
    noted = Showing(f"tally {BENCHES}", "keys", SUNDAY.timestamp())
    sitting.context.database.write_now(
        lambda c: wall_store.note(c, "harbour", LINDMARK, "great-hall", noted)
    )
    await sitting.sees("by a key at the wall")
    sitting.clock.passes(minutes=1)
    await sitting.sees("Not open now.")
    sitting.press("Forget the name")
    await sitting.until(
        lambda: not any("Great hall" in (e._text or "") for e in sitting.find("wall-name"))
    )


async def test_walls_that_nobody_named_are_seen_too(sitting: Sitting) -> None:
    """A projector that was just switched on turns by itself; another city's is not hers to see."""
    at = (SUNDAY + timedelta(seconds=1)).timestamp()
    for city, scene in ((LINDMARK, "map all"), ("port-aubier", f"tally {BENCHES}")):
        noted = Showing(scene, "itself", at)
        note = partial(wall_store.note, exhibition="harbour", city=city, wall="", showing=noted)
        sitting.context.database.write_now(note)
    await sitting.log_in("meera")
    await sitting.open("walls")
    await sitting.sees("(by itself)")
    assert len(sitting.find("nameless")) == 1
