"""The attract screen: whom it calls, what it alternates, and that its motion can be stopped."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from nicegui.element import Element
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.exhibition.model import Exhibition
from kiosk.locale.translator import LANGUAGES, translator
from kiosk.screens.touch import modes
from kiosk.screens.touch.arriving import attract, turns
from kiosk.screens.touch.arriving.attract import called
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.step import ATTRACT, Step
from kiosk.screens.touch.visit import Visit
from kiosk.screens.widgets.markup import Tag
from kiosk.voice import comment_store
from kiosk.voice.comment import PublicAnswer, PublicComment, Status
from tests.screens.touch.standing import Standing
from tests.screens.touch_voices import answer, voice
from tests.world import SUNDAY

pytestmark = pytest.mark.usefixtures("visits")


@pytest.fixture
def context(context: TouchContext) -> TouchContext:
    """A screen in Sceaux that offers every language of the interface, Turkish as its own."""
    own = ("tr", *(x for x in LANGUAGES if x != "tr"))
    return replace(context, languages=own, turn=1)


def _calls(standing: Standing) -> list[Element]:
    assert standing.user.client is not None
    every = standing.user.client.layout.descendants()
    row = next(e for e in every if "calls" in e.classes)
    return list(row.default_slot.children)


def test_a_screen_calls_in_three_other_languages() -> None:
    """Those that the exhibition's texts are written in come first; its own it speaks already."""
    offered = ("tr", "fr", "en", "de", "ar", "es", "it")
    assert called(offered, ("en", "fr", "de", "ar")) == ("fr", "en", "de")
    assert called(offered, ("de", "es")) == ("de", "es", "fr")
    assert called(("fr", "en"), ("en",)) == ("en",)
    assert called(("fr",), ("fr",)) == ()


async def test_ten_languages_leave_three_calls_and_the_way_to_all(standing: Standing) -> None:
    """Ayla's screen offers ten languages: ten calls would run out of it at 1280 × 800."""
    await standing.user.open("/")
    *calls, all_languages = _calls(standing)
    assert [call.props["lang"] for call in calls] == ["fr", "en", "de"]
    assert all_languages.props["data-opens"] == "language"


async def test_a_call_opens_the_question_in_its_language(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ada touches “Répondre” on Ayla's screen and reads the same question in French."""
    await standing.user.open("/")
    exhibit = standing.path.rpartition("/")[2]
    standing.happens(_calls(standing)[0], "click", "first")
    await standing.until(lambda: visits[-1].leads_away)
    leads_to = visits[-1].root.props["data-leads-to"]
    assert leads_to == f"/fr/vivre-ensemble/exhibit/{exhibit}"


async def test_who_wants_to_look_round_need_not_answer(standing: Standing) -> None:
    """“Start” stands where it stands on every other screen, and opens the exhibition."""
    await standing.user.open("/")
    assert standing.user.client is not None
    every = standing.user.client.layout.descendants()
    start = next(e for e in every if "data-home" in e.props)
    assert start.visible
    standing.happens(start, "click", "first")
    await standing.comes_to("/tr/vivre-ensemble")


async def test_the_sentence_itself_opens_what_it_is_about(
    standing: Standing, visits: list[Visit]
) -> None:
    """Samir reads before he answers: he touches the question, or comes to it by the keyboard."""
    await standing.user.open("/")
    exhibit = standing.path.rpartition("/")[2]
    headline = next(e for e in standing.elements() if e.tag == "h1")
    (way,) = headline.default_slot.children
    assert way.tag == "button"
    standing.happens(way, "click", "first")
    await standing.comes_to(f"/exhibit/{exhibit}")
    assert not visits[-1].session.ballots


def _voice(text: str, *, city: str = "sceaux") -> PublicComment:
    said = voice("vivre-ensemble", "benches", text, "en", SUNDAY - timedelta(days=6))
    given = PublicAnswer("a", "Yes.", "en", "Philippe Laurent", "Mayor", city, SUNDAY, None)
    return replace(said, city=city, answers=(given,))


def _publish(context: TouchContext, text: str, *, answered: bool = True) -> str:
    """Publish a voice of six days ago on this screen, and return its id."""
    said = replace(_voice(text), answers=())

    def write(connection: Connection) -> None:
        comment_store.mirror(connection, said)
        if answered:
            answer(connection, said.id, said.exhibition, SUNDAY)

    context.database.write_now(write)
    return said.id


def _is_past(page: Visit, step: str) -> bool:
    return bool(page.stage.props["data-step"] != step)


async def _second(standing: Standing, visits: list[Visit]) -> None:
    """Let a second pass, which is as long as a turn here."""
    await standing.second(visits[-1])


async def _turns(standing: Standing, visits: list[Visit], times: int = 1) -> None:
    for _ in range(times):
        before = standing.find("screen")
        await _second(standing, visits)
        assert standing.find("screen") != before


def test_questions_are_parted_by_conclusions_and_exchanges(
    exhibitions: tuple[Exhibition, Exhibition],
) -> None:
    """What the first touch answers comes first, and never twice in a row while there is more."""
    real, _ = exhibitions
    ids = ("benches", "bus-lane", "cameras", "sixteen-may", "dusseldorf-declaration")
    chosen = [real.exhibits[i] for i in ids]
    met = [_voice("Who cleans it?"), _voice("And in winter?")]
    assert turns.a_round(chosen, met, SUNDAY) == [
        *(chosen[0], chosen[4], chosen[1], met[0], chosen[2], met[1], chosen[3])
    ]
    assert turns.a_round(chosen[4:], [], SUNDAY) == chosen[4:]


def test_an_exchange_says_where_and_when(context: TouchContext) -> None:
    """Asked or said, here or in another city, and by whom it was answered."""
    hung = context.shelf.first()
    assert hung is not None
    visit = Visit(context, "one", hung, Step("en", hung.exhibition.id, ATTRACT))
    said = {
        _voice("Who cleans it?"): "Asked here 6 days ago, answered by Philippe Laurent",
        _voice("We need shade."): "Said here 6 days ago, answered by Philippe Laurent",
        _voice("من ينظّفه؟", city="izmir"): "Izmir: asked 6 days ago, answered by Philippe Laurent",
        _voice("Shade!", city=""): "Living together: said 6 days ago, answered by Philippe Laurent",
    }
    assert {c: turns.headline(visit, c) for c in said} == said


async def test_the_screen_shows_an_exchange_after_a_question(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ben's question and the mayor's answer have a turn; no votes are told, and no voice alone."""
    context = standing.context
    _publish(context, "Who cleans it?")
    _publish(context, "Nobody has answered me.", answered=False)
    await standing.user.open("/")
    await _turns(standing, visits, 3)
    assert "6" in standing.words_of(standing.find("met")[0])
    assert "Test Mayor" in standing.words_of(standing.find("met")[0])
    assert not standing.find("tally")


async def test_an_exchange_taken_down_leaves_at_once(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ben withdraws his question while it is on show: the next turn takes its place."""
    context = standing.context
    comment = _publish(context, "Who cleans it?")
    await standing.user.open("/")
    await _turns(standing, visits, 3)
    assert standing.find("exchange")
    context.database.write_now(lambda c: comment_store.empty(c, comment, Status.WITHDRAWN))
    assert standing.user.client is not None
    with standing.user.client:
        await visits[-1].changed()
    assert not standing.find("exchange")


async def test_an_exchange_that_had_its_turn_draws_no_other_anew(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ben withdraws what stood there before: the question that is read now stays as it is."""
    context = standing.context
    comment = _publish(context, "Who cleans it?")
    await standing.user.open("/")
    await _turns(standing, visits, 3)
    assert standing.find("exchange")
    await _turns(standing, visits)
    shown = standing.find("screen")
    context.database.write_now(lambda c: comment_store.empty(c, comment, Status.WITHDRAWN))
    assert standing.user.client is not None
    with standing.user.client:
        await visits[-1].changed()
    assert standing.find("screen") == shown


async def test_a_pause_lasts_until_it_is_ended(standing: Standing, visits: list[Visit]) -> None:
    """Samir reads slowly: he stops the screen, the same knob lets it go on (WCAG 2.2.2)."""
    await standing.user.open("/")
    shown = standing.find("screen")
    (knob,) = standing.find("pause")
    standing.happens(knob, "click", "one")
    for _ in range(3):
        await _second(standing, visits)
    assert standing.find("screen") == shown
    assert standing.find("pause") == [knob]
    assert knob.props["aria-label"] == translator("tr")("Go on")
    standing.happens(knob, "click", "two")
    await _turns(standing, visits)


async def test_a_pause_that_was_left_ends_by_itself(
    standing: Standing, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Samir stopped the screen and went away: it turns again, after two minutes in service."""
    assert attract.LONGEST_PAUSE_S <= 120
    monkeypatch.setattr(attract, "LONGEST_PAUSE_S", 4)
    await standing.user.open("/")
    shown = standing.find("screen")
    standing.happens(standing.find("pause")[0], "click", "one")
    for _ in range(attract.LONGEST_PAUSE_S):
        assert standing.find("screen") == shown
        await _second(standing, visits)
    await _turns(standing, visits)


async def test_a_pause_ends_at_the_next_touch(standing: Standing, visits: list[Visit]) -> None:
    """Ben touches the paper of a screen that somebody stopped: it goes on (attract.js)."""
    await standing.user.open("/")
    (knob,) = standing.find("pause")
    standing.happens(knob, "click", "one")
    assert knob.props["data-held"] == "yes"
    assert standing.user.client is not None
    standing.happens(standing.user.client.layout, "kioskTouched", None)
    assert knob.props["data-held"] == "no"
    await _turns(standing, visits)


async def test_no_question_turns_away_under_a_finger(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ada's finger is down as the turn ends: it begins anew, and her answer meets its question."""
    standing.context.turn = 2
    await standing.user.open("/")
    shown = standing.find("screen")
    assert standing.user.client is not None
    for _ in range(4):
        standing.happens(standing.user.client.layout, "kioskTouched", None)
        await _second(standing, visits)
    assert standing.find("screen") == shown
    await _turns(standing, visits)


async def test_no_question_turns_away_under_keys(standing: Standing, visits: list[Visit]) -> None:
    """A switch leads Nour to the third answer (attract.js); a pause that she chose stays one."""
    standing.context.turn = 2
    await standing.user.open("/")
    shown = standing.find("screen")
    assert standing.user.client is not None
    for _ in range(4):
        standing.happens(standing.user.client.layout, "kioskKeyed", None)
        await _second(standing, visits)
    assert standing.find("screen") == shown
    (knob,) = standing.find("pause")
    standing.happens(knob, "click", "one")
    standing.happens(standing.user.client.layout, "kioskKeyed", None)
    assert knob.props["data-held"] == "yes"


async def test_the_mode_calm_keeps_what_is_shown(standing: Standing, visits: list[Visit]) -> None:
    """Nour chooses "calm" on the attract screen: nothing turns away under her eyes."""
    await standing.user.open("/")
    shown = standing.find("screen")
    visits[-1].session.modes.choose(modes.CALM, on=True)
    for _ in range(3):
        await _second(standing, visits)
    assert standing.find("screen") == shown


async def test_easy_language_keeps_the_question_that_is_read(
    standing: Standing, visits: list[Visit]
) -> None:
    """Samir's browser asks for less motion; he tries easy language on the second question."""
    await standing.user.open("/")
    await _turns(standing, visits)
    path = standing.path
    assert standing.user.client is not None
    standing.happens(standing.user.client.layout, "kioskStill", None)
    every = standing.user.client.layout.descendants()
    easy = next(e for e in every if e.props.get("data-mode") == modes.EASY)
    for on in (True, False):
        step = visits[-1].stage.props["data-step"]
        standing.happens(easy, "click", on)
        await standing.until(partial(_is_past, visits[-1], step))
        assert standing.path == path
    assert standing.find("pause")[0].props["aria-label"] == translator("tr")("Go on")
    shown = standing.find("screen")
    for _ in range(3):
        await _second(standing, visits)
    assert standing.find("screen") == shown
    assert len(_calls(standing)) == 4


async def test_a_new_edition_waits_for_who_fits_the_screen_to_herself(
    standing: Standing, visits: list[Visit]
) -> None:
    """Nour has chosen large text on the attract screen: it is hers until she has left it."""
    await standing.user.open("/")
    hung = standing.context.shelf.first()
    assert hung is not None
    standing.context.shelf.offer(replace(hung, edition="newer"))
    visits[-1].session.modes.choose(modes.LARGE, on=True)
    await _second(standing, visits)
    assert not visits[-1].leads_away
    visits[-1].session.modes.choose(modes.LARGE, on=False)
    await _second(standing, visits)
    assert visits[-1].leads_away


async def test_who_asks_for_less_motion_begins_in_a_pause(
    standing: Standing, visits: list[Visit]
) -> None:
    """A browser that prefers reduced motion says so (attract.js), once or several times."""
    await standing.user.open("/")
    shown = standing.find("screen")
    assert standing.user.client is not None
    for _ in range(2):
        standing.happens(standing.user.client.layout, "kioskStill", None)
        standing.happens(standing.user.client.layout, "kioskTouched", None)
        await _second(standing, visits)
    assert standing.find("screen") == shown
    (knob,) = standing.find("pause")
    standing.happens(knob, "click", "one")
    await _turns(standing, visits)


async def test_the_short_address_is_always_there(standing: Standing, visits: list[Visit]) -> None:
    """Whatever has its turn, the poster keeps its code and an address that is typed at home."""
    await standing.user.open("/")
    for _ in range(4):
        assert standing.user.client is not None
        every = list(standing.user.client.layout.descendants())
        (address,) = [e for e in every if "address" in e.classes]
        host, path = (span._text for span in address.default_slot.children if isinstance(span, Tag))
        assert host == "voice.example"
        assert re.fullmatch(r"/q/[0-9A-Z]{6}", path or "")
        await _turns(standing, visits)


async def test_a_touch_while_the_screen_turns_answers_what_was_read(
    standing: Standing, visits: list[Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ada answers just as the next question is fetched: hers is counted, and nothing turns away."""
    await standing.user.open("/")
    database, read = standing.context.database, standing.path.rpartition("/")[2]
    fetching, fetched = asyncio.Event(), asyncio.Event()
    at_once = database.read

    async def slowly(look: Callable[[Connection], object]) -> object:
        if not fetching.is_set():
            fetching.set()
            await fetched.wait()
        return await at_once(look)

    monkeypatch.setattr(Database, "read", lambda _, look: slowly(look))
    turning = asyncio.create_task(_second(standing, visits))
    await fetching.wait()
    standing.happens(standing.find("answer")[0], "click", "one")
    await standing.comes_to(f"/exhibit/{read}")
    fetched.set()
    await turning
    assert standing.path.endswith(f"/exhibit/{read}")
    assert list(visits[-1].session.ballots) == [_question(standing.context, read)]


def _question(context: TouchContext, exhibit: str) -> str:
    hung = context.shelf.first()
    assert hung is not None
    asked = hung.exhibition.exhibits[exhibit].question
    assert asked is not None
    return asked.id
